//! How one attribute of Terraform becomes one fact: by what type it is read, and what an omitted one means.

use std::borrow::Cow;

use serde_json::Value as Json;

use crate::facts::view::{INHERITED, Inherits, Presence, View};
use crate::model::{FactState, SetBy, Text, Unknown, Value};
use crate::source::terraform::Attribute;

/// Why an omitted attribute of a recorded resource is not known.
const NOT_RECORDED: Unknown = Unknown::NotCollected(Text::Static("the source does not record this attribute"));

/// How an attribute's value is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Read {
    /// A boolean.
    Boolean,
    /// A boolean of which the fact is the opposite.
    Opposite,
    /// A whole number.
    Integer,
    /// Text as it is.
    Text,
    /// Text that AWS compares without case.
    Lower,
    /// A set of texts.
    Strings,
}

/// A value that a table can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Constant {
    /// True or false.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// Text.
    Text(&'static str),
    /// A set without elements.
    Empty,
    /// A set of one text.
    Only(&'static str),
}

impl Constant {
    pub(crate) fn value(self) -> Value {
        match self {
            Self::Boolean(value) => Value::Bool(value),
            Self::Integer(value) => Value::Integer(value),
            Self::Text(text) => Value::from(text),
            Self::Empty => Value::set([]),
            Self::Only(text) => Value::set([Value::from(text)]),
        }
    }
}

/// What an omitted attribute means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Omitted {
    /// Optional: null is this value, always.
    Means(Constant),
    /// Optional and computed: a new resource gets this value; a recorded one has whatever was recorded.
    Creates(Constant),
    /// Optional and computed: the provider picks a value that the plan cannot know.
    Assigned,
    /// The resource then has no such property, for this reason.
    Missing(&'static str),
    /// Optional and computed: a new resource gets what the plan cannot know; one that has none has this value.
    NoneIs(Constant),
    /// Optional and computed: a new resource gets what the plan cannot know; one that has none has no such property.
    NoneMissing(&'static str),
}

/// Databases that are made of another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Copies {
    /// Those that replicate it.
    Replicas,
    /// Those that are restored.
    Restored,
    /// Both.
    All,
    /// Both, but for those that are restored to a point in time.
    AllButInTime,
}

/// What Terraform does about an attribute that the configuration omits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WhenOmitted {
    /// It holds the resource to the provider's default, where there is one.
    Enforced(Option<Constant>),
    /// It keeps what it finds, and is blind to every change.
    Kept {
        /// What a new resource gets, where that is known.
        created: Option<Constant>,
        /// Which databases that are made of another one take it from that.
        taken_by: Option<Copies>,
    },
}

/// How one attribute of Terraform becomes one fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Attr {
    /// The attribute.
    pub(crate) name: &'static str,
    read: Read,
    omitted: Omitted,
    taken_by: Option<Copies>,
}

/// A boolean attribute.
pub(crate) const fn boolean(name: &'static str) -> Attr {
    Attr::new(name, Read::Boolean)
}

/// A boolean attribute of which the fact is the opposite; defaults are the fact's.
pub(crate) const fn not(name: &'static str) -> Attr {
    Attr::new(name, Read::Opposite)
}

/// A whole number.
pub(crate) const fn integer(name: &'static str) -> Attr {
    Attr::new(name, Read::Integer)
}

/// Text as it is.
pub(crate) const fn text(name: &'static str) -> Attr {
    Attr::new(name, Read::Text)
}

/// Text that AWS compares without case, read in lower case.
pub(crate) const fn lower(name: &'static str) -> Attr {
    Attr::new(name, Read::Lower)
}

/// A set of texts.
pub(crate) const fn strings(name: &'static str) -> Attr {
    Attr::new(name, Read::Strings)
}

impl Attr {
    const fn new(name: &'static str, read: Read) -> Self {
        Self { name, read, omitted: Omitted::Assigned, taken_by: None }
    }

    /// Optional without being computed: omitted is this boolean.
    pub(crate) const fn default(self, value: bool) -> Self {
        self.means(Constant::Boolean(value))
    }

    /// Optional without being computed: omitted is this value.
    pub(crate) const fn means(self, value: Constant) -> Self {
        Self { omitted: Omitted::Means(value), ..self }
    }

