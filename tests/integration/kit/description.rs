//! Descriptions: one YAML file a resource type, with its variants; `testdata/kit/README.md` says how they are written.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::template::{self, Words};
use crate::integration::command::root;

/// The region of everything.
pub(super) const REGION: &str = "eu-west-1";

/// A file of `testdata/kit`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Description {
    /// The type, in Terraform's word.
    pub(super) resource: String,
    /// Where the facts about the world in it are from.
    pub(super) cites: Vec<String>,
    /// What the configuration sets.
    sets: Map<String, Value>,
    /// What the provider sets itself, so that a plan has it.
    #[serde(default)]
    defaults: Map<String, Value>,
    /// What is known only after apply, with what it then is.
    #[serde(default)]
    computed: Map<String, Value>,
    /// What a plan has as null, with what a state then records.
    #[serde(default)]
    empty: Map<String, Value>,
    /// The attributes that are written as blocks.
    #[serde(default)]
    pub(super) blocks: Vec<String>,
    /// The attributes that Terraform withholds.
    #[serde(default)]
    pub(super) sensitive: Vec<String>,
    /// Whether it has `tags` and `tags_all`.
    #[serde(default = "yes")]
    tags: bool,
    /// What the provider's API tells, and Terraform does not know.
    #[serde(default)]
    told: Map<String, Value>,
    /// The kinds of what is listed besides when it runs, and has no description.
    #[serde(default)]
    pub(super) brings: Vec<String>,
    /// What lies beside it: everything that it refers to.
    #[serde(default)]
    beside: BTreeMap<String, Edit>,
    /// What the API replies about it.
    #[serde(default)]
    replies: Vec<Reply>,
    /// What changes, by name; `good` is the first of them.
    #[serde(default)]
    pub(super) variants: BTreeMap<String, Variant>,
}

/// A change of what a description says.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Edit {
    #[serde(default)]
    sets: Map<String, Value>,
    /// What the configuration does not set.
    #[serde(default)]
    drops: Vec<String>,
    #[serde(default)]
    computed: Map<String, Value>,
    #[serde(default)]
    empty: Map<String, Value>,
    #[serde(default)]
    told: Map<String, Value>,
    /// Replies besides those of the type.
    #[serde(default)]
    replies: Vec<Reply>,
}

/// One reply, or a part of it: those of one file are put together.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reply {
    /// The name of the file without its ending: the command of the AWS CLI, and what it was asked of.
    file: String,
    /// The reply.
    reply: Value,
}

/// One state of the world.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Variant {
    /// What it shows.
    pub(super) why: String,
    /// Another variant that this one changes.
    #[serde(default)]
    like: Option<String>,
    /// What is different about the resource itself.
    #[serde(default)]
    change: Edit,
    /// What is different beside it; nothing at all for what is not there.
    #[serde(default)]
    beside: BTreeMap<String, Option<Edit>>,
    /// What was different before, by address: a plan then changes it.
    #[serde(default)]
    pub(super) was: BTreeMap<String, Edit>,
    /// What the plan does, when it does not create or update: `delete`, `replace` or `forget`.
    #[serde(default)]
    pub(super) action: Option<String>,
    /// The attributes because of which it is replaced.
    #[serde(default)]
    pub(super) replaced_by: Vec<String>,
    /// The rules that fail, on the resource itself.
    pub(super) fails: BTreeSet<String>,
}

fn yes() -> bool {
    true
}

impl Edit {
    /// This change, with another one after it.
    fn then(mut self, next: &Self) -> Self {
        self.drops.retain(|name| !next.sets.contains_key(name));
        next.drops.iter().for_each(|name| drop(self.sets.remove(name)));
        self.drops.extend(next.drops.iter().cloned());
        self.sets.extend(next.sets.clone());
        self.computed.extend(next.computed.clone());
        self.empty.extend(next.empty.clone());
        self.told.extend(next.told.clone());
        self.replies.extend(next.replies.iter().cloned());
        self
    }
}

