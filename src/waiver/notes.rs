//! What a person should know of the waivers of a run, a line each.

use crate::model::{WaiverRemark, WaiverReport, WaiverState, WaiverUse};
use crate::report::text::{clean, count};

/// The notes of a run, in the order of the waiver file; those about comments after them. A waiver that does what it says
/// has none.
pub fn notes(report: &WaiverReport) -> Vec<String> {
    let of_waivers = report.entries.iter().flat_map(|used| {
        let place = format!("waiver `{}` ({}:{})", used.id, report.file, used.line);
        remarks(used).into_iter().map(move |remark| format!("note: {place} {remark}"))
    });
    let of_comments = report.idle_comments.iter().map(|comment| {
        let line = comment.location.region.map_or(0, |region| region.start_line);
        format!("note: the comment at {}:{line} waives nothing: {}", comment.location.file, comment.problem)
    });
    // Whoever names a file may put anything into its name.
    of_waivers.chain(of_comments).map(|note| clean(&note).into_owned()).collect()
}

/// What there is to say of a waiver in a run, each as a sentence without its subject.
pub(crate) fn remarks(used: &WaiverUse) -> Vec<String> {
    let mut remarks = told(used.state, &used.remarks, &used.expires, used.created.as_deref());
    let found = count(used.selected, "finding");
    if used.selected > used.waived && matches!(used.state, WaiverState::Expired | WaiverState::NotYet) {
        remarks.push(format!("would have waived {found}"));
    }
    remarks.extend(used.remarks.iter().filter_map(|remark| match remark {
        WaiverRemark::Unused => {
            Some(format!("selects no failing finding of `{}`: take it out, or mend its selector", used.rule))
        }
        WaiverRemark::OverBroad => {
            Some(format!("selects {found}: narrow it down, or set what the rule asks in the baseline"))
        }
        WaiverRemark::NoSource => {
            let why = "it asks for a comment in the source, and no source was read; give `--source`";
            Some(format!("waives nothing: {why}"))
        }
        WaiverRemark::TooLong | WaiverRemark::Undated => None,
    }));
    remarks
}

/// What its dates say of a waiver.
pub(super) fn told(state: WaiverState, remarks: &[WaiverRemark], expires: &str, created: Option<&str>) -> Vec<String> {
    let mut told = Vec::new();
    match state {
        WaiverState::Active => {}
        WaiverState::Expiring => told.push(format!("expires on {expires}")),
        WaiverState::Expired => told.push(format!("expired on {expires} and is not applied")),
        WaiverState::NotYet => {
            told.push(format!("holds from {} on and is not applied yet", created.unwrap_or_default()));
        }
    }
    if remarks.contains(&WaiverRemark::TooLong) {
        told.push(format!("is cut short to {expires}: the baseline lets none of this severity hold longer"));
    }
    if remarks.contains(&WaiverRemark::Undated) {
        told.push("is not applied: the baseline limits how long it may hold; add `created`, its first day".to_owned());
    }
    told
}
