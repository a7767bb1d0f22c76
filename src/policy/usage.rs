//! What a Rego file reads and calls, from its syntax tree.
//!
//! A rule is given just the facts that it reads, so every reference to `input` must name its fact: a bare `input`, or one
//! indexed by a variable, is an error, since the host could not know what is read.

use std::collections::{BTreeMap, BTreeSet};

use super::syntax::{AssignOp, Body, CompareOp, Expr, Head, Literal, Module, Query, Rule, Span, Statement, Step};
use super::text::Places;
use crate::diagnostic::Diagnostic;
use crate::facts::{self, FactType};
use crate::model::FactPath;
use crate::nearest::nearest;

/// Functions that would make a verdict depend on more than facts and parameters, and what to do instead.
const FORBIDDEN_CALLS: &[(&str, &str, &str)] = &[
    ("http.send", "reaches the network", "a rule judges only the facts that it is given"),
    ("net.lookup_ip_addr", "reaches the network", "a rule judges only the facts that it is given"),
    ("time.now_ns", "reads the clock", "use `time.parse_rfc3339_ns(data.now)`, so that a run can be repeated"),
    ("rand.intn", "is random", "a verdict must be the same in every run"),
    ("uuid.rfc4122", "is random", "a verdict must be the same in every run"),
    ("opa.runtime", "reads the environment", "a rule judges only the facts that it is given"),
    ("print", "writes to the terminal", "put what matters into the message"),
    ("trace", "writes to the terminal", "put what matters into the message"),
];

/// The roots of `data` that a rule may read.
const DATA_ROOTS: &[&str] = &["parameters", "baseline", "now", "engines", "dbkeel"];

/// What a file is, which decides what it may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A rule, with its package.
    Rule(Vec<String>),
    /// A library, with its name.
    Library(String),
}

/// A rule that is mentioned by another: in which library (`None` is the same file), by which name.
pub(super) type Mention = (Option<String>, String);

/// One definition of a file: its name and what its head and bodies read.
#[derive(Debug, Default)]
pub(super) struct Definition {
    pub(super) name: String,
    pub(super) span: Option<Span>,
    pub(super) facts: Vec<(FactPath, Span)>,
    pub(super) mentions: Vec<Mention>,
    /// The names that it binds, and how often.
    locals: BTreeMap<String, usize>,
    sought: Vec<(FactPath, Seek)>,
}

/// What is sought in a map by `object.get`.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Sought {
    /// Text that stands there.
    Literal(String),
    /// The value of a parameter.
    Parameter(String),
    /// Each element of a parameter.
    Element(String),
}

/// What is sought, and the variable that holds it.
#[derive(Debug)]
struct Seek {
    sought: Sought,
    variable: Option<String>,
}

impl Definition {
    /// What is sought in a map, as far as it is known beforehand. A name that is bound twice might be another one.
    pub(super) fn sought(&self, map: &FactPath) -> impl Iterator<Item = &Sought> {
        let is_clear =
            |seek: &&Seek| seek.variable.as_ref().is_none_or(|variable| self.locals.get(variable) == Some(&1));
        let of_map = self.sought.iter().filter(move |(path, _)| path == map).map(|(_, seek)| seek);
        of_map.filter(is_clear).map(|seek| &seek.sought)
    }
}

/// What a file reads.
#[derive(Debug, Default)]
pub(super) struct Usage {
    pub(super) definitions: Vec<Definition>,
    /// The parameters read, with the first place.
    pub(super) parameters: BTreeMap<String, Span>,
    /// Whether the tier matters: its name or any parameter is read.
    pub(super) reads_tier: bool,
    /// The libraries used, with the first place.
    pub(super) libraries: BTreeMap<String, Span>,
    pub(super) problems: Vec<Diagnostic>,
}

