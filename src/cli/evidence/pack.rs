//! `dbkeel evidence pack`: judges, and writes a bundle.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueHint};

use super::gather::{Asked, gather};
use crate::cli::scan::{input, source, tell, variables};
use crate::cli::shared::{self, Context};
use crate::cli::waive::WaiverArgs;
use crate::cli::{CliError, ExitStatus, gate};
use crate::diagnostic::Diagnostic;
use crate::evaluate::{self, Options, evaluate};
use crate::evidence::ingredients::{Ingredients, Judges};
use crate::evidence::{self, Key, KeyError, PackError, Packing, Redacted, Redaction, Signer};
use crate::model::{Inventory, PlanDrift, Results, Rule, ScopeSeen, Severity, SourceComment};
use crate::report::text::count;
use crate::report::{Excerpts, ReportOptions};
use crate::source::sha256;
use crate::waiver;

#[derive(Args, Debug)]
pub(in crate::cli) struct PackArgs {
    /// The folder to write; it must not be there yet
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    dir: PathBuf,
    /// What is judged, as by `scan`: plans, states, folders of configuration, inventories; `-` reads standard input
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<String>,
    /// The folder of the bundle before this one, whose digest this one names
    #[arg(long, value_name = "BUNDLE", value_hint = ValueHint::DirPath)]
    previous: Option<PathBuf>,
    /// Sign with an Ed25519 key of your own: PKCS#8 in PEM, readable by nobody else
    #[arg(long, value_name = "KEY.pem", value_hint = ValueHint::FilePath)]
    sign_key: Option<PathBuf>,
    /// Also write a signed in-toto statement in a DSSE envelope
    #[arg(long, requires = "sign_key")]
    dsse: bool,
    /// Withhold a fact: its values become digests, and rules do not see them (repeatable): `engine_version`, `tags` or
    /// `tags.owner`
    #[arg(long, value_name = "FACT")]
    redact: Vec<String>,
    /// The key of those digests, at least 32 random bytes, readable by nobody else, so that equal values are equal in every
    /// bundle (default: random, for this bundle only, and kept nowhere)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, requires = "redact")]
    redact_key: Option<PathBuf>,
    #[command(flatten)]
    judging: JudgingArgs,
    #[command(flatten)]
    source: source::SourceArgs,
    #[command(flatten)]
    variables: variables::VariableArgs,
}

/// By what is judged, as in `scan`.
#[derive(Args, Debug)]
#[command(next_help_heading = "Judging")]
struct JudgingArgs {
    /// The baseline: the name of an embedded one, or a YAML file
    #[arg(long, value_name = "NAME|FILE", default_value = "standard")]
    baseline: String,
    /// A folder with rules of your own, beside those in the binary (repeatable)
    #[arg(long = "policy", value_name = "DIR", value_hint = ValueHint::DirPath)]
    policy: Vec<PathBuf>,
    /// Also report where the controls of a framework stand: an id that `dbkeel framework list` shows, or a YAML file
    /// (repeatable)
    #[arg(long = "framework", value_name = "ID|FILE")]
    frameworks: Vec<String>,
    /// Fail when a finding is at least this severe: info, low, medium, high, critical
    #[arg(long, value_name = "SEVERITY", default_value = "high")]
    fail_on: Severity,
    #[command(flatten)]
    waivers: WaiverArgs,
    /// The instant that rules take for now: RFC 3339, or a date (default: the clock)
    #[arg(long, value_name = "TIME", value_parser = shared::parse_instant)]
    as_of: Option<jiff::Timestamp>,
    /// How many threads to use (default: one a core)
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// Let the gate pass although part of the scope could not be read
    #[arg(long)]
    allow_partial: bool,
    /// What tells this scan from others of the same repository, in SARIF categories
    #[arg(long, value_name = "NAME")]
    category: Option<String>,
}

