//! Follows references through modules: outwards by variables, inwards by outputs.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use compact_str::CompactString;

use super::address::{Step, inside, steps, without_keys};
use super::attributes::Led;
use super::configuration::{Configuration, Module};
use super::expression::Expression;

/// The most steps that are followed for one attribute: chains in real configurations take a handful, and a document that
/// was made to branch without end must not hold up a scan. What remains is reported as not followed.
const MOST_STEPS: usize = 500;

/// Where the variables of a module lead, as far as that was asked. Half of the attributes of a resource may come from one
/// variable: `var.settings.engine`, `var.settings.port`, …
pub(super) type Variables = Vec<(CompactString, Arc<Led>)>;

/// Where an expression in a module leads. `each` is the `for_each` of the resource that it belongs to; `variables` are
/// those of the module.
pub(super) fn follow<'c>(
    configuration: &'c Configuration<'_>,
    module: usize,
    each: Option<&'c Expression<'c>>,
    expression: &'c Expression<'c>,
    variables: &mut Variables,
) -> Arc<Led> {
    let Some(variable) = only_variable(expression) else {
        return Arc::new(followed(configuration, module, each, expression));
    };
    if let Some((_, known)) = variables.iter().find(|(known, _)| known == variable) {
        return Arc::clone(known);
    }
    let found = Arc::new(followed(configuration, module, each, expression));
    variables.push((variable.into(), Arc::clone(&found)));
    found
}

/// The variable that is all that an expression refers to.
fn only_variable<'e>(expression: &'e Expression<'_>) -> Option<&'e str> {
    let mut heads = expression.heads();
    let (address, None) = (heads.next()?, heads.next()) else { return None };
    let mut steps = steps(address);
    (steps.next()?.name == "var").then_some(steps.next()?.name)
}

fn followed<'c>(
    configuration: &'c Configuration<'_>,
    module: usize,
    each: Option<&'c Expression<'c>>,
    expression: &'c Expression<'c>,
) -> Led {
    let mut trail = Trail { configuration, open: Vec::new(), seen: Vec::new(), found: Found::default() };
    let path = configuration.path(module);
    let mut heads = expression.heads();
    match (heads.next(), heads.next()) {
        // The usual case needs no bookkeeping.
        (Some(address), None) => trail.visit(&Open { module, path: path.into(), each, address }),
        _ => trail.open_all(module, path, each, expression),
    }
    trail.walk();
    trail.found.into_led()
}

/// Whether an expression refers to something beside resources that may decide what its value is. What follows the name of a
/// resource chooses an instance of it: `aws_kms_key.a[each.value.key].arn` refers to `aws_kms_key.a` and to `each.value.key`.
fn is_undecided(expression: &Expression<'_>) -> bool {
    let (mut several, mut decides, mut chooses) = (false, false, false);
    for (position, address) in expression.heads().enumerate() {
        several = position > 0;
        let of_resource = is_of_resource(address);
        let index = chooses && is_index(address);
        decides |= !of_resource && !chooses && !address.starts_with("path.");
        chooses = index || of_resource && steps(address).count() == 2;
    }
    several && decides
}

fn is_of_resource(address: &str) -> bool {
    const OTHERS: [&str; 8] = ["var", "local", "data", "each", "count", "path", "terraform", "self"];
    steps(address).next().is_some_and(|first| !OTHERS.contains(&first.name))
}

/// What chooses an instance, by itself or with others: `aws_kms_key.a["${terraform.workspace}-${each.key}"].arn`. Before a resource it
/// may as well decide against it, as in `terraform.workspace == "prod" ? aws_kms_key.a.arn : null`.
fn is_index(address: &str) -> bool {
    ["each.key", "count.", "terraform."].iter().any(|index| address.starts_with(index))
}

/// What an expression refers to, without instance keys.
pub(super) fn addresses(expression: &Expression<'_>) -> Arc<[Arc<str>]> {
    let mut addresses: Vec<Arc<str>> = Vec::with_capacity(expression.references.len());
    for reference in &expression.references {
        let address = without_keys(reference);
        if !addresses.iter().any(|known| known.as_ref() == address) {
            addresses.push(address.as_ref().into());
        }
    }
    addresses.into()
}

