//! `dbkeel policy explain`: why a rule gave resources their verdicts.

use std::sync::Arc;

use clap::{Args, ValueHint};

use super::PolicyDirs;
use crate::baseline::{Baseline, Phase};
use crate::cli::scan::{input, source, tell, variables};
use crate::cli::shared::{self, Context};
use crate::cli::waive::{self, WaiverArgs};
use crate::cli::{CliError, ExitStatus};
use crate::evaluate::{self, evaluate};
use crate::explain::{ask_for_places, explain};
use crate::model::{Kind, Resource, Results, Rule, Severity};
use crate::nearest::nearest;
use crate::policy::Data;
use crate::report::text::clean;
use crate::selection::{Case, Patterns};
use crate::yaml::At;
use crate::yaml::problems::Problems;

#[derive(Args, Debug)]
pub(in crate::cli) struct ExplainArgs {
    /// The id, an earlier id, or the name of the rule
    rule: String,
    /// What to explain it on: all that `dbkeel scan` takes (repeatable)
    #[arg(long = "on", required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    on: Vec<String>,
    /// Only this resource: its address, id or name; `*` and `?` stand for others
    #[arg(long, value_name = "ID")]
    resource: Option<String>,
    /// The baseline: the name of an embedded one, or a YAML file
    #[arg(long, value_name = "NAME|FILE", default_value = "standard")]
    baseline: String,
    #[command(flatten)]
    dirs: PolicyDirs,
    #[command(flatten)]
    waivers: WaiverArgs,
    /// The instant that rules take for now: RFC 3339, or a date (default: the clock)
    #[arg(long, value_name = "TIME", value_parser = shared::parse_instant)]
    as_of: Option<jiff::Timestamp>,
    /// Print JSON: what people see, and the input and data that the rule saw
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    source: source::SourceArgs,
    #[command(flatten)]
    variables: variables::VariableArgs,
}

pub(super) fn run(args: &ExplainArgs, context: &Context) -> Result<ExitStatus, CliError> {
    let given = variables::given(&args.variables, context)?;
    let as_of: Arc<str> = shared::rfc3339(args.as_of.unwrap_or(context.now)).into();
    let policies = shared::policies(&args.dirs.dirs)?;
    let baseline = shared::baseline(&args.baseline, &policies)?;
    let rule = Arc::clone(&shared::policy(&policies, &args.rule)?.rule);
    let phase = baseline.on(&as_of);
    refuse_unused(&rule, &baseline, phase)?;
    let waivers = waive::read(&args.waivers, &policies, phase.tiers())?;
    let policies = policies.only(&rule.id);
    let mut input = input::read_all(&args.on, &given, &as_of)?;
    tell(&input.diagnostics, context);
    let inventory = std::mem::take(&mut input.inventory);
    let source = source::read(&args.source, &args.on).filter(|_| !input.is_settled(&inventory.sources));
    let seen: Vec<Seen> = inventory.resources.iter().map(Seen::of).collect();
    let options = evaluate::Options { as_of: Arc::clone(&as_of), fail_on: Severity::High };
    let mut results = evaluate(inventory, &policies, &baseline, &options);
    let chosen = choose(args, &rule, &results, &seen)?;
    ask_for_places(&mut results, &chosen);
    let mut in_source = source::in_source(&results, source, args.source.source.as_deref(), context)?;
    in_source.add(input.in_source(&results));
    results.places = in_source.places;
    // What is odd about the waivers is for a scan to say, which sees every rule.
    let _ = waive::apply(&mut results, &waivers, &baseline, in_source.comments.as_deref());
    let data = Data::for_tiers(phase.tiers(), baseline.name(), &as_of, baseline.engines());
    if let Some(policy) = policies.find(&rule.id) {
        let explanation = explain(&results, policy, phase, &data, &chosen);
        let text = if args.json { shared::json(&explanation) } else { explanation.to_string() };
        context.print(text.as_bytes())?;
    }
    Ok(ExitStatus::Clean)
}

fn refuse_unused(rule: &Rule, baseline: &Baseline, phase: &Phase) -> Result<(), CliError> {
    if phase.uses(rule) {
        return Ok(());
    }
    Err(CliError::Usage {
        message: format!("baseline `{}` does not use rule `{}`", baseline.name(), rule.name),
        help: "give `--baseline` one that does; `dbkeel baseline show` lists the rules of a baseline".into(),
    })
}

/// A resource that the sources hold, judged or not.
struct Seen {
    id: Arc<str>,
    name: Option<Arc<str>>,
    kind: Kind,
}

impl Seen {
    fn of(resource: &Resource) -> Self {
        Self { id: Arc::clone(&resource.id), name: resource.name.clone(), kind: resource.kind }
    }
}

/// The resource that was asked for.
struct Wanted<'a> {
    text: &'a str,
    patterns: Patterns,
}

impl<'a> Wanted<'a> {
    fn new(text: &'a str) -> Result<Self, CliError> {
        let mut problems = Problems::new("--resource", text);
        let patterns = Patterns::new(&[At { place: (1, 1), value: text.to_owned() }], Case::Matters, &mut problems);
        problems.finish(Some(Self { text, patterns })).map_err(CliError::from)
    }

