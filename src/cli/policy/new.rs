//! `dbkeel policy new`: writes a new rule and its test.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};

use crate::cli::shared::Context;
use crate::cli::{CliError, ExitStatus};
use crate::file::{folder_of, write_whole};
use crate::model::{Domain, Severity};
use crate::policy::{self, NewRule, PolicyFile, Scaffold};

#[derive(Args, Debug)]
pub(in crate::cli) struct NewArgs {
    /// Where the rule goes: `DIR/retention/weekly_backups.rego`, or `retention/weekly_backups` under `--policy`; or its id,
    /// such as `ACME-RET-007`, whose letters name the domain and whose name is made of `--title`
    #[arg(value_name = "RULE")]
    rule: String,
    /// A fact that the rule reads (repeatable): `backup_retention_days`, `tags.owner`, `before.multi_az`
    #[arg(long = "fact", required = true, value_name = "FACT")]
    facts: Vec<String>,
    /// The folder with your rules, when RULE does not name it
    #[arg(long = "policy", value_name = "DIR", value_hint = ValueHint::DirPath)]
    dir: Option<PathBuf>,
    /// Its id, which stays for ever (default: the next one that is free, such as `OWN-RET-001`)
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// How much a failure matters: info, low, medium, high, critical
    #[arg(long, value_name = "SEVERITY", default_value = "medium")]
    severity: Severity,
    /// The good state, in a few words (default: made of the name)
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
}

/// The prefix of ids that nobody chose.
const PREFIX: &str = "OWN";

pub(super) fn run(args: &NewArgs, context: &Context) -> Result<ExitStatus, CliError> {
    let place = Place::of(args)?;
    let files = existing(&place)?;
    // A rule of the user's that is not sound yet is no reason to write no other.
    let loaded = policy::load(&files).or_else(|_| policy::load_embedded())?;
    let mut facts = Vec::new();
    for text in &args.facts {
        facts.push(policy::fact(text).map_err(|(message, help)| CliError::Usage { message, help })?);
    }
    facts.dedup();
    let taken: Vec<&str> = loaded.iter().map(|policy| policy.rule.id.as_ref()).collect();
    let given = args.id.clone().or_else(|| place.id.clone());
    let id = given.unwrap_or_else(|| policy::next_id(PREFIX, place.domain, taken.into_iter()));
    let title = args.title.clone().unwrap_or_else(|| title(&place.name));
    let rule = NewRule { domain: place.domain, name: place.name.clone(), id, severity: args.severity, title, facts };
    refuse_without_kind(&rule)?;
    let parameters: BTreeSet<&str> =
        loaded.iter().flat_map(|policy| policy.rule.parameters.keys()).map(AsRef::as_ref).collect();
    let scaffold = rule.scaffold(&parameters);
    refuse_unsound(&place, &files, &scaffold)?;
    write(&place.rule(), &scaffold.rule)?;
    write(&place.test(), &scaffold.test)?;
    context.print(next_steps(&place, &rule).as_bytes())?;
    Ok(ExitStatus::Clean)
}

/// Where a rule stands.
struct Place {
    dir: PathBuf,
    domain: Domain,
    name: String,
    /// The id, when it stands for the place.
    id: Option<String>,
}

impl Place {
    fn of(args: &NewArgs) -> Result<Self, CliError> {
        let place = if is_id(&args.rule) { Self::of_id(args)? } else { Self::of_path(args)? };
        place.refuse_existing()?;
        Ok(place)
    }

    fn of_id(args: &NewArgs) -> Result<Self, CliError> {
        let usage = |message: String, help: &str| CliError::Usage { message, help: help.into() };
        let domain = policy::domain_of_id(&args.rule).ok_or_else(|| {
            let codes: Vec<String> =
                policy::domain_codes().map(|(code, domain)| format!("{code} ({domain})")).collect();
            usage(
                format!("`{}` names no domain", args.rule),
                &format!("write `ACME-RET-001`, with one of {}; or give a path and `--id`", codes.join(", ")),
            )
        })?;
        let lower = |char: char| if char.is_ascii_alphanumeric() { char.to_ascii_lowercase() } else { '_' };
        let name: String = args.title.iter().flat_map(|title| title.chars()).map(lower).collect();
        let name = name.split('_').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("_");
        if !name.starts_with(|first: char| first.is_ascii_lowercase()) {
            let help =
                "give `--title`, of which the name is made; or a path, such as `retention/weekly_backups`, and `--id`";
            return Err(usage(format!("rule `{}` needs a name", args.rule), help));
        }
        let dir = args.dir.clone().ok_or_else(|| {
            usage(format!("`{}` names no folder", args.rule), "give the folder with your rules with `--policy DIR`")
        })?;
        Ok(Self { dir, domain, name, id: Some(args.rule.clone()) })
    }

