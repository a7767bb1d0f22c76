//! Shares of databases for which rules hold, now and run by run.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::fleet::{Fleet, Times};
use super::value::{Grouped, Kpi, Tally, share};
use crate::history::codes::Code;
use crate::history::error::Problem;
use crate::model::{Domain, Verdict};

/// How a database stands to some rules.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stand {
    /// Each of them that concerns it holds.
    Holds,
    /// One does not, waived or not.
    Fails,
    /// Nobody can tell.
    Unknown,
}

/// What is counted of a set of rules.
#[derive(Clone, Copy)]
struct Set {
    key: &'static str,
    title: &'static str,
    which: Which,
    note: &'static str,
}

#[derive(Clone, Copy)]
enum Which {
    Named(&'static str),
    Of(Domain),
}

const SETS: [Set; 5] = [
    Set {
        key: "patch_compliance",
        title: "On a compliant patch level",
        which: Which::Named("newest_minor_version"),
        note: "Databases whose minor version is recent enough for their tier (rule `newest_minor_version`).",
    },
    Set {
        key: "engine_support",
        title: "In standard support for long enough",
        which: Which::Named("engine_standard_support"),
        note: "Databases whose major version is supported for as long as their tier asks (rule `engine_standard_support`).",
    },
    Set {
        key: "backup_coverage",
        title: "Automated backups are on",
        which: Which::Named("backups_enabled"),
        note: "Databases with automated backups (rule `backups_enabled`); replicas are backed up with their source.",
    },
    Set {
        key: "backup_plan_coverage",
        title: "A backup plan protects it",
        which: Which::Named("in_backup_plan"),
        note: "Databases that the provider's backup service protects (rule `in_backup_plan`).",
    },
    Set {
        key: "encryption",
        title: "Encrypted as the baseline asks",
        which: Which::Of(Domain::Encryption),
        note: "Databases for which every rule on encryption that concerns them holds; a waived failure is not encrypted.",
    },
];

/// The shares, by their keys.
pub(super) fn kpis(fleet: &Fleet<'_>) -> Result<BTreeMap<&'static str, Kpi>, Problem> {
    let uses = Uses::read(fleet)?;
    let mut counts: Vec<Counts> = SETS.iter().map(|_| Counts::new(fleet.runs.len())).collect();
    let mut pieces: Vec<Vec<(Times, Verdict)>> = vec![Vec::new(); SETS.len()];
    let mut of_resource = None;
    let sql = "SELECT resource, rule, first_run, last_run, verdict FROM verdicts WHERE rule IN (SELECT value FROM json_each(?1))";
    let mut statement = fleet.history.connection.prepare(sql)?;
    let mut rows = statement.query([uses.numbers()])?;
    while let Some(row) = rows.next()? {
        let resource: i64 = row.get(0)?;
        // Rows stand in the order of resources.
        if of_resource != Some(resource) {
            settle(fleet, of_resource, &mut pieces, &mut counts);
            of_resource = Some(resource);
        }
        let Some((set, used)) = uses.sets.get(&row.get(1)?) else { continue };
        let Some(times) = fleet.times(row.get(2)?, row.get(3)?) else { continue };
        let Code(verdict) = row.get(4)?;
        if let Some(of_set) = pieces.get_mut(*set) {
            of_set.extend(used.iter().filter_map(|used| both(times, *used)).map(|times| (times, verdict)));
        }
    }
    settle(fleet, of_resource, &mut pieces, &mut counts);
    Ok(SETS.iter().zip(&counts).map(|(set, counts)| (set.key, counts.kpi(fleet, *set))).collect())
}

/// Counts a resource, of whose verdicts all are there.
fn settle(fleet: &Fleet<'_>, resource: Option<i64>, pieces: &mut [Vec<(Times, Verdict)>], counts: &mut [Counts]) {
    let database = resource.and_then(|id| fleet.resources.get(&id)).filter(|database| database.is_database);
    for (of_set, counts) in pieces.iter_mut().zip(counts) {
        let of_set = std::mem::take(of_set);
        let Some(database) = database else { continue };
        for (times, stand) in stands(&of_set) {
            for times in database.seen.iter().filter_map(|seen| both(times, *seen)) {
                counts.over(times, stand);
                if times.1 == fleet.latest() {
                    counts.now.add(database, |tally| tally.add(known(stand)));
                }
            }
        }
    }
}

fn known(stand: Stand) -> Option<bool> {
    match stand {
        Stand::Holds => Some(true),
        Stand::Fails => Some(false),
        Stand::Unknown => None,
    }
}

/// How a database stands from time to time, from the verdicts of the rules; where none applies, it does not count.
fn stands(pieces: &[(Times, Verdict)]) -> Vec<(Times, Stand)> {
    let mut edges: Vec<usize> = pieces.iter().flat_map(|((first, last), _)| [*first, last + 1]).collect();
    edges.sort_unstable();
    edges.dedup();
    let stand = |edge: &[usize]| {
        let [first, end] = edge else { return None };
        let here = pieces.iter().filter(|((from, to), _)| from <= first && first <= to);
        let stand = here.fold(None, |stand, (_, verdict)| worse(stand, *verdict))?;
        Some(((*first, end - 1), stand))
    };
    edges.windows(2).filter_map(stand).collect()
}

fn worse(stand: Option<Stand>, verdict: Verdict) -> Option<Stand> {
    match (stand, verdict) {
        (Some(Stand::Fails), _) | (_, Verdict::Fail | Verdict::Waived) => Some(Stand::Fails),
        (Some(Stand::Unknown), _) | (_, Verdict::Unknown | Verdict::Error) => Some(Stand::Unknown),
        (Some(Stand::Holds), _) | (_, Verdict::Pass) => Some(Stand::Holds),
        (None, Verdict::NotApplicable) => None,
    }
}

/// What two times have in common.
pub(super) fn both(one: Times, other: Times) -> Option<Times> {
    let times = (one.0.max(other.0), one.1.min(other.1));
    (times.0 <= times.1).then_some(times)
}

/// How many databases, now by group and run by run.
struct Counts {
    now: Grouped<Tally>,
    /// Changes of the part and of the whole, from run to run.
    part: Vec<i64>,
    whole: Vec<i64>,
}

impl Counts {
    fn new(runs: usize) -> Self {
        Self { now: Grouped::default(), part: vec![0; runs + 1], whole: vec![0; runs + 1] }
    }

    fn over(&mut self, times: Times, stand: Stand) {
        if stand != Stand::Unknown {
            change(&mut self.whole, times);
        }
        if stand == Stand::Holds {
            change(&mut self.part, times);
        }
    }

    fn kpi(&self, fleet: &Fleet<'_>, set: Set) -> Kpi {
        let why = match set.which {
            Which::Named(rule) => format!("the rule `{rule}` judged no database in the last run"),
            Which::Of(domain) => format!("no rule on {domain} judged a database in the last run"),
        };
        let trend = running(&self.part).zip(running(&self.whole)).map(|(part, whole)| share(part, whole));
        Kpi::new(set.key, set.title, "%").of(&self.now, &why).trend(fleet.trend(trend)).note(set.note)
    }
}

/// Adds one from the first run of a time to its last.
pub(super) fn change(changes: &mut [i64], (first, last): Times) {
    if let Some(slot) = changes.get_mut(first) {
        *slot += 1;
    }
    if let Some(slot) = changes.get_mut(last + 1) {
        *slot -= 1;
    }
}

/// How many there are in each run.
pub(super) fn running(changes: &[i64]) -> impl Iterator<Item = usize> + '_ {
    changes.iter().scan(0i64, |sum, change| {
        *sum += change;
        Some(usize::try_from(*sum).unwrap_or_default())
    })
}

/// To which set rules belong, and when they were used.
struct Uses {
    sets: FxHashMap<i64, (usize, Vec<Times>)>,
}

impl Uses {
    fn read(fleet: &Fleet<'_>) -> Result<Self, Problem> {
        let sql =
            "SELECT id, name, domain, first_run, last_run FROM rules JOIN rule_uses ON rule_uses.rule = id ORDER BY id";
        let mut statement = fleet.history.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut sets: FxHashMap<i64, (usize, Vec<Times>)> = FxHashMap::default();
        while let Some(row) = rows.next()? {
            let (name, domain): (Arc<str>, Arc<str>) = (row.get(1)?, row.get(2)?);
            let set = SETS.iter().position(|set| match set.which {
                Which::Named(rule) => rule == name.as_ref(),
                Which::Of(of) => of.as_str() == domain.as_ref(),
            });
            let Some(set) = set else { continue };
            sets.entry(row.get(0)?)
                .or_insert_with(|| (set, Vec::new()))
                .1
                .extend(fleet.times(row.get(3)?, row.get(4)?));
        }
        Ok(Self { sets })
    }

    /// Their numbers as a list of JSON.
    fn numbers(&self) -> String {
        let mut numbers: Vec<i64> = self.sets.keys().copied().collect();
        numbers.sort_unstable();
        serde_json::Value::from(numbers).to_string()
    }
}
