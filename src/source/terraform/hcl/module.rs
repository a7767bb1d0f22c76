//! A module: what the files of one folder declare, after the override files had their say.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::PathBuf;
use std::sync::Arc;

use super::body::{Attribute, Block, Body, Span};
use super::files::Files;
use super::overrides;
use crate::diagnostic::Diagnostic;

/// A module, by its index in a `Configuration`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ModuleId(pub(crate) u32);

/// Type and name of a resource or data source.
pub(crate) type ResourceKey = (Arc<str>, Arc<str>);

/// What one folder declares. Blocks that stand alone are in the order in which they stand.
#[derive(Debug, Default)]
pub(crate) struct Module {
    /// The folder, absolute and free of symbolic links.
    pub(crate) folder: PathBuf,
    /// The folder as reports name it.
    pub(crate) name: Arc<str>,
    /// Whether it is part of the repository.
    pub(crate) is_own: bool,
    /// `resource` blocks.
    pub(crate) resources: BTreeMap<ResourceKey, Block>,
    /// `data` blocks, those in `check` blocks too.
    pub(crate) data: BTreeMap<ResourceKey, Block>,
    /// `ephemeral` blocks.
    pub(crate) ephemeral: BTreeMap<ResourceKey, Block>,
    /// `variable` blocks.
    pub(crate) variables: BTreeMap<Arc<str>, Block>,
    /// `output` blocks.
    pub(crate) outputs: BTreeMap<Arc<str>, Block>,
    /// The attributes of all `locals` blocks.
    pub(crate) locals: BTreeMap<Arc<str>, Attribute>,
    /// `module` blocks.
    pub(crate) calls: BTreeMap<Arc<str>, Block>,
    /// `provider` blocks.
    pub(crate) providers: Vec<Block>,
    /// `terraform` blocks.
    pub(crate) settings: Vec<Block>,
    /// `moved` blocks.
    pub(crate) moved: Vec<Block>,
    /// `removed` blocks.
    pub(crate) removed: Vec<Block>,
    /// `import` blocks.
    pub(crate) imports: Vec<Block>,
    /// `check` blocks.
    pub(crate) checks: Vec<Block>,
}

impl Module {
    /// A module of the bodies of its files: those that say something, then those that override it.
    pub(super) fn of(bodies: Vec<Body>, overriding: Vec<Body>, files: &Files) -> (Self, Vec<Diagnostic>) {
        let mut building = Building { module: Self::default(), files, diagnostics: Vec::new() };
        for body in bodies {
            building.add(body);
        }
        let Building { mut module, mut diagnostics, .. } = building;
        for body in overriding {
            overrides::apply(&mut module, body, files, &mut diagnostics);
        }
        (module, diagnostics)
    }

    /// Whether it declares nothing at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.resources.is_empty()
            && self.data.is_empty()
            && self.variables.is_empty()
            && self.outputs.is_empty()
            && self.locals.is_empty()
            && self.calls.is_empty()
            && self.providers.is_empty()
            && self.settings.is_empty()
    }

    /// The resource of a type and name.
    pub(crate) fn resource(&self, resource_type: &str, name: &str) -> Option<&Block> {
        self.resources.get(&(Arc::from(resource_type), Arc::from(name)))
    }
}

struct Building<'a> {
    module: Module,
    files: &'a Files,
    diagnostics: Vec<Diagnostic>,
}

