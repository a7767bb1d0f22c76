//! The waivers that people should read about.

use std::sync::Arc;

use crate::model::{Results, Verdict, WaiverReport, WaiverUse};
use crate::waiver::remarks;

/// Those that waived something or need somebody's care, with their positions in the file.
pub(super) fn told(report: &WaiverReport) -> Vec<(usize, &WaiverUse)> {
    let entries = report.entries.iter().enumerate();
    entries.filter(|(_, used)| used.waived > 0 || !remarks(used).is_empty()).collect()
}

/// The resources of each waiver's findings, by its position in the file; of each only the first few.
pub(super) fn resources(results: &Results, most: usize) -> Vec<Vec<&Arc<str>>> {
    let count = results.waivers.as_ref().map_or(0, |report| report.entries.len());
    let mut resources = vec![Vec::new(); count];
    for finding in results.findings(&[Verdict::Waived]) {
        let waiver = finding.outcome.waived_by.as_ref().map(|waived_by| waived_by.waiver as usize);
        let of_waiver = waiver.and_then(|waiver| resources.get_mut(waiver));
        if let Some(of_waiver) = of_waiver.filter(|of_waiver| of_waiver.len() < most) {
            of_waiver.push(&finding.resource.id);
        }
    }
    resources
}

/// A waiver on one line: its id, its rule, its last day, who has it, why.
pub(super) fn line(used: &WaiverUse) -> String {
    let owner = used.owner.as_ref().map(|owner| format!(", {owner}")).unwrap_or_default();
    format!("{} ({} until {}{owner}): {}", used.id, used.rule, used.expires, used.reason)
}