impl Usage {
    /// Every fact read, with the first place.
    pub(super) fn facts(&self) -> BTreeMap<&FactPath, Span> {
        let mut facts = BTreeMap::new();
        for (path, span) in self.definitions.iter().flat_map(|definition| &definition.facts) {
            facts.entry(path).or_insert(*span);
        }
        facts
    }
}

/// Collects what a file reads.
pub(super) fn collect(module: &Module, places: &Places, role: &Role) -> Usage {
    let (aliases, each, current, usage) = Default::default();
    let names = module.rules.iter().map(Rule::name).collect();
    let mut collector = Collector { places, role, names, aliases, each, current, usage };
    collector.imports(module);
    for rule in &module.rules {
        collector.rule(rule);
    }
    collector.usage
}

/// The facts that a rule's violations compare with a parameter: those that must not be lower, and those that must not be higher.
/// One that is compared both ways, or for being equal, is in neither list.
pub(super) fn bounds(module: &Module) -> (Vec<FactPath>, Vec<FactPath>) {
    let (mut least, mut most) = (BTreeSet::new(), BTreeSet::new());
    let (mut unclear, mut not_most) = (BTreeSet::new(), BTreeSet::new());
    let violations = module.rules.iter().filter(|rule| rule.name() == "violations");
    let bodies = violations.filter_map(|rule| match rule {
        Rule::Spec { bodies, .. } => Some(bodies),
        Rule::Default { .. } => None,
    });
    for statement in bodies.flatten().flat_map(|body| &body.query.stmts) {
        let Literal::Expr { expr: Expr::Comparison { op, lhs, rhs, .. } } = &statement.literal else { continue };
        let (fact, op) = match (compared(lhs), compared(rhs)) {
            (Some(Compared::Fact(fact)), Some(Compared::Parameter)) => (fact, *op),
            (Some(Compared::Parameter), Some(Compared::Fact(fact))) => (fact, turned(*op)),
            (Some(Compared::Fact(fact)), other) | (other, Some(Compared::Fact(fact))) => {
                // That none at all fails, or is another rule's matter, agrees with less being worse; not with more being worse.
                let of_none = other.is_none() && (is_zero(lhs) || is_zero(rhs));
                if of_none { &mut not_most } else { &mut unclear }.insert(fact);
                continue;
            }
            _ => continue,
        };
        match op {
            CompareOp::Lt | CompareOp::Le => drop(least.insert(fact)),
            CompareOp::Gt | CompareOp::Ge => drop(most.insert(fact)),
            CompareOp::Eq | CompareOp::Ne => drop(unclear.insert(fact)),
        }
    }
    let is_clear = |fact: &FactPath| !unclear.contains(fact);
    least.retain(is_clear);
    most.retain(|fact| is_clear(fact) && !not_most.contains(fact));
    (least.difference(&most).cloned().collect(), most.difference(&least).cloned().collect())
}

/// Whether a rule looks at elements one by one: `some cidr in input.ingress_cidrs` in a body of its violations.
pub(super) fn per_element(module: &Module) -> bool {
    let is_some_in = |statement: &Statement| matches!(statement.literal, Literal::SomeIn { .. });
    module.rules.iter().filter(|rule| rule.name() == "violations").any(|rule| match rule {
        Rule::Spec { bodies, .. } => bodies.iter().flat_map(|body| &body.query.stmts).any(is_some_in),
        Rule::Default { .. } => false,
    })
}

/// The parameter that an expression is: `data.parameters.x`.
fn parameter(expr: &Expr) -> Option<&str> {
    match expr.constant_path()?.as_slice() {
        ["data", "parameters", name] => Some(name),
        _ => None,
    }
}

/// The map that an expression is as a whole: `input.tags`, `input.before.tags`.
fn whole_map(expr: &Expr) -> Option<FactPath> {
    let (before, name) = match expr.constant_path()?.as_slice() {
        ["input", "before", name] => (true, *name),
        ["input", name] => (false, *name),
        _ => return None,
    };
    let path = FactPath { before, fact: facts::find(name)?, key: None };
    path.is_whole_map().then_some(path)
}

