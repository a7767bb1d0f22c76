//! Canonical results for the golden tests of every format: everything at once, and nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Format, ReportOptions};
use crate::facts::{FactId, catalogue};
use crate::model::{
    BaselineFile, Before, Change, ChangeAction, Coming, Domain, DriftReport, Fact, FactMap, FactPath, FactState, Facts,
    FindingAge, Gap, HistoryReport, Identity, IdleComment, Kind, Location, Origin, Outcome, ParameterSpec,
    ParameterType, Place, Places, PlanDrift, Provider, Region, Related, Remediation, Resource, Results, Rule,
    RuleVerdicts, RunInfo, Scope, SetBy, Severity, Since, SourceInfo, SourceKind, Text, Tier, TierAssignment, Unknown,
    Value, Verdict, WaivedBy, WaiverRemark, WaiverReport, WaiverState, WaiverUse,
};

mod drift;
mod frameworks;
mod outputs;

pub(crate) use drift::{audited, drifted, many_drifts, uncompared, undrifted};

/// What a hostile resource name and message hold: a break-out for every format.
pub(crate) const HOSTILE: &str =
    "aws_db_instance.x[\"</td><script>alert(1)</script>|`a`@octocat](https://evil.example)\u{202e}\u{1b}[31m\n\"]";

/// Renders with default options.
pub(crate) fn render(format: &str, results: &Results) -> String {
    render_with(format, results, &ReportOptions::default())
}