impl Variant {
    fn then(mut self, next: &Self) -> Self {
        self.change = self.change.then(&next.change);
        for (address, edit) in &next.beside {
            let before = self.beside.remove(address).flatten().unwrap_or_default();
            self.beside.insert(address.clone(), edit.as_ref().map(|edit| before.then(edit)));
        }
        Self { change: self.change, beside: self.beside, ..next.clone() }
    }
}

/// Every description, by type.
pub(super) struct Kit {
    pub(super) types: BTreeMap<String, Description>,
}

impl Kit {
    pub(super) fn read() -> Self {
        let folder = root().join("testdata/kit");
        let mut paths: Vec<PathBuf> =
            std::fs::read_dir(folder).expect("testdata/kit is here").map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("aws_")));
        paths.sort();
        let types = paths.iter().map(|path| {
            let text = std::fs::read_to_string(path).expect("readable");
            let read: Description =
                serde_saphyr::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            assert_eq!(path.file_stem().unwrap().to_string_lossy(), read.resource, "a file is named after its type");
            assert!(!read.cites.is_empty(), "{}: it cites nothing", path.display());
            (read.resource.clone(), read)
        });
        Self { types: types.collect() }
    }

    /// Every variant of every type.
    pub(super) fn worlds(&self) -> Vec<World<'_>> {
        let all = self.types.values().flat_map(|of| of.variants.keys().map(move |name| (of, name)));
        all.enumerate().map(|(number, (of, name))| World::new(self, of, name, number)).collect()
    }

    fn of(&self, address: &str) -> &Description {
        let kind = address.split_once('.').map_or(address, |(kind, _)| kind);
        self.types.get(kind).unwrap_or_else(|| panic!("testdata/kit/{kind}.yaml is not there, for `{address}`"))
    }
}

/// One variant, with everything beside it: an account of its own.
pub(super) struct World<'a> {
    /// The type and the variant: `aws_db_instance_good`.
    pub(super) name: String,
    /// The address of the resource itself.
    pub(super) main: String,
    /// The name of the variant.
    pub(super) variant_name: &'a str,
    pub(super) variant: Variant,
    pub(super) account: String,
    pub(super) pieces: BTreeMap<String, Piece<'a>>,
    /// What was before, where that was different.
    pub(super) before: BTreeMap<String, Piece<'a>>,
}

/// One resource of a world.
pub(super) struct Piece<'a> {
    pub(super) of: &'a Description,
    /// The last part of its address.
    pub(super) label: String,
    /// What the configuration sets; references are still as Terraform writes them.
    pub(super) sets: Map<String, Value>,
    defaults: Map<String, Value>,
    computed: Map<String, Value>,
    empty: Map<String, Value>,
    told: Map<String, Value>,
    replies: Vec<Reply>,
}

impl<'a> World<'a> {
    fn new(kit: &'a Kit, of: &'a Description, name: &'a str, number: usize) -> Self {
        let variant = full(of, name);
        let main = format!("{}.main", of.resource);
        let mut edits = BTreeMap::from([(main.clone(), variant.change.clone())]);
        let mut open = vec![main.clone()];
        let mut removed: Vec<&String> = Vec::new();
        for (address, edit) in &variant.beside {
            match edit {
                Some(edit) => {
                    edits.insert(address.clone(), edit.clone());
                    open.push(address.clone());
                }
                None => removed.push(address),
            }
        }
        // What lies beside something brings what lies beside itself.
        while let Some(address) = open.pop() {
            for (other, edit) in &kit.of(&address).beside {
                if !removed.contains(&other) {
                    let whole = match edits.remove(other) {
                        Some(own) => edit.clone().then(&own),
                        None => {
                            open.push(other.clone());
                            edit.clone()
                        }
                    };
                    edits.insert(other.clone(), whole);
                }
            }
        }
        let world = Self {
            name: format!("{}_{name}", of.resource.trim_start_matches("aws_")),
            main,
            variant_name: name,
            account: format!("{}", 100_000_000_001_u64 + number as u64),
            pieces: BTreeMap::new(),
            before: BTreeMap::new(),
            variant,
        };
        let pieces = edits.iter().map(|(address, edit)| (address.clone(), world.piece(kit, address, edit))).collect();
        let was = world.variant.was.iter().map(|(address, edit)| {
            let now = edits.get(address).unwrap_or_else(|| panic!("{}: there is no `{address}`", world.name));
            (address.clone(), world.piece(kit, address, &now.clone().then(edit)))
        });
        let before = was.collect();
        Self { pieces, before, ..world }
    }

