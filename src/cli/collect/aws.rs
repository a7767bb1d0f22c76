//! `dbkeel collect aws`: asks AWS, and writes what it says into an inventory file.

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, ValueHint};

use crate::cli::collection::Collection;
use crate::cli::shared::{self, Context};
use crate::cli::{CliError, ExitStatus, fleet};
use crate::report::text::count;
use crate::source::aws::collect::{
    Account, AccountChoice, Plan, RegionChoice, Request, Role, Shard, Times, planned_calls,
};
use crate::source::aws::{Family, iam_policy, iam_policy_of_caller};
use crate::source::inventory_file::Sealed;

#[derive(Args, Debug)]
pub(in crate::cli) struct AwsArgs {
    /// The inventory file to write; it is compressed when its name ends in `.zst`
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, required_unless_present_any = ["dry_run", "iam_policy"])]
    to: Option<PathBuf>,
    /// Go on with a collection into this file that was cut off: what is finished is not asked again
    #[arg(long)]
    resume: bool,
    #[command(flatten, next_help_heading = "Accounts and regions")]
    place: PlaceArgs,
    /// The services whose databases are collected (default: all that dbkeel knows); of others nothing is known then
    #[arg(long, value_name = "NAME,…", value_delimiter = ',', value_parser = clap::builder::ValueParser::new(str::parse::<Family>))]
    services: Vec<Family>,
    #[command(flatten, next_help_heading = "Frugality")]
    limits: LimitArgs,
    /// Print the calls that would be made, and make none
    #[arg(long, conflicts_with_all = ["resume", "iam_policy"])]
    dry_run: bool,
    /// Print the IAM policy that the collection needs, and nothing more than that
    #[arg(long, conflicts_with_all = ["resume", "to"])]
    iam_policy: bool,
    /// Exit with 0 although part of the scope could not be read
    #[arg(long)]
    allow_partial: bool,
}

/// Where to look.
#[derive(Args, Debug)]
struct PlaceArgs {
    /// The fleet file, which says all of this for many accounts
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["account", "region"])]
    fleet: Option<PathBuf>,
    /// An account (repeatable; default: the one of the credentials)
    #[arg(long, value_name = "ID", value_parser = account)]
    account: Vec<String>,
    /// Collect only the share of one of N shards, counted from 0: each account is in one of them, and `dbkeel merge` joins
    /// their files
    #[arg(long, value_name = "I/N", value_parser = clap::builder::ValueParser::new(str::parse::<Shard>))]
    shard: Option<Shard>,
    /// The role to assume in each account, by name or ARN
    #[arg(long, value_name = "NAME|ARN", requires = "account")]
    role: Option<String>,
    /// The external id that the role asks for
    #[arg(long, value_name = "ID", requires = "role")]
    external_id: Option<String>,
    /// A region (repeatable; default: all that the account has enabled)
    #[arg(long, value_name = "REGION", value_parser = region)]
    region: Vec<String>,
    /// The profile of the AWS configuration whose credentials are used (default: what the environment says)
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
}

/// How hard to try.
#[derive(Args, Debug)]
struct LimitArgs {
    /// How many accounts and regions are collected at the same time
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    concurrency: Option<u16>,
    /// How many requests may be sent in all; what is left then is told as a gap
    #[arg(long, value_name = "N")]
    max_calls: Option<u64>,
}

pub(super) fn run(args: AwsArgs, context: &Context) -> Result<ExitStatus, CliError> {
    let request = request(&args)?;
    if args.iam_policy {
        let own = iam_policy(&request.services);
        let policy = match &args.place.role {
            Some(role) => {
                serde_json::json!({"collected_account": own, "collecting_principal": iam_policy_of_caller(role)})
            }
            None => own,
        };
        return context.print(shared::json(&policy).as_bytes()).map(|()| ExitStatus::Clean);
    }
    let Some(target) = args.to.as_deref().filter(|_| !args.dry_run) else {
        return context.print(dry_run(&planned_calls(&request)).as_bytes()).map(|()| ExitStatus::Clean);
    };
    let sealed = Collection { request, target, resume: args.resume }.run(context)?;
    context.note(&format!("wrote {}: {}", target.display(), summary(&sealed)));
    if sealed.scopes == 0 && args.place.shard.is_some() {
        context
            .note("note: no account is in the share of this shard; its file is needed for `dbkeel merge` all the same");
    }
    Ok(if sealed.gaps > 0 && !args.allow_partial { ExitStatus::NotProven } else { ExitStatus::Clean })
}

