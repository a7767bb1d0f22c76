//! How one object of a provider's API reply becomes the attributes that Terraform would record of it, so that one mapping
//! makes facts of both.
//!
//! A table says for each attribute which member of the object holds it. What the object does not hold is not known, with
//! the reason; only a member that the API leaves out when a feature is off counts as null (RDS.md section 3.2).

use serde_json::Value as Json;

use crate::facts::FactId;
use crate::facts::view::Attr;
use crate::model::{FactMap, FactState, Origin, Text, Unknown};
pub(crate) use crate::source::aws::{Members, Object};
use crate::source::aws::{RECORDER, WITHHELD};
use crate::source::terraform::Attributes;

/// One kind of object of an API, and the attributes that its members stand for.
pub(crate) struct Api {
    /// The object in the API's own word: `DBInstance`.
    pub(crate) object: &'static str,
    /// Why something is not known that it does not hold.
    pub(crate) silence: &'static str,
    /// The attributes that the object holds.
    pub(crate) fields: &'static [Field],
    /// Facts that `link` makes of other resources of a document, and that this object tells itself.
    pub(crate) direct: &'static [(FactId, Attr)],
}

/// One attribute that an object holds.
pub(crate) struct Field {
    /// The attribute in Terraform's word.
    pub(crate) attribute: &'static str,
    /// The path in the API's words, object first: `DBInstance.Endpoint.Port`.
    pub(crate) path: &'static str,
    /// The path within the object: `Endpoint.Port`.
    within: &'static str,
    take: Take,
}

