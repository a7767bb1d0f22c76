//! What a mapping sees of one Terraform resource at one time: its attributes, and how they are read.

use std::sync::Arc;

use serde_json::Value as Json;

use crate::facts::api::Api;
pub(crate) use crate::facts::attr::{
    Attr, Constant, Copies, WhenOmitted, boolean, integer, lower, lower_case, not, strings, text, to_bool, to_integer,
    to_text,
};
use crate::facts::memo::{Noted, PROVIDER, Reads};
use crate::model::{FactState, Text, Unknown};
use crate::source::terraform::{Attribute, Attributes, Field, ProviderSettings, References, TerraformResource};

/// Why a fact that is taken from another database is not known; `link` replaces it when that database is in the document.
pub(crate) const INHERITED: FactState = FactState::Unknown(Unknown::Unresolved(Text::Static(
    "inherited from a database or snapshot that this document does not hold",
)));

/// Why a fact that only `link` can tell is not known before it ran, and of the time before a change.
pub(crate) const NOT_JOINED: FactState =
    FactState::Unknown(Unknown::NotCollected(Text::Static("resources are joined for the planned state only")));

/// One resource, before or after its change.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    // Both are read through methods only, which note what a fact was made of.
    resource: &'a TerraformResource,
    attributes: &'a Attributes,
    /// Whether the plan makes it, so that omitted attributes take the provider's defaults; otherwise values are recorded.
    pub(crate) new: bool,
    /// Where it takes what it omits from.
    pub(crate) inherits: Inherits,
    /// What tells of it, when it runs; `None` when it is declared or recorded.
    pub(crate) running: Option<&'a Running>,
    /// Who is told what is read.
    reads: Option<&'a Reads>,
}

/// What tells of a resource that runs.
pub(crate) struct Running {
    /// The words of the reply that its attributes are of.
    pub(crate) api: &'static Api,
    /// Its attributes as they will be once what waits is done, and what that waits for.
    pub(crate) pending: Option<(Attributes, Text)>,
}

/// Where a resource takes what it omits from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Inherits {
    /// From nothing: the provider's defaults apply, or the values are recorded.
    Nothing,
    /// From a snapshot, a point in time or a bucket.
    Restored,
    /// From the database that it replicates.
    Replicates,
}

/// Blocks that are no computed attributes: unknown ones are there, made by a `dynamic` block that the plan does not show.
const BLOCKS: &[&str] = &["restore_to_point_in_time", "s3_import"];

/// Attributes that a configuration cannot set beside another (`ConflictsWith` and `ExactlyOneOf` of the provider's schema): the
/// first is omitted where the second is set.
const RULED_OUT: &[(&str, &str)] = &[("global_replication_group_id", "node_type"), ("replication_group_id", "engine")];

/// Whether an attribute is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// It has a value, or refers to a resource of the document.
    Set,
    /// It is omitted, null or empty.
    Omitted,
    /// Nothing tells.
    Undetermined,
}

impl<'a> View<'a> {
    /// A resource that is declared or recorded, at one time.
    pub(crate) fn new(resource: &'a TerraformResource, attributes: &'a Attributes, new: bool) -> Self {
        Self { resource, attributes, new, inherits: Inherits::Nothing, running: None, reads: None }
    }

    /// A resource that runs.
    pub(crate) fn of_running(
        resource: &'a TerraformResource,
        attributes: &'a Attributes,
        running: &'a Running,
    ) -> Self {
        Self { running: Some(running), ..Self::new(resource, attributes, false) }
    }

    /// The same resource with other attributes.
    pub(crate) fn with(self, attributes: &'a Attributes) -> Self {
        Self { attributes, ..self }
    }

    /// The same, telling what is read of it.
    pub(crate) fn noting(self, reads: &'a Reads) -> Self {
        Self { reads: Some(reads), ..self }
    }