    fn is(&self, id: &str, name: Option<&str>) -> bool {
        self.patterns.matches(id) || name.is_some_and(|name| self.patterns.matches(name))
    }
}

/// The positions of the resources to explain, all of which the rule judges.
fn choose(args: &ExplainArgs, rule: &Rule, results: &Results, seen: &[Seen]) -> Result<Vec<u32>, CliError> {
    let wanted = args.resource.as_deref().map(Wanted::new).transpose()?;
    let is_chosen =
        |resource: &Resource| wanted.as_ref().is_none_or(|wanted| wanted.is(&resource.id, resource.name.as_deref()));
    let resources = (0u32..).zip(&results.resources).filter(|(_, resource)| is_chosen(resource));
    let chosen: Vec<u32> = resources.map(|(position, _)| position).collect();
    match &wanted {
        _ if !chosen.is_empty() => Ok(chosen),
        Some(wanted) => Err(not_judged(rule, wanted, seen)),
        None => Err(CliError::Usage {
            message: format!("nothing in {} is of a kind that `{}` judges", quoted(&args.on), rule.name),
            help: format!("it judges {}, and none is there", kinds(rule)),
        }),
    }
}

fn quoted(paths: &[String]) -> String {
    paths.iter().map(|path| format!("`{}`", clean(path))).collect::<Vec<_>>().join(", ")
}

fn kinds(rule: &Rule) -> String {
    rule.kinds.iter().map(|kind| plural(*kind)).collect::<Vec<_>>().join(", ")
}

fn plural(kind: Kind) -> String {
    let words = kind.as_str().replace('_', " ");
    match words.strip_suffix('y') {
        Some(stem) if !words.ends_with("ey") => format!("{stem}ies"),
        _ => format!("{words}s"),
    }
}

/// Why a resource that was asked for has no verdict: it is not there, or the rule does not judge its kind.
fn not_judged(rule: &Rule, wanted: &Wanted<'_>, seen: &[Seen]) -> CliError {
    if let Some(found) = seen.iter().find(|seen| wanted.is(&seen.id, seen.name.as_deref())) {
        let kind = found.kind.as_str().replace('_', " ");
        let needed = rule.reads.iter().filter(|path| !rule.optional.contains(path));
        let lacks = needed.filter(|path| !path.fact.def().kinds.contains(&found.kind));
        let lacks: Vec<String> = lacks.map(|path| format!("`{path}`")).collect();
        return CliError::Usage {
            message: format!("`{}` does not judge `{}`, which is of kind `{kind}`", rule.name, clean(&found.id)),
            help: format!("it judges {}; a resource of kind `{kind}` has no {}", kinds(rule), lacks.join(", ")),
        };
    }
    let names = seen.iter().flat_map(|seen| [Some(seen.id.as_ref()), seen.name.as_deref()]).flatten();
    let help = match nearest(wanted.text, names) {
        Some(near) => format!("did you mean `{}`?", clean(near)),
        None => "leave `--resource` out to see all that the rule judges".to_owned(),
    };
    CliError::Usage { message: format!("no resource is called `{}`", clean(wanted.text)), help }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;
    use crate::explain::questions::{Questions, wanted};
    use crate::source::terraform::Given;

    const AS_OF: &str = "2026-11-22T00:00:00Z";

    /// Every file that may be a plan, a state, a reply or an inventory, and every folder of configuration.
    fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
        let Ok(entries) = std::fs::read_dir(folder) else { return };
        let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        let ends = |path: &Path, endings: &[&str]| {
            path.extension().and_then(|ending| ending.to_str()).is_some_and(|ending| endings.contains(&ending))
        };
        if paths.iter().any(|path| ends(path, &["tf"])) {
            found.push(folder.to_owned());
        }
        for path in paths {
            if path.is_dir() {
                sources(&path, found);
            } else if ends(&path, &["json", "tfstate", "jsonl"]) && !path.ends_with("manifest.jsonl") {
                found.push(path);
            }
        }
    }

    /// What scans ask, for `tools/compare-with-opa.py`: of the sample, or of all test data when somebody wants them.
    #[test]
    fn the_questions_of_scans_have_the_answers_of_their_verdicts() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut paths = vec![root.join("testdata/sample/tfplan.json")];
        if wanted().is_some() {
            paths.clear();
            ["testdata", "../shared/corpus"].iter().for_each(|folder| sources(&root.join(folder), &mut paths));
        }
        let policies = crate::policy::load_embedded().unwrap();
        let baseline = shared::baseline("standard", &policies).unwrap();
        let data = Data::for_tiers(baseline.on(AS_OF).tiers(), baseline.name(), AS_OF, baseline.engines());
        let options = evaluate::Options { as_of: AS_OF.into(), fail_on: Severity::High };
        let mut questions = Questions::default();
        for path in paths {
            let path = path.to_str().unwrap().to_owned();
            // What is no source at all is refused, as a scan would refuse it.
            let Ok(input) = input::read_all(&[path], &Given::default(), &options.as_of) else { continue };
            let results = evaluate(input.inventory, &policies, &baseline, &options);
            questions.add_run(&results, &policies, &data);
        }
        assert!(questions.len() > 200, "{}", questions.len());
        questions.write("scans.jsonl");
    }
}
