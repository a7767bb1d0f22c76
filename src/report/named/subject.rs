//! What reports ask of a run: the resources with their facts, tiers, owners and verdicts, as cells.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit};

use super::model::{Cell, CellValue, Column, ColumnKind, NamedReport, Row, Section, Tone};
use crate::baseline::Baseline;
use crate::facts::catalogue::TAGS;
use crate::facts::{FactId, state_of};
use crate::model::{
    ChangeAction, Fact, FactPath, FactState, Kind, Outcome, Resource, Results, RuleVerdicts, ScopeSeen, SourceKind,
    Text, Tier, Unknown, Value, Verdict,
};

mod tally;

pub use tally::Tally;

/// What a report is made from: the results of a run, with every resource that was read, judged or not.
pub struct Subject<'a> {
    results: &'a Results,
    baseline: &'a Baseline,
    /// INVARIANT: sorted by id, then source, as those of the results.
    resources: Vec<Resource>,
    scopes: &'a [ScopeSeen],
    now: Timestamp,
    /// The verdicts of each rule, by its name and by its id.
    rules: BTreeMap<&'a str, &'a RuleVerdicts>,
}

/// One resource of a report.
#[derive(Clone, Copy)]
pub struct Of<'a> {
    subject: &'a Subject<'a>,
    /// The resource.
    pub resource: &'a Resource,
    /// Its position among those that were judged; `None` when no rule that is used concerns its kind.
    judged: Option<u32>,
}

impl<'a> Subject<'a> {
    /// What was judged by a baseline; every resource that was read, in any order; and the accounts and regions in which was
    /// looked.
    pub fn new(
        results: &'a Results,
        baseline: &'a Baseline,
        mut resources: Vec<Resource>,
        scopes: &'a [ScopeSeen],
    ) -> Self {
        resources.sort_by(|a, b| (&a.id, a.source).cmp(&(&b.id, b.source)));
        let rules = results.verdicts.iter().filter_map(|of_rule| Some((results.rules.get(of_rule.rule)?, of_rule)));
        let rules = rules.flat_map(|(rule, verdicts)| [(&*rule.id, verdicts), (&*rule.name, verdicts)]).collect();
        let now = results.run.as_of.parse().unwrap_or(Timestamp::UNIX_EPOCH);
        Self { results, baseline, resources, scopes, now, rules }
    }

    /// A report of this run without content yet. What owns data is its subject, unless it says otherwise.
    pub fn report(&self, name: &'static str, title: &'static str, about: &'static str) -> NamedReport {
        let run = &self.results.run;
        let digest = run.baseline_sha256.get(..12).unwrap_or_default();
        NamedReport {
            judged_by: vec![format!("judged by baseline {} ({digest})", run.baseline).into()],
            sources: self.results.sources.clone(),
            subjects: self.stores().count(),
            gaps: self.results.gaps.clone(),
            ..NamedReport::new(name, title, about, Arc::clone(&run.as_of))
        }
    }

