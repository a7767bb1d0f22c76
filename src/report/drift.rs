//! Drift in words and in the order of the reports that people read: what makes rules fail, what else changed, then what
//! nobody has to mend.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Serialize, Serializer};

use super::summary::account_label;
use super::text::{count, cut};
use crate::model::{
    Against, Comparison, CoverageRow, Drift, DriftClass, DriftEffect, DriftReport, DriftSubject, IgnoreUse, Mover,
    Results, SourceKind, Text, Value, Verdict,
};

/// Whether a run compared and judged nothing, so that the verdict parts of a report would be about nothing.
pub(super) fn is_all(results: &Results) -> bool {
    results.rules.is_empty() && results.drift.comparison.is_some()
}

/// How a comparison ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// There was nothing that is on both sides.
    NothingCompared,
    /// What was compared agrees.
    NothingDrifted,
    /// Something differs.
    Drifted,
}

/// How a comparison ended.
pub(super) fn standing(report: &DriftReport, comparison: &Comparison) -> Standing {
    match () {
        () if comparison.is_apart() => Standing::NothingCompared,
        () if report.drifts.is_empty() => Standing::NothingDrifted,
        () => Standing::Drifted,
    }
}

/// What must not be taken for agreement.
pub(super) const NOTHING_COMPARED: &str =
    "NOTHING WAS COMPARED: no resource is on both sides, so this run proves nothing";

/// That everything agrees, as far as was looked.
pub(super) fn nothing_drifted(comparison: &Comparison, gaps: usize) -> String {
    let ignored = match comparison.ignored() {
        0 => String::new(),
        ignored => format!(", besides {ignored} that ignore rules leave out"),
    };
    let gaps = if gaps > 0 { ", and not everything could be read" } else { "" };
    format!("NOTHING DRIFTED: every fact that was compared agrees{ignored}{gaps}")
}

/// What was compared.
pub(super) fn compared(results: &Results, comparison: &Comparison) -> String {
    let Comparison { declared, running, joined, compared, .. } = comparison;
    let compared = count(*compared, "fact");
    // Two inventories, of which neither declares anything.
    let is_live = results.sources.iter().all(|source| source.kind == SourceKind::Inventory);
    match is_live {
        true => format!("compared {declared} with {}: {joined} in common, {compared}", count(*running, "resource")),
        false => {
            let running = count(*running, "running resource");
            format!("compared {declared} declared with {running}: {joined} in common, {compared}")
        }
    }
}

/// The last line of the reports for people; its form is stable, so that scripts may read it.
pub(super) fn last_line(report: &DriftReport, comparison: &Comparison, gaps: usize) -> String {
    const ORDER: [DriftClass; 8] = [
        DriftClass::Changed,
        DriftClass::Undeclared,
        DriftClass::Missing,
        DriftClass::Unmanaged,
        DriftClass::Replaced,
        DriftClass::Pending,
        DriftClass::Expected,
        DriftClass::Unverifiable,
    ];
    let counts: Vec<String> = ORDER.iter().map(|class| format!("{} {class}", report.count(*class))).collect();
    format!("{}, {} ignored, {gaps} gaps", counts.join(", "), comparison.ignored())
}

/// The classes that fail the gate, and how many drifts are of them; `None` when none was chosen.
pub(super) fn gate(report: &DriftReport, comparison: &Comparison) -> Option<String> {
    let classes: Vec<&str> = comparison.fail_on.iter().map(|class| class.as_str()).collect();
    let failing = report.drifts.iter().filter(|drift| comparison.fails(drift)).count();
    let failing = match failing {
        0 => "no drift fails".to_owned(),
        1 => "1 drift fails".to_owned(),
        _ => format!("{failing} drifts fail"),
    };
    (!classes.is_empty()).then(|| format!("{failing} the gate, which fails on {}", classes.join(", ")))
}

// ---- the order of a report

/// The drifts of a run, in the parts of a report; each in the order of the run.
#[derive(Default)]
pub(super) struct Parts<'a> {
    /// Those that make a rule fail, and may fail a gate.
    pub(super) worse: Vec<&'a Drift>,
    /// Others that may fail a gate.
    pub(super) others: Vec<&'a Drift>,
    /// Those that wait.
    pub(super) pending: Vec<&'a Drift>,
    /// Those that the provider makes by itself.
    pub(super) expected: Vec<&'a Drift>,
    /// What could not be compared, by reason, the most frequent first.
    pub(super) unverifiable: Vec<Unseen<'a>>,
}