pub(super) fn run(args: &PackArgs, context: &Context) -> Result<ExitStatus, CliError> {
    shared::use_threads(args.judging.jobs)?;
    let (as_of, signer, redaction) = prepare(args, context)?;
    let given = variables::given(&args.variables, context)?;
    let judging = &args.judging;
    let asked = Asked {
        baseline: &judging.baseline,
        policy: &judging.policy,
        waivers: &judging.waivers,
        frameworks: &judging.frameworks,
        as_of: &as_of,
    };
    let read = || rayon::join(|| gather(&asked, context), || input::read_all(&args.paths, &given, &as_of));
    let tool = || rayon::join(|| source::read(&args.source, &args.paths), tool_sha256);
    let ((gathered, input), (source, tool_sha256)) = rayon::join(read, tool);
    let ((ingredients, judges), input) = (gathered?, input?);
    tell(&input.diagnostics, context);
    let judged = Judging { args, context, judges: &judges, as_of: &as_of }.judge(input, source, redaction.as_ref())?;
    let results = &judged.results;
    write(args, context, &judged, (&ingredients, &judges), tool_sha256?, signer.as_ref())?;
    let status = gate::status(results, judging.allow_partial);
    // The process ends here; to free millions of small things one by one would only take time.
    std::mem::forget(judged);
    Ok(status)
}

/// The clock, who signs, and what is redacted.
type Prepared = (Arc<str>, Option<Signer>, Option<Redaction>);

/// What can be wrong with the command line is found before anything is read.
fn prepare(args: &PackArgs, context: &Context) -> Result<Prepared, CliError> {
    let as_of: Arc<str> = shared::rfc3339(args.judging.as_of.unwrap_or(context.now)).into();
    if args.dir.symlink_metadata().is_ok() {
        return Err(cannot_pack(PackError::Exists(args.dir.display().to_string())));
    }
    let signer = args.sign_key.as_ref().map(|path| Signer::read(path).map_err(|error| key(path, "--sign-key", &error)));
    Ok((as_of, signer.transpose()?, redaction(args)?))
}

fn redaction(args: &PackArgs) -> Result<Option<Redaction>, CliError> {
    if args.redact.is_empty() {
        return Ok(None);
    }
    let made_of = match &args.redact_key {
        Some(path) => {
            let bytes = evidence::read_private(path).map_err(|error| key(path, "--redact-key", &error))?;
            Key::kept(&bytes).map_err(|why| CliError::Usage {
                message: format!("the key in `{}` is too short: {why}", path.display()),
                help: "make one with `head -c 32 /dev/urandom`, and keep it".into(),
            })?
        }
        None => Key::of_one_bundle(random()?),
    };
    Redaction::new(&args.redact, made_of).map(Some).map_err(|why| CliError::Usage {
        message: format!("cannot redact: {why}"),
        help: "`dbkeel facts` lists the facts; a tag is `tags.owner`".into(),
    })
}

fn random() -> Result<[u8; 32], CliError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| CliError::Usage {
        message: format!("the system gives no random bytes: {error}"),
        help: "give a key with `--redact-key`".into(),
    })?;
    Ok(bytes)
}

fn key(path: &Path, option: &str, error: &KeyError) -> CliError {
    let path = path.display();
    let help = match error {
        KeyError::Open(_) => format!("`chmod 600 {path}`; a key that others may read proves nothing"),
        _ if option == "--sign-key" => "`openssl genpkey -algorithm ed25519` makes a key".to_owned(),
        _ => format!("give `{option}` a file that you may read"),
    };
    CliError::Usage { message: format!("the key `{path}` of `{option}` is not used: {error}"), help }
}

/// SHA-256 of the binary that runs.
fn tool_sha256() -> Result<String, CliError> {
    let read = std::env::current_exe().and_then(std::fs::read);
    let bytes = read.map_err(|error| {
        Diagnostic::new(format!("the digest of dbkeel itself cannot be made: {error}"))
            .help("let dbkeel read the file that it was started from")
    })?;
    Ok(sha256(&bytes).to_string())
}

/// What was judged.
struct Judged {
    results: Results,
    scopes: Vec<ScopeSeen>,
    drift: Vec<PlanDrift>,
    comments: Option<Vec<SourceComment>>,
    redacted: Redacted,
}