impl Building<'_> {
    fn add(&mut self, body: Body) {
        for attribute in body.attributes {
            let title = format!("`{}` is set outside of a block", attribute.name);
            let diagnostic = self.files.diagnostic(title, attribute.span);
            self.diagnostics.push(diagnostic.help("values are set in `locals`, `variable` and `resource` blocks"));
        }
        for block in body.blocks {
            self.block(block);
        }
    }

    fn block(&mut self, mut block: Block) {
        let Some(labels) = labels_of(&block.kind) else {
            let title = format!("Terraform has no block `{}`", block.kind);
            return self.complain(title, block.header, "it is left out");
        };
        if block.labels.len() != labels {
            let (kind, found) = (&block.kind, block.labels.len());
            let title = format!("`{kind}` takes {labels} labels, not {found}");
            return self.complain(title, block.header, "it is left out");
        }
        let module = &mut self.module;
        match block.kind.as_ref() {
            "provider" => module.providers.push(block),
            "terraform" => module.settings.push(block),
            "moved" => module.moved.push(block),
            "removed" => module.removed.push(block),
            "import" => module.imports.push(block),
            "locals" => self.locals(block),
            "check" => {
                let mut data: Vec<Block> = Vec::new();
                let is_data = |inner: &mut Block| inner.kind.as_ref() == "data";
                block.body.change(|body| data.extend(body.blocks.extract_if(.., is_data)));
                module.checks.push(block);
                data.into_iter().filter(|inner| inner.labels.len() == 2).for_each(|inner| self.insert(inner));
            }
            _ => self.insert(block),
        }
    }

    fn locals(&mut self, block: Block) {
        for attribute in block.body.into_body().attributes {
            if let Some(first) = self.module.locals.get(&attribute.name) {
                let help = self.first_is(first.span);
                let title = format!("local value `{}` is declared twice", attribute.name);
                self.complain(title, attribute.span, &help);
            } else {
                self.module.locals.insert(Arc::clone(&attribute.name), attribute);
            }
        }
    }

    fn insert(&mut self, block: Block) {
        let module = &mut self.module;
        let mut labels = block.labels.iter().cloned();
        let (first, second) = (labels.next().unwrap_or_default(), labels.next().unwrap_or_default());
        let entered = match block.kind.as_ref() {
            "resource" => enter(&mut module.resources, (first, second), block),
            "data" => enter(&mut module.data, (first, second), block),
            "ephemeral" => enter(&mut module.ephemeral, (first, second), block),
            "variable" => enter(&mut module.variables, first, block),
            "output" => enter(&mut module.outputs, first, block),
            _ => enter(&mut module.calls, first, block),
        };
        if let Some((first, block)) = entered {
            let title = format!("`{}` is declared twice", title_of(&block));
            let help = self.first_is(first);
            self.complain(title, block.header, &help);
        }
    }

    fn first_is(&self, first: Span) -> String {
        match self.files.location(first).and_then(|location| Some((location.file, location.region?))) {
            Some((file, region)) => format!("the first is at {file}:{}, and is the one that counts", region.start_line),
            None => "the first one counts".to_owned(),
        }
    }

    fn complain(&mut self, title: String, span: Span, help: &str) {
        self.diagnostics.push(self.files.diagnostic(title, span).help(help));
    }
}

/// Adds a block. If there is one already, gives it back, after where the first one is.
fn enter<K: Ord>(blocks: &mut BTreeMap<K, Block>, key: K, block: Block) -> Option<(Span, Block)> {
    match blocks.entry(key) {
        Entry::Vacant(place) => {
            place.insert(block);
            None
        }
        Entry::Occupied(first) => Some((first.get().header, block)),
    }
}

impl Module {
    /// The block that is already here under the kind and the labels of another, to change it.
    pub(super) fn named_mut(&mut self, block: &Block) -> Option<&mut Block> {
        let mut labels = block.labels.iter().cloned();
        let first = labels.next()?;
        let both = |second: Arc<str>| (first.clone(), second);
        match block.kind.as_ref() {
            "resource" => self.resources.get_mut(&both(labels.next()?)),
            "data" => self.data.get_mut(&both(labels.next()?)),
            "ephemeral" => self.ephemeral.get_mut(&both(labels.next()?)),
            "variable" => self.variables.get_mut(&first),
            "output" => self.outputs.get_mut(&first),
            "module" => self.calls.get_mut(&first),
            _ => None,
        }
    }
}

/// How many labels a block of a file has.
fn labels_of(kind: &str) -> Option<usize> {
    match kind {
        "resource" | "data" | "ephemeral" => Some(2),
        "variable" | "output" | "module" | "provider" | "check" => Some(1),
        "locals" | "terraform" | "moved" | "removed" | "import" => Some(0),
        _ => None,
    }
}

/// `resource "aws_db_instance" "main"` as people say it: `aws_db_instance.main`, `module.db`.
pub(super) fn title_of(block: &Block) -> String {
    let labels: Vec<&str> = block.labels.iter().map(AsRef::as_ref).collect();
    let labels = labels.join(".");
    match block.kind.as_ref() {
        "resource" => labels,
        kind => format!("{kind}.{labels}"),
    }
}
