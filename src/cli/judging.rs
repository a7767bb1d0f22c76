//! What every judging command is told, and what it judges by: rules, baseline, waivers.

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, ValueHint};

use super::output::OutputArgs;
use super::shared::{self, Context};
use super::waive::{self, WaiverArgs};
use super::{CliError, framework};
use crate::baseline::Baseline;
use crate::evaluate;
use crate::framework::Framework;
use crate::model::{Results, Severity, SourceComment};
use crate::policy::Policies;

/// Options of every judging command.
#[derive(Args, Debug)]
#[command(next_help_heading = "Judging")]
pub(super) struct JudgingArgs {
    /// The baseline: the name of an embedded one, or a YAML file
    #[arg(long, value_name = "NAME|FILE", default_value = "standard")]
    pub(super) baseline: String,
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
    #[command(flatten)]
    pub(super) output: OutputArgs,
    /// The instant that rules take for now: RFC 3339, or a date (default: the clock)
    #[arg(long, value_name = "TIME", value_parser = shared::parse_instant)]
    pub(super) as_of: Option<jiff::Timestamp>,
    /// How many threads to use (default: one a core)
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) jobs: Option<u16>,
    /// Let the gate pass although part of the scope could not be read
    #[arg(long)]
    pub(super) allow_partial: bool,
}

/// What findings are judged by.
pub(super) struct Judges {
    pub(super) policies: Policies,
    pub(super) baseline: Baseline,
    waivers: waive::Asked,
    frameworks: Vec<Framework>,
}

impl JudgingArgs {
    /// Loads what is judged by.
    pub(super) fn judges(&self, context: &Context) -> Result<Judges, CliError> {
        let policies = shared::policies(&self.policy)?;
        let baseline = shared::baseline(&self.baseline, &policies)?;
        for note in baseline.notes() {
            context.note(&note.to_string());
        }
        let waivers = waive::read(&self.waivers, &policies, baseline.on(&self.instant(context)).tiers())?;
        let frameworks = framework::load(&self.frameworks, &policies)?;
        Ok(Judges { policies, baseline, waivers, frameworks })
    }

    /// What the evaluation is told.
    pub(super) fn options(&self, context: &Context) -> evaluate::Options {
        evaluate::Options { as_of: self.instant(context), fail_on: self.fail_on }
    }

    /// The instant that rules take for now.
    pub(super) fn instant(&self, context: &Context) -> Arc<str> {
        shared::rfc3339(self.as_of.unwrap_or(context.now)).into()
    }
}

impl Judges {
    /// Waives what may be waived, and returns what is odd. `comments` are those of the source; `None` when none was read.
    pub(super) fn waive(&self, results: &mut Results, comments: Option<&[SourceComment]>) -> Vec<String> {
        waive::apply(results, &self.waivers, &self.baseline, comments)
    }

    /// Adds what the results show of the frameworks, once everything is judged and waived.
    pub(super) fn report_frameworks(&self, results: &mut Results) {
        results.frameworks = self.frameworks.iter().map(|framework| framework.report(results)).collect();
    }
}
