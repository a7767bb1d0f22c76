//! The databases of a history: when each was seen, and to what it belonged.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::value::{By, KpiPoint};
use crate::history::error::Problem;
use crate::history::open::History;
use crate::model::Kind;

/// Seconds of a day.
pub(super) const DAY: i64 = 86_400;

/// What figures are made of: the runs, and the databases in them.
pub(super) struct Fleet<'h> {
    pub(super) history: &'h History,
    /// The runs that are not pruned, in the order of recording: number and instant. INVARIANT: not empty.
    pub(super) runs: Vec<(i64, i64)>,
    /// The instants of all runs, by number.
    instants: FxHashMap<i64, i64>,
    /// By number, everything that somebody declares: instances, clusters and their members, global clusters.
    pub(super) resources: FxHashMap<i64, Database>,
    /// What the baseline of the last run aims at, of everything.
    pub(super) targets: BTreeMap<Arc<str>, i64>,
    /// The same by tier.
    pub(super) tier_targets: BTreeMap<(Arc<str>, Arc<str>), i64>,
    /// What ended after this instant counts.
    pub(super) since: i64,
}

/// A resource that somebody declares.
pub(super) struct Database {
    pub(super) key: Arc<str>,
    /// The name that the provider knows it by.
    pub(super) name: Option<Arc<str>>,
    /// Whether it owns data: an instance or a cluster, which is what is counted.
    pub(super) is_database: bool,
    account: Arc<str>,
    /// The account with the name that people give it.
    account_name: Option<Arc<str>>,
    /// To what it belonged when it was seen last: tier, owner, engine.
    belongs: [Arc<str>; 3],
    /// When it was seen: positions of runs, both included. INVARIANT: in the order of time, apart from each other.
    pub(super) seen: Vec<Times>,
    /// Its tier in each of those times.
    tiers: Vec<Arc<str>>,
    /// When it was known and not known to be gone, seen or not. INVARIANT: as of `seen`.
    pub(super) known: Vec<Times>,
    /// Whether it is known to be gone.
    is_gone: bool,
}

/// A time: positions of runs, both included.
pub(super) type Times = (usize, usize);

impl Database {
    /// Whether a run saw it.
    pub(super) fn is_seen(&self, run: usize) -> bool {
        self.seen.iter().any(|(first, last)| (*first..=*last).contains(&run))
    }

    /// Its account.
    pub(super) fn account(&self) -> &str {
        &self.account
    }

    /// Its tier in a run that saw it.
    pub(super) fn tier(&self, run: usize) -> Option<&Arc<str>> {
        let mut times = self.seen.iter().zip(&self.tiers);
        times.find(|((first, last), _)| (*first..=*last).contains(&run)).map(|(_, tier)| tier)
    }

    /// What it belongs to, as it was seen last.
    pub(super) fn groups(&self) -> Vec<(By, Arc<str>)> {
        let [tier, owner, engine] = self.belongs.clone();
        let account = Arc::clone(self.account_name.as_ref().unwrap_or(&self.account));
        vec![(By::Tier, tier), (By::Account, account), (By::Owner, owner), (By::Engine, engine)]
    }
}

impl<'h> Fleet<'h> {
    pub(super) fn read(history: &'h History, period_days: u32) -> Result<Self, Problem> {
        let connection = &history.connection;
        let runs: Vec<(i64, i64)> = connection
            .prepare("SELECT id, at FROM runs WHERE pruned = 0 ORDER BY id")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        let Some((_, now)) = runs.last().copied() else { return Err(Problem::NoRun("yet".to_owned())) };
        let instants = connection
            .prepare("SELECT id, at FROM runs")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        let mut fleet = Self {
            history,
            runs,
            instants,
            resources: FxHashMap::default(),
            targets: BTreeMap::new(),
            tier_targets: BTreeMap::new(),
            since: now - i64::from(period_days) * DAY,
        };
        fleet.read_resources()?;
        fleet.read_targets()?;
        Ok(fleet)
    }