/// By what is judged.
struct Judging<'a> {
    args: &'a PackArgs,
    context: &'a Context,
    judges: &'a Judges,
    as_of: &'a Arc<str>,
}

impl Judging<'_> {
    fn judge(
        &self,
        mut input: input::Input,
        source: source::Read,
        redaction: Option<&Redaction>,
    ) -> Result<Judged, CliError> {
        let Self { args, context, judges, .. } = self;
        let mut inventory: Inventory = std::mem::take(&mut input.inventory);
        let source = source.filter(|_| !input.is_settled(&inventory.sources));
        // Rules must not see what a bundle does not hold, or nobody could judge again.
        let redacted = redaction.map(|redaction| redaction.apply(&mut inventory)).unwrap_or_default();
        let (scopes, drift) = (inventory.scopes.clone(), inventory.drift.clone());
        let options = Options { as_of: Arc::clone(self.as_of), fail_on: args.judging.fail_on };
        let mut results = evaluate(inventory, &judges.policies, &judges.baseline, &options);
        let mut in_source = source::in_source(&results, source, args.source.source.as_deref(), context)?;
        in_source.add(input.in_source(&results));
        results.places = in_source.places;
        let comments = in_source.comments;
        if let Some(waivers) = &judges.waivers {
            waiver::apply(&mut results, waivers, judges.baseline.waiver_limits(), comments.as_deref());
            results.waivers.iter().flat_map(waiver::notes).for_each(|note| context.note(&note));
        }
        results.frameworks = judges.frameworks.iter().map(|framework| framework.report(&results)).collect();
        Ok(Judged { results, scopes, drift, comments, redacted })
    }
}

fn write(
    args: &PackArgs,
    context: &Context,
    judged: &Judged,
    (ingredients, judges): (&Ingredients, &Judges),
    tool_sha256: String,
    signer: Option<&Signer>,
) -> Result<(), CliError> {
    let previous = args.previous.as_deref().map(evidence::previous).transpose().map_err(cannot_pack)?;
    let as_of = &judged.results.run.as_of;
    if let Some(previous) = previous.as_ref().filter(|previous| *previous.as_of > **as_of) {
        return Err(CliError::Usage {
            message: format!("the bundle before is as of {}, which is after {as_of}", previous.as_of),
            help: "pack bundles in the order of their clocks, or give another `--previous`".into(),
        });
    }
    let asked: Vec<Arc<Rule>> = evaluate::asked(&judges.policies, &judges.baseline, as_of)
        .into_iter()
        .map(|policy| Arc::clone(&policy.rule))
        .collect();
    let options = ReportOptions {
        category: args.judging.category.clone(),
        // Lines of the source may say what is redacted.
        excerpts: Excerpts::None,
        allow_partial: args.judging.allow_partial,
        ..ReportOptions::default()
    };
    let packing = Packing {
        results: &judged.results,
        options: &options,
        ingredients,
        asked: &asked,
        scopes: &judged.scopes,
        drift: &judged.drift,
        comments: judged.comments.as_deref(),
        redacted: &judged.redacted,
        previous,
        tool_sha256,
        signer,
        envelope: args.dsse,
    };
    let digest = evidence::pack(&args.dir, &packing).map_err(cannot_pack)?;
    let judged = count(judged.results.resources.len(), "resource");
    context.note(&format!("wrote {}: {judged}, SHA256SUMS {digest}", args.dir.display()));
    Ok(())
}

fn cannot_pack(error: PackError) -> CliError {
    match error {
        PackError::Exists(path) => CliError::Usage {
            message: format!("`{path}` is there already, and evidence is never written over anything"),
            help: "name a folder that is not there yet, such as one with the day in its name".into(),
        },
        PackError::Io(error) => CliError::Output { place: "the evidence".into(), error },
        PackError::Previous(why) => CliError::Usage {
            message: format!("the bundle before cannot be followed: {why}"),
            help: "give `--previous` a folder that `dbkeel evidence verify` verifies".into(),
        },
    }
}
