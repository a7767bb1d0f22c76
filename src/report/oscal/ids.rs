//! Identifiers: UUIDs of version 5, made from the run and from what they stand for, so that the same run has the same ones.

use std::fmt;

use serde::{Serialize, Serializer};
use uuid::Uuid;

use crate::model::Results;

/// The UUID of something in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Id(Uuid);

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.hyphenated().encode_lower(&mut Uuid::encode_buffer()))
    }
}

/// Makes the identifiers of one document.
pub(super) struct Ids(Uuid);

/// Stands between the parts of a name; no part that precedes another holds it.
const SEPARATOR: &[u8] = &[0x1f];

impl Ids {
    /// Of a run: its instant, and the digests of all that went into it. Another run has none of its identifiers.
    pub(super) fn of(results: &Results) -> Self {
        let run = &results.run;
        let project = Uuid::new_v5(&Uuid::NAMESPACE_URL, super::NAMESPACE.as_bytes());
        let mut parts: Vec<&str> = vec![&run.as_of, &run.version, &run.baseline_sha256, &run.policies_sha256];
        parts.extend(results.sources.iter().map(|source| source.sha256.as_ref()));
        parts.extend(results.waivers.iter().map(|waivers| waivers.sha256.as_ref()));
        parts.extend(results.frameworks.iter().map(|framework| framework.sha256.as_ref()));
        Self(Uuid::new_v5(&project, &joined(&parts)))
    }

    /// Of a thing: what it is, and what tells it from others of its sort.
    pub(super) fn id(&self, kind: &str, key: &[&str]) -> Id {
        let parts: Vec<&str> = std::iter::once(kind).chain(key.iter().copied()).collect();
        Id(Uuid::new_v5(&self.0, &joined(&parts)))
    }
}

fn joined(parts: &[&str]) -> Vec<u8> {
    let parts: Vec<&[u8]> = parts.iter().map(|part| part.as_bytes()).collect();
    parts.join(SEPARATOR)
}