    fn of_path(args: &NewArgs) -> Result<Self, CliError> {
        let usage = |message: String| CliError::Usage {
            message,
            help: "write `DOMAIN/NAME`, such as `retention/weekly_backups`; the name is in snake case".into(),
        };
        let path = args.rule.replace('\\', "/");
        let path = path.strip_suffix(".rego").unwrap_or(&path);
        let Some((folders, name)) = path.rsplit_once('/') else {
            return Err(usage(format!("`{path}` names no domain")));
        };
        let (dir, domain) = match folders.rsplit_once('/') {
            Some((dir, domain)) => (Some(PathBuf::from(if dir.is_empty() { "/" } else { dir })), domain),
            None => (None, folders),
        };
        let domain: Domain = domain.parse().map_err(usage)?;
        let is_name = name.starts_with(|first: char| first.is_ascii_lowercase())
            && name.chars().all(|char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_')
            && !name.ends_with("_test");
        if !is_name {
            return Err(usage(format!("`{name}` is not the name of a rule")));
        }
        let dir = match (dir, &args.dir) {
            (None, None) => {
                return Err(CliError::Usage {
                    message: format!("`{path}` names no folder"),
                    help: format!("write `DIR/{path}`, or give the folder with `--policy DIR`"),
                });
            }
            (Some(dir), Some(outer)) => outer.join(dir),
            (Some(dir), None) => dir,
            (None, Some(dir)) => dir.clone(),
        };
        Ok(Self { dir, domain, name: name.to_owned(), id: None })
    }

    fn file(&self, suffix: &str) -> PathBuf {
        self.dir.join(self.domain.as_str()).join(format!("{}{suffix}.rego", self.name))
    }

    fn rule(&self) -> PathBuf {
        self.file("")
    }

    fn test(&self) -> PathBuf {
        self.file("_test")
    }

    fn refuse_existing(&self) -> Result<(), CliError> {
        match [self.rule(), self.test()].into_iter().find(|path| path.symlink_metadata().is_ok()) {
            None => Ok(()),
            Some(path) => Err(CliError::Usage {
                message: format!("`{}` is there already", shown(&path)),
                help: "nothing was written; give the rule another name, or move the file away".into(),
            }),
        }
    }
}

fn is_id(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_uppercase()) && !text.contains(['/', '\\', '.'])
}

fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

/// `weekly_backups`: "Weekly backups".
fn title(name: &str) -> String {
    crate::report::text::capital(&name.replace('_', " "))
}

/// The rules in the binary and those of the folder, when it is there.
fn existing(place: &Place) -> Result<Vec<PolicyFile>, CliError> {
    let mut files = policy::embedded();
    if place.dir.is_dir() {
        let more = policy::read(&place.dir).map_err(|error| CliError::Usage {
            message: format!("{error}"),
            help: "give a folder that you may read".into(),
        })?;
        files.extend(more);
    }
    Ok(files)
}

fn refuse_without_kind(rule: &NewRule) -> Result<(), CliError> {
    if !rule.kinds().is_empty() {
        return Ok(());
    }
    let of_fact = |path: &crate::model::FactPath| {
        let kinds: Vec<&str> = path.fact.def().kinds.iter().map(|kind| kind.as_str()).collect();
        format!("`{path}` is of {}", kinds.join(", "))
    };
    let each: Vec<String> = rule.facts.iter().map(of_fact).collect();
    Err(CliError::Usage {
        message: "no kind of resource has all of these facts".into(),
        help: format!("{}; take facts that one kind has together", each.join("; ")),
    })
}

/// What is wrong with the new rule beside those that are there: a name or an id that is taken.
fn refuse_unsound(place: &Place, files: &[PolicyFile], scaffold: &Scaffold) -> Result<(), CliError> {
    let file = |path: &Path, text: &str| PolicyFile { path: shown(path).into(), text: text.into(), user: true };
    let new = [file(&place.rule(), &scaffold.rule), file(&place.test(), &scaffold.test)];
    let all: Vec<PolicyFile> = files.iter().chain(&new).cloned().collect();
    let is_new = |path: &str| new.iter().any(|file| *file.path == *path);
    let mut problems = policy::check(&all);
    problems.retain(|problem| {
        let at = problem.source.as_ref().is_some_and(|source| is_new(&source.name));
        at || problem.help.as_ref().is_some_and(|help| new.iter().any(|file| help.contains(file.path.as_ref())))
    });
    if problems.is_empty() { Ok(()) } else { Err(problems.into()) }
}

fn write(path: &Path, text: &str) -> Result<(), CliError> {
    let failed = |error: io::Error| CliError::Output { place: format!("`{}`", shown(path)), error };
    fs::create_dir_all(folder_of(path)).map_err(failed)?;
    write_whole(path, |out| out.write_all(text.as_bytes())).map_err(failed)
}

fn next_steps(place: &Place, rule: &NewRule) -> String {
    let dir = shown(&place.dir);
    let (file, test) = (shown(&place.rule()), shown(&place.test()));
    let kinds: Vec<&str> = rule.kinds().iter().map(|kind| kind.as_str()).collect();
    format!(
        "wrote {file}\nwrote {test}\n\nrule {} judges: {}\n\nnext:\n  1. say in {file} what is asked, why, and how to \
         mend it\n  2. dbkeel policy check --policy {dir}\n  3. dbkeel policy test --policy {dir} {}_test\n  4. dbkeel \
         scan tfplan.json --policy {dir}\n",
        rule.id,
        kinds.join(", "),
        rule.name
    )
}
