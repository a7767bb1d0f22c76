//! Risks: what somebody accepted, a risk for each waiver that waived something.

use jiff::civil::Date;

use super::form::{Link, Origin, Properties, Reference, RelatedObservation, Risk};
use super::run::Run;
use super::words::{code, markup};
use crate::model::WaiverUse;
use crate::report::text::count;

/// All of them, in the order of the waiver file.
pub(super) fn risks<'r>(run: &'r Run<'_>) -> impl Iterator<Item = Risk> + 'r {
    run.waived.iter().filter_map(|(position, observations)| {
        let used = waiver(run, *position)?;
        let file = run.results.waivers.as_ref()?;
        let resources = count(observations.len(), "resource");
        Some(Risk {
            uuid: run.risk(*position),
            title: format!("Waiver {} of {}", code(&used.id), markup(&used.rule)),
            description: format!("Accepted: {}.", markup(&used.reason)),
            statement: format!(
                "{} fails on {resources}, which is accepted until the end of {}.",
                markup(&used.rule),
                markup(&used.expires)
            ),
            props: Properties::default()
                .with("waiver", &used.id)
                .with("rule", &used.rule)
                .with("reason", &used.reason)
                .with_some("approver", used.approver.as_deref())
                .with_some("owner", used.owner.as_deref())
                .with_some("ticket", used.ticket.as_deref())
                .with_some("created", used.created.as_deref())
                .with("expires", &used.expires)
                .with("location", &format!("{}:{}", file.file, used.line)),
            links: vec![Link { href: Reference(run.waivers()), rel: "waiver" }],
            status: "deviation-approved",
            origins: Origin::tool(run.tool),
            deadline: deadline(&used.expires),
            related_observations: observations
                .iter()
                .map(|observation_uuid| RelatedObservation { observation_uuid: *observation_uuid })
                .collect(),
        })
    })
}

/// A waiver by its place in the file.
pub(super) fn waiver<'r>(run: &Run<'r>, position: u32) -> Option<&'r WaiverUse> {
    run.results.waivers.as_ref()?.entries.get(position as usize)
}

/// The end of the last day on which a waiver holds; `None` for a year that OSCAL cannot say.
fn deadline(expires: &str) -> Option<String> {
    let day: Date = expires.parse().ok()?;
    (1900..3000).contains(&day.year()).then(|| format!("{day}T23:59:59Z"))
}
