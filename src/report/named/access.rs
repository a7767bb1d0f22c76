//! `dbkeel report access`: who can reach each database, who can authenticate, who can administer and share, and when somebody
//! last looked; with columns to sign.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::model::{Cell, CellValue, Column, ColumnKind, Figure, NamedReport, Section, Tone};
use super::subject::{self, Of, Subject, Tally, day, days_between};
use crate::facts::catalogue::{
    AUTHENTICATION_REQUIRED, CUSTOMER_MANAGED_KEY, DATA_API, DELETION_PROTECTION, DIRECTORY, IAM_AUTHENTICATION,
    IAM_ROLES, INGRESS_CIDRS, INTERNET_ACCESS_GATEWAY, KEY_POLICY_PUBLIC, MASTER_PASSWORD_IN_STATE,
    MASTER_PASSWORD_MANAGED, MASTER_USERNAME, POLICY_FOREIGN_ACCOUNTS, POLICY_PUBLIC, PORT, PROXY_IAM_AUTHENTICATION,
    PROXY_ROLE, PROXY_TARGETS, PUBLICLY_ACCESSIBLE, ROTATION_PERIOD_DAYS, SECRET_LAST_USED_AT, SECRET_ROTATION,
    SECRET_SET_AT, SECURITY_GROUPS, SHARED_WITH, STORAGE_KEY, SUBNETS_WITH_INTERNET_ROUTE, TLS_REQUIRED,
};
use crate::model::{Domain, FactState, Kind, Text, Value, Verdict};

mod address;
pub mod review;

use review::{Review, Reviews};

/// Makes the report; without records of reviews, no review is on record.
pub fn report(subject: &Subject<'_>, reviews: Option<&Reviews>) -> NamedReport {
    let mut report = subject.report(
        "access",
        "Access report",
        "Who can reach each database, who can authenticate, who can administer and share it, and when somebody last looked.",
    );
    if let Some(reviews) = reviews {
        report.judged_by.push(format!("reviews {}", reviews.file()).into());
    }
    report.figures = figures(subject, reviews);
    report.sections = vec![reach(subject), authenticate(subject), secrets(subject), proxies(subject)];
    report.sections.extend([administer(subject), shared(subject), sign_off(subject, reviews)]);
    report
}

/// What can be reached over a network.
const SERVERS: &[Kind] = &[Kind::Instance, Kind::Cluster, Kind::ClusterMember, Kind::Workgroup];

/// Clusters whose members have the addresses.
const BY_MEMBERS: [&str; 3] = ["aws_rds_cluster", "aws_docdb_cluster", "aws_neptune_cluster"];

fn figures(subject: &Subject<'_>, reviews: Option<&Reviews>) -> Vec<Figure> {
    let mut reached = Tally::default();
    for of in subject.of_kinds(&[Kind::Instance, Kind::Cluster, Kind::Workgroup]) {
        reached.add(Some(match Exposure::of(&of) {
            Exposure::Not(_) => Verdict::Pass,
            Exposure::Open => Verdict::Fail,
            Exposure::Unknown(_) => Verdict::Unknown,
        }));
    }
    let databases = subject.stores().count();
    let reviewed = match reviews {
        None => Cell::unknown("no records of reviews were read; give `--reviews`"),
        Some(reviews) => {
            let count = subject.stores().filter(|of| reviews.last(of, subject.today()).is_some()).count();
            Cell::share(count, databases, "no database was read")
        }
    };
    vec![
        Figure::new("databases", "Databases and tables", Cell::count(databases)),
        reached.figure("not_reachable", "Not reachable from the internet"),
        Tally::of(subject.databases(), "iam_authentication").figure("iam", "Authenticate with IAM, where asked"),
        Tally::of(subject.databases(), "master_password_managed").figure("managed", "Master password managed"),
        Figure::new("reviewed", "Have a review on record", reviewed),
    ]
}

// ---- who can reach it