/// Renders with the given options.
pub(crate) fn render_with(format: &str, results: &Results, options: &ReportOptions) -> String {
    let mut out = Vec::new();
    format.parse::<Format>().unwrap().write(results, options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// A run that read one source without databases.
pub(crate) fn nothing() -> Results {
    Results {
        run: run(),
        baseline_files: vec![baseline_file("baselines/standard.yaml", "b")],
        sources: vec![source("tfplan.json", SourceKind::TerraformPlan)],
        tiers: tiers(),
        resources: Vec::new(),
        assignments: Vec::new(),
        rules: rules().pop().into_iter().collect(),
        verdicts: vec![RuleVerdicts { rule: 0, outcomes: Vec::new(), verdicts: Vec::new() }],
        gaps: Vec::new(),
        drift: DriftReport::default(),
        resources_seen: 7,
        coming: Vec::new(),
        places: Places::default(),
        waivers: None,
        frameworks: Vec::new(),
        accounts: BTreeMap::new(),
        history: None,
        standing: None,
    }
}

/// Every verdict, every severity, every state of a fact, hostile text, gaps, drift, two sources, two tiers.
pub(crate) fn everything() -> Results {
    let resources = resources();
    Results {
        run: run(),
        baseline_files: vec![
            baseline_file("policy/team baseline.yaml", "e"),
            baseline_file("baselines/standard.yaml", "b"),
        ],
        sources: vec![
            source("plans/prod network/tfplan.json", SourceKind::TerraformPlan),
            source("/home/ci/state.json", SourceKind::TerraformState),
        ],
        tiers: tiers(),
        assignments: (0..resources.len() as u16)
            .map(|position| match position % 2 {
                0 => TierAssignment { tier: 0, reason: "tag tier=tier-1".into() },
                _ => TierAssignment { tier: 1, reason: "default".into() },
            })
            .collect(),
        resources,
        rules: rules(),
        verdicts: verdicts(),
        gaps: vec![Gap {
            place: "plans/broken.json".into(),
            reason: Text::Static("the file ends in the middle of an object"),
        }],
        drift: DriftReport { drifts: crate::drift::of_plans(&[], drift()), comparison: None },
        resources_seen: 41,
        coming: coming(),
        places: places(),
        waivers: Some(waivers()),
        frameworks: frameworks::sample(),
        accounts: BTreeMap::new(),
        history: Some(history()),
        standing: None,
    }
}

/// One finding that is old, one that came back, one of today; the run before.
fn history() -> HistoryReport {
    let age = |first: &str, opened: &str, days, reopened| FindingAge {
        first_seen: first.into(),
        opened: opened.into(),
        last_seen: "2026-11-22T06:00:00Z".into(),
        age_days: days,
        reopened,
    };
    let old = age("2026-11-01T06:00:00Z", "2026-11-01T06:00:00Z", 21, 0);
    let back = age("2026-09-01T06:00:00Z", "2026-11-21T06:00:00Z", 1, 2);
    let today = age("2026-11-22T06:00:00Z", "2026-11-22T06:00:00Z", 0, 0);
    let open: Vec<(u32, u32)> = verdicts()
        .iter()
        .flat_map(|of_rule| {
            let is_open =
                |outcome: u32| matches!(of_rule.outcomes[outcome as usize].verdict, Verdict::Fail | Verdict::Waived);
            of_rule
                .verdicts
                .iter()
                .filter(move |(_, outcome)| is_open(*outcome))
                .map(|(resource, _)| (of_rule.rule as u32, *resource))
        })
        .collect();
    HistoryReport {
        file: "fleet.history.sqlite".into(),
        run: 62,
        since: Some(Since {
            run: 61,
            as_of: "2026-11-21T06:00:00Z".into(),
            new: 2,
            fixed: 3,
            not_evaluated: 1,
            ..Since::default()
        }),
        ages: open.into_iter().zip([old, back, today].into_iter().cycle()).collect(),
        // `DBK-ACC-001` on `aws_db_instance.z` was mended today.
        closed: vec![(0, 4)],
    }
}

/// As many findings of one rule as asked for, each on a resource of its own with a message of its own.
pub(crate) fn many(findings: u32) -> Results {
    let mut results = nothing();
    results.resources = (0..findings).map(|position| instance(&format!("aws_db_instance.db[{position:05}]"))).collect();
    results.assignments = vec![TierAssignment { tier: 0, reason: "default".into() }; findings as usize];
    let message = |position| Arc::from(format!("keeps {position} days of backups; tier-1 asks for 35"));
    results.verdicts = vec![RuleVerdicts {
        rule: 0,
        outcomes: (0..findings)
            .map(|position| outcome(Verdict::Fail, vec![message(position)], vec![FactState::Known(0i64.into())]))
            .collect(),
        verdicts: (0..findings).map(|position| (position, position)).collect(),
    }];
    results
}

/// A change that makes a rule fail, and one that makes a failure graver.
fn coming() -> Vec<Coming> {
    let rule = |id: &str| rules().into_iter().find(|rule| *rule.id == *id).unwrap();
    vec![
        Coming {
            from: "2027-01-01".into(),
            reasons: vec!["the audit of 2027".into()],
            rule: rule("DBK-RET-001"),
            severity: Severity::High,
            today: None,
            messages: vec!["keeps 14 days of backups; tier-2 asks for 35".into()],
            resources: vec![3, 6],
        },
        Coming {
            from: "2027-07-01".into(),
            reasons: Vec::new(),
            rule: rule("DBK-LOG-001"),
            severity: Severity::Critical,
            today: Some(Severity::Low),
            messages: vec!["exports no logs".into()],
            resources: vec![3],
        },
    ]
}

fn run() -> RunInfo {
    RunInfo {
        version: "0.1.0".into(),
        as_of: "2026-11-22T06:00:00Z".into(),
        baseline: "standard".into(),
        baseline_sha256: "b".repeat(64).into(),
        policies_sha256: "a".repeat(64).into(),
        fail_on: Severity::High,
    }
}

fn baseline_file(path: &str, digit: &str) -> BaselineFile {
    BaselineFile { path: path.into(), sha256: digit.repeat(64).into() }
}

fn source(path: &str, kind: SourceKind) -> SourceInfo {
    SourceInfo { path: path.into(), kind, tool_version: Some("1.9.8".into()), sha256: Some("c".repeat(64).into()) }
}

fn tiers() -> Vec<Tier> {
    let tier = |name: &str, description: &str, days: i64| Tier {
        name: name.into(),
        description: description.into(),
        parameters: BTreeMap::from([("min_backup_retention_days".into(), Value::Integer(days))]),
        severity: BTreeMap::new(),
    };
    let mut second = tier("tier-2", "everything else", 7);
    // The baseline takes these less seriously there.
    second.severity = BTreeMap::from([("DBK-ACC-001".into(), Severity::High), ("DBK-OWN-001".into(), Severity::Low)]);
    vec![tier("tier-1", "what the business stops without", 35), second]
}

fn path(fact: FactId, key: Option<&str>) -> FactPath {
    FactPath { before: false, fact, key: key.map(Arc::from) }
}

fn rules() -> Vec<Arc<Rule>> {
    let rule = |id: &str, name: &str, domain, title: &str, severity, reads: Vec<FactPath>| Rule {
        id: id.into(),
        name: name.into(),
        domain,
        title: title.into(),
        description: format!("Why `{name}` matters to the owner of a database.").into(),
        severity,
        covers: vec![format!("{}-control", name.replace('_', "-")).into()],
        aliases: Vec::new(),
        parameters: BTreeMap::new(),
        remediation: Remediation { terraform: BTreeMap::new(), text: format!("Mend {name}.").into() },
        reads,
        optional: Vec::new(),
        monotone: Vec::new(),
        at_least: Vec::new(),
        at_most: Vec::new(),
        per_element: false,
        applicability: None,
        kinds: vec![Kind::Instance, Kind::Cluster],
        path: format!("policies/{domain}/{name}.rego").into(),
        user: false,
    };
    let mut retention = rule(
        "DBK-RET-001",
        "backup_retention",
        Domain::Retention,
        "Backups are kept long enough",
        Severity::High,
        vec![path(catalogue::BACKUP_RETENTION_DAYS, None)],
    );
    retention.aliases = vec!["DBK-RET-000".into()];
    retention.parameters.insert("min_backup_retention_days".into(), retention_parameter());
    retention.remediation.terraform.insert(
        "aws_db_instance".into(),
        BTreeMap::from([("backup_retention_period".into(), "{{ min_backup_retention_days }}".into())]),
    );
    let reads = |fact| vec![path(fact, None)];
    let mut rules = vec![
        retention,
        rule(
            "DBK-ACC-001",
            "not_public",
            Domain::Access,
            "Databases have no public address",
            Severity::Critical,
            vec![path(catalogue::PUBLICLY_ACCESSIBLE, None), path(catalogue::INGRESS_CIDRS, None)],
        ),
        rule(
            "DBK-OWN-001",
            "owner_named",
            Domain::Ownership,
            "Databases name their owner",
            Severity::Medium,
            vec![path(catalogue::TAGS, Some("owner"))],
        ),
        rule(
            "DBK-LOG-001",
            "logs_exported",
            Domain::Logging,
            "Logs are kept",
            Severity::Low,
            reads(catalogue::LOG_EXPORTS),
        ),
        rule(
            "DBK-AVA-001",
            "multi_zone",
            Domain::Availability,
            "A second zone takes over",
            Severity::Info,
            reads(catalogue::MULTI_AZ),
        ),
        rule(
            "DBK-PAR-001",
            "audit_on",
            Domain::Parameters,
            "The audit log is on",
            Severity::High,
            vec![path(catalogue::PARAMETERS, Some("pgaudit.log"))],
        ),
    ];
    rules.sort_by(|a, b| a.id.cmp(&b.id));
    rules.into_iter().map(Arc::new).collect()
}

fn retention_parameter() -> ParameterSpec {
    ParameterSpec {
        ty: ParameterType::Integer,
        unit: Some("days".into()),
        default: Value::Integer(7),
        minimum: Some(0),
        values: Vec::new(),
        maximum: Some(35),
        description: None,
    }
}

fn instance(id: &str) -> Resource {
    Resource {
        id: id.into(),
        kind: Kind::Instance,
        provider: Provider::Aws,
        resource_type: "aws_db_instance",
        name: None,
        identity: Identity::default(),
        module_sources: None,
        scope: Scope { account: None, region: Some("eu-central-1".into()) },
        facts: facts(),
        before: Before::None(Text::Static("the plan creates it")),
        change: Some(change(ChangeAction::Create)),
        location: Location { file: "plans/prod network/tfplan.json".into(), region: None },
        source: 0,
    }
}

fn change(action: ChangeAction) -> Change {
    Change {
        action,
        importing: false,
        reason: None,
        replace_attributes: Vec::new(),
        changed_attributes: Vec::new(),
        previous_address: None,
        deposed: None,
    }
}

fn facts() -> Facts {
    let mut facts = Facts::default();
    facts.set(
        catalogue::BACKUP_RETENTION_DAYS,
        Fact::new(FactState::Known(1i64.into()), Origin::attribute("backup_retention_period", SetBy::Source)),
    );
    facts.set(
        catalogue::INGRESS_CIDRS,
        Fact::new(
            FactState::Known(Value::set(["0.0.0.0/0".into()])),
            Origin {
                attribute: "ingress.cidr_blocks",
                resource: Some("aws_security_group.open".into()),
                set_by: SetBy::Inherited,
            },
        ),
    );
    let owner = Fact::new(FactState::Known("db-team".into()), Origin::attribute("tags.owner", SetBy::Source));
    facts.set_map(
        catalogue::TAGS,
        FactMap {
            entries: [("owner".into(), owner)].into_iter().collect(),
            rest: FactState::Missing(Text::Static("no such tag")),
            origin: Origin::attribute("tags", SetBy::Source),
        },
    );
    facts
}

fn resources() -> Vec<Resource> {
    let mut replaced = instance("module.prod[\"eu\"].aws_db_instance.main");
    replaced.name = Some("main".into());
    replaced.scope.account = Some("111122223333".into());
    replaced.change = Some(change(ChangeAction::DeleteThenCreate));
    replaced.facts.set(
        catalogue::BACKUP_RETENTION_DAYS,
        Fact::new(FactState::Known(1i64.into()), Origin::attribute("backup_retention_period", SetBy::Default)),
    );
    let mut formula = instance("aws_rds_cluster.zoo");
    formula.kind = Kind::Cluster;
    formula.resource_type = "aws_rds_cluster";
    formula.name = Some("=HYPERLINK(\"https://evil.example\")".into());
    formula.location = Location {
        file: "modules/db/main.tf".into(),
        region: Some(Region { start_line: 12, start_column: 3, end_line: 12, end_column: 30 }),
    };
    let mut from_state = instance("aws_db_instance.z");
    from_state.change = None;
    from_state.source = 1;
    from_state.location = Location { file: "/home/ci/state.json".into(), region: None };
    let mut resources = vec![
        instance("aws_db_instance.a"),
        instance("aws_db_instance.b[0]"),
        instance("aws_db_instance.b[1]"),
        instance(HOSTILE),
        formula,
        from_state,
        replaced,
    ];
    resources.sort_by(|a, b| a.id.cmp(&b.id));
    resources
}

fn outcome(verdict: Verdict, messages: Vec<Arc<str>>, facts: Vec<FactState>) -> Outcome {
    Outcome { verdict, messages, waived_by: None, facts }
}

/// By rule: ACC-001, AVA-001, LOG-001, OWN-001, PAR-001, RET-001. By resource: a, b[0], b[1], hostile, z, zoo, main.
fn verdicts() -> Vec<RuleVerdicts> {
    let known = |value: Value| FactState::Known(value);
    let open: Value = Value::set(["0.0.0.0/0".into()]);
    let of_rule =
        |rule, outcomes, verdicts: &[(u32, u32)]| RuleVerdicts { rule, outcomes, verdicts: verdicts.to_vec() };
    let keeps = |days: i64, tier: &str, asked: i64| {
        let text = match days {
            1 => format!("keeps 1 day of backups; {tier} asks for {asked}"),
            _ => format!("keeps {days} days of backups; {tier} asks for {asked}"),
        };
        outcome(Verdict::Fail, vec![text.into()], vec![FactState::Known(days.into())])
    };
    vec![
        of_rule(
            0,
            vec![
                outcome(Verdict::Pass, vec![], vec![known(false.into()), known(Value::set([]))]),
                outcome(
                    Verdict::Fail,
                    vec!["has a public address".into(), "lets in `0.0.0.0/0`".into()],
                    vec![known(true.into()), FactState::Partial(open, Unknown::KnownAfterApply)],
                ),
            ],
            &[(0, 0), (1, 0), (2, 0), (3, 1), (4, 0), (5, 0), (6, 1)],
        ),
        of_rule(
            1,
            vec![
                outcome(
                    Verdict::Unknown,
                    vec!["`multi_az` is known after apply".into()],
                    vec![FactState::Unknown(Unknown::KnownAfterApply)],
                ),
                outcome(
                    Verdict::NotApplicable,
                    vec!["a replica has no standby of its own".into()],
                    vec![FactState::Missing(Text::Static("a replica has no standby of its own"))],
                ),
                outcome(Verdict::Fail, vec!["runs in one zone".into()], vec![known(false.into())]),
            ],
            &[(0, 0), (1, 0), (2, 0), (3, 1), (4, 1), (6, 2)],
        ),
        of_rule(
            2,
            vec![
                outcome(
                    Verdict::Unknown,
                    vec!["`log_exports` is withheld because it is sensitive".into()],
                    vec![FactState::Unknown(Unknown::Sensitive)],
                ),
                outcome(Verdict::Fail, vec!["exports no logs".into()], vec![known(Value::set([]))]),
            ],
            &[(0, 0), (3, 1)],
        ),
        of_rule(
            3,
            vec![
                outcome(
                    Verdict::Fail,
                    vec!["owner `<img src=x onerror=alert(1)>|@octocat` is nobody".into()],
                    vec![known("<img src=x onerror=alert(1)>|@octocat".into())],
                ),
                waived("names no owner", "waived until 2027-01-01 by `W-1`: migration", None),
                waived("names no owner", "waived until 2026-12-01 by `W-2`: <b>vendor</b>|=1", Some(comment())),
            ],
            &[(2, 0), (4, 1), (5, 2)],
        ),
        of_rule(
            4,
            vec![outcome(
                Verdict::Error,
                vec!["execution limit of 100000 instructions reached".into()],
                vec![known("=cmd|' /C calc'!A0".into())],
            )],
            &[(0, 0), (1, 0)],
        ),
        of_rule(
            5,
            vec![keeps(1, "tier-1", 35), keeps(1, "tier-2", 7), keeps(0, "tier-1", 35)],
            &[(0, 0), (1, 1), (2, 0), (3, 1), (4, 2), (5, 1), (6, 0)],
        ),
    ]
}

fn waived(violation: &str, note: &str, comment: Option<Location>) -> Outcome {
    let waived_by = Some(WaivedBy { waiver: u32::from(comment.is_some()), comment });
    let facts = vec![FactState::Known("".into())];
    Outcome { waived_by, ..outcome(Verdict::Waived, vec![violation.into(), note.into()], facts) }
}

fn comment() -> Location {
    let region = Region { start_line: 6, start_column: 3, end_line: 6, end_column: 21 };
    Location { file: "envs/prod eu/main.tf".into(), region: Some(region) }
}

/// One that does what it says, one that needs a comment, one that is over, one that nobody needs.
fn waivers() -> WaiverReport {
    let used = |id: &str, rule: &str, state, remarks: Vec<WaiverRemark>, counts: (usize, usize), line| WaiverUse {
        id: id.into(),
        rule: rule.into(),
        state,
        remarks,
        selected: counts.0,
        waived: counts.1,
        expires: "2027-01-01".into(),
        reason: "migration".into(),
        owner: None,
        approver: None,
        ticket: None,
        created: None,
        line,
    };
    let by_comment = WaiverUse {
        expires: "2026-12-01".into(),
        reason: "<b>vendor</b>|=1".into(),
        owner: Some("=team".into()),
        approver: Some("Ada".into()),
        ticket: Some("RISK-1".into()),
        created: Some("2026-11-01".into()),
        ..used("W-2", "DBK-OWN-001", WaiverState::Expiring, vec![], (1, 1), 9)
    };
    let broad = vec![WaiverRemark::OverBroad];
    let unused = vec![WaiverRemark::Unused];
    WaiverReport {
        file: "ops/waivers.yaml".into(),
        sha256: "d".repeat(64).into(),
        entries: vec![
            used("W-1", "DBK-OWN-001", WaiverState::Active, vec![], (1, 1), 2),
            by_comment,
            used("W-3", "DBK-RET-001", WaiverState::Expired, broad, (5, 0), 20),
            used("W-4", "DBK-LOG-001", WaiverState::Active, unused, (0, 0), 27),
        ],
        idle_comments: vec![IdleComment {
            waiver: "W-9".into(),
            location: comment(),
            problem: "the waiver file has no waiver `W-9`".into(),
        }],
    }
}

/// A line with what leads there, a line that says that something is absent, and none, with the reason.
fn places() -> Places {
    let line = |file: &str, line| Location {
        file: file.into(),
        region: Some(Region { start_line: line, start_column: 3, end_line: line, end_column: 30 }),
    };
    let through = Related {
        location: line("modules/db/main.tf", 12),
        message: Text::Static("set through variable `backup_days` here"),
    };
    let followed = Place { location: Some(line("envs/prod eu/main.tf", 7)), related: vec![through], note: None };
    let absent = Place {
        location: Some(line("modules/db/main.tf", 12)),
        related: Vec::new(),
        note: Some(Text::Static("`backup_retention_period` is not set here")),
    };
    let none = Place { location: None, related: Vec::new(), note: Some(Text::Static("`.` declares no `x.<y>|z`")) };
    let mut by_rule = vec![Vec::new(); 6];
    by_rule[5] = vec![(0, followed), (1, absent.clone()), (2, absent), (3, none)];
    Places::known(by_rule, &[])
}

fn drift() -> Vec<PlanDrift> {
    vec![
        PlanDrift {
            resource: "aws_db_instance.a".into(),
            resource_type: "aws_db_instance".into(),
            attribute: "backup_retention_period".into(),
            recorded: Some("35".into()),
            running: Some("1".into()),
            deleted: false,
        },
        PlanDrift {
            resource: "aws_db_instance.gone".into(),
            resource_type: "aws_db_instance".into(),
            attribute: "".into(),
            recorded: None,
            running: None,
            deleted: true,
        },
        PlanDrift {
            resource: HOSTILE.into(),
            resource_type: "aws_db_instance".into(),
            attribute: "password".into(),
            recorded: None,
            running: None,
            deleted: false,
        },
    ]
}
