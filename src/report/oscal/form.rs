//! The parts of an OSCAL document, in its own words: <https://pages.nist.gov/OSCAL-Reference/models/v1.2.1/assessment-results/>.
//!
//! An empty list is not allowed in OSCAL, so every list that may be empty is left out then.

use serde::{Serialize, Serializer};

use super::ids::Id;
use super::words;

/// The namespace of OSCAL's own properties is that of a property that names none; ours are in this one.
pub(super) const NAMESPACE: &str = "urn:dbkeel:oscal";

/// A name with a value.
#[derive(Serialize)]
pub(super) struct Property {
    name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    ns: Option<&'static str>,
    value: String,
}

/// The properties of something, in the order in which they were added.
#[derive(Default, Serialize)]
#[serde(transparent)]
pub(super) struct Properties(Vec<Property>);

impl Properties {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds one of OSCAL's own, unless the value is empty.
    pub(super) fn of_oscal(mut self, name: &'static str, value: &str) -> Self {
        self.0.extend(words::value(value).map(|value| Property { name, ns: None, value }));
        self
    }

    /// Adds one of ours, unless the value is empty.
    pub(super) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.0.extend(words::value(value).map(|value| Property { name, ns: Some(NAMESPACE), value }));
        self
    }

    /// Adds one of ours, when there is a value.
    pub(super) fn with_some(self, name: &'static str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }
}

/// A reference to a resource of the back matter.
pub(super) struct Reference(pub(super) Id);

impl Serialize for Reference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("#{}", self.0))
    }
}

/// A link to a resource of the back matter.
#[derive(Serialize)]
pub(super) struct Link {
    pub(super) href: Reference,
    pub(super) rel: &'static str,
}

/// Who made something: the tool.
#[derive(Serialize)]
pub(super) struct Origin {
    actors: [Actor; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Actor {
    #[serde(rename = "type")]
    kind: &'static str,
    actor_uuid: Id,
}

impl Origin {
    /// The tool, by its component.
    pub(super) fn tool(component: Id) -> [Self; 1] {
        [Self { actors: [Actor { kind: "tool", actor_uuid: component }] }]
    }
}

/// What was looked at.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Subject {
    subject_uuid: Id,
    #[serde(rename = "type")]
    kind: &'static str,
}

impl Subject {
    pub(super) fn item(id: Id) -> Self {
        Self { subject_uuid: id, kind: "inventory-item" }
    }
}

/// What something was seen in.
#[derive(Serialize)]
pub(super) struct Evidence {
    pub(super) href: Reference,
    pub(super) description: String,
}

/// Something that was seen.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Observation<'a> {
    pub(super) uuid: Id,
    pub(super) title: String,
    pub(super) description: String,
    #[serde(skip_serializing_if = "Properties::is_empty")]
    pub(super) props: Properties,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) links: Vec<Link>,
    pub(super) methods: [&'static str; 1],
    pub(super) types: &'static [&'static str],
    pub(super) origins: [Origin; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) subjects: Vec<Subject>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) relevant_evidence: Vec<Evidence>,
    pub(super) collected: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) remarks: Option<String>,
}

/// A reference to an observation.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct RelatedObservation {
    pub(super) observation_uuid: Id,
}

/// A reference to a risk.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct RelatedRisk {
    pub(super) risk_uuid: Id,
}

/// What was found of a control.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Finding {
    pub(super) uuid: Id,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) props: Properties,
    pub(super) origins: [Origin; 1],
    pub(super) target: Target,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) related_observations: Vec<RelatedObservation>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) related_risks: Vec<RelatedRisk>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) remarks: Option<String>,
}

/// What a finding is about, and how that stands.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Target {
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) target_id: String,
    pub(super) status: Status,
}

/// How an objective stands.
#[derive(Serialize)]
pub(super) struct Status {
    pub(super) state: &'static str,
    pub(super) reason: &'static str,
    pub(super) remarks: String,
}

/// A risk, and what was decided of it.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Risk {
    pub(super) uuid: Id,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) statement: String,
    pub(super) props: Properties,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) links: Vec<Link>,
    pub(super) status: &'static str,
    pub(super) origins: [Origin; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) deadline: Option<String>,
    pub(super) related_observations: Vec<RelatedObservation>,
}

/// A thing of the system that was assessed.
#[derive(Serialize)]
pub(super) struct InventoryItem {
    pub(super) uuid: Id,
    pub(super) description: String,
    pub(super) props: Properties,
}

/// A tool or another part.
#[derive(Serialize)]
pub(super) struct Component {
    pub(super) uuid: Id,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) title: &'static str,
    pub(super) description: &'static str,
    pub(super) props: Properties,
    pub(super) status: State,
}

/// The state of a component.
#[derive(Serialize)]
pub(super) struct State {
    pub(super) state: &'static str,
}

/// The controls that an assessment is about.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct ReviewedControls {
    pub(super) description: String,
    pub(super) control_selections: Vec<Selection>,
}

/// The controls of one framework.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Selection {
    pub(super) description: String,
    #[serde(skip_serializing_if = "Properties::is_empty")]
    pub(super) props: Properties,
    pub(super) include_controls: Vec<SelectedControl>,
}

/// A control.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct SelectedControl {
    pub(super) control_id: String,
}

/// What was tested of a control.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Objective {
    pub(super) control_id: String,
    pub(super) props: Properties,
    pub(super) parts: [Part; 2],
}

/// A part of an objective: its words, or how it was tested.
#[derive(Default, Serialize)]
pub(super) struct Part {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    pub(super) name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<String>,
    #[serde(skip_serializing_if = "Properties::is_empty")]
    pub(super) props: Properties,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) prose: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) parts: Vec<Self>,
}

/// Something that the document refers to.
#[derive(Serialize)]
pub(super) struct Resource {
    pub(super) uuid: Id,
    pub(super) title: String,
    pub(super) description: String,
    #[serde(skip_serializing_if = "Properties::is_empty")]
    pub(super) props: Properties,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) rlinks: Vec<ResourceLink>,
}

/// Where a resource is, and its digest.
#[derive(Serialize)]
pub(super) struct ResourceLink {
    pub(super) href: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) hashes: Vec<Hash>,
}

/// A digest.
#[derive(Serialize)]
pub(super) struct Hash {
    algorithm: &'static str,
    value: String,
}

impl Hash {
    /// A SHA-256 under the name that NIST gives it, which no schema asks for; none when there is no digest.
    pub(super) fn sha256(digest: &str) -> Vec<Self> {
        let is_digest = digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_digest.then(|| Self { algorithm: "SHA-256", value: digest.to_owned() }).into_iter().collect()
    }
}