/// Whether the internet reaches a database.
enum Exposure {
    /// It does not; why.
    Not(&'static str),
    /// It does.
    Open,
    /// Something that would tell is not known; what.
    Unknown(Text),
}

impl Exposure {
    /// A public address, a rule that lets everyone in, and a route: one that is missing is enough to keep the internet out.
    fn of(of: &Of<'_>) -> Self {
        if of.known(INTERNET_ACCESS_GATEWAY) == Some(&Value::Bool(true)) {
            return Self::Open;
        }
        let states = [
            (of.state(PUBLICLY_ACCESSIBLE), "it has no public address"),
            (of.state(INGRESS_CIDRS), "no security group lets everyone in"),
            (of.state(SUBNETS_WITH_INTERNET_ROUTE), "its subnets have no route to the internet"),
        ];
        let mut unknown = None;
        let is_private = matches!(of.state(PUBLICLY_ACCESSIBLE), FactState::Missing(_));
        if is_private && !BY_MEMBERS.contains(&of.resource.resource_type) {
            return Self::Not("nothing of its type has a public address");
        }
        for (state, not) in states {
            match is_open(&state) {
                Some(false) => return Self::Not(not),
                Some(true) => {}
                None => unknown = unknown.or_else(|| why(&state)),
            }
        }
        unknown.map_or(Self::Open, Self::Unknown)
    }