/// A reference that is to be followed.
#[derive(Clone)]
struct Open<'c> {
    /// The module that it stands in.
    module: usize,
    /// The module's path, with the instance keys that the references on the way have stated.
    path: Cow<'c, str>,
    /// What `each` means there.
    each: Option<&'c Expression<'c>>,
    /// The reference.
    address: &'c str,
}

struct Trail<'c, 'a> {
    configuration: &'c Configuration<'a>,
    open: Vec<Open<'c>>,
    seen: Vec<(usize, Cow<'c, str>, &'c str)>,
    found: Found,
}

impl<'c> Trail<'c, '_> {
    fn open_all(
        &mut self,
        module: usize,
        path: impl Into<Cow<'c, str>>,
        each: Option<&'c Expression<'c>>,
        expression: &'c Expression<'c>,
    ) {
        let path = path.into();
        self.found.undecided |= is_undecided(expression);
        self.open.extend(expression.heads().map(|address| Open { module, path: path.clone(), each, address }));
    }

    fn walk(&mut self) {
        for _ in 0..MOST_STEPS {
            let Some(open) = self.open.pop() else { return };
            // What `each` means depends on the call, not on the module that it stands in, so it may be seen again.
            if open.address.starts_with("each.") {
                self.visit(&open);
            } else if !self.is_seen(&open) {
                self.seen.push((open.module, open.path.clone(), open.address));
                self.visit(&open);
            }
        }
        for open in std::mem::take(&mut self.open) {
            self.found.undecided = true;
            self.found.other(&open.path, open.address);
        }
    }

    fn is_seen(&self, open: &Open<'_>) -> bool {
        let same = |(module, path, address): &(usize, Cow<'_, str>, &str)| {
            *module == open.module && *address == open.address && *path == open.path
        };
        self.seen.iter().any(same)
    }

    fn visit(&mut self, open: &Open<'c>) {
        if open.address.starts_with("each.") {
            return self.each(open);
        }
        let mut steps = steps(open.address);
        match (steps.next(), steps.next(), steps.next()) {
            (Some(Step { name: "var", .. }), Some(variable), _) => self.variable(open, variable.name),
            (Some(Step { name: "module", .. }), Some(call), output) => self.module(open, call, output),
            (Some(Step { name: "data", .. }), Some(_), Some(name)) => self.found.other_up_to(open, name),
            (Some(Step { name: "count" | "path" | "terraform" | "self", .. }), _, _) => {
                self.found.other("", open.address)
            }
            (Some(Step { name: "local", .. }), Some(local), _) => self.found.other_up_to(open, local),
            (Some(_), Some(name), _) => self.found.resource(open, name),
            _ => self.found.other(&open.path, open.address),
        }
    }

    fn each(&mut self, open: &Open<'c>) {
        match open.each {
            Some(each) if open.address.starts_with("each.value") => {
                self.open_all(open.module, open.path.clone(), None, each);
            }
            _ => self.found.other("", if open.address.starts_with("each.key") { "each.key" } else { "each.value" }),
        }
    }

    fn variable(&mut self, open: &Open<'c>, name: &str) {
        let Some(module) = self.configuration.modules.get(open.module) else { return };
        let Some(parent) = module.parent else { return self.found.other("", &format!("var.{name}")) };
        if let Some(input) = module.inputs.get(name) {
            let path = self.parent_path(parent, &open.path);
            self.open_all(parent, path, module.for_each.as_ref(), input);
        }
    }

    fn module(&mut self, open: &Open<'c>, call: Step<'_>, output: Option<Step<'_>>) {
        let configuration = self.configuration;
        let Some((id, module)) = configuration.call(open.module, call.name) else {
            return self.found.other_up_to(open, call);
        };
        let path: Cow<'c, str> = match open.address.get(..call.end) {
            Some(prefix) if call.key.is_some() || open.path.contains('[') => inside(&open.path, prefix).into(),
            _ => module.path.as_str().into(),
        };
        match output.map(|output| (output, module.outputs.get(output.name))) {
            Some((_, Some(expression))) => self.open_all(id, path, None, expression),
            Some((output, None)) => self.found.other_up_to(open, output),
            // The module as a whole, as in `[for m in module.a : m.id]`: any of its outputs.
            None => {
                self.found.undecided = true;
                self.found.other_up_to(open, call);
                module.outputs.iter().for_each(|(_, expression)| self.open_all(id, path.clone(), None, expression));
            }
        }
    }

    /// The path of a module's caller, with the keys that are known of it.
    fn parent_path(&self, parent: usize, path: &str) -> Cow<'c, str> {
        if !path.contains('[') {
            return self.configuration.path(parent).into();
        }
        let ends: Vec<usize> = steps(path).map(|step| step.end).collect();
        let end = ends.len().checked_sub(3).and_then(|last| ends.get(last).copied()).unwrap_or_default();
        path.get(..end).unwrap_or_default().to_owned().into()
    }
}