impl<'a> Parts<'a> {
    /// Sorts drifts into them.
    pub(super) fn of(drifts: &'a [Drift]) -> Self {
        Self::sorted(drifts.iter())
    }

    /// Sorts some of the drifts of a run into them.
    pub(super) fn of_some(drifts: &[&'a Drift]) -> Self {
        Self::sorted(drifts.iter().copied())
    }

    fn sorted(drifts: impl Iterator<Item = &'a Drift>) -> Self {
        let mut parts = Self::default();
        let mut unseen = BTreeMap::new();
        for drift in drifts {
            match drift.class {
                DriftClass::Pending => parts.pending.push(drift),
                DriftClass::Expected => parts.expected.push(drift),
                DriftClass::Unverifiable => Unseen::add(&mut unseen, drift),
                _ if drift.severity().is_some() => parts.worse.push(drift),
                _ => parts.others.push(drift),
            }
        }
        parts.unverifiable = unseen.into_values().collect();
        parts.unverifiable.sort_by_key(|unseen| std::cmp::Reverse(unseen.drifts));
        parts
    }
}

/// What could not be compared, for one reason.
pub(super) struct Unseen<'a> {
    /// The reason.
    pub(super) reason: &'a str,
    /// How many drifts it stands for.
    pub(super) drifts: usize,
    /// How many of them are about a whole resource.
    wholes: usize,
    resources: BTreeSet<&'a str>,
}

impl<'a> Unseen<'a> {
    fn add(unseen: &mut BTreeMap<&'a str, Self>, drift: &'a Drift) {
        let reason = drift.reason.as_ref().map_or(drift.class.meaning(), Text::as_str);
        let alike = unseen.entry(reason);
        let alike = alike.or_insert_with(|| Self { reason, drifts: 0, wholes: 0, resources: BTreeSet::new() });
        alike.drifts += 1;
        alike.wholes += usize::from(drift.subject == DriftSubject::Resource);
        alike.resources.insert(&drift.resource.id);
    }

    /// `12 facts of 3 resources`.
    pub(super) fn what(&self) -> String {
        let resources = count(self.resources.len(), "resource");
        match self.drifts - self.wholes {
            0 => resources,
            facts => format!("{} of {resources}", count(facts, "fact")),
        }
    }
}

// ---- one drift

/// What a drift does to verdicts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// What runs fails a rule that what is declared does not.
    Worse,
    /// What is declared fails a rule that what runs does not.
    Better,
    /// No rule's verdict changes.
    Cosmetic,
}

impl Effect {
    /// What a drift does; `None` when it was not judged, or is not a difference between two values.
    pub(super) fn of(drift: &Drift) -> Option<Self> {
        let is_judged = drift.against != Against::Plan && !drift.resource.tier.is_empty();
        let has_values = drift.subject != DriftSubject::Resource && drift.class != DriftClass::Unverifiable;
        match drift.severity() {
            Some(_) => Some(Self::Worse),
            None if !drift.is_cosmetic() => Some(Self::Better),
            None => (is_judged && has_values).then_some(Self::Cosmetic),
        }
    }

    /// The word that reports use.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Worse => "worse",
            Self::Better => "better",
            Self::Cosmetic => "cosmetic",
        }
    }
}

