//! Recording a run: one transaction, in which what changed since the run before becomes rows.

use std::collections::BTreeSet;
use std::sync::Arc;

use rusqlite::{Transaction, TransactionBehavior, params};

use super::error::{HistoryError, Problem};
use super::open::History;
use super::rows::{Cell, Lasting, Row, Texts};
use super::run::{Measured, RunRecord};
use crate::model::{AccountInfo, Kind, Verdict};

mod adoption;
mod drifts;
mod life;
mod resources;
mod verdicts;

use adoption::Adoption;
pub(super) use adoption::{APPROVED, DECLARED};
use resources::{Known, Resources};

pub use life::FindingLife;

/// What came of recording a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Its number.
    pub run: i64,
    /// The run before it.
    pub previous: Option<i64>,
    /// The life of each finding that is open: index of the resource, index of the rule; sorted.
    pub open: Vec<(u32, u32, FindingLife)>,
    /// The findings that were open until this run: index of the resource, index of the rule; sorted.
    pub closed: Vec<(u32, u32)>,
}

impl History {
    /// Records a run. When this returns, it is on disk; when it fails, nothing is.
    ///
    /// # Errors
    ///
    /// When another process writes for too long, when there is no room, or when the file turns out to be damaged.
    pub fn record(&mut self, record: &RunRecord) -> Result<Recorded, HistoryError> {
        let recorded = self.record_in_one(record);
        recorded.map_err(|error| HistoryError::new(&self.file, error))
    }

    fn record_in_one(&mut self, record: &RunRecord) -> Result<Recorded, Problem> {
        // From here on another process that records waits, so that runs have one order.
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let recorded = Recording::begin(&transaction, record)?.all()?;
        transaction.commit()?;
        Ok(recorded)
    }
}

/// A run that is being recorded.
struct Recording<'t> {
    transaction: &'t Transaction<'t>,
    record: &'t RunRecord,
    run: i64,
    previous: Option<i64>,
    texts: Texts<'t>,
}

impl<'t> Recording<'t> {
    fn begin(transaction: &'t Transaction<'t>, record: &'t RunRecord) -> Result<Self, Problem> {
        let previous: Option<i64> = transaction.query_row("SELECT max(id) FROM runs", [], |row| row.get(0))?;
        let run = previous.unwrap_or(0) + 1;
        Ok(Self { transaction, record, run, previous, texts: Texts::new(transaction) })
    }

    fn all(mut self) -> Result<Recorded, Problem> {
        self.the_run()?;
        let rules = self.rules()?;
        let resources = Resources::record(&mut self)?;
        let lives = verdicts::record(&mut self, &resources, &rules)?;
        drifts::record(&mut self, &resources)?;
        self.facts(&resources)?;
        self.samples(&resources)?;
        self.places()?;
        self.waivers()?;
        self.accounts()?;
        self.targets()?;
        Ok(Recorded { run: self.run, previous: self.previous, open: lives.open, closed: lives.closed })
    }