/// What was written, in a line.
pub(in crate::cli) fn summary(sealed: &Sealed) -> String {
    let number = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let gaps = match sealed.gaps {
        0 => "no gaps".to_owned(),
        some => format!("{}; `dbkeel scan` lists what is missing", count(some, "gap")),
    };
    let scopes = count(sealed.scopes, "scope");
    format!(
        "{scopes}, {}, {}, {gaps}",
        count(number(sealed.items), "object"),
        count(number(sealed.requests), "request")
    )
}

fn request(args: &AwsArgs) -> Result<Request, CliError> {
    let mut request = match &args.place.fleet {
        Some(file) => fleet::request(&fleet::read(file)?),
        None => of_options(&args.place),
    };
    if !args.services.is_empty() {
        request.services = args.services.iter().copied().collect();
    }
    request.shard = args.place.shard;
    if request.shard.is_some() && request.accounts == AccountChoice::Own {
        return Err(CliError::Usage {
            message: "`--shard` shares out accounts, and none are named".into(),
            help: "name them with `--fleet` or `--account`".into(),
        });
    }
    request.profile = args.place.profile.clone().or(request.profile);
    if let Some(concurrency) = args.limits.concurrency {
        request.scopes_at_once = usize::from(concurrency);
    }
    request.max_requests = args.limits.max_calls.or(request.max_requests);
    Ok(request)
}

fn of_options(place: &PlaceArgs) -> Request {
    let role = place.role.as_ref().map(|name| Role { name: name.clone(), external_id: place.external_id.clone() });
    let account = |id: &String| Account { id: Arc::from(id.as_str()), role: role.clone(), regions: None };
    let accounts = match place.account.as_slice() {
        [] => AccountChoice::Own,
        listed => AccountChoice::Listed(listed.iter().map(account).collect()),
    };
    let regions = match place.region.as_slice() {
        [] => RegionChoice::Enabled,
        listed => RegionChoice::Listed(listed.iter().map(|region| Arc::from(region.as_str())).collect()),
    };
    Request { accounts, regions, ..Request::default() }
}

pub(super) fn account(text: &str) -> Result<String, String> {
    match text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        true => Ok(text.to_owned()),
        false => Err("an account has twelve digits".to_owned()),
    }
}

pub(super) fn region(text: &str) -> Result<String, String> {
    let is_region = text.split('-').count() >= 3
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    match is_region {
        true => Ok(text.to_owned()),
        false => Err("write a region such as `eu-west-1`".to_owned()),
    }
}

fn dry_run(plan: &Plan) -> String {
    let mut text = String::new();
    let places = match (plan.accounts, plan.scopes) {
        (Some(accounts), Some(scopes)) => {
            format!("{} in {}", count(scopes, "scope"), count(accounts, "account"))
        }
        (Some(accounts), None) => format!("every enabled region of {}", count(accounts, "account")),
        (None, _) => "the accounts that the organization names".to_owned(),
    };
    let least = plan.at_least().map(|requests| format!("; at least {requests} requests")).unwrap_or_default();
    text.push_str(&format!("{places}{least}. Every call reads; none changes anything.\n\n"));
    let often: Vec<(String, String)> =
        plan.calls.iter().map(|call| (call.operation.to_string(), how_often(call.times))).collect();
    let width = |of: fn(&(String, String)) -> usize| often.iter().map(of).max().unwrap_or_default();
    let (first, second) = (width(|(call, _)| call.len()), width(|(_, often)| often.len()));
    for ((call, often), planned) in often.iter().zip(&plan.calls) {
        text.push_str(&format!("{call:first$}  {often:second$}  {}\n", planned.operation.tells));
    }
    text
}

fn how_often(times: Times) -> String {
    match times {
        Times::PerRun => "once".to_owned(),
        Times::PerAccount => "an account".to_owned(),
        Times::PerUnit => "an organizational unit".to_owned(),
        Times::PerScope => "a scope".to_owned(),
        Times::PerScopeWithDatabases => "a scope with databases".to_owned(),
        Times::PerEach(what) => format!("each {what}"),
    }
}
