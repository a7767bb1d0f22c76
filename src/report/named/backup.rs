//! `dbkeel report backup`: how each database can be brought back: to which moment, from which copies, and who has tried.

use jiff::Timestamp;

use super::model::{Cell, CellValue, Column, ColumnKind, Figure, NamedReport, Section, Tone};
use super::subject::{self, Of, Subject, Tally, day, days_between};
use crate::facts::FactId;
use crate::facts::catalogue::{
    BACKUP_EVENTS, BACKUP_OPT_IN, BACKUP_PLANS, BACKUP_RETENTION_DAYS, BACKUP_WINDOW, BACKUPS_REPLICATED,
    CUSTOMER_MANAGED_KEY, DAILY_BACKUP_RETENTION_DAYS, ENCRYPTED_AT_REST, ENGINE, IN_BACKUP_PLAN,
    LAST_AIR_GAPPED_BACKUP, LAST_RESTORE_TEST, LAST_SNAPSHOT_TIME, LATEST_RESTORABLE_TIME, MANUAL_SNAPSHOT,
    OBSERVED_AT, POLICY_FOREIGN_ACCOUNTS, RECOVERY_POINTS_UNDELETABLE, SHARED_WITH, SNAPSHOT_CREATED_AT,
};
use crate::model::{FactState, Kind, Value, Verdict};

const RETENTION: &str = "backup_retention";
const RECENT: &str = "recent_recovery_point";
const OF_SNAPSHOT: [&str; 5] = [
    "storage_encrypted",
    "customer_managed_key",
    "snapshot_not_public",
    "snapshot_sharing_approved",
    "manual_snapshot_age",
];

/// Makes the report.
pub fn report(subject: &Subject<'_>) -> NamedReport {
    let mut report = subject.report(
        "backup",
        "Backup report",
        "To which moment each database can be brought back, from which copies, who may restore those, and when that was \
         last tried.",
    );
    report.figures = figures(subject);
    report.sections = vec![recovery(subject), copies(subject), snapshots(subject), replications(subject)];
    report.sections.extend([vaults(subject), plans(subject), settings(subject)]);
    report
}

fn figures(subject: &Subject<'_>) -> Vec<Figure> {
    let mut measured: Vec<i64> = subject.stores().filter_map(|of| Rpo::of(&of).seconds()).collect();
    measured.sort_unstable();
    let none = "of no database the latest restorable time is known";
    let rpo = |at: Option<&i64>| at.map_or_else(|| Cell::unknown(none), |at| CellValue::Duration(*at).into());
    let databases = subject.stores().count();
    let untold = databases - measured.len();
    let with_rest = |figure: Figure| match untold {
        0 => figure,
        _ => figure.note(format!("of {untold} of {databases} databases it is not known")),
    };
    // The middle one; of an even count the worse of the two, so that nobody reads a recovery point that no database has.
    let median = measured.get(measured.len() / 2);
    vec![
        Figure::new("databases", "Databases and tables", Cell::count(databases)),
        flags(subject, "automated", "Have automated backups", BACKUP_RETENTION_DAYS),
        Tally::of(subject.stores(), RETENTION).figure("kept_long_enough", "Keep backups as long as the tier asks"),
        flags(subject, "in_backup_plan", "Protected by AWS Backup", IN_BACKUP_PLAN),
        flags(subject, "restore_tested", "Have a restore on record", LAST_RESTORE_TEST),
        with_rest(Figure::new("rpo_median", "Measured RPO, median", rpo(median))),
        with_rest(Figure::new("rpo_worst", "Measured RPO, worst", rpo(measured.last()))),
    ]
}

/// The share of databases of which a fact says yes, of those of which it is known.
fn flags(subject: &Subject<'_>, key: &'static str, title: &'static str, fact: FactId) -> Figure {
    let mut tally = Tally::default();
    for of in subject.stores() {
        match of.state(fact) {
            FactState::Known(value) => tally.add(Some(if is_yes(&value) { Verdict::Pass } else { Verdict::Fail })),
            // No restore on record is an answer; that a replica has no backups of its own is none.
            FactState::Missing(_) if fact == LAST_RESTORE_TEST && of.runs() => tally.add(Some(Verdict::Fail)),
            FactState::Missing(_) => tally.add(None),
            FactState::Partial(..) | FactState::Unknown(_) => tally.add(Some(Verdict::Unknown)),
        }
    }
    // Whether every database should have it, the baseline decides and not its share.
    let figure = tally.figure(key, title);
    Figure { value: figure.value.toned(Tone::Plain), ..figure }
}