/// How a value is taken.
#[derive(Clone, Copy)]
enum Take {
    /// As it is; what is absent is not known.
    Plain,
    /// As it is; the API leaves it out when it is off.
    Optional,
    /// A list; an absent one is empty.
    List,
    /// By a function of the whole object.
    With(fn(&Object<'_>) -> Told),
}

/// What an object tells about an attribute.
pub(crate) enum Told {
    /// This value.
    Value(Json),
    /// That it is off.
    Off,
    /// Nothing; why, unless it is just not there.
    Nothing(Option<Unknown>),
}

impl From<Option<Json>> for Told {
    fn from(value: Option<Json>) -> Self {
        value.map_or(Self::Nothing(None), Self::Value)
    }
}

/// A member that stands for an attribute; what is absent is not known.
pub(crate) const fn plain(attribute: &'static str, path: &'static str) -> Field {
    Field::new(attribute, path, Take::Plain)
}

/// A member that the API leaves out when what it is about is off.
pub(crate) const fn optional(attribute: &'static str, path: &'static str) -> Field {
    Field::new(attribute, path, Take::Optional)
}

/// A list, which the API may leave out when it is empty.
pub(crate) const fn list(attribute: &'static str, path: &'static str) -> Field {
    Field::new(attribute, path, Take::List)
}

/// An attribute that several members tell.
pub(crate) const fn with(attribute: &'static str, path: &'static str, take: fn(&Object<'_>) -> Told) -> Field {
    Field::new(attribute, path, Take::With(take))
}

/// An object with nothing in it yet.
pub(crate) const NO_API: Api = Api { object: "", silence: "", fields: &[], direct: &[] };

/// Attributes that exist in Terraform only, because they say how it acts; why what runs has no such property.
const ONLY_TERRAFORM: &[(&str, &str)] = &[
    ("skip_final_snapshot", "only Terraform settles it beforehand; whoever deletes what runs chooses then"),
    ("final_snapshot_identifier", "only Terraform settles it beforehand; whoever deletes what runs chooses then"),
    ("final_snapshot_name", "only Terraform settles it beforehand; whoever deletes what runs chooses then"),
    ("delete_automated_backups", "only Terraform settles it beforehand; whoever deletes what runs chooses then"),
    ("password", "only Terraform has a state"),
    ("password_wo", "only Terraform tells where it fetches a password from"),
    ("master_password_wo", "only Terraform tells where it fetches a password from"),
    ("master_password", "only Terraform has a state"),
    ("admin_user_password", "only Terraform has a state"),
    ("snapshot_identifier", "only Terraform tells what a database is made from"),
    ("snapshot_arn", "only Terraform tells what a database is made from"),
    ("snapshot_arns", "only Terraform tells what a database is made from"),
    ("snapshot_arns_to_restore", "only Terraform tells what a database is made from"),
];

/// What a database is made from; of what runs only Terraform tells, so that these lead nowhere.
pub(crate) const ORIGINS: &[&str] = &[
    "snapshot_identifier",
    "restore_to_point_in_time",
    "source_db_cluster_identifier",
    "source_db_snapshot_identifier",
];

/// What other objects tell of a database, by the attribute that stands for it here.
const OTHERS: &[(&str, &str)] = &[
    ("engine_version_offered", "DBEngineVersion.Status"),
    ("engine_support_end", "DBMajorEngineVersion.SupportedEngineLifecycles"),
    ("pending_maintenance", "ResourcePendingMaintenanceActions.PendingMaintenanceActionDetails"),
    ("maintenance_forced_at", "PendingMaintenanceAction.ForcedApplyDate"),
    ("observed_at", "collected_at"),
    ("last_snapshot_time", "DBSnapshot.SnapshotCreateTime"),
    ("in_backup_plan", "ProtectedResource.ResourceArn"),
    ("blue_green_since", "BlueGreenDeployment.CreateTime"),
    ("last_air_gapped_backup", "RecoveryPointByResource.VaultType"),
    ("last_restore_test", "RestoreJobsListMember.CompletionDate"),
];

/// Why what runs has no such property, for an attribute that only Terraform has.
pub(crate) fn only_terraform(attribute: &str) -> Option<Text> {
    ONLY_TERRAFORM.iter().find(|(name, _)| *name == attribute).map(|(_, why)| Text::Static(why))
}

impl Api {
    /// The attributes of one object.
    pub(crate) fn attributes(&self, object: &Object<'_>, more: Vec<(&'static str, Told)>) -> Attributes {
        let mut values = Vec::with_capacity(ORIGINS.len() + self.fields.len() + more.len());
        values.extend(ORIGINS.iter().map(|origin| (*origin, Json::Null)));
        let mut untold = Vec::new();
        // What another service recorded lacks members for no reason at all.
        let recorder = text_at(object, RECORDER);
        let unrecorded = recorder.map(|who| Unknown::NotCollected(format!("{who} does not record it").into()));
        let told = self.fields.iter().map(|field| match &unrecorded {
            Some(why) if field.is_silent(object) => (field.attribute, Told::Nothing(Some(why.clone()))),
            _ => (field.attribute, field.read(object)),
        });
        for (attribute, told) in told.chain(more) {
            match told {
                Told::Value(value) => values.push((attribute, value)),
                Told::Off => values.push((attribute, Json::Null)),
                Told::Nothing(Some(why)) => untold.push((attribute, why)),
                Told::Nothing(None) => {}
            }
        }
        Attributes::observed(values, untold, self.silence())
    }

    /// Why an attribute is not known that the object does not hold.
    pub(crate) fn silence(&self) -> Unknown {
        Unknown::NotCollected(Text::Static(self.silence))
    }

    /// An attribute's path in the API's words; the attribute itself when no table has it.
    pub(crate) fn path(&self, attribute: &'static str) -> &'static str {
        self.member(attribute).unwrap_or(attribute)
    }

    /// The member that stands for an attribute, of this object or of another one that tells about it.
    pub(crate) fn member(&self, attribute: &str) -> Option<&'static str> {
        let own = self.fields.iter().find(|field| field.attribute == attribute).map(|field| field.path);
        own.or_else(|| OTHERS.iter().find(|(name, _)| *name == attribute).map(|(_, path)| *path))
    }

    /// Says in the API's words where a map of values came from.
    pub(crate) fn tell_origins(&self, map: &mut FactMap) {
        let tell = |origin: &mut Origin| origin.attribute = self.path(origin.attribute);
        tell(&mut map.origin);
        map.entries.iter_mut().for_each(|(_, fact)| tell(&mut fact.origin));
        map.rest = self.reason(std::mem::replace(&mut map.rest, FactState::Missing(Text::Static(""))));
    }

    /// The state of a fact of what runs, where nothing waits for a plan to be applied.
    pub(crate) fn reason(&self, state: FactState) -> FactState {
        match state {
            FactState::Unknown(Unknown::KnownAfterApply) => FactState::Unknown(self.silence()),
            FactState::Partial(known, Unknown::KnownAfterApply) => FactState::Partial(known, self.silence()),
            other => other,
        }
    }
}

impl Field {
    const fn new(attribute: &'static str, path: &'static str, take: Take) -> Self {
        Self { attribute, path, within: within(path), take }
    }

    /// What an object tells about the attribute.
    pub(crate) fn read(&self, object: &Object<'_>) -> Told {
        match self.take {
            Take::With(read) => read(object),
            Take::Plain | Take::Optional if self.value(object).is_some_and(is_withheld) => {
                Told::Nothing(Some(Unknown::Sensitive))
            }
            Take::Plain => Told::from(self.value(object).filter(|value| !is_blank(value)).cloned()),
            Take::Optional => self.value(object).cloned().map_or(Told::Off, Told::Value),
            Take::List => Told::Value(self.value(object).cloned().unwrap_or_else(|| Json::Array(Vec::new()))),
        }
    }

    /// Whether the object does not hold it, and this is usually taken for an answer.
    fn is_silent(&self, object: &Object<'_>) -> bool {
        match self.take {
            Take::With(read) => matches!(read(object), Told::Off),
            Take::Plain | Take::Optional | Take::List => self.value(object).is_none(),
        }
    }

    fn value<'a>(&self, object: &'a Object<'_>) -> Option<&'a Json> {
        at(object, self.within)
    }
}

/// A path without the object that it begins with.
const fn within(path: &'static str) -> &'static str {
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        if *first == b'.' {
            return path.split_at(path.len() - tail.len()).1;
        }
        rest = tail;
    }
    ""
}

/// Whether a secret stood here.
pub(crate) fn is_withheld(value: &Json) -> bool {
    value.as_str() == Some(WITHHELD)
}

/// A blank text tells nothing; the mappings would take it for null.
fn is_blank(value: &Json) -> bool {
    value.as_str().is_some_and(str::is_empty)
}

/// The member at a dotted path, unless it is null.
pub(crate) fn at<'a>(object: &'a (impl Members + ?Sized), path: &str) -> Option<&'a Json> {
    // Nearly all paths are one short word, in which looking for a dot byte by byte is the quickest.
    let dot = path.as_bytes().iter().position(|byte| *byte == b'.').unwrap_or(path.len());
    let (first, rest) = path.split_at_checked(dot)?;
    let mut rest = rest.split('.').skip(1);
    rest.try_fold(object.member(first)?, |value, member| value.get(member)).filter(|value| !value.is_null())
}

