//! What is odd about a baseline though it is valid.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::layers::Layer;
use super::phase::{Overlay, Phase, Settings};
use crate::diagnostic::Diagnostic;
use crate::yaml::problems::Place;

/// Something odd, and the day from which it is.
#[derive(Debug)]
pub(super) struct Remark {
    pub(super) from: Option<Date>,
    pub(super) diagnostic: Diagnostic,
}

/// What is odd about the file that was asked for; those that it extends serve others too.
pub(super) fn of<'p>(
    layer: &Layer,
    overlays: &[Overlay],
    phases: impl Iterator<Item = &'p Phase> + Clone,
) -> Vec<Remark> {
    let own = overlays.iter().filter(|overlay| overlay.file == layer.file);
    let idle = own.flat_map(|overlay| {
        let of_tiers = overlay.tiers.iter().map(|(_, settings)| settings);
        of_tiers.chain([&overlay.every_tier]).flat_map(|settings| idle(settings, phases.clone()))
    });
    // One line of a glob may be about many rules.
    let idle: BTreeMap<Place, Option<String>> = idle.fold(BTreeMap::new(), |mut all, (place, title)| {
        let told: &mut Option<String> = all.entry(place).or_insert_with(|| title.clone());
        *told = told.take().filter(|_| title.is_some());
        all
    });
    let idle = idle.into_iter().filter_map(|(place, title)| {
        let diagnostic = layer.problems.diagnostic(place, title?).help("take it out, or use the rule");
        Some(Remark { from: None, diagnostic })
    });
    let begun = layer.raw.upcoming.iter().map(|change| {
        let title = format!("the change of {} is not upcoming any more", change.from.value);
        let diagnostic = layer.problems.diagnostic(change.from.place, title);
        let help = "write what it sets where it holds always, and take it out of `upcoming`";
        Remark { from: Some(change.from.value), diagnostic: diagnostic.help(help) }
    });
    idle.chain(begun).collect()
}

/// Each place that sets something, with what to say when no rule that is used, now or later, reads it.
fn idle<'p>(settings: &Settings, phases: impl Iterator<Item = &'p Phase> + Clone) -> Vec<(Place, Option<String>)> {
    let parameters = settings.parameters.iter().map(|set| {
        let is_read =
            phases.clone().any(|phase| phase.tiers.iter().any(|tier| tier.parameters.contains_key(&set.name)));
        (set.place, (!is_read).then(|| format!("no rule that the baseline uses takes `{}`", set.name)))
    });
    let severities = settings.severity.iter().map(|set| {
        let is_used = phases.clone().any(|phase| phase.used.contains(&set.rule));
        (set.place, (!is_used).then(|| format!("the baseline does not use rule `{}`", set.rule)))
    });
    parameters.chain(severities).collect()
}