fn is_yes(value: &Value) -> bool {
    match value {
        Value::Bool(flag) => *flag,
        Value::Integer(number) => *number > 0,
        Value::String(text) => !text.is_empty(),
        Value::List(values) => !values.is_empty(),
        Value::Map(values) => !values.is_empty(),
    }
}

// ---- how far back, and how recent

/// The recovery point that is measured: from when it was looked at, back to the latest restorable time.
enum Rpo {
    /// In seconds.
    Measured(i64),
    /// Why not.
    Not(Box<Cell>),
}

impl Rpo {
    fn of(of: &Of<'_>) -> Self {
        let not = |fact| Self::Not(Box::new(of.why_not(fact)));
        let Some(latest) = of.at(LATEST_RESTORABLE_TIME) else { return not(LATEST_RESTORABLE_TIME) };
        let Some(seen) = of.at(OBSERVED_AT) else { return not(OBSERVED_AT) };
        // The provider's clock may be a little ahead of the collector's.
        Self::Measured((seen.as_second() - latest.as_second()).max(0))
    }

    fn seconds(&self) -> Option<i64> {
        match self {
            Self::Measured(seconds) => Some(*seconds),
            Self::Not(_) => None,
        }
    }
}

fn recovery(subject: &Subject<'_>) -> Section {
    let mut columns = subject::columns();
    columns.extend([
        Column::number("retention_days", "Kept", "days"),
        Column::number("retention_asked", "Asked", "days"),
        Column::new("kept_long_enough", "Long enough", ColumnKind::Verdict),
        Column::new("window", "Window (UTC)", ColumnKind::Text),
        Column::new("latest_restorable", "Latest restorable", ColumnKind::Instant),
        Column::new("rpo", "RPO", ColumnKind::Duration),
        Column::new("rpo_asked", "RPO asked", ColumnKind::Duration),
        Column::new("recent_enough", "Recent enough", ColumnKind::Verdict),
        Column::new("last_restore", "Last restore test", ColumnKind::Instant),
        Column::number("restore_age", "Days ago", "days"),
    ]);
    let mut rows: Vec<_> = subject
        .databases()
        .map(|of| {
            let rpo = Rpo::of(&of);
            let order = (rank(&of), std::cmp::Reverse(rpo.seconds()));
            (order, of.row(recovery_cells(subject, &of, rpo)))
        })
        .collect();
    rows.sort_by_key(|(order, _)| *order);
    let mut section = Section::new("recovery", "Recovery", columns, "No database was read.");
    section.rows = rows.into_iter().map(|(_, row)| row).collect();
    section = subject.seen(&[Kind::Instance, Kind::Cluster, Kind::Table, Kind::Namespace], section);
    section.notes.extend([
        "The RPO is measured: the time from the latest restorable moment to when the database was looked at. One look says \
         nothing of the moments between looks."
            .into(),
        "Restore tests are restore jobs of AWS Backup; a restore that was made in another way is not on record.".into(),
    ]);
    section
}

/// What fails stands first.
fn rank(of: &Of<'_>) -> u8 {
    let verdicts = [of.judged(RETENTION), of.judged(RECENT)];
    let has = |verdict| verdicts.contains(&Some(verdict));
    match () {
        () if has(Verdict::Fail) => 0,
        () if has(Verdict::Error) || has(Verdict::Unknown) => 1,
        () if has(Verdict::Waived) => 2,
        () => 3,
    }
}