    /// The results of the run.
    pub fn results(&self) -> &'a Results {
        self.results
    }

    /// The baseline that judged.
    pub fn baseline(&self) -> &'a Baseline {
        self.baseline
    }

    /// The instant that the report takes for now.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Its day, in UTC.
    pub fn today(&self) -> Date {
        day(self.now)
    }

    /// The resources of these kinds, in the order of their ids, without those that a plan takes away.
    pub fn of_kinds(&'a self, kinds: &'a [Kind]) -> impl Iterator<Item = Of<'a>> + 'a {
        let judged = &self.results.resources;
        let stays = |resource: &&Resource| {
            let action = resource.change.as_ref().map(|change| change.action);
            !matches!(action, Some(ChangeAction::Delete | ChangeAction::Forget))
        };
        let wanted = self.resources.iter().filter(|resource| kinds.contains(&resource.kind)).filter(stays);
        wanted.map(move |resource| {
            let at = judged.binary_search_by(|other| (&other.id, other.source).cmp(&(&resource.id, resource.source)));
            Of { subject: self, resource, judged: at.ok().and_then(|at| u32::try_from(at).ok()) }
        })
    }

    /// Databases: servers that own data. Members of a cluster share the cluster's.
    pub fn databases(&'a self) -> impl Iterator<Item = Of<'a>> + 'a {
        self.of_kinds(&[Kind::Instance, Kind::Cluster])
    }

    /// Everything that owns data: databases, and what has no server of its own.
    pub fn stores(&'a self) -> impl Iterator<Item = Of<'a>> + 'a {
        self.of_kinds(&[Kind::Instance, Kind::Cluster, Kind::Table, Kind::Namespace])
    }

    /// Why not every resource of a kind was seen, and in which account and region.
    pub fn not_seen(&self, kind: Kind) -> Vec<(String, String)> {
        let of_scope = |seen: &ScopeSeen| {
            let place = [seen.scope.account.as_deref(), seen.scope.region.as_deref()];
            let place = place.into_iter().flatten().collect::<Vec<_>>().join(" ");
            let why = seen.not_whole.iter().filter(|unseen| unseen.kind == kind).map(|unseen| unseen.why.to_string());
            why.map(|why| (why, place.clone())).collect::<Vec<_>>()
        };
        self.scopes.iter().flat_map(of_scope).collect()
    }

    /// Says of a table on resources of these kinds what it may lack: where it has no rows, that need not mean that there is
    /// nothing.
    pub fn seen(&self, kinds: &[Kind], mut section: Section) -> Section {
        let mut reasons: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (why, place) in kinds.iter().flat_map(|kind| self.not_seen(*kind)) {
            reasons.entry(place).or_default().insert(why);
        }
        let declared = self.results.sources.iter().any(|source| source.kind != SourceKind::Inventory);
        if !reasons.is_empty() && section.rows.is_empty() {
            section.empty = "Not known: see the note.".into();
        }
        // Where the same is missing everywhere, it is said once.
        let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (place, reasons) in reasons {
            places.entry(together(&reasons)).or_default().push(place);
        }
        section.notes.extend(
            places
                .into_iter()
                .map(|(why, places)| Text::from(format!("Not everything was seen in {}: {why}.", places.join(", ")))),
        );
        if declared {
            section.notes.push("What is declared says nothing of what else runs.".into());
        }
        section
    }

    /// The account with the name that the fleet file gives it.
    pub fn account(&self, account: &str) -> String {
        let name = self.results.accounts.get(account).and_then(|info| info.name.as_deref());
        name.map_or_else(|| account.to_owned(), |name| format!("{account} {name}"))
    }
}

/// The columns that tell what a row about a resource is about; [`Of::head`] fills them.
pub fn columns() -> Vec<Column> {
    vec![
        Column::new("database", "Database", ColumnKind::Identifier),
        Column::new("resource", "Resource", ColumnKind::Identifier).detail(),
        Column::new("account", "Account", ColumnKind::Identifier),
        Column::new("region", "Region", ColumnKind::Identifier),
        Column::new("tier", "Tier", ColumnKind::Text),
        Column::new("owner", "Owner", ColumnKind::Text),
    ]
}

/// The same of what is no database, under a name of its own.
pub fn columns_of(key: &'static str, title: &'static str) -> Vec<Column> {
    let [resource, account, region] = ["resource", "account", "region"];
    vec![
        Column::new(key, title, ColumnKind::Identifier),
        Column::new(resource, "Resource", ColumnKind::Identifier).detail(),
        Column::new(account, "Account", ColumnKind::Identifier),
        Column::new(region, "Region", ColumnKind::Identifier),
    ]
}

impl<'a> Of<'a> {
    /// The cells of [`columns`].
    pub fn head(&self) -> Vec<Cell> {
        vec![self.name(), self.id(), self.account(), self.region(), self.tier_name(), self.owner()]
    }

    /// The cells of [`columns_of`].
    pub fn short_head(&self) -> Vec<Cell> {
        vec![self.name(), self.id(), self.account(), self.region()]
    }

    /// What people call it: the provider's name for it, else its address.
    pub fn name(&self) -> Cell {
        Cell::identifier(self.label())
    }

    /// The same, as text.
    pub fn label(&self) -> Arc<str> {
        Arc::clone(self.resource.name.as_ref().unwrap_or(&self.resource.id))
    }

    /// Its ARN or address.
    pub fn id(&self) -> Cell {
        Cell::identifier(Arc::clone(&self.resource.id))
    }

    /// The account.
    pub fn account(&self) -> Cell {
        match self.resource.scope.account.as_deref() {
            Some(account) => Cell::identifier(self.subject.account(account)),
            None => Cell::unknown("the source does not tell the account"),
        }
    }

    /// The region.
    pub fn region(&self) -> Cell {
        match &self.resource.scope.region {
            Some(region) => Cell::identifier(Arc::clone(region)),
            None => Cell::unknown("the source does not tell the region"),
        }
    }