    /// Notes that a fact depends on an attribute.
    fn note(&self, name: &str, what: Noted) {
        if let Some(reads) = self.reads {
            reads.note(name, what);
        }
    }

    /// The whole resource; what depends on it is no function of some attributes.
    pub(crate) fn resource(&self) -> &'a TerraformResource {
        if let Some(reads) = self.reads {
            reads.note_everything();
        }
        self.resource
    }

    /// All attributes; what depends on them is no function of some of them.
    pub(crate) fn attributes(&self) -> &'a Attributes {
        if let Some(reads) = self.reads {
            reads.note_everything();
        }
        self.attributes
    }

    /// What holds an attribute, if the source gives it or marks it: where this is the same, so is all about it but its
    /// configuration.
    pub(crate) fn cell(&self, name: &str) -> Option<&'a Arc<Field>> {
        self.attributes.cell(name)
    }

    /// What the provider's configuration says.
    pub(crate) fn provider(&self) -> &'a ProviderSettings {
        self.note(PROVIDER, Noted::Value);
        &self.resource.provider
    }

    /// Whether it comes from configuration alone.
    pub(crate) fn is_declared(&self) -> bool {
        self.resource.declared
    }

    /// An attribute as the source has it.
    pub(crate) fn given(&self, name: &str) -> Attribute<'a> {
        self.note(name, Noted::References);
        self.attributes.get(name)
    }

    /// Whether the source names an attribute at all, be it null.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.note(name, Noted::Value);
        self.attributes.has(name)
    }

    /// Where an attribute's value is known only after apply: `true`, nested like the value.
    pub(crate) fn unknown_in(&self, name: &str) -> &'a Json {
        self.note(name, Noted::Value);
        self.attributes.unknown_in(name)
    }

    /// Where parts of an attribute's value were dropped because they are sensitive: `true`, nested like the value.
    pub(crate) fn sensitive_in(&self, name: &str) -> &'a Json {
        self.note(name, Noted::Value);
        self.attributes.sensitive_in(name)
    }

    /// Whether any part of a nested attribute is known only after apply.
    pub(crate) fn is_unknown_inside(&self, name: &str) -> bool {
        self.note(name, Noted::Value);
        self.attributes.is_unknown_inside(name)
    }

    /// Whether any part of a nested attribute was dropped because it is sensitive.
    pub(crate) fn is_sensitive_inside(&self, name: &str) -> bool {
        self.note(name, Noted::Value);
        self.attributes.is_sensitive_inside(name)
    }

    /// Whether the source holds the resource's configuration.
    pub(crate) fn has_configuration(&self) -> bool {
        self.attributes.expressions().is_some()
    }

    /// Whether the configuration sets an attribute; `None` without one.
    pub(crate) fn is_configured(&self, name: &str) -> Option<bool> {
        self.note(name, Noted::Value);
        self.attributes.expressions().map(|set| set.get(name).is_some())
    }

    /// Whether what is there of an attribute is only recorded, since the configuration leaves it to other resources. Blocks that
    /// `dynamic` makes are not in a plan's configuration; what they change is of the plan all the same.
    pub(crate) fn is_recorded(&self, name: &str) -> bool {
        !self.new && self.is_configured(name) == Some(false) && self.is_left_as_it_was(name)
    }

    fn is_left_as_it_was(&self, name: &str) -> bool {
        let before = self.resource().before.as_ref();
        before.is_none_or(|before| before.value(name) == self.attributes.value(name) && !self.is_unknown_inside(name))
    }

    /// An attribute; the empty text that the provider records for unset ones counts as null. What is unknown although its
    /// expression is known while planning was given null, and so is omitted.
    pub(crate) fn get(&self, name: &str) -> Attribute<'a> {
        let given = self.attributes.get(name);
        // Where it is not known, the references are looked at.
        let looks_at_references = matches!(given, Attribute::Referenced(_));
        self.note(name, if looks_at_references { Noted::References } else { Noted::Value });
        match given {
            Attribute::Known(Json::String(text)) if text.is_empty() => Attribute::Null,
            // In configuration alone, what is set to null is known to be, and a variable may have no value.
            Attribute::Referenced(references) if !self.resource.declared && references.is_known_while_planning() => {
                Attribute::Computed
            }
            other => other,
        }
    }

    /// Whether an attribute is set.
    pub(crate) fn presence(&self, name: &str) -> Presence {
        match self.get(name) {
            Attribute::Known(Json::Array(items)) if items.is_empty() => Presence::Omitted,
            Attribute::Known(Json::Object(fields)) if fields.is_empty() => Presence::Omitted,
            Attribute::Known(_) | Attribute::Sensitive => Presence::Set,
            Attribute::Computed if BLOCKS.contains(&name) => Presence::Undetermined,
            Attribute::Null | Attribute::Computed => Presence::Omitted,
            Attribute::Referenced(references) if !references.led.resources.is_empty() => Presence::Set,
            Attribute::Undetermined(_) if self.is_ruled_out(name) => Presence::Omitted,
            Attribute::Referenced(_) | Attribute::Undetermined(_) => Presence::Undetermined,
        }
    }

    fn is_ruled_out(&self, name: &str) -> bool {
        let other = RULED_OUT.iter().find(|(ruled_out, _)| *ruled_out == name);
        self.new && other.is_some_and(|(_, by)| matches!(self.get(by), Attribute::Known(_)))
    }

    /// Whether an attribute holds blocks: those that `dynamic` makes are not in a plan's configuration.
    pub(crate) fn is_block(&self, name: &str) -> bool {
        matches!(self.get(name), Attribute::Known(Json::Array(items)) if items.iter().any(Json::is_object))
    }

    /// The text of an attribute, when it is known.
    pub(crate) fn text(&self, name: &str) -> Option<&'a str> {
        match self.get(name) {
            Attribute::Known(Json::String(text)) => Some(text),
            _ => None,
        }
    }

    /// The blocks of a nested attribute that are known to be there.
    pub(crate) fn blocks(&self, name: &str) -> &'a [Json] {
        match self.get(name) {
            Attribute::Known(Json::Array(blocks)) => blocks,
            _ => &[],
        }
    }

    /// Whether a field of a block is known only after apply.
    pub(crate) fn unknown_in_block(&self, name: &str, position: usize, field: &str) -> bool {
        mark_in_block(self.unknown_in(name), position, field)
    }

    /// Whether what is unknown in a block was set to something that is not known yet. What the provider computes is unknown, too,
    /// where it is left out; in configuration alone nothing is computed.
    pub(crate) fn sets_to_unknown(&self, name: &str) -> bool {
        let refers = || self.references(name).is_some_and(|references| !references.addresses.is_empty());
        self.resource.declared || refers()
    }

    /// Whether a field of a block was dropped because it is sensitive.
    pub(crate) fn sensitive_in_block(&self, name: &str, position: usize, field: &str) -> bool {
        mark_in_block(self.sensitive_in(name), position, field)
    }

    /// What the configuration's expression of an attribute refers to.
    pub(crate) fn references(&self, name: &str) -> Option<&'a References> {
        self.note(name, Noted::References);
        self.attributes.references(name)
    }
}

fn mark_in_block(marks: &Json, position: usize, field: &str) -> bool {
    let whole = Some(&Json::Bool(true));
    let of_block = marks.get(position);
    let of_field = of_block.and_then(|block| block.get(field));
    Some(marks) == whole || of_block == whole || of_field.is_some_and(any_marked)
}

fn any_marked(mark: &Json) -> bool {
    match mark {
        Json::Bool(marked) => *marked,
        Json::Array(items) => items.iter().any(any_marked),
        Json::Object(fields) => fields.values().any(any_marked),
        _ => false,
    }
}