impl<'a> Configuration<'a> {
    pub(super) fn path(&self, module: usize) -> &str {
        self.modules.get(module).map_or("", |module| module.path.as_str())
    }

    fn call(&self, module: usize, name: &str) -> Option<(usize, &Module<'a>)> {
        let id = *self.modules.get(module)?.calls.get(name)?;
        Some((id, self.modules.get(id)?))
    }
}

/// Where references lead.
#[derive(Default)]
struct Found {
    /// Resources that are referred to as a whole.
    whole: BTreeSet<String>,
    /// Resources that are referred to by a key, and the address with the keys.
    keyed: BTreeSet<(String, String)>,
    others: BTreeSet<String>,
    undecided: bool,
}

impl Found {
    fn other(&mut self, path: &str, address: &str) {
        self.others.insert(without_keys(&inside(path, address)).into_owned());
    }

    fn other_up_to(&mut self, open: &Open<'_>, step: Step<'_>) {
        self.other(&open.path, open.address.get(..step.end).unwrap_or(open.address));
    }

    fn resource(&mut self, open: &Open<'_>, name: Step<'_>) {
        let address = inside(&open.path, open.address.get(..name.end).unwrap_or(open.address));
        let bare = without_keys(&address);
        if bare == address {
            self.whole.insert(address)
        } else {
            self.keyed.insert((bare.into_owned(), address))
        };
    }

    fn into_led(self) -> Led {
        let shared = |texts: BTreeSet<String>| texts.into_iter().map(Arc::from).collect();
        let whole = &self.whole;
        let instances =
            self.keyed.iter().filter(|(bare, _)| !whole.contains(bare)).map(|(_, address)| address.clone()).collect();
        let resources = self.keyed.iter().map(|(bare, _)| bare.clone()).chain(whole.iter().cloned()).collect();
        Led {
            resources: shared(resources),
            instances: shared(instances),
            others: shared(self.others),
            undecided: self.undecided,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn undecided(references: &[&str]) -> bool {
        let references = references.iter().map(|text| Cow::Borrowed(*text)).collect();
        is_undecided(&Expression { references, ..Expression::default() })
    }

    #[test]
    fn what_stands_beside_resources_may_decide_against_them() {
        for references in [
            &["var.own", "aws_kms_key.a.arn", "aws_kms_key.a"][..],
            &["data.aws_kms_key.d.arn", "data.aws_kms_key.d", "aws_kms_key.a.arn", "aws_kms_key.a"],
            &["aws_kms_key.a.arn", "aws_kms_key.a", "local.key"],
            &["local.own", "module.keys.arn", "module.keys"],
            &["each.value.own", "each.value", "aws_kms_key.a", "each.key"],
            &["var.one", "var.other"],
            &["terraform.workspace", "aws_kms_key.a.arn", "aws_kms_key.a"],
            &["each.key", "aws_kms_key.a.arn", "aws_kms_key.a"],
            &["count.index", "aws_kms_key.a[0].arn", "aws_kms_key.a[0]", "aws_kms_key.a"],
            &["aws_kms_key.a.arn", "aws_kms_key.a", "terraform.workspace"],
        ] {
            assert!(undecided(references), "{references:?}");
        }
        for references in [
            &["aws_kms_key.a.arn", "aws_kms_key.a"][..],
            &["aws_kms_key.a[0].arn", "aws_kms_key.a[0]", "aws_kms_key.a", "aws_kms_external_key.a[0].arn"],
            &["aws_kms_key.a", "each.value.key", "each.value"],
            &["aws_kms_key.a", "var.environment"],
            &["aws_kms_key.a", "count.index"],
            &["aws_kms_key.a", "terraform.workspace", "each.key"],
            &["aws_kms_key.a[0].arn", "aws_kms_key.a[0]", "aws_kms_key.a", "path.module"],
            &["module.keys.arn", "module.keys"],
            &["var.key"],
            &[],
        ] {
            assert!(!undecided(references), "{references:?}");
        }
    }
}