    /// Its tier.
    pub fn tier(&self) -> Option<&'a Tier> {
        let position = match self.judged {
            Some(judged) => self.subject.results.assignments.get(judged as usize)?.tier,
            None => self.subject.baseline.assign(self.resource).tier,
        };
        self.subject.results.tiers.get(usize::from(position))
    }

    /// The name of its tier.
    pub fn tier_name(&self) -> Cell {
        match self.tier() {
            Some(tier) => Cell::text(Text::Shared(Arc::clone(&tier.name))),
            None => Cell::unknown("the baseline gives it no tier"),
        }
    }

    /// Who owns it: by its tags, else by the fleet file.
    pub fn owner(&self) -> Cell {
        let key = FactPath { before: false, fact: TAGS, key: Some("owner".into()) };
        let of_account = || {
            let account = self.resource.scope.account.as_ref()?;
            self.subject.results.accounts.get(account)?.owner.clone()
        };
        match &*state_of(self.resource, &key) {
            FactState::Known(Value::String(owner)) if !owner.trim().is_empty() => {
                Cell::text(Text::Shared(Arc::clone(owner)))
            }
            FactState::Unknown(why) => Cell::unknown(why.to_string()),
            _ => of_account().map_or_else(
                || Cell::missing("no tag `owner`, and no owner in a fleet file"),
                |owner| Cell::text(Text::Shared(owner)),
            ),
        }
    }

    /// Whether it runs, so that what only a running database tells may be known.
    pub fn runs(&self) -> bool {
        let source = self.subject.results.sources.get(self.resource.source as usize);
        source.is_some_and(|source| source.kind == SourceKind::Inventory)
    }

    /// What is known of a fact. What only a running database tells is not known of one that is declared: to a report it is a
    /// hole, where a rule has no use for it.
    pub fn state(&self, fact: FactId) -> FactState {
        match state_of(self.resource, &FactPath { before: false, fact, key: None }).into_owned() {
            FactState::Missing(why) if fact.def().terraform.is_empty() && !self.runs() => {
                FactState::Unknown(Unknown::NotCollected(why))
            }
            state => state,
        }
    }

    /// The value of a fact that is known whole.
    pub fn known(&self, fact: FactId) -> Option<&'a Value> {
        self.resource.facts.known(fact)
    }

    /// The text of a fact that is known.
    pub fn text(&self, fact: FactId) -> Option<&'a str> {
        self.known(fact)?.as_str()
    }

    /// A fact as a cell; what waits to replace it stands behind it.
    pub fn fact(&self, fact: FactId) -> Cell {
        let now = cell(&self.state(fact), value);
        match self.pending(fact) {
            None => now,
            Some(pending) => Cell::list([now.value, CellValue::Text(pending.into())]),
        }
    }

    /// A fact that is an instant.
    pub fn instant(&self, fact: FactId) -> Cell {
        cell(&self.state(fact), |known| instant(known).map_or_else(|| value(known), CellValue::Instant))
    }

    /// The instant that a fact holds.
    pub fn at(&self, fact: FactId) -> Option<Timestamp> {
        instant(self.known(fact)?)
    }

    /// Why a fact holds no value, as a cell; not known when it holds one that is not what was asked for.
    pub fn why_not(&self, fact: FactId) -> Cell {
        let cell = cell(&self.state(fact), value);
        match cell.value {
            CellValue::Unknown(_) | CellValue::Missing(_) => cell,
            other => Cell::unknown(format!("`{}` is not readable: {other}", fact.def().name)),
        }
    }

    fn pending(&self, fact: FactId) -> Option<String> {
        let pending = self.resource.facts.get(fact).and_then(|fact: &Fact| fact.pending.as_ref())?;
        Some(format!("{} is to come: waits for {}", pending.value, pending.waits_for))
    }

    /// The verdict of a rule on it, and what the rule says.
    fn outcome(&self, rule: &str) -> Result<&'a Outcome, Cell> {
        let Some(of_rule) = self.subject.rules.get(rule) else {
            let baseline = self.subject.baseline.name();
            return Err(Cell::missing(format!("baseline `{baseline}` does not use `{rule}`")));
        };
        let at = self.judged.and_then(|judged| {
            let at = of_rule.verdicts.binary_search_by_key(&judged, |(resource, _)| *resource).ok()?;
            let (_, outcome) = of_rule.verdicts.get(at)?;
            of_rule.outcomes.get(*outcome as usize)
        });
        at.ok_or_else(|| Cell::missing(format!("`{rule}` does not concern it")))
    }

    /// The verdict of a rule on it; without meaning when the baseline does not use the rule.
    pub fn verdict(&self, rule: &str) -> Cell {
        match self.outcome(rule) {
            Ok(outcome) => outcome.verdict.into(),
            Err(cell) => cell,
        }
    }

    /// The verdict of a rule on it, when there is one.
    pub fn judged(&self, rule: &str) -> Option<Verdict> {
        self.outcome(rule).ok().map(|outcome| outcome.verdict)
    }

    /// The gravest of the verdicts of several rules.
    pub fn worst(&self, rules: &[&str]) -> Cell {
        const ORDER: [Verdict; 6] =
            [Verdict::Error, Verdict::Fail, Verdict::Unknown, Verdict::Waived, Verdict::Pass, Verdict::NotApplicable];
        let verdicts: Vec<Verdict> = rules.iter().filter_map(|rule| self.judged(rule)).collect();
        let worst = ORDER.into_iter().find(|verdict| verdicts.contains(verdict));
        worst.map_or_else(|| Cell::missing("the baseline uses no rule about it"), Cell::from)
    }

    /// What a rule says of it, when that is not a pass.
    pub fn messages(&self, rule: &str) -> Cell {
        match self.outcome(rule) {
            Ok(outcome) if outcome.verdict == Verdict::Pass => Cell::text(""),
            Ok(outcome) => Cell::text(outcome.messages.join("; ")),
            Err(_) => Cell::text(""),
        }
    }

    /// A number that the baseline asks for in its tier.
    pub fn parameter(&self, name: &str) -> Option<i64> {
        self.tier()?.parameters.get(name)?.as_integer()
    }

    /// The same, as a cell.
    pub fn asked(&self, name: &str) -> Cell {
        let none = || Cell::missing(format!("baseline `{}` sets no `{name}`", self.subject.baseline.name()));
        self.parameter(name).map_or_else(none, Cell::integer)
    }

    /// A row about it.
    pub fn row(&self, cells: Vec<Cell>) -> Row {
        Row::of(self.resource.scope.account.clone(), cells)
    }
}