fn recovery_cells(subject: &Subject<'_>, of: &Of<'_>, rpo: Rpo) -> Vec<Cell> {
    let hours = of.parameter("max_recovery_point_age_hours");
    let asked = hours.map(|hours| Cell::from(CellValue::Duration(hours.saturating_mul(3_600))));
    let mut cells = of.head();
    cells.extend([
        of.fact(BACKUP_RETENTION_DAYS),
        of.asked("min_backup_retention_days"),
        of.verdict(RETENTION),
        of.fact(BACKUP_WINDOW),
        of.instant(LATEST_RESTORABLE_TIME),
        match rpo {
            Rpo::Measured(seconds) => CellValue::Duration(seconds).into(),
            Rpo::Not(why) => *why,
        },
        asked.unwrap_or_else(|| of.asked("max_recovery_point_age_hours")),
        of.verdict(RECENT),
        of.instant(LAST_RESTORE_TEST),
        age(subject, of, LAST_RESTORE_TEST),
    ]);
    cells
}

/// How many days ago something happened.
fn age(subject: &Subject<'_>, of: &Of<'_>, fact: FactId) -> Cell {
    let days = |at: Timestamp| days_between(day(at), subject.today());
    of.at(fact).and_then(days).map_or_else(|| of.why_not(fact), Cell::integer)
}

// ---- copies

fn copies(subject: &Subject<'_>) -> Section {
    let mut columns = subject::columns();
    columns.extend([
        Column::new("in_backup_plan", "AWS Backup", ColumnKind::Flag),
        Column::new("other_region", "In another region", ColumnKind::Flag),
        Column::new("air_gapped", "Air-gapped copy of", ColumnKind::Instant),
        Column::new("last_snapshot", "Newest snapshot of", ColumnKind::Instant),
        Column::new("encrypted", "Encrypted", ColumnKind::Flag),
        Column::new("customer_managed_key", "Own key", ColumnKind::Flag),
        Column::new("plan_verdict", "In a plan", ColumnKind::Verdict),
        Column::new("replicated_verdict", "Replicated", ColumnKind::Verdict),
    ]);
    let rows = subject.stores().map(|of| {
        let mut cells = of.head();
        cells.extend([
            of.fact(IN_BACKUP_PLAN),
            of.fact(BACKUPS_REPLICATED),
            air_gapped(&of),
            of.instant(LAST_SNAPSHOT_TIME),
            of.fact(ENCRYPTED_AT_REST),
            of.fact(CUSTOMER_MANAGED_KEY),
            of.verdict("in_backup_plan"),
            of.verdict("backups_replicated"),
        ]);
        of.row(cells)
    });
    let mut section = Section::new("copies", "Copies", columns, "No database was read.").rows(rows.collect());
    section.notes = vec![
        "Automated backups and snapshots are encrypted as their database is, with its key, unless the copy says otherwise \
         (https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html)."
            .into(),
    ];
    section
}

/// The fact is an empty text when there is none, which is an answer.
fn air_gapped(of: &Of<'_>) -> Cell {
    match of.text(LAST_AIR_GAPPED_BACKUP) {
        Some("") => Cell::list([]),
        _ => of.instant(LAST_AIR_GAPPED_BACKUP),
    }
}

fn snapshots(subject: &Subject<'_>) -> Section {
    let mut columns = subject::columns_of("snapshot", "Snapshot");
    columns.extend([
        Column::new("engine", "Engine", ColumnKind::Text),
        Column::new("taken_at", "Taken at", ColumnKind::Instant),
        Column::number("age", "Age", "days"),
        Column::new("manual", "Manual", ColumnKind::Flag),
        Column::new("encrypted", "Encrypted", ColumnKind::Flag),
        Column::new("customer_managed_key", "Own key", ColumnKind::Flag),
        Column::new("shared_with", "Shared with", ColumnKind::List),
        Column::new("verdict", "Verdict", ColumnKind::Verdict),
    ]);
    let rows = subject.of_kinds(&[Kind::Snapshot]).map(|of| {
        let shared = of.fact(SHARED_WITH);
        let is_shared = matches!(&shared.value, CellValue::List(with) if !with.is_empty());
        let mut cells = of.short_head();
        cells.extend([
            of.fact(ENGINE),
            of.instant(SNAPSHOT_CREATED_AT),
            age(subject, &of, SNAPSHOT_CREATED_AT),
            of.fact(MANUAL_SNAPSHOT),
            of.fact(ENCRYPTED_AT_REST),
            of.fact(CUSTOMER_MANAGED_KEY),
            if is_shared { shared.toned(Tone::Attention) } else { shared },
            of.worst(&OF_SNAPSHOT),
        ]);
        of.row(cells)
    });
    let section = Section::new("snapshots", "Snapshots", columns, "No snapshot was read.").rows(rows.collect());
    let mut section = subject.seen(&[Kind::Snapshot], section);
    section.notes.push("Of which database a snapshot is, no fact tells; its name often does.".into());
    section
}

