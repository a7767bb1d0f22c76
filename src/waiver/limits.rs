//! What a baseline says of waivers.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::Severity;

/// How many resources a waiver may select before it is called over-broad, unless the baseline says otherwise.
const MAX_RESOURCES: usize = 20;

/// What a baseline says of waivers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WaiverLimits {
    /// For how many days a waiver of a rule of this severity may hold, counted from its first day.
    pub max_days: BTreeMap<Severity, u16>,
    /// How many resources a waiver may select before it is called over-broad.
    pub max_resources: usize,
}

impl Default for WaiverLimits {
    fn default() -> Self {
        Self { max_days: BTreeMap::new(), max_resources: MAX_RESOURCES }
    }
}