/// Reasons in one sentence. An import mostly lacks several calls, for the same reason.
fn together(reasons: &BTreeSet<String>) -> String {
    const BEFORE: &str = "not collected: no reply of ";
    const AFTER: &str = " was imported";
    let call = |reason: &str| Some(reason.strip_prefix(BEFORE)?.strip_suffix(AFTER)?.to_owned());
    let calls: Vec<String> = reasons.iter().filter_map(|reason| call(reason)).collect();
    let others = reasons.iter().filter(|reason| call(reason).is_none()).cloned();
    let of_import = (!calls.is_empty()).then(|| format!("{BEFORE}{}{AFTER}", calls.join(", ")));
    others.chain(of_import).collect::<Vec<_>>().join("; ")
}

/// A state as a cell; `value` makes one of what is known.
fn cell(state: &FactState, value: impl Fn(&Value) -> CellValue) -> Cell {
    match state {
        FactState::Known(known) => value(known).into(),
        FactState::Partial(Value::List(values), why) => {
            let known = values.iter().map(value);
            Cell::list(known.chain([CellValue::Unknown(why.to_string().into())])).toned(Tone::Attention)
        }
        FactState::Partial(_, why) | FactState::Unknown(why) => Cell::unknown(why.to_string()),
        FactState::Missing(why) => Cell::missing(why.clone()),
    }
}

/// A value as it is.
pub fn value(value: &Value) -> CellValue {
    match value {
        Value::Bool(flag) => CellValue::Flag(*flag),
        Value::Integer(number) => CellValue::Number((*number).into()),
        Value::String(text) => CellValue::Text(Text::Shared(Arc::clone(text))),
        Value::List(values) => CellValue::List(values.iter().map(self::value).collect()),
        Value::Map(_) => CellValue::Text(value.to_string().into()),
    }
}

/// Of a day, its first second in UTC.
fn instant(value: &Value) -> Option<Timestamp> {
    let text = value.as_str()?;
    let of_day = || text.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok().map(|day| day.timestamp());
    text.parse().ok().or_else(of_day)
}

/// The day of an instant, in UTC.
pub fn day(instant: Timestamp) -> Date {
    instant.to_zoned(TimeZone::UTC).date()
}

/// How many days lie between two days; less than 0 when the second comes first.
pub fn days_between(from: Date, to: Date) -> Option<i64> {
    Some(i64::from(from.until((Unit::Day, to)).ok()?.get_days()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_that_were_not_imported_are_told_together() {
        let reason = |call: &str| format!("not collected: no reply of {call} was imported");
        let reasons = [reason("a:B"), reason("a:C"), "permission denied: a:D".to_owned()].into();
        let expected = "permission denied: a:D; not collected: no reply of a:B, a:C was imported";
        assert_eq!(together(&reasons), expected);
    }
}