    /// Optional and computed: a new resource gets this value when it is omitted.
    pub(crate) const fn creates(self, value: Constant) -> Self {
        Self { omitted: Omitted::Creates(value), ..self }
    }

    /// Omitted means that there is no such property, for this reason.
    pub(crate) const fn or_missing(self, reason: &'static str) -> Self {
        Self { omitted: Omitted::Missing(reason), ..self }
    }

    /// Optional and computed: the provider picks a value that the plan cannot know; where it picked none, it is this one.
    pub(crate) const fn none_is(self, value: Constant) -> Self {
        Self { omitted: Omitted::NoneIs(value), ..self }
    }

    /// Optional and computed: the provider picks a value that the plan cannot know; where it picked none, there is no such
    /// property, for this reason.
    pub(crate) const fn none_missing(self, reason: &'static str) -> Self {
        Self { omitted: Omitted::NoneMissing(reason), ..self }
    }

    /// A replica or a restored database takes it from its source when it is omitted.
    pub(crate) const fn inherited(self) -> Self {
        Self { taken_by: Some(Copies::All), ..self }
    }

    /// A restored database takes it from its source when it is omitted; a replica does not.
    pub(crate) const fn restored(self) -> Self {
        Self { taken_by: Some(Copies::Restored), ..self }
    }

    /// A replica takes it from its source when it is omitted; a restored database does not.
    pub(crate) const fn replicated(self) -> Self {
        Self { taken_by: Some(Copies::Replicas), ..self }
    }

    /// A replica takes it from its source when it is omitted, and so does what is restored from a snapshot; what is restored to
    /// a point in time does not.
    pub(crate) const fn inherited_unless_in_time(self) -> Self {
        Self { taken_by: Some(Copies::AllButInTime), ..self }
    }

    /// Whether Terraform keeps what it finds where the configuration omits it.
    pub(crate) fn is_computed(&self) -> bool {
        !matches!(self.omitted, Omitted::Means(_) | Omitted::Missing(_))
    }

    /// Whether the fact is the attribute's value, not its opposite.
    pub(crate) fn is_plain(&self) -> bool {
        self.read != Read::Opposite
    }

    /// What Terraform does about it where the configuration omits it.
    pub(crate) fn when_omitted_is(&self) -> WhenOmitted {
        match self.omitted {
            Omitted::Means(value) => WhenOmitted::Enforced(Some(value)),
            Omitted::Missing(_) => WhenOmitted::Enforced(None),
            Omitted::Creates(value) => WhenOmitted::Kept { created: Some(value), taken_by: self.taken_by },
            Omitted::Assigned | Omitted::NoneIs(_) | Omitted::NoneMissing(_) => {
                WhenOmitted::Kept { created: None, taken_by: self.taken_by }
            }
        }
    }

    /// The fact.
    pub(crate) fn state(&self, view: &View<'_>) -> (FactState, SetBy) {
        match view.get(self.name) {
            Attribute::Known(value) => (self.parse(view, value), SetBy::Source),
            Attribute::Sensitive => (FactState::Unknown(Unknown::Sensitive), SetBy::Source),
            Attribute::Referenced(_) => (FactState::Unknown(Unknown::KnownAfterApply), SetBy::Source),
            Attribute::Undetermined(_) if self.inherits(view) => (INHERITED, SetBy::Inherited),
            Attribute::Undetermined(why) => (FactState::Unknown(why.clone()), SetBy::Source),
            Attribute::Null => self.when_omitted(view, NOT_RECORDED),
            Attribute::Computed => self.when_omitted(view, Unknown::KnownAfterApply),
        }
    }

    /// Whether the resource takes it from another one when it is omitted.
    pub(crate) fn inherits(&self, view: &View<'_>) -> bool {
        match view.inherits {
            Inherits::Nothing => false,
            Inherits::Replicates => self.taken_by.is_some_and(|by| by != Copies::Restored),
            Inherits::Restored => match self.taken_by {
                None | Some(Copies::Replicas) => false,
                Some(Copies::Restored | Copies::All) => true,
                Some(Copies::AllButInTime) => view.presence("restore_to_point_in_time") == Presence::Omitted,
            },
        }
    }