impl Serialize for Effect {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// What drifted, and how: `multi_az: declared true, runs with false`.
pub(super) fn what(drift: &Drift) -> String {
    match &drift.subject {
        DriftSubject::Resource => whole_words(drift),
        subject => format!("{subject}: {}", Values::of(drift)),
    }
}

/// Both sides of a drift in words, `declared true` and `runs with false`; `None` when it is not about two values.
pub(super) fn sides(drift: &Drift) -> Option<(String, String)> {
    let values = Values::of(drift);
    let is_about_values = drift.subject != DriftSubject::Resource && (values.there.is_some() || values.here.is_some());
    is_about_values.then(|| (values.there_words().unwrap_or_default(), values.here_words()))
}

/// What happened to a resource as a whole, or to what shows no values.
pub(super) fn whole_words(drift: &Drift) -> String {
    let values = Values::of(drift);
    match drift.subject {
        DriftSubject::Resource => whole(drift, &values),
        _ => values.to_string(),
    }
}

/// What drifted, in a word or two: drifts that share it are counted together.
pub(super) fn sort_of(drift: &Drift) -> String {
    match &drift.subject {
        DriftSubject::Resource => drift.class.to_string(),
        subject => subject.to_string(),
    }
}

/// Whether the reader is told that no verdict changes: of a drift that somebody might have to mend.
pub(super) fn is_told_cosmetic(drift: &Drift) -> bool {
    drift.class.can_fail() && Effect::of(drift) == Some(Effect::Cosmetic)
}

/// What stands beside the values of a drift: the third side, what is to come, why it is of its class.
pub(super) fn notes(drift: &Drift) -> Vec<String> {
    let reason = drift.reason.as_ref().map(ToString::to_string);
    [moved(drift), coming(drift, true), reason].into_iter().flatten().collect()
}

/// The word for the side that what runs was compared with, and the value there.
fn there(drift: &Drift) -> (&'static str, Option<&Value>) {
    let (side, value) = match drift.against {
        Against::Plan => ("recorded", &drift.recorded),
        Against::Golden => ("golden", &drift.declared),
        Against::Earlier => ("was", &drift.declared),
        Against::Environment => ("there", &drift.declared),
        Against::Declared => ("declared", &drift.declared),
    };
    (side, value.as_ref())
}

fn whole(drift: &Drift, values: &Values<'_>) -> String {
    let text = match (drift.class, drift.against) {
        (DriftClass::Missing, Against::Plan) => "deleted outside Terraform",
        (DriftClass::Missing, Against::Earlier) => "gone since",
        (DriftClass::Missing, Against::Environment) => "there, and not here",
        (DriftClass::Unmanaged, Against::Earlier) => "new since",
        (DriftClass::Unmanaged, Against::Environment) => "here, and not there",
        (DriftClass::Replaced, Against::Earlier) => "another database runs under the earlier one's identifier",
        (class, _) => class.meaning(),
    };
    let values = match drift.class {
        DriftClass::Replaced => (drift.recorded.as_ref().or(values.there), values.here),
        _ => (None, None),
    };
    match values {
        (Some(recorded), Some(running)) => format!("{text}: {} is now {}", shown(recorded), shown(running)),
        _ => text.to_owned(),
    }
}

/// Both values of a drift in words.
struct Values<'a> {
    side: &'static str,
    there: Option<&'a Value>,
    here: Option<&'a Value>,
    drift: &'a Drift,
}

impl fmt::Display for Values<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.there.is_none() && self.here.is_none() {
            return f.write_str(self.neither());
        }
        if let Some(there) = self.there_words() {
            write!(f, "{there}, ")?;
        }
        f.write_str(&self.here_words())
    }
}

impl<'a> Values<'a> {
    fn of(drift: &'a Drift) -> Self {
        let (side, there) = there(drift);
        Self { side, there, here: drift.running.as_ref(), drift }
    }

    /// The side that what runs was compared with; `None` when only what runs is told of.
    fn there_words(&self) -> Option<String> {
        Some(match (self.there, self.drift.against) {
            (Some(value), _) if self.drift.class == DriftClass::Undeclared => self.omitted(value),
            (Some(value), _) => format!("{} {}", self.side, shown(value)),
            // It is only what runs that waits.
            (None, _) if self.drift.class == DriftClass::Pending => return None,
            (None, Against::Earlier) => "was not set".to_owned(),
            (None, Against::Environment) => "not set there".to_owned(),
            (None, Against::Golden) => "not golden".to_owned(),
            (None, _) => format!("not {}", self.side),
        })
    }

    /// What runs.
    fn here_words(&self) -> String {
        let verb = match self.drift.against {
            Against::Earlier => "is",
            Against::Environment => "here",
            _ => "runs with",
        };
        match (self.here, self.drift.class) {
            (Some(value), _) => format!("{verb} {}", shown(value)),
            (None, DriftClass::Unverifiable) => "runs with what could not be seen".to_owned(),
            (None, _) if matches!(self.drift.against, Against::Earlier | Against::Environment) => {
                format!("{verb} not set")
            }
            // A group that waits hides what is in force until then.
            (None, _) if self.drift.pending.is_some() => "what is in force is not known".to_owned(),
            (None, _) => "runs without it".to_owned(),
        }
    }

    fn neither(&self) -> &'static str {
        match self.drift.class {
            DriftClass::Unverifiable => "could not be seen",
            _ => "values withheld",
        }
    }

    /// What the configuration omits has the value that creation gave, or that Terraform found and recorded.
    fn omitted(&self, value: &Value) -> String {
        let from = if self.drift.recorded.as_ref() == Some(value) { "recorded" } else { "created with" };
        format!("not declared, {from} {}", shown(value))
    }
}