    fn the_run(&self) -> Result<(), Problem> {
        let record = self.record;
        let counts = record.counts();
        let databases = record.resources.iter().filter(|seen| matches!(seen.kind, Kind::Instance | Kind::Cluster));
        let sql =
            "INSERT INTO runs (id, at, version, baseline, baseline_sha256, policies_sha256, source_sha256, resources,
            databases, pass, fail, unknown, error, waived, not_applicable, gaps, drift)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)";
        self.transaction.execute(
            sql,
            params![
                self.run,
                record.at.as_second(),
                record.version,
                record.baseline,
                record.baseline_sha256,
                record.policies_sha256,
                record.source_sha256,
                record.resources.len(),
                databases.count(),
                counts.pass,
                counts.fail,
                counts.unknown,
                counts.error,
                counts.waived,
                counts.not_applicable,
                record.gaps.len(),
                record.drift.as_ref().map(|drift| drift.drifts.len()),
            ],
        )?;
        Ok(())
    }

    /// The numbers of the rules, by their index in the record; and which rules are in use.
    fn rules(&self) -> Result<Vec<i64>, Problem> {
        let sql = "INSERT INTO rules (rule, name, domain, title) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (rule)
            DO UPDATE SET name = excluded.name, domain = excluded.domain, title = excluded.title RETURNING id";
        let mut statement = self.transaction.prepare_cached(sql)?;
        let mut numbers = Vec::with_capacity(self.record.rules.len());
        for rule in &self.record.rules {
            let cells = params![rule.id, rule.name, rule.domain.as_str(), rule.title];
            numbers.push(statement.query_row(cells, |row| row.get(0))?);
        }
        let uses = Lasting { table: "rule_uses", columns: &["rule"] };
        let used = numbers.iter().map(|number| vec![Cell::Integer(*number)]).collect();
        uses.set(self.transaction, self.run, used, |_| false)?;
        Ok(numbers)
    }

    /// The facts of what was seen. Of what could not be seen the last ones stay.
    fn facts(&mut self, resources: &Resources) -> Result<(), Problem> {
        let mut now = BTreeSet::new();
        let adoption = Adoption::new(self.record.drift.as_ref());
        for (seen, known) in self.record.resources.iter().zip(&resources.seen) {
            let Some(resource) = known else { continue };
            let declared = adoption.of(seen);
            for (fact, measured) in seen.facts.iter().chain(&declared) {
                let fact = self.texts.number(&Arc::from(*fact))?;
                let (state, value) = match measured {
                    Measured::Known(value) => (0, Some(self.texts.number(value)?)),
                    Measured::Unknown(why) => (1, Some(self.texts.number(why)?)),
                    Measured::Missing => (2, None),
                };
                now.insert(vec![resource.id.into(), fact.into(), state.into(), value.into()]);
            }
        }
        let facts = Lasting { table: "facts", columns: &["resource", "fact", "state", "value"] };
        let stays = |row: &Row| matches!(row.first(), Some(Cell::Integer(id)) if resources.is_unread(*id));
        Ok(facts.set(self.transaction, self.run, now, stays)?)
    }

    fn samples(&mut self, resources: &Resources) -> Result<(), Problem> {
        let sql = "INSERT INTO samples (run, sample, resource, value) VALUES (?1, ?2, ?3, ?4)";
        let mut samples = Vec::new();
        for (seen, known) in self.record.resources.iter().zip(&resources.seen) {
            let Some(Known { id, .. }) = known else { continue };
            for (sample, value) in &seen.samples {
                samples.push((self.texts.number(&Arc::from(*sample))?, *id, *value));
            }
        }
        // In the order of the table, so that its pages are filled one after the other.
        samples.sort_unstable();
        let mut statement = self.transaction.prepare_cached(sql)?;
        for (sample, resource, value) in samples {
            statement.execute([self.run, sample, resource, value])?;
        }
        Ok(())
    }

    /// Where was looked, and what could not be read.
    fn places(&self) -> Result<(), Problem> {
        let scopes = Lasting { table: "scopes", columns: &["account", "region"] };
        let of = |scope: &crate::model::Scope| [Cell::from(scope.account.as_ref()), Cell::from(scope.region.as_ref())];
        let looked = self.record.scopes.iter().map(|seen| of(&seen.scope).to_vec()).collect();
        scopes.set(self.transaction, self.run, looked, |_| false)?;
        let unread = Lasting { table: "unread", columns: &["account", "region", "kind", "why"] };
        let partly = self.record.scopes.iter().flat_map(|seen| {
            seen.not_whole.iter().map(|unseen| {
                let [account, region] = of(&seen.scope);
                vec![account, region, unseen.kind.as_str().into(), unseen.why.to_string().as_str().into()]
            })
        });
        unread.set(self.transaction, self.run, partly.collect(), |_| false)?;
        let gaps = Lasting { table: "gaps", columns: &["place", "reason"] };
        let now = self.record.gaps.iter().map(|gap| vec![Cell::from(&gap.place), gap.reason.as_str().into()]);
        Ok(gaps.set(self.transaction, self.run, now.collect(), |_| false)?)
    }

    fn waivers(&self) -> Result<(), Problem> {
        const COLUMNS: &[&str] =
            &["waiver", "rule", "state", "expires", "approver", "owner", "ticket", "reason", "selected", "waived"];
        let now = self.record.waivers.iter().map(|used| {
            vec![
                Cell::from(&used.id),
                Cell::from(&used.rule),
                used.state.as_str().into(),
                Cell::from(&used.expires),
                used.approver.as_ref().into(),
                used.owner.as_ref().into(),
                used.ticket.as_ref().into(),
                Cell::from(&used.reason),
                (used.selected as i64).into(),
                (used.waived as i64).into(),
            ]
        });
        let waivers = Lasting { table: "waivers", columns: COLUMNS };
        Ok(waivers.set(self.transaction, self.run, now.collect(), |_| false)?)
    }

    fn accounts(&self) -> Result<(), Problem> {
        let accounts = Lasting { table: "accounts", columns: &["account", "name", "owner"] };
        let of = |(id, info): (&Arc<str>, &AccountInfo)| {
            vec![id.into(), info.name.as_ref().into(), info.owner.as_ref().into()]
        };
        Ok(accounts.set(self.transaction, self.run, self.record.accounts.iter().map(of).collect(), |_| false)?)
    }

    fn targets(&self) -> Result<(), Problem> {
        let targets = Lasting { table: "targets", columns: &["tier", "name", "value"] };
        let now =
            self.record.targets.iter().map(|((tier, name), value)| vec![tier.into(), name.into(), (*value).into()]);
        Ok(targets.set(self.transaction, self.run, now.collect(), |_| false)?)
    }
}

/// Whether a verdict is that of an open finding.
pub(super) fn is_open(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Fail | Verdict::Waived)
}

/// Whether a verdict says nothing, so that what was open stays open.
pub(super) fn is_silent(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Unknown | Verdict::Error)
}