    fn when_omitted(&self, view: &View<'_>, recorded: Unknown) -> (FactState, SetBy) {
        if self.inherits(view) {
            return (INHERITED, SetBy::Inherited);
        }
        // A source that does not name the attribute does not say that there is none.
        let is_none = !view.new && recorded == NOT_RECORDED && view.has(self.name);
        let state = match self.omitted {
            Omitted::Means(value) => FactState::Known(value.value()),
            Omitted::Missing(reason) => FactState::Missing(Text::Static(reason)),
            Omitted::NoneIs(value) if is_none => FactState::Known(value.value()),
            Omitted::NoneMissing(reason) if is_none => FactState::Missing(Text::Static(reason)),
            Omitted::Creates(value) if view.new => FactState::Known(value.value()),
            Omitted::Assigned | Omitted::NoneIs(_) | Omitted::NoneMissing(_) if view.new => {
                FactState::Unknown(Unknown::KnownAfterApply)
            }
            Omitted::Creates(_) | Omitted::Assigned | Omitted::NoneIs(_) | Omitted::NoneMissing(_) => {
                FactState::Unknown(recorded)
            }
        };
        (state, SetBy::Default)
    }

    fn parse(&self, view: &View<'_>, value: &Json) -> FactState {
        let parsed = match self.read {
            Read::Boolean => to_bool(value).map(Value::Bool),
            Read::Opposite => to_bool(value).map(|value| Value::Bool(!value)),
            Read::Integer => to_integer(value).map(Value::Integer),
            Read::Text => to_text(value).map(Value::from),
            Read::Lower => to_text(value).map(|text| Value::from(lower_case(&text))),
            Read::Strings => return string_set(view, self.name, value),
        };
        parsed.map_or_else(|| self.invalid(value), FactState::Known)
    }

    fn invalid(&self, value: &Json) -> FactState {
        let expected = match self.read {
            Read::Boolean | Read::Opposite => "a boolean",
            Read::Integer => "a whole number",
            Read::Text | Read::Lower => "a text",
            Read::Strings => "a list of texts",
        };
        // The value itself stays out: nothing has told whether it is secret.
        FactState::Unknown(Unknown::Invalid(format!("`{}` is {}, not {expected}", self.name, type_of(value)).into()))
    }
}

/// A boolean; older providers and hand-written documents write it as text.
pub(crate) fn to_bool(value: &Json) -> Option<bool> {
    match value {
        Json::Bool(value) => Some(*value),
        Json::String(text) => match text.as_str() {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// A whole number, also as text or as `7.0`.
pub(crate) fn to_integer(value: &Json) -> Option<i64> {
    match value {
        Json::Number(number) => number.as_i64().or_else(|| number.as_f64().and_then(whole)),
        Json::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn whole(number: f64) -> Option<i64> {
    let in_range = number.fract() == 0.0 && number.abs() < 9.0e15;
    #[expect(clippy::cast_possible_truncation, reason = "the range was checked")]
    in_range.then_some(number as i64)
}

/// Text; a number stands for its text, as Terraform itself converts.
pub(crate) fn to_text(value: &Json) -> Option<Cow<'_, str>> {
    match value {
        Json::String(text) => Some(Cow::Borrowed(text)),
        Json::Number(number) => Some(Cow::Owned(number.to_string())),
        _ => None,
    }
}

/// A text in lower case, without a copy where it is already; identifiers of the API nearly always are.
pub(crate) fn lower_case(text: &str) -> Cow<'_, str> {
    let is_lower = text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(text) } else { Cow::Owned(text.to_lowercase()) }
}

fn string_set(view: &View<'_>, name: &str, value: &Json) -> FactState {
    let Json::Array(items) = value else {
        return FactState::Unknown(Unknown::Invalid(
            format!("`{name}` is {}, not a list of texts", type_of(value)).into(),
        ));
    };
    let known = Value::set(items.iter().filter_map(|item| item.as_str().map(Value::from)));
    if view.is_unknown_inside(name) {
        return FactState::Partial(known, Unknown::KnownAfterApply);
    }
    if items.iter().all(Json::is_string) {
        return FactState::Known(known);
    }
    // Nulls stand where sensitive elements were dropped.
    FactState::Partial(known, Unknown::Sensitive)
}

fn type_of(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "a boolean",
        Json::Number(_) => "a number",
        Json::String(_) => "a text",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}