/// How much of a value the reports for people show; a set may have hundreds of elements.
const MAX_VALUE: usize = 200;

/// A value; texts in quotes, so that they are told from words of ours.
fn shown(value: &Value) -> String {
    let text = serde_json::to_string(value).unwrap_or_else(|_| value.to_string());
    cut(&text, MAX_VALUE).into_owned()
}

/// What is to come, and what it waits for; with the time, where the reader is not a machine that compares runs.
pub(super) fn coming(drift: &Drift, with_time: bool) -> Option<String> {
    let pending = drift.pending.as_ref()?;
    let opens = drift.pending_at.as_ref().filter(|_| with_time);
    let opens = opens.map(|at| format!(", which opens at {at}")).unwrap_or_default();
    Some(format!("{} is to come: waits for {}{opens}", shown(&pending.value), pending.waits_for))
}

/// Who moved it, as far as a third side tells.
pub(super) fn moved(drift: &Drift) -> Option<String> {
    let by = drift.moved_by.map(|mover| match mover {
        Mover::Outside => "changed outside Terraform",
        Mover::Unapplied => "merged and never applied",
        Mover::Both => "merged and never applied, and changed outside Terraform",
    });
    let is_side = drift.against == Against::Plan || drift.subject == DriftSubject::Resource;
    let recorded = drift.recorded.as_ref().filter(|_| !is_side);
    let recorded = recorded.filter(|value| by.is_some() || drift.declared.as_ref() != Some(*value));
    match (recorded.map(shown), by) {
        (Some(recorded), Some(by)) => Some(format!("recorded {recorded}: {by}")),
        (Some(recorded), None) => Some(format!("recorded {recorded}")),
        (None, by) => by.map(str::to_owned),
    }
}

/// What a drift does to the verdict of one rule; the severity stands before it.
pub(super) fn effect_on_rule(drift: &Drift, effect: &DriftEffect) -> String {
    let rule = &effect.rule;
    let (there, here) = match drift.against {
        Against::Golden => ("with the golden value", "as it runs"),
        Against::Earlier => ("as it was", "as it is"),
        Against::Environment => ("there", "here"),
        _ => ("as declared", "as it runs"),
    };
    let text = match (effect.declared, effect.running) {
        _ if effect.is_worse() => format!("fails {rule}"),
        _ if effect.is_better() => format!("does not fail {rule} {here}, and does {there}"),
        (Verdict::Fail, Verdict::Fail) => format!("fails {rule} either way"),
        (declared, running) => format!("{rule} is {} {there}, {} {here}", words(declared), words(running)),
    };
    match effect.messages.as_slice() {
        [] => text,
        messages => format!("{text}: {}", messages.join("; ")),
    }
}

fn words(verdict: Verdict) -> String {
    verdict.as_str().replace('_', " ")
}

// ---- coverage and ignore rules

/// The share of what runs that is declared, in whole percent; rounded so that 100% is all and 0% is none.
pub(super) fn share(row: &CoverageRow) -> String {
    match (row.declared.saturating_mul(100)).checked_div(row.running) {
        None => "-".to_owned(),
        Some(0) if row.declared > 0 => "<1%".to_owned(),
        Some(percent) => format!("{percent}%"),
    }
}

/// What a row of the coverage is about.
pub(super) fn label(results: &Results, row: &CoverageRow) -> String {
    match row.by {
        "all" => "all".to_owned(),
        "account" => format!("account {}", account_label(results, &row.name)),
        by => format!("{by} {}", row.name),
    }
}

/// What is odd about an ignore rule.
fn remark(ignore: &IgnoreUse) -> Option<String> {
    match ignore.expired {
        true => Some(format!("ignores nothing since it is over: it held until {}", ignore.expires)),
        false if ignore.matched == 0 => Some("ignores nothing: no drift matches it".to_owned()),
        false => None,
    }
}

/// The ignore rules that need somebody's care, and why.
pub(super) fn odd_ignores(comparison: &Comparison) -> Vec<(&IgnoreUse, String)> {
    comparison.ignores.iter().filter_map(|ignore| Some((ignore, remark(ignore)?))).collect()
}

/// Where an ignore rule stands.
pub(super) fn place_of(ignore: &IgnoreUse) -> String {
    match ignore.location.region {
        Some(region) => format!("{}:{}", ignore.location.file, region.start_line),
        None => ignore.location.file.to_string(),
    }
}
