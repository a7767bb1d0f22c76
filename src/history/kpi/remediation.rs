//! How long findings were open, by severity, and how many are overdue.

use std::sync::Arc;

use super::fleet::{DAY, Fleet};
use super::spread::{Told, number, percentile};
use super::value::{Grouped, Kpi, KpiValue, Tally};
use crate::history::codes::Code;
use crate::history::error::Problem;
use crate::model::{Severity, Verdict};

/// The figures of one severity.
struct Of {
    severity: Severity,
    lead: &'static str,
    lead_title: &'static str,
    within: &'static str,
    within_title: &'static str,
    open: &'static str,
    open_title: &'static str,
    /// The name of its target: so many days.
    target: &'static str,
}

macro_rules! severities {
    ($($severity:ident $word:literal $title:literal),+) => {
        [$(Of {
            severity: Severity::$severity,
            lead: concat!("remediation_days_", $word),
            lead_title: concat!($title, " findings: mean days from opened to fixed"),
            within: concat!("remediation_in_time_", $word),
            within_title: concat!($title, " findings fixed in time"),
            open: concat!("open_findings_", $word),
            open_title: concat!($title, " findings open"),
            target: concat!("remediation_days_", $word),
        }),+]
    };
}

/// The gravest first; nobody promises a time for what is merely worth knowing.
const SEVERITIES: [Of; 4] =
    severities!(Critical "critical" "Critical", High "high" "High", Medium "medium" "Medium", Low "low" "Low");

/// What is counted of one severity.
#[derive(Default)]
struct Counted {
    /// The seconds from opened to fixed.
    took: Grouped<Vec<i64>>,
    in_time: Grouped<Tally>,
    /// The seconds since they were opened, of those that still are.
    open: Grouped<Vec<i64>>,
}

/// How long findings were open that were fixed in the period, whether in time, and how many are open.
pub(super) fn kpis(fleet: &Fleet<'_>) -> Result<Vec<Kpi>, Problem> {
    let mut counted: Vec<Counted> = SEVERITIES.iter().map(|_| Counted::default()).collect();
    let aim = |of: &Of| fleet.targets.get(of.target).map(|days| days * DAY);
    let mut count = |row: &Row, next: Option<&Row>| {
        let Some(opened) = row.opened else { return };
        let Some(position) = SEVERITIES.iter().position(|of| of.severity == row.severity) else { return };
        let (Some(of), Some(counted)) = (SEVERITIES.get(position), counted.get_mut(position)) else { return };
        let groups = fleet.resources.get(&row.resource).map(|resource| resource.groups()).unwrap_or_default();
        let since = fleet.at(opened).unwrap_or_default();
        if row.last_run.is_none() {
            // What somebody accepted is counted among the waivers.
            if row.verdict != Verdict::Waived {
                counted.open.add_as(&groups, |open| open.push((fleet.now() - since).max(0)));
            }
            return;
        }
        let follows = |next: &&Row| next.key() == row.key() && Some(next.first_run - 1) == row.last_run;
        let fixed = next.filter(follows).filter(|next| next.opened.is_none());
        let Some(at) = fixed.and_then(|next| fleet.at(next.first_run)).filter(|at| *at > fleet.since) else { return };
        let took = (at - since).max(0);
        counted.took.add_as(&groups, |all| all.push(took));
        if let Some(aim) = aim(of) {
            counted.in_time.add_as(&groups, |tally| tally.add(Some(took <= aim)));
        }
    };
    // Rows of what was never found are most, and tell nothing here.
    let sql =
        "SELECT resource, rule, first_run, last_run, severity, opened, verdict FROM verdicts WHERE found IS NOT NULL";
    let mut statement = fleet.history.connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    let mut before: Option<Row> = None;
    while let Some(row) = rows.next()? {
        let row = Row::read(row)?;
        if let Some(before) = &before {
            count(before, Some(&row));
        }
        before = Some(row);
    }
    if let Some(last) = &before {
        count(last, None);
    }
    Ok(SEVERITIES.iter().zip(&counted).flat_map(|(of, counted)| counted.kpis(of, fleet)).collect())
}

impl Counted {
    fn kpis(&self, of: &Of, fleet: &Fleet<'_>) -> [Kpi; 3] {
        let none = format!("no {} finding was fixed in the period", of.severity);
        let lead = Kpi::new(of.lead, of.lead_title, "days").lower().of_numbers(&self.took, (Told::Mean, DAY), &none);
        let worst = percentile(&mut self.took.all.clone(), 95);
        let lead = match worst {
            Some(worst) => lead.note(format!("95% of them within {:.1} days.", days(worst))),
            None => lead,
        };
        let aim = fleet.targets.get(of.target).copied();
        let no_aim = format!("the baseline has no target `{}`", of.target);
        let in_time = Kpi::new(of.within, of.within_title, "%");
        let in_time = in_time.of(&self.in_time, if aim.is_some() { &none } else { &no_aim });
        let open = Kpi::new(of.open, of.open_title, "").lower();
        [lead, in_time, self.open(open, aim)]
    }

    /// How many are open: none is a number, as long as a run judged.
    fn open(&self, kpi: Kpi, aim: Option<i64>) -> Kpi {
        let count = |open: &Vec<i64>| {
            #[expect(clippy::cast_precision_loss, reason = "a fleet has less than 2^52 findings")]
            KpiValue::Number { value: open.len() as f64, of: open.len() }
        };
        let groups = self.open.groups.iter().map(|((by, name), open)| super::Group {
            by: *by,
            name: Arc::clone(name),
            value: count(open),
        });
        let median = number(&self.open.all, Told::Percentile(50), DAY);
        let late = aim.map(|aim| self.open.all.iter().filter(|age| **age > aim * DAY).count());
        let note = match (median, late) {
            (None, _) => None,
            (Some(median), None) => Some(format!("Half of them for {median:.1} days or less.")),
            (Some(median), Some(late)) => Some(format!("Half of them for {median:.1} days or less; {late} overdue.")),
        };
        Kpi { value: count(&self.open.all), groups: groups.collect(), note, ..kpi }
    }
}

fn days(seconds: i64) -> f64 {
    number(&[seconds], Told::Mean, DAY).unwrap_or_default()
}

/// A row of a verdict that has a finding behind it.
struct Row {
    resource: i64,
    rule: i64,
    first_run: i64,
    last_run: Option<i64>,
    severity: Severity,
    opened: Option<i64>,
    verdict: Verdict,
}

impl Row {
    fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        let severity: Option<Code<Severity>> = row.get(4)?;
        let Code(verdict) = row.get(6)?;
        Ok(Self {
            resource: row.get(0)?,
            rule: row.get(1)?,
            first_run: row.get(2)?,
            last_run: row.get(3)?,
            severity: severity.map_or(Severity::Info, |Code(severity)| severity),
            opened: row.get(5)?,
            verdict,
        })
    }

    fn key(&self) -> (i64, i64) {
        (self.resource, self.rule)
    }
}
