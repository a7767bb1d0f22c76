//! `dbkeel doctor`: tries what a run needs before the night does, and says what is missing.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum, ValueHint};
use serde::Serialize;

use super::history::Form;
use super::policy::PolicyDirs;
use super::recording::PATIENCE;
use super::scan::{input, variables};
use super::shared::{self, Context};
use super::{CliError, ExitStatus, fleet, recording, version};
use crate::baseline::Baseline;
use crate::fleet::Fleet;
use crate::history::History;
use crate::policy::Policies;
use crate::report::text::{clean, count};
use crate::waiver::Status;

mod aws;

#[derive(Args, Debug)]
pub(super) struct DoctorArgs {
    /// Files and folders that are to be judged: plans, states, folders of configuration, inventories
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<String>,
    /// The fleet file: its accounts are entered, and what the audit would ask is tried
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    fleet: Option<PathBuf>,
    /// Try the credentials that are found, without a fleet file
    #[arg(long, conflicts_with = "fleet")]
    aws: bool,
    /// The profile of the AWS configuration whose credentials are tried (default: what the environment says)
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// Reach no network: of the fleet file only what it says is checked
    #[arg(long, conflicts_with = "aws")]
    offline: bool,
    /// The baseline: the name of an embedded one, or a YAML file
    #[arg(long, value_name = "NAME|FILE", default_value = "standard")]
    baseline: String,
    #[command(flatten)]
    dirs: PolicyDirs,
    /// The waiver file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    waivers: Option<PathBuf>,
    /// The history file (default: the one beside the fleet file)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    history: Option<PathBuf>,
    /// How to show what was found
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    format: Form,
}

/// How something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ValueEnum)]
#[serde(rename_all = "snake_case")]
enum Standing {
    /// It is as it has to be.
    Good,
    /// It was not tried, or nothing needs it.
    NotTried,
    /// It works, and somebody should look.
    Attention,
    /// A run would fail, or have gaps.
    Missing,
}

/// One thing that was looked at.
#[derive(Debug, Serialize)]
struct Check {
    what: String,
    standing: Standing,
    found: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    remedy: Option<String>,
}

impl Check {
    fn new(what: impl Into<String>, standing: Standing, found: impl Into<String>) -> Self {
        Self { what: what.into(), standing, found: found.into(), remedy: None }
    }

    fn remedy(self, remedy: impl Into<String>) -> Self {
        Self { remedy: Some(remedy.into()), ..self }
    }

    /// What an error says, as every other command says it.
    fn failed(what: impl Into<String>, error: &CliError) -> Self {
        let text = error.render(false);
        Self::new(what, Standing::Missing, text.trim_end().trim_start_matches("error: "))
    }
}

pub(super) fn run(args: &DoctorArgs, context: &Context) -> Result<ExitStatus, CliError> {
    let checks = checks(args, context);
    let worst = checks.iter().map(|check| check.standing).max().unwrap_or(Standing::Good);
    let text = match args.format {
        Form::Table => table(&checks),
        Form::Json => shared::json(&serde_json::json!({"version": version(), "checks": checks})),
    };
    context.print(text.as_bytes())?;
    Ok(if worst == Standing::Missing { ExitStatus::Failed } else { ExitStatus::Clean })
}

fn checks(args: &DoctorArgs, context: &Context) -> Vec<Check> {
    let mut checks = Vec::new();
    if let Some((policies, baseline)) = judges(args, context, &mut checks) {
        checks.extend(args.waivers.as_deref().map(|file| waivers(file, &policies, &baseline, context)));
    }
    checks.extend(args.paths.iter().map(|path| source(path, context)));
    let fleet = args.fleet.as_deref().map(fleet::read).transpose();
    match &fleet {
        Err(error) => checks.push(Check::failed("fleet file", error)),
        Ok(None) => {}
        Ok(Some(fleet)) => checks.push(fleet_file(fleet)),
    }
    let beside = || args.fleet.as_deref().map(recording::beside);
    checks.extend(args.history.clone().or_else(beside).map(|file| history(&file)));
    match fleet {
        _ if args.offline => {
            checks.push(Check::new("AWS", Standing::NotTried, "not tried, since `--offline` is given"))
        }
        Ok(Some(fleet)) => checks.extend(aws::of_fleet(&fleet, args.profile.as_deref())),
        Ok(None) if args.aws => checks.extend(aws::own(args.profile.as_deref())),
        Ok(None) => checks.push(
            Check::new("AWS", Standing::NotTried, "not tried; only `collect aws` and `audit` need it")
                .remedy("`--aws` tries the credentials that are found, `--fleet FILE` the accounts of a fleet file"),
        ),
        Err(_) => {}
    }
    checks
}

/// The rules and the baseline; without them nothing can be judged.
fn judges(args: &DoctorArgs, context: &Context, checks: &mut Vec<Check>) -> Option<(Policies, Baseline)> {
    let policies = match shared::policies(&args.dirs.dirs) {
        Ok(policies) => policies,
        Err(error) => {
            checks.push(Check::failed("policies", &error));
            return None;
        }
    };
    let found = count(policies.iter().count(), "rule");
    checks.push(Check::new("policies", Standing::Good, format!("{found}, sha256 {}", policies.sha256(|_| true))));
    match shared::baseline(&args.baseline, &policies) {
        Err(error) => {
            checks.push(Check::failed("baseline", &error));
            None
        }
        Ok(baseline) => {
            checks.push(of_baseline(&baseline, &args.baseline, context));
            Some((policies, baseline))
        }
    }
}