/// An instant, in one form whatever the form of the source: the CLI writes `+00:00` or `Z`, with fractions or without.
pub(crate) fn instant(text: &str) -> Option<String> {
    let instant: jiff::Timestamp = text.parse().ok()?;
    Some(jiff::Timestamp::from_second(instant.as_second()).ok()?.to_string())
}

/// The instant at a dotted path.
pub(crate) fn instant_at(object: &(impl Members + ?Sized), path: &str) -> Told {
    match text_at(object, path) {
        None => Told::Nothing(None),
        Some(text) => {
            instant(text).map_or(Told::Nothing(Some(NO_INSTANT)), |instant| Told::Value(Json::String(instant)))
        }
    }
}

const NO_INSTANT: Unknown = Unknown::Invalid(Text::Static("a time is not written as RFC 3339 asks"));

/// The text at a dotted path, unless it is blank.
pub(crate) fn text_at<'a>(object: &'a (impl Members + ?Sized), path: &str) -> Option<&'a str> {
    at(object, path)?.as_str().filter(|text| !text.is_empty())
}

/// The elements of a list; none when there is no such list.
pub(crate) fn items<'a>(object: &'a (impl Members + ?Sized), member: &str) -> &'a [Json] {
    object.member(member).and_then(Json::as_array).map_or(&[], Vec::as_slice)
}
