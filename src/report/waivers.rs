//! The waivers that people should read about.

use crate::model::{WaiverReport, WaiverUse};
use crate::waiver::remarks;

/// Those that waived something or need somebody's care, in the order of the file.
pub(super) fn told(report: &WaiverReport) -> Vec<&WaiverUse> {
    report.entries.iter().filter(|used| used.waived > 0 || !remarks(used).is_empty()).collect()
}

/// A waiver on one line: its id, its rule, its last day, who has it, why.
pub(super) fn line(used: &WaiverUse) -> String {
    let owner = used.owner.as_ref().map(|owner| format!(", {owner}")).unwrap_or_default();
    format!("{} ({} until {}{owner}): {}", used.id, used.rule, used.expires, used.reason)
}