    fn cell(self) -> Cell {
        match self {
            Self::Not(why) => Cell::status(format!("no: {why}"), Tone::Good),
            Self::Open => Cell::status("yes", Tone::Bad),
            Self::Unknown(why) => Cell::unknown(why),
        }
    }
}

/// Whether a part of the way in is open; `None` when that is not known.
fn is_open(state: &FactState) -> Option<bool> {
    match state {
        FactState::Known(Value::Bool(flag)) => Some(*flag),
        FactState::Known(Value::List(values)) => Some(is_any_open(values)),
        // What is known of a list may be enough.
        FactState::Partial(Value::List(values), _) if is_any_open(values) => Some(true),
        _ => None,
    }
}

/// Of address ranges those that are everywhere count; of subnets with a route, all.
fn is_any_open(values: &[Value]) -> bool {
    values.iter().filter_map(Value::as_str).any(|text| !text.contains('/') || address::is_everywhere(text))
}

fn why(state: &FactState) -> Option<Text> {
    match state {
        FactState::Partial(_, why) | FactState::Unknown(why) => Some(why.to_string().into()),
        FactState::Missing(_) => Some("the members have the addresses; each stands in a row of its own".into()),
        FactState::Known(_) => None,
    }
}

fn reach(subject: &Subject<'_>) -> Section {
    let mut columns = subject::columns();
    columns.extend([
        Column::new("from_the_internet", "From the internet", ColumnKind::Status),
        Column::new("public", "Public address", ColumnKind::Flag),
        Column::new("open_to", "Open to everyone", ColumnKind::List),
        Column::new("public_ranges", "Other public ranges", ColumnKind::List),
        Column::new("private_ranges", "Private ranges", ColumnKind::List).detail(),
        Column::new("port", "Port", ColumnKind::Number).detail(),
        Column::new("security_groups", "Security groups", ColumnKind::List).detail(),
        Column::new("routes", "Subnets with a route", ColumnKind::List).detail(),
        Column::new("gateway", "Internet gateway of the provider", ColumnKind::Flag).detail(),
        Column::new("data_api", "Data API", ColumnKind::Flag),
        Column::new("verdict", "Verdict", ColumnKind::Verdict),
        Column::new("path", "Path", ColumnKind::Text),
    ]);
    let mut rows: Vec<_> = subject
        .of_kinds(SERVERS)
        .map(|of| {
            let order = match Exposure::of(&of) {
                Exposure::Open => 0,
                Exposure::Unknown(_) => 1,
                Exposure::Not(_) => 2,
            };
            (order, of.row(reach_cells(&of)))
        })
        .collect();
    rows.sort_by_key(|(order, _)| *order);
    let mut section = Section::new("reach", "Who can reach it", columns, "No database was read.");
    section.rows = rows.into_iter().map(|(_, row)| row).collect();
    section = subject.seen(SERVERS, section);
    section.notes.push(
        "The internet reaches a database that has a public address, a security group that lets everyone in, and a subnet \
         with a route to an internet gateway. Peered networks, proxies and bastions are not looked at."
            .into(),
    );
    section
}

fn reach_cells(of: &Of<'_>) -> Vec<Cell> {
    let ranges = of.state(INGRESS_CIDRS);
    let of_sort = |sort| address::of_sort(&ranges, sort).unwrap_or_else(|| of.fact(INGRESS_CIDRS));
    let mut cells = of.head();
    cells.extend([
        Exposure::of(of).cell(),
        of.fact(PUBLICLY_ACCESSIBLE),
        of_sort(address::Sort::Everywhere),
        of_sort(address::Sort::Public),
        of_sort(address::Sort::Private),
        of.fact(PORT),
        of.fact(SECURITY_GROUPS),
        of.fact(SUBNETS_WITH_INTERNET_ROUTE),
        of.fact(INTERNET_ACCESS_GATEWAY),
        of.fact(DATA_API),
        of.worst(&["not_internet_reachable", "ingress_not_open", "not_publicly_accessible", "internet_gateway_off"]),
        path(of),
    ]);
    cells
}

/// The way in, as far as it is known: from whom, through which security groups, to which port.
fn path(of: &Of<'_>) -> Cell {
    let Some(ranges) = of.known(INGRESS_CIDRS) else { return of.why_not(INGRESS_CIDRS) };
    if ranges.as_list().is_some_and(<[Value]>::is_empty) {
        return Cell::missing("no address range is let in");
    }
    let known = |fact| of.known(fact).map(ToString::to_string).filter(|text| !text.is_empty());
    let from = ranges.as_list().unwrap_or_default();
    let widest =
        from.iter().filter_map(Value::as_str).min_by_key(|range| (address::sort(range), address::length(range)));
    let steps = [
        widest.map(str::to_owned),
        known(SECURITY_GROUPS),
        known(PORT).map(|port| format!("port {port}")),
        known(SUBNETS_WITH_INTERNET_ROUTE).map(|subnets| format!("{subnets} with a route to the internet")),
    ];
    Cell::text(steps.into_iter().flatten().collect::<Vec<_>>().join(" > "))
}

// ---- who can authenticate

fn authenticate(subject: &Subject<'_>) -> Section {
    let mut columns = subject::columns();
    columns.extend([
        Column::new("master_user", "Master user", ColumnKind::Text),
        Column::new("iam", "IAM", ColumnKind::Flag),
        Column::new("password_managed", "Password managed", ColumnKind::Flag),
        Column::new("password_rotated", "Rotated", ColumnKind::Instant),
        Column::new("password_in_state", "Password in state", ColumnKind::Flag),
        Column::new("directory", "Directory", ColumnKind::Identifier),
        Column::new("tls_required", "TLS required", ColumnKind::Flag),
        Column::new("authentication_required", "Asks who one is", ColumnKind::Flag).detail(),
        Column::new("verdict", "Verdict", ColumnKind::Verdict),
    ]);
    // A table has nobody who logs in: the provider's identities are all there are.
    let rows = subject.of_kinds(&[Kind::Instance, Kind::Cluster, Kind::Namespace]).map(|of| {
        let rotated = match of.known(MASTER_PASSWORD_MANAGED) {
            Some(Value::Bool(true)) => Cell::unknown("no fact tells when RDS last rotated a secret that it manages"),
            Some(_) => Cell::missing("the provider does not keep the password"),
            None => of.why_not(MASTER_PASSWORD_MANAGED),
        };
        let mut cells = of.head();
        cells.extend([
            of.fact(MASTER_USERNAME),
            of.fact(IAM_AUTHENTICATION),
            of.fact(MASTER_PASSWORD_MANAGED),
            rotated,
            of.fact(MASTER_PASSWORD_IN_STATE),
            directory(&of),
            of.fact(TLS_REQUIRED),
            of.fact(AUTHENTICATION_REQUIRED),
            of.worst(&[
                "authentication_required",
                "iam_authentication",
                "master_username_not_default",
                "master_password_managed",
                "master_password_not_in_state",
                "tls_required",
            ]),
        ]);
        of.row(cells)
    });
    let mut section = Section::new("authenticate", "Who can authenticate", columns, "No database was read.");
    section.rows = rows.collect();
    section.notes = vec!["Users and grants inside a database are not looked at.".into()];
    section
}

/// The fact is an empty text when it is joined to none, which is an answer.
fn directory(of: &Of<'_>) -> Cell {
    match of.text(DIRECTORY) {
        Some("") => Cell::list([]),
        _ => of.fact(DIRECTORY),
    }
}

fn secrets(subject: &Subject<'_>) -> Section {
    let mut columns = subject::columns_of("secret", "Secret");
    columns.extend([
        Column::new("rotated", "Rotated", ColumnKind::Flag),
        Column::number("every", "Every", "days"),
        Column::new("set_at", "Last set", ColumnKind::Instant),
        Column::number("age", "Age", "days"),
        Column::number("age_allowed", "Allowed", "days"),
        Column::new("last_used", "Last read", ColumnKind::Instant),
        Column::new("customer_managed_key", "Own key", ColumnKind::Flag),
        Column::new("verdict", "Verdict", ColumnKind::Verdict),
    ]);
    let rows = subject.of_kinds(&[Kind::Secret]).map(|of| {
        let age = of.at(SECRET_SET_AT).and_then(|at| days_between(day(at), subject.today()));
        let mut cells = of.short_head();
        cells.extend([
            of.fact(SECRET_ROTATION),
            of.fact(ROTATION_PERIOD_DAYS),
            of.instant(SECRET_SET_AT),
            age.map_or_else(|| of.why_not(SECRET_SET_AT), Cell::integer),
            of.asked("max_secret_age_days"),
            of.instant(SECRET_LAST_USED_AT),
            of.fact(CUSTOMER_MANAGED_KEY),
            of.worst(&["secret_rotation", "secret_rotated_in_time"]),
        ]);
        of.row(cells)
    });
    let none = "No secret that something logs in to a database with was read.";
    let section = Section::new("secrets", "Secrets of databases", columns, none).rows(rows.collect());
    subject.seen(&[Kind::Secret], section)
}

fn proxies(subject: &Subject<'_>) -> Section {
    let mut columns = subject::columns_of("proxy", "Proxy");
    columns.extend([
        Column::new("targets", "Before", ColumnKind::List),
        Column::new("iam", "IAM", ColumnKind::Flag),
        Column::new("tls_required", "TLS required", ColumnKind::Flag),
        Column::new("secrets_rotated", "Secrets rotated", ColumnKind::Flag),
        Column::new("role", "Role", ColumnKind::Identifier).detail(),
        Column::new("verdict", "Verdict", ColumnKind::Verdict),
    ]);
    let rows = subject.of_kinds(&[Kind::Proxy]).map(|of| {
        let mut cells = of.short_head();
        cells.extend([
            of.fact(PROXY_TARGETS),
            of.fact(PROXY_IAM_AUTHENTICATION),
            of.fact(TLS_REQUIRED),
            of.fact(SECRET_ROTATION),
            of.fact(PROXY_ROLE),
            of.worst(&["proxy_iam_authentication", "tls_required", "secret_rotation"]),
        ]);
        of.row(cells)
    });
    let section = Section::new("proxies", "Proxies", columns, "No proxy was read.").rows(rows.collect());
    subject.seen(&[Kind::Proxy], section)
}

// ---- who can administer and share

fn administer(subject: &Subject<'_>) -> Section {
    let mut columns = subject::columns();
    columns.extend([
        Column::new("deletion_protection", "Deletion protection", ColumnKind::Flag),
        Column::new("roles", "Roles that it may assume", ColumnKind::List),
        Column::new("customer_managed_key", "Own key", ColumnKind::Flag),
        Column::new("key", "Key", ColumnKind::Identifier).detail(),
        Column::new("key_public", "Key open to everyone", ColumnKind::Flag),
        Column::new("verdict", "Verdict", ColumnKind::Verdict),
    ]);
    let rows = subject.stores().map(|of| {
        let mut cells = of.head();
        cells.extend([
            of.fact(DELETION_PROTECTION),
            of.fact(IAM_ROLES),
            of.fact(CUSTOMER_MANAGED_KEY),
            of.fact(STORAGE_KEY),
            of.fact(KEY_POLICY_PUBLIC),
            of.worst(&["deletion_protection", "customer_managed_key", "key_policy_not_public", "key_account_approved"]),
        ]);
        of.row(cells)
    });
    let mut section = Section::new("administer", "Who can administer it", columns, "No database was read.");
    section.rows = rows.collect();
    section.notes = vec![
        "Not known: whose IAM policies allow to change, delete, snapshot or share a database. dbkeel collects no IAM \
         policies; review them in IAM Access Analyzer."
            .into(),
    ];
    section
}

/// What others than the account itself may restore, read or use.
fn shared(subject: &Subject<'_>) -> Section {
    const SHARED: &[Kind] = &[Kind::Snapshot, Kind::Secret, Kind::BackupVault, Kind::Table];
    let mut columns = subject::columns_of("name", "Name");
    columns.extend([
        Column::new("kind", "Kind", ColumnKind::Text),
        Column::new("public", "Open to everyone", ColumnKind::Flag),
        Column::new("shared_with", "Shared with", ColumnKind::List),
        Column::new("verdict", "Verdict", ColumnKind::Verdict),
    ]);
    let mut rows = Vec::new();
    let mut closed = 0_usize;
    for of in subject.of_kinds(SHARED) {
        let with = if of.resource.kind == Kind::Snapshot { SHARED_WITH } else { POLICY_FOREIGN_ACCOUNTS };
        let is_none = |state: FactState| match state {
            FactState::Known(Value::Bool(flag)) => !flag,
            FactState::Known(Value::List(values)) => values.is_empty(),
            FactState::Missing(_) => true,
            _ => false,
        };
        if is_none(of.state(with)) && (of.resource.kind == Kind::Snapshot || is_none(of.state(POLICY_PUBLIC))) {
            closed += 1;
            continue;
        }
        let public = match of.known(SHARED_WITH).and_then(Value::as_list) {
            Some(accounts) => accounts.iter().any(|account| account.as_str() == Some("all")).into(),
            None if of.resource.kind == Kind::Snapshot => of.why_not(SHARED_WITH),
            None => of.fact(POLICY_PUBLIC),
        };
        let tone = if public.value == CellValue::Flag(true) { Tone::Bad } else { Tone::Plain };
        let mut cells = of.short_head();
        cells.extend([
            Cell::text(of.resource.kind.as_str().replace('_', " ")),
            public.toned(tone),
            of.fact(with).toned(Tone::Attention),
            of.worst(&[
                "snapshot_not_public",
                "snapshot_sharing_approved",
                "resource_policy_not_public",
                "policy_accounts_approved",
            ]),
        ]);
        rows.push(of.row(cells));
    }
    let none = "No snapshot, secret, vault or table that was read is shared.";
    let mut section = subject.seen(SHARED, Section::new("shared", "What is shared", columns, none).rows(rows));
    if closed > 0 {
        section.notes.push(format!("Left out: {closed} that nobody else may use.").into());
    }
    section
}

// ---- who has looked

fn sign_off(subject: &Subject<'_>, reviews: Option<&Reviews>) -> Section {
    let mut columns = subject::columns();
    columns.extend([
        Column::new("failures", "Failures of access rules", ColumnKind::Number),
        Column::new("last_review", "Last review", ColumnKind::Date),
        Column::number("review_age", "Days ago", "days"),
        Column::new("last_reviewer", "By", ColumnKind::Text),
        Column::new("last_decision", "Decision", ColumnKind::Status),
        Column::new("ticket", "Ticket", ColumnKind::Identifier).detail(),
        Column::new("confirmed", "Access confirmed", ColumnKind::SignOff),
        Column::new("reviewer", "Reviewer", ColumnKind::SignOff),
        Column::new("signed_on", "Date", ColumnKind::SignOff),
    ]);
    let failures = failures(subject);
    let rows = subject.stores().map(|of| {
        let failed = failures.get(&(&*of.resource.id, of.resource.source)).copied().unwrap_or_default();
        let tone = if failed > 0 { Tone::Bad } else { Tone::Plain };
        let review = reviews.and_then(|reviews| reviews.last(&of, subject.today()));
        let mut cells = of.head();
        cells.push(Cell::count(failed).toned(tone));
        cells.extend(review_cells(subject, review, reviews.is_some()));
        cells.extend([Cell::blank(), Cell::blank(), Cell::blank()]);
        of.row(cells)
    });
    Section::new("sign_off", "Sign-off", columns, "No database was read.").rows(rows.collect())
}

fn review_cells(subject: &Subject<'_>, review: Option<&Review>, were_read: bool) -> [Cell; 5] {
    let Some(review) = review else {
        let none = if were_read { "no record" } else { "no record: no records of reviews were read" };
        return [(); 5].map(|()| Cell::missing(none));
    };
    let shared = |text: &Arc<str>| Text::Shared(Arc::clone(text));
    let age = days_between(review.reviewed, subject.today());
    [
        review.reviewed.into(),
        age.map_or_else(|| Cell::unknown("the days cannot be counted"), Cell::integer),
        Cell::text(shared(&review.reviewer)),
        Cell::status(review.decision.as_str(), Tone::Plain),
        review
            .ticket
            .as_ref()
            .map_or_else(|| Cell::missing("the record names none"), |text| Cell::identifier(text.clone())),
    ]
}

/// How many rules about access each resource fails, accepted failures too.
fn failures<'a>(subject: &'a Subject<'_>) -> BTreeMap<(&'a str, u32), usize> {
    let mut failures = BTreeMap::new();
    let findings = subject.results().findings(&[Verdict::Fail, Verdict::Waived]);
    for finding in findings.filter(|finding| finding.rule.domain == Domain::Access) {
        *failures.entry((&*finding.resource.id, finding.resource.source)).or_default() += 1;
    }
    failures
}