    fn read_resources(&mut self) -> Result<(), Problem> {
        let texts = Texts::read(self.history)?;
        let names = names(self.history)?;
        let kinds = [Kind::Instance, Kind::Cluster, Kind::ClusterMember, Kind::GlobalCluster].map(Kind::as_str);
        let sql = "SELECT id, key, kind, account, first_run, last_run, gone_run, tier, owner, engine, name
            FROM resources JOIN seen ON resource = id WHERE kind IN (?1, ?2, ?3, ?4) ORDER BY id, first_run";
        let mut statement = self.history.connection.prepare(sql)?;
        let mut rows = statement.query(kinds)?;
        let mut resources: FxHashMap<i64, Database> = FxHashMap::default();
        let or = |text: Option<Arc<str>>, none: &str| text.unwrap_or_else(|| none.into());
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            let times = self.times(row.get(4)?, row.get(5)?);
            let belongs = [
                or(texts.of(row.get(7)?), "(no tier known)"),
                or(texts.of(row.get(8)?), "(no owner known)"),
                or(texts.of(row.get(9)?), "(no engine known)"),
            ];
            let is_gone: Option<i64> = row.get(6)?;
            let kind: String = row.get(2)?;
            let known = match resources.entry(id) {
                std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
                std::collections::hash_map::Entry::Vacant(none) => none.insert(Database {
                    key: row.get(1)?,
                    name: row.get(10)?,
                    is_database: [Kind::Instance.as_str(), Kind::Cluster.as_str()].contains(&kind.as_str()),
                    account_name: row.get::<_, Option<Arc<str>>>(3)?.and_then(|account| names.get(&account).cloned()),
                    account: or(row.get(3)?, "(no account known)"),
                    belongs: belongs.clone(),
                    seen: Vec::new(),
                    tiers: Vec::new(),
                    known: Vec::new(),
                    is_gone: false,
                }),
            };
            known.is_gone = is_gone.is_some();
            let [tier, ..] = &belongs;
            known.tiers.extend(times.map(|_| Arc::clone(tier)));
            known.belongs = belongs;
            known.seen.extend(times);
            // Until the next time that it is seen, or until it is known to be gone.
            let until = is_gone.map(|gone| gone - 1);
            let first: i64 = row.get(4)?;
            if let Some((_, last)) = known.known.last_mut() {
                *last = (*last).min(self.position(first).saturating_sub(1));
            }
            known.known.extend(self.times(first, until));
        }
        self.resources = resources;
        Ok(())
    }

    fn read_targets(&mut self) -> Result<(), Problem> {
        let sql = "SELECT tier, name, value FROM targets WHERE last_run IS NULL";
        let mut statement = self.history.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (tier, name, value): (Arc<str>, Arc<str>, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            match tier.is_empty() {
                true => self.targets.insert(name, value),
                false => self.tier_targets.insert((tier, name), value),
            };
        }
        Ok(())
    }

    /// The position of a run; of one that was pruned, the first one.
    pub(super) fn position(&self, run: i64) -> usize {
        self.runs.partition_point(|(id, _)| *id < run)
    }

    /// The time between two runs; `None` when it ended before the first run that is left. Without an end it still holds.
    pub(super) fn times(&self, first: i64, last: Option<i64>) -> Option<Times> {
        let end = last.map_or(self.runs.len(), |last| self.runs.partition_point(|(id, _)| *id <= last));
        let (first, last) = (self.position(first), end.checked_sub(1)?);
        (first <= last).then_some((first, last))
    }

    /// The position of the last run.
    pub(super) fn latest(&self) -> usize {
        self.runs.len().saturating_sub(1)
    }

    /// The instant of the last run.
    pub(super) fn now(&self) -> i64 {
        self.runs.last().map_or(0, |(_, at)| *at)
    }

    /// The instant of a run, by its number; of one that was pruned too.
    pub(super) fn at(&self, run: i64) -> Option<i64> {
        self.instants.get(&run).copied()
    }

    /// The points of a trend: one a run.
    pub(super) fn trend(&self, values: impl IntoIterator<Item = Option<f64>>) -> Vec<KpiPoint> {
        self.runs.iter().zip(values).map(|((_, at), value)| KpiPoint { at: *at, value }).collect()
    }

    /// The databases that the last run saw, in the order of their numbers.
    pub(super) fn databases(&self) -> Vec<(i64, &Database)> {
        let latest = self.latest();
        self.sorted(|database| database.is_database && database.is_seen(latest))
    }

    /// The databases that are not known to be gone, seen or not.
    pub(super) fn known(&self) -> Vec<(i64, &Database)> {
        self.sorted(|database| database.is_database && !database.is_gone)
    }

    /// How many databases are not known to be gone.
    pub(super) fn known_databases(&self) -> usize {
        self.known().len()
    }

    /// The resources of a sort that the last run saw, members of clusters too.
    pub(super) fn declarable(&self) -> Vec<(i64, &Database)> {
        let latest = self.latest();
        self.sorted(|database| database.is_seen(latest))
    }

    /// Every database that any run saw.
    pub(super) fn databases_ever(&self) -> Vec<(i64, &Database)> {
        self.sorted(|database| database.is_database)
    }

    /// The same with members of clusters.
    pub(super) fn declarable_ever(&self) -> Vec<(i64, &Database)> {
        self.sorted(|_| true)
    }

    fn sorted(&self, wanted: impl Fn(&Database) -> bool) -> Vec<(i64, &Database)> {
        let resources = self.resources.iter().map(|(id, database)| (*id, database));
        let mut found: Vec<_> = resources.filter(|(_, database)| wanted(database)).collect();
        found.sort_unstable_by_key(|(id, _)| *id);
        found
    }
}

/// The accounts that have a name, with it.
fn names(history: &History) -> Result<BTreeMap<Arc<str>, Arc<str>>, Problem> {
    let sql = "SELECT account, account || ' ' || name FROM accounts WHERE last_run IS NULL AND name IS NOT NULL";
    let mut statement = history.connection.prepare(sql)?;
    let names = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(names.collect::<Result<_, _>>()?)
}

/// The texts that repeat, by number. Messages are among them, so only those that are asked for are kept.
struct Texts(FxHashMap<i64, Arc<str>>);

impl Texts {
    fn read(history: &History) -> Result<Self, Problem> {
        let sql = "SELECT id, text FROM texts WHERE id IN (SELECT tier FROM seen UNION SELECT owner FROM seen
            UNION SELECT engine FROM seen)";
        let mut statement = history.connection.prepare(sql)?;
        let texts = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(Self(texts.collect::<Result<_, _>>()?))
    }

    fn of(&self, number: Option<i64>) -> Option<Arc<str>> {
        self.0.get(&number?).cloned()
    }
}