fn of_baseline(baseline: &Baseline, name: &str, context: &Context) -> Check {
    let as_of = shared::rfc3339(context.now);
    let (tiers, rules) = (count(baseline.tiers().len(), "tier"), count(baseline.rules(&as_of), "rule"));
    let remarks = baseline.remarks(&as_of);
    match remarks.len() {
        0 => Check::new("baseline", Standing::Good, format!("`{}`: {tiers}, {rules}", clean(name))),
        odd => Check::new(
            "baseline",
            Standing::Attention,
            format!("`{}`: {tiers}, {rules}, {}", clean(name), count(odd, "note")),
        )
        .remedy(format!("`dbkeel baseline lint {}` shows them", clean(name))),
    }
}

fn waivers(file: &Path, policies: &Policies, baseline: &Baseline, context: &Context) -> Check {
    let as_of = shared::rfc3339(context.now);
    let read = shared::waivers(file, policies, baseline.on(&as_of).tiers());
    let statuses = match read {
        Ok(waivers) => waivers.statuses(baseline.waiver_limits(), &as_of),
        Err(error) => return Check::failed("waivers", &error),
    };
    let name = clean(&file.display().to_string()).into_owned();
    let found = format!("{name}: {}", count(statuses.len(), "waiver"));
    match statuses.iter().filter(|status| !Status::is_fine(status)).count() {
        0 => Check::new("waivers", Standing::Good, found),
        odd => {
            Check::new("waivers", Standing::Attention, format!("{found}, {odd} of them over, not applied or cut short"))
                .remedy(format!("`dbkeel waiver lint {name}` says which, and why"))
        }
    }
}

fn source(path: &str, context: &Context) -> Check {
    let name = clean(path).into_owned();
    let as_of = shared::rfc3339(context.now).into();
    let read = input::read_all(&[path.to_owned()], &variables::of_environment(context), &as_of);
    let input = match read {
        Ok(input) => input,
        Err(error) => return Check::failed(name, &error),
    };
    let inventory = &input.inventory;
    let kinds: Vec<&str> = inventory.sources.iter().map(|source| source.kind.as_str()).collect();
    let found = format!("{}: {} to judge", kinds.join(", "), count(inventory.resources.len(), "resource"));
    match inventory.gaps.len() {
        _ if inventory.resources.is_empty() => {
            Check::new(name, Standing::Attention, format!("{found}; a scan of it proves nothing"))
        }
        0 => Check::new(name, Standing::Good, found),
        gaps => Check::new(name, Standing::Attention, format!("{found}, {}", count(gaps, "gap")))
            .remedy("`dbkeel scan` lists what could not be read"),
    }
}

fn fleet_file(fleet: &Fleet) -> Check {
    let accounts = match (&fleet.organization, fleet.accounts.len()) {
        (None, listed) => count(listed, "account"),
        (Some(_), 0) => "the accounts of the organization".to_owned(),
        (Some(_), listed) => format!("the accounts of the organization, and {} by name", count(listed, "account")),
    };
    Check::new("fleet file", Standing::Good, accounts)
}

fn history(file: &Path) -> Check {
    let name = clean(&file.display().to_string()).into_owned();
    if !file.exists() {
        return Check::new("history", Standing::NotTried, format!("{name}: not there yet; the first audit makes it"));
    }
    let runs = History::open(file, PATIENCE).and_then(|history| history.runs());
    match runs {
        Err(error) => Check::failed("history", &crate::diagnostic::Diagnostic::from(error).into()),
        Ok(runs) => {
            let last = runs.last().map(|run| format!(", the last of {}", clean(&run.as_of))).unwrap_or_default();
            Check::new("history", Standing::Good, format!("{name}: {}{last}", count(runs.len(), "run")))
        }
    }
}

/// A line for each check, its remedy below.
fn table(checks: &[Check]) -> String {
    // What it says of the rules stands below.
    let mut text: String = version().lines().take(2).map(|line| format!("{line}\n")).collect();
    text.push('\n');
    for check in checks {
        let glyph = match check.standing {
            Standing::Good => "✓",
            Standing::NotTried => "–",
            Standing::Attention => "!",
            Standing::Missing => "✗",
        };
        let found = check.found.lines().map(|line| clean(line).into_owned()).collect::<Vec<_>>().join("\n    ");
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{glyph} {}: {found}", clean(&check.what));
        if let Some(remedy) = &check.remedy {
            let _ = writeln!(text, "    = {}", clean(remedy));
        }
    }
    let missing = checks.iter().filter(|check| check.standing == Standing::Missing).count();
    let last = match missing {
        0 => "nothing is missing".to_owned(),
        some => format!("{} missing", count(some, "thing")),
    };
    let _ = writeln!(text, "\n{last}");
    text
}