/// What a side of a comparison is.
enum Compared {
    Fact(FactPath),
    Parameter,
}

fn compared(expr: &Expr) -> Option<Compared> {
    match expr.constant_path()?.as_slice() {
        ["data", "parameters", ..] => Some(Compared::Parameter),
        ["input", name] => Some(Compared::Fact(FactPath { before: false, fact: facts::find(name)?, key: None })),
        _ => None,
    }
}

fn is_zero(expr: &Expr) -> bool {
    matches!(expr, Expr::Number { value, .. } if value.as_i64() == Some(0))
}

/// The comparison with its sides changed.
fn turned(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::Lt => CompareOp::Gt,
        CompareOp::Le => CompareOp::Ge,
        CompareOp::Ge => CompareOp::Le,
        CompareOp::Gt => CompareOp::Lt,
        same @ (CompareOp::Eq | CompareOp::Ne) => same,
    }
}

struct Collector<'a> {
    places: &'a Places,
    role: &'a Role,
    /// The names that the file defines.
    names: BTreeSet<&'a str>,
    /// The names that imports give to libraries.
    aliases: BTreeMap<String, String>,
    /// Of each query that is being read: the variables that are each element of a parameter from here on.
    each: Vec<Vec<(String, String)>>,
    current: Definition,
    usage: Usage,
}

