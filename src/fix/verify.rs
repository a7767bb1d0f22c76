//! Judges again with the edited texts, and keeps only the changes that do what they promise.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::propose::key;
use super::{Change, Key, Proposals, Suggestion, Texts, texts};
use crate::model::{Results, Verdict};

/// How often is judged again: each round gives up at least one change or one value, and few runs need more than two.
const MAX_ROUNDS: usize = 16;

/// What can be done about the findings, verified.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// The changes that make their findings pass and nothing worse.
    pub(crate) changes: Vec<Change>,
    /// What is left to a person.
    pub(crate) suggestions: Vec<Suggestion>,
}

/// Keeps of some proposals what `judge` confirms, which judges the configuration as it would be with other texts.
pub(crate) fn verify<E>(
    before: &Results,
    mut proposals: Proposals,
    judge: &mut dyn FnMut(&Texts) -> Result<Results, E>,
) -> Result<Outcome, E> {
    proposals.settle();
    let Proposals { mut changes, mut suggestions } = proposals;
    let before = Judged::of(before);
    let mut rounds = 0;
    while !changes.is_empty() {
        let reasons = match rounds < MAX_ROUNDS {
            true => before.blame(&Judged::of(&judge(&texts(&changes))?), &changes),
            false => vec![Some("it could not be verified in a few rounds".to_owned()); changes.len()],
        };
        if reasons.iter().all(Option::is_none) {
            break;
        }
        changes = give_up(changes, reasons, &mut suggestions);
        rounds += 1;
    }
    suggestions.sort_by(|one, other| {
        let place = |suggestion: &Suggestion| suggestion.location.clone();
        place(one).cmp(&place(other)).then_with(|| one.finding.cmp(&other.finding))
    });
    Ok(Outcome { changes, suggestions })
}

/// Takes the next value of a change that was blamed, or gives it up.
fn give_up(changes: Vec<Change>, reasons: Vec<Option<String>>, suggestions: &mut Vec<Suggestion>) -> Vec<Change> {
    let mut kept = Vec::new();
    for (mut change, reason) in changes.into_iter().zip(reasons) {
        match reason {
            None => kept.push(change),
            Some(_) if change.values.len() > 1 => {
                change.values.remove(0);
                kept.push(change);
            }
            Some(why) => suggestions.extend(change.suggest(&why)),
        }
    }
    // A finding that needs several attributes is not mended by some of them.
    let lost: BTreeSet<&Key> = suggestions.iter().map(|suggestion| &suggestion.finding).collect();
    kept.retain(|change| !change.findings.iter().all(|finding| lost.contains(finding)));
    kept
}

/// The verdicts of a run by key.
struct Judged {
    verdicts: BTreeMap<Key, (Verdict, Arc<str>)>,
    /// Source and address of each resource.
    resources: BTreeSet<(u32, Arc<str>)>,
    resources_seen: usize,
}

impl Judged {
    fn of(results: &Results) -> Self {
        let of_rule = results.findings(Verdict::ALL).map(|finding| {
            let first = finding.outcome.messages.first().cloned().unwrap_or_default();
            (key(&finding), (finding.outcome.verdict, first))
        });
        let resources = results.resources.iter().map(|resource| (resource.source, Arc::clone(&resource.id)));
        Self { verdicts: of_rule.collect(), resources: resources.collect(), resources_seen: results.resources_seen }
    }

    /// For each change, why it must not be made.
    fn blame(&self, after: &Self, changes: &[Change]) -> Vec<Option<String>> {
        if self.resources != after.resources || self.resources_seen != after.resources_seen {
            let why = "with it, the configuration declares other resources";
            return vec![Some(why.to_owned()); changes.len()];
        }
        let mut reasons: Vec<Option<String>> = changes.iter().map(|change| after.unmended(change)).collect();
        for (key, (verdict, message)) in &after.verdicts {
            let old = self.verdicts.get(key).map_or(Verdict::NotApplicable, |(verdict, _)| *verdict);
            if badness(*verdict) <= badness(old) {
                continue;
            }
            let why = format!("with it, rule {} says of `{}`: {verdict}, {message}", key.rule, key.resource);
            let near = |change: &Change| {
                change.findings.iter().any(|finding| finding.resource == key.resource && finding.source == key.source)
            };
            let anyone = !changes.iter().any(near);
            for (reason, _) in reasons.iter_mut().zip(changes).filter(|(_, change)| anyone || near(change)) {
                reason.get_or_insert_with(|| why.clone());
            }
        }
        reasons
    }

    /// What a rule still says against a change that was made for it.
    fn unmended(&self, change: &Change) -> Option<String> {
        change.findings.iter().find_map(|finding| match self.verdicts.get(finding) {
            Some((Verdict::Pass, _)) => None,
            Some((_, message)) => Some(format!("with it, rule {} still says: {message}", finding.rule)),
            None => Some(format!("with it, rule {} says nothing any more", finding.rule)),
        })
    }
}

/// How bad a verdict is; a change must make none worse.
fn badness(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Pass | Verdict::NotApplicable => 0,
        Verdict::Waived => 1,
        Verdict::Unknown => 2,
        Verdict::Fail => 3,
        Verdict::Error => 4,
    }
}