    fn piece(&self, kit: &'a Kit, address: &str, edit: &Edit) -> Piece<'a> {
        let of = kit.of(address);
        let changed = |base: &Map<String, Value>, change: &Map<String, Value>| {
            let mut all = base.clone();
            all.extend(change.clone());
            all
        };
        let mut sets = changed(&of.sets, &edit.sets);
        sets.retain(|name, _| !edit.drops.contains(name));
        let named = Named { world: self };
        let sets = template::expand(&Value::Object(sets), &named);
        let mut replies = of.replies.clone();
        replies.extend(edit.replies.iter().cloned());
        let mut piece = Piece {
            of,
            label: address.rsplit('.').next().unwrap_or_default().to_owned(),
            sets: sets.and_then(|sets| sets.as_object().cloned()).unwrap_or_default(),
            defaults: of.defaults.clone(),
            computed: changed(&of.computed, &edit.computed),
            empty: changed(&of.empty, &edit.empty),
            told: changed(&of.told, &edit.told),
            replies,
        };
        piece.defaults.entry("region").or_insert_with(|| json!(REGION));
        piece
    }

    /// What was set before the plan, else what is set.
    pub(super) fn piece_before(&self, address: &str) -> &Piece<'a> {
        self.before.get(address).unwrap_or(&self.pieces[address])
    }

    /// The value of an attribute as a state records it.
    pub(super) fn value(&self, address: &str, attribute: &str) -> Option<Value> {
        self.value_of(self.piece_at(address), attribute)
    }

    fn piece_at(&self, address: &str) -> &Piece<'a> {
        self.pieces.get(address).unwrap_or_else(|| panic!("{}: there is no `{address}`", self.name))
    }

    fn value_of(&self, piece: &Piece<'a>, attribute: &str) -> Option<Value> {
        if attribute == "tags_all" && piece.of.tags {
            return Some(piece.sets.get("tags").cloned().unwrap_or_else(|| json!({})));
        }
        if let Some(set) = piece.sets.get(attribute) {
            return Some(self.resolved(set));
        }
        let words = Of { world: self, piece };
        let given = [&piece.defaults, &piece.computed].into_iter().find_map(|values| values.get(attribute));
        match given {
            Some(template) => Some(self.resolved(&template::expand(template, &words).unwrap_or(Value::Null))),
            None => piece.empty.get(attribute).cloned(),
        }
    }

    /// A value with what it refers to put in.
    pub(super) fn resolved(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => match references(text).as_slice() {
                [] => value.clone(),
                [(one, whole)] if *whole == text.as_str() => self.referred(one),
                several => {
                    let put = |text: String, (path, whole): &(&str, &str)| {
                        text.replace(whole, &template::text_of(&self.referred(path)))
                    };
                    Value::String(several.iter().fold(text.clone(), put))
                }
            },
            Value::Array(items) => items.iter().map(|item| self.resolved(item)).collect(),
            Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), self.resolved(value))).collect(),
            other => other.clone(),
        }
    }

    fn referred(&self, path: &str) -> Value {
        let (address, attribute) = path.rsplit_once('.').expect("a reference has an attribute");
        self.value(address, attribute).unwrap_or_else(|| panic!("{}: `{address}` has no `{attribute}`", self.name))
    }

    /// Whether what a text refers to is known while planning.
    pub(super) fn is_known(&self, text: &str) -> bool {
        references(text).iter().all(|(path, _)| {
            let (address, attribute) = path.rsplit_once('.').expect("a reference has an attribute");
            let piece = self.piece_at(address);
            let set = piece.sets.get(attribute);
            let is_set = set.is_some_and(|value| value.as_str().is_none_or(|text| self.is_known(text)));
            is_set || piece.defaults.contains_key(attribute)
        })
    }

    /// Everything that a state records of a resource.
    pub(super) fn recorded(&self, piece: &Piece<'a>) -> Map<String, Value> {
        let named = [&piece.sets, &piece.defaults, &piece.computed, &piece.empty].into_iter().flat_map(Map::keys);
        let mut names: BTreeSet<&str> = named.map(String::as_str).collect();
        if piece.of.tags {
            names.extend(["tags", "tags_all"]);
        }
        let value = |name: &str| self.value_of(piece, name).unwrap_or(Value::Null);
        names.into_iter().map(|name| (name.to_owned(), value(name))).collect()
    }

    /// What the API replies, by file.
    pub(super) fn replies(&self) -> BTreeMap<String, Value> {
        let mut files = BTreeMap::new();
        for piece in self.pieces.values() {
            let words = Of { world: self, piece };
            for Reply { file, reply } in &piece.replies {
                let file = template::expand(&json!(file), &words).expect("a file has a name");
                if let Some(reply) = template::expand(reply, &words) {
                    put_together(files.entry(template::text_of(&file)).or_insert(Value::Null), reply);
                }
            }
        }
        files
    }
}