impl Collector<'_> {
    fn problem(&mut self, span: Span, title: impl Into<String>, help: impl Into<String>) {
        let problem = self.places.error(span, title).help(help);
        self.usage.problems.push(problem);
    }

    fn imports(&mut self, module: &Module) {
        for import in &module.imports {
            match import.refr.constant_path().as_deref() {
                Some(["rego", "v1"] | ["future", "keywords", ..]) => {}
                Some(["data", "dbkeel", "lib", name]) => {
                    let alias = import.r#as.map_or(*name, |span| self.places.text(span)).to_owned();
                    self.aliases.insert(alias, (*name).to_owned());
                    self.usage.libraries.entry((*name).to_owned()).or_insert(import.refr.span());
                }
                _ => {
                    let title = format!("import of `{}`", self.places.text(import.refr.span()));
                    self.problem(
                        import.refr.span(),
                        title,
                        "only `data.dbkeel.lib.<name>` and `rego.v1` can be imported",
                    );
                }
            }
        }
    }

    fn rule(&mut self, rule: &Rule) {
        self.current = Definition { name: rule.name().to_owned(), ..Definition::default() };
        if matches!(rule.name(), "input" | "data") {
            self.problem(
                rule.defines().span(),
                format!("a rule cannot be named `{}`", rule.name()),
                "give it another name",
            );
        }
        match rule {
            Rule::Spec { span, head, bodies } => {
                self.current.span = Some(*span);
                self.head(head);
                bodies.iter().for_each(|body| self.body(body));
            }
            Rule::Default { refr, args, value } => {
                self.current.span = Some(refr.span());
                self.locals(args);
                self.expr(value);
            }
        }
        let mut done = std::mem::take(&mut self.current);
        done.mentions.retain(|(library, name)| library.is_some() || !done.locals.contains_key(name));
        self.usage.definitions.push(done);
    }

    fn head(&mut self, head: &Head) {
        let refr = match head {
            Head::Compr { refr, .. } | Head::Set { refr, .. } | Head::Func { refr, .. } => refr,
        };
        if let Some((_, steps)) = refr.reference() {
            self.indexes(&steps);
        }
        match head {
            Head::Compr { assign, .. } => self.optional(assign.as_ref().map(|assign| &assign.value)),
            Head::Set { key, .. } => self.optional(key.as_ref()),
            Head::Func { args, assign, .. } => {
                self.locals(args);
                self.optional(assign.as_ref().map(|assign| &assign.value));
            }
        }
    }

    fn body(&mut self, body: &Body) {
        self.optional(body.assign.as_ref().map(|assign| &assign.value));
        self.query(&body.query);
    }

    fn query(&mut self, query: &Query) {
        self.each.push(Vec::new());
        query.stmts.iter().for_each(|statement| self.statement(statement));
        self.each.pop();
    }

    fn statement(&mut self, statement: &Statement) {
        for with in &statement.with_mods {
            self.problem(with.span, "`with` in a rule", "`with` is for tests; pass the value to a function instead");
        }
        match &statement.literal {
            Literal::SomeVars { vars } => vars.iter().for_each(|span| self.local_name(*span)),
            Literal::SomeIn { key, value, collection } => {
                key.iter().for_each(|key| self.pattern(key));
                self.pattern(value);
                self.expr(collection);
                let parameter = parameter(collection).filter(|_| key.is_none());
                if let (Some(variable), Some(parameter), Some(each)) = (value.as_var(), parameter, self.each.last_mut())
                {
                    each.push((variable.to_owned(), parameter.to_owned()));
                }
            }
            Literal::Expr { expr } | Literal::NotExpr { expr } => self.expr(expr),
            Literal::Every { key, value, domain, query } => {
                key.iter().for_each(|span| self.local_name(*span));
                self.local_name(*value);
                self.expr(domain);
                self.query(query);
            }
        }
    }

    fn local_name(&mut self, span: Span) {
        let name = self.places.text(span).to_owned();
        if matches!(name.as_str(), "input" | "data") {
            self.problem(span, format!("a variable cannot be named `{name}`"), "give it another name");
        }
        *self.current.locals.entry(name).or_default() += 1;
    }

    /// Variables that a pattern binds.
    fn pattern(&mut self, expr: &Expr) {
        match expr {
            Expr::Var { span, .. } => self.local_name(*span),
            Expr::Array { items, .. } | Expr::Set { items, .. } => items.iter().for_each(|item| self.pattern(item)),
            Expr::Object { fields, .. } => fields.iter().for_each(|(_, _, value)| self.pattern(value)),
            other => self.expr(other),
        }
    }

    fn locals(&mut self, args: &[Expr]) {
        args.iter().for_each(|arg| self.pattern(arg));
    }

    fn optional(&mut self, expr: Option<&Expr>) {
        expr.into_iter().for_each(|expr| self.expr(expr));
    }

    fn expr(&mut self, expr: &Expr) {
        match expr {
            Expr::String { .. }
            | Expr::RawString { .. }
            | Expr::Number { .. }
            | Expr::Bool { .. }
            | Expr::Null { .. } => {}
            Expr::Var { .. } | Expr::RefDot { .. } | Expr::RefBrack { .. } => self.reference(expr),
            Expr::Array { items, .. } | Expr::Set { items, .. } => items.iter().for_each(|item| self.expr(item)),
            Expr::Object { fields, .. } => fields.iter().for_each(|(_, key, value)| {
                self.expr(key);
                self.expr(value);
            }),
            Expr::ArrayCompr { term, query, .. } | Expr::SetCompr { term, query, .. } => {
                self.query(query);
                self.expr(term);
            }
            Expr::ObjectCompr { key, value, query, .. } => {
                self.query(query);
                self.expr(key);
                self.expr(value);
            }
            Expr::Call { fcn, params, .. } => self.call(fcn, params),
            Expr::Unary { expr, .. } => self.expr(expr),
            Expr::Assignment { op: AssignOp::ColEq, lhs, rhs, .. } => {
                self.pattern(lhs);
                self.expr(rhs);
            }
            Expr::SetOperation { lhs, rhs, .. }
            | Expr::Comparison { lhs, rhs, .. }
            | Expr::Arithmetic { lhs, rhs, .. }
            | Expr::Assignment { lhs, rhs, .. } => {
                self.expr(lhs);
                self.expr(rhs);
            }
            Expr::Membership { key, value, collection, .. } => {
                self.optional(key.as_deref());
                self.expr(value);
                self.expr(collection);
            }
        }
    }

    fn call(&mut self, fcn: &Expr, params: &[Expr]) {
        params.iter().for_each(|param| self.expr(param));
        let name = fcn.constant_path().map(|path| path.join(".")).unwrap_or_default();
        let forbidden = FORBIDDEN_CALLS.iter().find(|(call, ..)| *call == name);
        match forbidden {
            Some((_, why, help)) => self.problem(fcn.span(), format!("`{name}` {why}"), *help),
            None if name.starts_with("__builtin") => {
                self.problem(fcn.span(), format!("`{name}` is no function of Rego"), "OPA does not know it");
            }
            None => self.reference(fcn),
        }
        // Another `object` than Rego's has a `get` of its own.
        let is_own = self.names.contains("object") || self.aliases.contains_key("object");
        if let ("object.get", false, [map, key, _]) = (name.as_str(), is_own, params) {
            self.current.sought.extend(whole_map(map).zip(self.seek(key)));
        }
    }

    /// What is sought, when it is known before the rule is asked.
    fn seek(&self, key: &Expr) -> Option<Seek> {
        if let Some(variable) = key.as_var() {
            let each = self.each.iter().rev().flatten().find(|(name, _)| name == variable);
            return each.map(|(_, parameter)| Seek {
                sought: Sought::Element(parameter.clone()),
                variable: Some(variable.to_owned()),
            });
        }
        let literal = key.as_literal().map(|text| Sought::Literal(text.to_owned()));
        let sought = literal.or_else(|| parameter(key).map(|name| Sought::Parameter(name.to_owned())));
        sought.map(|sought| Seek { sought, variable: None })
    }

    fn reference(&mut self, expr: &Expr) {
        let Some((root, steps)) = expr.reference() else {
            return self.computed(expr);
        };
        self.indexes(&steps);
        match root {
            "input" => self.input(expr.span(), &steps),
            "data" => self.data(expr.span(), &steps),
            name => {
                let first = steps.first().and_then(|step| step.name);
                let mention = match (self.aliases.get(name), first) {
                    (Some(library), Some(function)) => (Some(library.clone()), function.to_owned()),
                    _ => (None, name.to_owned()),
                };
                self.current.mentions.push(mention);
            }
        }
    }

    /// A reference into something computed: `split(x, ".")[0]`.
    fn computed(&mut self, expr: &Expr) {
        match expr {
            Expr::RefDot { refr, .. } => self.expr(refr),
            Expr::RefBrack { refr, index, .. } => {
                self.expr(refr);
                self.expr(index);
            }
            _ => {}
        }
    }

    fn indexes(&mut self, steps: &[Step<'_>]) {
        for step in steps.iter().filter(|step| step.name.is_none()) {
            self.optional(step.index);
        }
    }

    fn input(&mut self, span: Span, steps: &[Step<'_>]) {
        if let Role::Library(_) = self.role {
            return self.problem(
                span,
                "a library reads `input`",
                "pass the value to the function, so that the rule shows what it reads",
            );
        }
        let (before, steps) = match steps.split_first() {
            Some((first, rest)) if first.name == Some("before") => (true, rest),
            _ => (false, steps),
        };
        let all = if before { "input.before" } else { "input" };
        let Some((fact, rest)) = steps.split_first() else {
            return self.problem(span, format!("`{all}` is read as a whole"), format!("name the fact: `{all}.engine`"));
        };
        match fact.name {
            Some(name) => self.fact(before, name, fact.span, rest),
            None => self.problem(
                fact.span,
                format!("`{all}` is read by a name that is not constant"),
                format!("name the fact: `{all}.engine`"),
            ),
        }
    }

    fn fact(&mut self, before: bool, name: &str, span: Span, rest: &[Step<'_>]) {
        let Some(id) = facts::find(name) else {
            let known = facts::CATALOGUE.iter().map(|def| def.name);
            let help = nearest(name, known).map_or_else(
                || "`dbkeel facts` lists them".to_owned(),
                |near| format!("did you mean `{near}`? `dbkeel facts` lists them all"),
            );
            return self.problem(span, format!("there is no fact `{name}`"), help);
        };
        let ty = id.def().ty;
        let (key, rest) = match (ty, rest.split_first()) {
            (FactType::Map, Some((step, rest))) => (step.name.map(Into::into), rest),
            (FactType::Strings, Some((step, rest))) if step.name.is_none() => (None, rest),
            _ => (None, rest),
        };
        if let Some(step) = rest.first() {
            let title = format!("`{name}` is {} and has nothing inside", described(ty));
            self.problem(step.span, title, format!("`dbkeel facts {name}` tells what it is"));
        }
        self.current.facts.push((FactPath { before, fact: id, key }, span));
    }

    fn data(&mut self, span: Span, steps: &[Step<'_>]) {
        let names: Vec<Option<&str>> = steps.iter().map(|step| step.name).collect();
        let place = steps.first().map_or(span, |step| step.span);
        match names.as_slice() {
            [Some("parameters"), rest @ ..] => self.parameter(place, steps, rest),
            [Some("baseline"), Some("tier")] => self.usage.reads_tier = true,
            [Some("baseline"), Some("name")] | [Some("now")] | [Some("engines"), ..] => {}
            [Some("baseline"), ..] => {
                self.problem(place, "`data.baseline` has `tier` and `name`", "write `data.baseline.tier`");
            }
            [Some("now"), ..] => self.problem(place, "`data.now` is text", "write `time.parse_rfc3339_ns(data.now)`"),
            [Some("dbkeel"), Some("lib"), Some(library), Some(function), ..] => {
                self.usage.libraries.entry((*library).to_owned()).or_insert(span);
                self.current.mentions.push((Some((*library).to_owned()), (*function).to_owned()));
            }
            [Some("dbkeel"), ..] => self.own_package(span, &names),
            [Some(root), ..] => self.unknown_data(place, root),
            _ => self.problem(span, "`data` is read as a whole", "name what is read: `data.parameters.<name>`"),
        }
    }

    fn parameter(&mut self, place: Span, steps: &[Step<'_>], names: &[Option<&str>]) {
        self.usage.reads_tier = true;
        if let Role::Library(_) = self.role {
            return self.problem(place, "a library reads `data.parameters`", "pass the value to the function");
        }
        match (names, steps.get(1)) {
            ([Some(name), ..], Some(step)) => {
                self.usage.parameters.entry((*name).to_owned()).or_insert(step.span);
            }
            _ => self.problem(
                place,
                "`data.parameters` is read as a whole",
                "name the parameter: `data.parameters.<name>`",
            ),
        }
    }

    fn own_package(&mut self, span: Span, names: &[Option<&str>]) {
        let own = match self.role {
            Role::Rule(package) => package.as_slice(),
            Role::Library(_) => &[],
        };
        let inside = !own.is_empty() && own.iter().zip(names).all(|(part, name)| *name == Some(part));
        match names.get(own.len()).copied().flatten() {
            Some(name) if inside => self.current.mentions.push((None, name.to_owned())),
            _ => self.problem(span, "a rule reads another rule", "put what both need into `policies/lib`"),
        }
    }

    fn unknown_data(&mut self, span: Span, root: &str) {
        let help = nearest(root, DATA_ROOTS.iter().copied()).map_or_else(
            || {
                "a rule may read `data.parameters`, `data.baseline`, `data.now`, `data.engines` and `data.dbkeel.lib`"
                    .to_owned()
            },
            |near| format!("did you mean `data.{near}`?"),
        );
        self.problem(span, format!("there is no `data.{root}`"), help);
    }
}

fn described(ty: FactType) -> &'static str {
    match ty {
        FactType::Boolean => "true or false",
        FactType::Integer => "a number",
        FactType::String => "a text",
        FactType::Strings => "a set of texts",
        FactType::Map => "a map of texts",
    }
}