fn replications(subject: &Subject<'_>) -> Section {
    let mut columns = subject::columns_of("replication", "Replicated backups");
    columns.push(Column::new("customer_managed_key", "Own key", ColumnKind::Flag));
    let rows = subject.of_kinds(&[Kind::BackupReplication]).map(|of| {
        let mut cells = of.short_head();
        cells.push(of.fact(CUSTOMER_MANAGED_KEY));
        of.row(cells)
    });
    let none = "No automated backup that is replicated to another region was read.";
    let section = Section::new("replications", "Backups in other regions", columns, none).rows(rows.collect());
    subject.seen(&[Kind::BackupReplication], section)
}

// ---- AWS Backup

fn vaults(subject: &Subject<'_>) -> Section {
    let mut columns = subject::columns_of("vault", "Vault");
    columns.extend([
        Column::new("undeletable", "Undeletable", ColumnKind::Flag),
        Column::new("customer_managed_key", "Own key", ColumnKind::Flag),
        Column::new("foreign_accounts", "Lets in", ColumnKind::List),
        Column::new("events", "Tells of", ColumnKind::List),
        Column::new("verdict", "Verdict", ColumnKind::Verdict),
    ]);
    let rows = subject.of_kinds(&[Kind::BackupVault]).map(|of| {
        let mut cells = of.short_head();
        cells.extend([
            of.fact(RECOVERY_POINTS_UNDELETABLE),
            of.fact(CUSTOMER_MANAGED_KEY),
            of.fact(POLICY_FOREIGN_ACCOUNTS),
            of.fact(BACKUP_EVENTS),
            of.worst(&["recovery_points_undeletable", "customer_managed_key", "backup_notifications"]),
        ]);
        of.row(cells)
    });
    let section = Section::new("vaults", "Vaults of AWS Backup", columns, "No vault was read.").rows(rows.collect());
    subject.seen(&[Kind::BackupVault], section)
}

fn plans(subject: &Subject<'_>) -> Section {
    let mut columns = subject::columns_of("plan", "Plan");
    columns.extend([
        Column::number("daily_retention", "Keeps daily backups", "days"),
        Column::new("verdict", "Verdict", ColumnKind::Verdict),
    ]);
    let rows = subject.of_kinds(&[Kind::BackupPlan]).map(|of| {
        let mut cells = of.short_head();
        cells.extend([of.fact(DAILY_BACKUP_RETENTION_DAYS), of.verdict("backup_plan_retention")]);
        of.row(cells)
    });
    let section = Section::new("plans", "Plans of AWS Backup", columns, "No plan was read.").rows(rows.collect());
    subject.seen(&[Kind::BackupPlan], section)
}

fn settings(subject: &Subject<'_>) -> Section {
    let mut columns = subject::columns_of("settings", "Settings");
    columns.extend([
        Column::new("opt_in", "Backs up", ColumnKind::List),
        Column::new("plans", "Plans", ColumnKind::Number),
        Column::new("verdict", "Verdict", ColumnKind::Verdict),
    ]);
    let rows = subject.of_kinds(&[Kind::BackupSettings]).map(|of| {
        let mut cells = of.short_head();
        let verdict = of.worst(&["backup_opt_in", "backup_plan_exists"]);
        cells.extend([of.fact(BACKUP_OPT_IN), of.fact(BACKUP_PLANS), verdict]);
        of.row(cells)
    });
    // Every region has them, so what is not there was not read.
    let none = "Not known: the settings of no region were read.";
    Section::new("settings", "AWS Backup by region", columns, none).rows(rows.collect())
}