/// A variant with all that it is like.
fn full(of: &Description, name: &str) -> Variant {
    let variant = of.variants.get(name).unwrap_or_else(|| panic!("{} has no variant `{name}`", of.resource)).clone();
    match &variant.like {
        None => variant,
        Some(other) => full(of, other).then(&variant),
    }
}

/// Lists of replies to one call are joined.
fn put_together(whole: &mut Value, part: Value) {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => {
            for (name, value) in part {
                put_together(whole.entry(name).or_insert(Value::Null), value);
            }
        }
        (Value::Array(whole), Value::Array(part)) => whole.extend(part),
        (whole, part) => *whole = part,
    }
}

impl Piece<'_> {
    /// What a plan has of what the configuration does not set.
    pub(super) fn defaults(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.defaults.iter().filter(|(name, _)| !self.sets.contains_key(*name))
    }

    /// What a plan knows only after apply.
    pub(super) fn computed(&self) -> impl Iterator<Item = &String> {
        let is_given = |name: &String| self.sets.contains_key(name) || self.defaults.contains_key(name);
        self.computed.keys().filter(move |name| !is_given(name))
    }

    /// What a plan has as null.
    pub(super) fn empty(&self) -> impl Iterator<Item = &String> {
        let is_given =
            |name: &String| [&self.sets, &self.defaults, &self.computed].iter().any(|values| values.contains_key(name));
        self.empty.keys().filter(move |name| !is_given(name))
    }

    pub(super) fn has_tags(&self) -> bool {
        self.of.tags
    }
}

/// The references in a text: `aws_kms_key.main.arn`, and `${aws_kms_key.main.arn}`.
pub(super) fn references(text: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("${") {
        let end = rest[start..].find('}').map(|end| start + end).expect("a reference ends");
        found.push((&rest[start + 2..end], &rest[start..=end]));
        rest = &rest[end + 1..];
    }
    found
}

/// What is the same for every resource of a world.
struct Named<'w, 'a> {
    world: &'w World<'a>,
}

impl Words for Named<'_, '_> {
    fn word(&self, word: &str) -> Option<Value> {
        match word {
            // The names of databases have hyphens.
            "world" => Some(json!(self.world.name.replace('_', "-"))),
            "account" => Some(json!(self.world.account)),
            "region" => Some(json!(REGION)),
            _ => None,
        }
    }
}

/// What is told of one resource.
struct Of<'w, 'a> {
    world: &'w World<'a>,
    piece: &'w Piece<'a>,
}

impl Words for Of<'_, '_> {
    fn word(&self, word: &str) -> Option<Value> {
        let Self { world, piece } = self;
        let told = || piece.told.get(word).map(|told| template::expand(told, self).unwrap_or(Value::Null));
        let named = Named { world }.word(word);
        named.or_else(told).or_else(|| world.value_of(piece, word))
    }
}
