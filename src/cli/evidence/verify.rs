//! `dbkeel evidence verify`: checks bundles.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};
use serde::Serialize;

use crate::cli::shared::{self, Context};
use crate::cli::{CliError, ExitStatus};
use crate::diagnostic::Diagnostic;
use crate::evidence::{self, Verification, Verified, Verifier};
use crate::report::text::{clean, count};

#[derive(Args, Debug)]
pub(in crate::cli) struct VerifyArgs {
    /// The folders, in any order; several are checked to be one chain without a gap
    #[arg(required = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    folders: Vec<PathBuf>,
    /// The Ed25519 public key that must have signed: PEM, as `openssl pkey -pubout` writes it
    #[arg(long, value_name = "PUB.pem", value_hint = ValueHint::FilePath)]
    key: Option<PathBuf>,
    /// How to tell it
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    format: Shape,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Shape {
    /// For people
    #[default]
    Table,
    /// For programs: `dbkeel.evidence-verification/v1`
    Json,
}

pub(super) fn run(args: &VerifyArgs, context: &Context) -> Result<ExitStatus, CliError> {
    let verifier = args.key.as_ref().map(|path| {
        Verifier::read(path).map_err(|error| CliError::Usage {
            message: format!("the key `{}` cannot be used: {error}", path.display()),
            help: "`openssl pkey -in KEY.pem -pubout` writes the public key of a private one".into(),
        })
    });
    let verifier = verifier.transpose()?;
    let verification = evidence::verify(&args.folders, verifier.as_ref()).map_err(|(folder, error)| {
        Diagnostic::new(format!("`{}` cannot be read: {error}", folder.display()))
            .help("give folders that `dbkeel evidence pack` wrote, and that you may read")
    })?;
    let text = match args.format {
        Shape::Table => table(&verification),
        Shape::Json => json(&verification),
    };
    context.print(text.as_bytes())?;
    Ok(match (verification.is_refuted(), verification.is_unproven()) {
        (true, _) => ExitStatus::Failed,
        (false, true) => ExitStatus::NotProven,
        (false, false) => ExitStatus::Clean,
    })
}

fn json(verification: &Verification) -> String {
    #[derive(Serialize)]
    struct Document<'a> {
        schema: &'static str,
        verified: bool,
        bundles: Vec<Row<'a>>,
    }
    #[derive(Serialize)]
    struct Row<'a> {
        verdict: &'static str,
        #[serde(flatten)]
        bundle: &'a Verified,
    }
    shared::json(&Document {
        schema: "dbkeel.evidence-verification/v1",
        verified: !verification.is_refuted() && !verification.is_unproven(),
        bundles: verification.bundles.iter().map(|bundle| Row { verdict: word(bundle), bundle }).collect(),
    })
}

fn word(bundle: &Verified) -> &'static str {
    match (bundle.reasons.is_empty(), bundle.unproven.is_empty()) {
        (false, _) => "does not hold",
        (true, false) => "not proven",
        (true, true) => "verified",
    }
}

fn table(verification: &Verification) -> String {
    let mut text = String::new();
    for bundle in &verification.bundles {
        // Writing to a string cannot fail.
        let _ = describe(bundle, verification, &mut text);
    }
    text
}

fn describe(bundle: &Verified, all: &Verification, text: &mut String) -> std::fmt::Result {
    writeln!(text, "{}: {}", clean(&bundle.folder), word(bundle))?;
    for reason in &bundle.reasons {
        writeln!(text, "  x {}", clean(&reason.text))?;
    }
    for why in &bundle.unproven {
        writeln!(text, "  ? {}", clean(why))?;
    }
    if let (Some(as_of), Some(tool)) = (&bundle.as_of, &bundle.tool) {
        writeln!(text, "    as of {}, packed by dbkeel {}", clean(as_of), clean(tool))?;
    }
    if let Some(digest) = &bundle.sha256sums {
        writeln!(text, "    digests: {} as in SHA256SUMS, which is {digest}", count(bundle.files, "file"))?;
        writeln!(text, "    signature: {}", bundle.signature)?;
        if let Some(envelope) = bundle.envelope {
            writeln!(text, "    envelope: {envelope}")?;
        }
    }
    if let Some((rules, resources, verdicts)) = bundle.derived {
        let (rules, resources) = (count(rules, "rule"), count(resources, "resource"));
        let verdicts = count(verdicts, "verdict");
        writeln!(text, "    judged again: {verdicts} of {rules} on {resources}")?;
    }
    let is_given = |digest: &String| all.bundles.iter().any(|other| other.sha256sums.as_ref() == Some(digest));
    match &bundle.previous {
        _ if bundle.as_of.is_none() => Ok(()),
        None => writeln!(text, "    chain: it names no bundle before it"),
        Some(digest) if is_given(digest) => writeln!(text, "    chain: follows {}", clean(digest)),
        Some(digest) => writeln!(text, "    chain: follows {}, which was not given", clean(digest)),
    }
}
