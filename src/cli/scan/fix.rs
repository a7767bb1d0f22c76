//! `dbkeel scan --fix`: edits the source so that findings pass, or prints what it would edit.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use clap::Args;

use super::{CliError, Judges, ScanArgs, input};
use crate::cli::output::Outputs;
use crate::cli::shared::Context;
use crate::diagnostic::Diagnostic;
use crate::evaluate::evaluate;
use crate::file::replace_text;
use crate::fix::{self, Change, Edit, File, Key, Outcome, Proposals, Shown, Suggestion, Texts};
use crate::model::{Finding, Fix, FixEdit, Location, Region, Results, SourceKind, Verdict};
use crate::report::remediation;
use crate::report::text::{clean, count};
use crate::source::terraform::Given;

/// How many suggestions are told.
const MAX_SUGGESTIONS: usize = 20;

#[derive(Args, Debug)]
pub(super) struct FixArgs {
    /// Edit the Terraform source so that findings pass, where that is certain, and print what changed. The exit status is
    /// that of the scan afterwards
    #[arg(long, conflicts_with = "no_source")]
    pub(super) fix: bool,
    /// With --fix: print what would change and change nothing
    #[arg(long, requires = "fix")]
    dry_run: bool,
}

/// What is needed to judge configuration again.
pub(super) struct Fixing<'a> {
    pub(super) args: &'a ScanArgs,
    pub(super) given: &'a Given,
    pub(super) judges: &'a Judges,
    pub(super) context: &'a Context,
}

/// What can be done, and which findings of the run it is about.
pub(super) struct Found {
    outcome: Outcome,
    /// For each finding of the run, by indices of rule and resource, its key.
    keys: BTreeMap<(usize, u32), Key>,
}

impl Fixing<'_> {
    /// Whether anybody asked for fixes. A log has them when configuration is judged; a plan's have to be asked for, since
    /// its source is to be evaluated for them.
    pub(super) fn is_wanted(&self, outputs: &Outputs) -> bool {
        let reads_folder = self.args.paths.iter().any(|path| Path::new(path).is_dir());
        self.args.fix.fix || (outputs.want_fixes(self.context) && reads_folder)
    }

    /// Finds the changes that are certain, and judges the configuration again with them.
    pub(super) fn find(&self, results: &Results) -> Result<Found, CliError> {
        let folders: Vec<String> = self.args.paths.iter().filter(|path| Path::new(path).is_dir()).cloned().collect();
        let documents = DocumentSource::of(results, self.args);
        let paths: Vec<String> =
            folders.into_iter().chain(documents.iter().map(|source| source.folder.clone())).collect();
        if paths.is_empty() {
            return Ok(Found { outcome: Outcome::default(), keys: BTreeMap::new() });
        }
        let (before, mut input) = self.judge(&paths, &Texts::new())?;
        let keys = keys(results, &before, documents.as_ref());
        let wanted: BTreeSet<Key> = keys.values().cloned().collect();
        let existing = existing(results, &keys);
        let mut proposals = Proposals::default();
        input.each_folder(|configuration, roots| {
            let exists = |key: &Key| existing.contains(key);
            proposals.add(fix::propose(&before, configuration, roots, &wanted, &exists));
        });
        proposals.suggestions.extend(self.not_shown(results, &before, &keys));
        let judge = &mut |texts: &Texts| self.judge(&paths, texts).map(|(results, _)| results);
        let mut outcome = fix::verify(&before, proposals, judge)?;
        let severity = |suggestion: &Suggestion| {
            let rule = results.rules.iter().find(|rule| rule.id == suggestion.finding.rule);
            std::cmp::Reverse(rule.map(|rule| results.gravest(rule)))
        };
        outcome.suggestions.sort_by_key(severity);
        Ok(Found { outcome, keys })
    }

    /// Judges configuration as it would be with other texts.
    fn judge(&self, paths: &[String], texts: &Texts) -> Result<(Results, input::Input), CliError> {
        let given = Given { texts: Arc::new(texts.clone()), ..self.given.clone() };
        let mut input = input::read_all(paths, &given, &self.args.judging.instant(self.context))?;
        let inventory = std::mem::take(&mut input.inventory);
        let options = self.args.judging.options(self.context);
        Ok((evaluate(inventory, &self.judges.policies, &self.judges.baseline, &options), input))
    }

    /// Findings of a plan that its configuration does not show by itself.
    fn not_shown(&self, results: &Results, before: &Results, keys: &BTreeMap<(usize, u32), Key>) -> Vec<Suggestion> {
        let shown: BTreeSet<Key> = before.findings(&[Verdict::Fail]).map(|finding| fix::key(&finding)).collect();
        let failures = failures(results).filter(|(place, _)| keys.get(place).is_some_and(|key| !shown.contains(key)));
        failures
            .filter_map(|(place, finding)| {
                remediation::settings(finding.rule, finding.resource.resource_type, finding.tier).first()?;
                Some(Suggestion {
                    finding: keys.get(&place)?.clone(),
                    location: finding.place().and_then(|place| place.location.clone()),
                    what: remediation::hint(&finding)?,
                    why: "the source alone does not show the finding, so that a fix cannot be verified".to_owned(),
                })
            })
            .collect()
    }

    /// Prints what changes and what does not, and changes it; whether any file was written.
    pub(super) fn make(&self, found: &Found, outputs: &Outputs) -> Result<bool, CliError> {
        let edits = fix::edits(&found.outcome.changes);
        self.tell(found, &edits, outputs)?;
        if self.args.fix.dry_run || edits.is_empty() {
            return Ok(false);
        }
        for (file, edits) in &edits {
            write(file, edits)?;
        }
        let findings: BTreeSet<&Key> = found.outcome.changes.iter().flat_map(|change| &change.findings).collect();
        self.context.note(&format!("fixed {} in {}", count(findings.len(), "finding"), count(edits.len(), "file")));
        Ok(true)
    }

    fn tell(&self, found: &Found, edits: &BTreeMap<&File, Vec<Edit>>, outputs: &Outputs) -> Result<(), CliError> {
        let to_stdout = outputs.is_stdout_for_people();
        let shown = if self.context.color && to_stdout { Shown::Colored } else { Shown::Plain };
        let mut text = String::new();
        for (file, edits) in edits {
            text.push_str(&fix::unified(file, edits, shown));
        }
        text.push_str(&cautions(&found.outcome.changes));
        text.push_str(&suggestions(&found.outcome.suggestions));
        if text.is_empty() {
            text.push_str("no finding can be fixed by an edit of the source\n");
        }
        match to_stdout {
            true => self.context.print(format!("{text}\n").as_bytes()),
            false => {
                self.context.note(text.trim_end());
                Ok(())
            }
        }
    }
}

impl Found {
    /// Tells the reports which findings have a fix.
    pub(super) fn add_to(&self, results: &mut Results) {
        let mut by_finding: BTreeMap<&Key, Vec<&Change>> = BTreeMap::new();
        for change in &self.outcome.changes {
            for finding in &change.findings {
                by_finding.entry(finding).or_default().push(change);
            }
        }
        let of_finding = |key: &Key| by_finding.get(key).map(|changes| Arc::new(as_fix(changes)));
        results.places.add_fixes(self.keys.iter().filter_map(|(place, key)| Some((*place, of_finding(key)?))));
    }
}

/// The folder with the source of the documents among the paths.
struct DocumentSource {
    folder: String,
}

impl DocumentSource {
    /// `None` when there are no documents, or their source is not here.
    fn of(results: &Results, args: &ScanArgs) -> Option<Self> {
        let has_line = |(_, finding): &((usize, u32), Finding<'_>)| {
            is_document(results, finding) && finding.place().is_some_and(|place| place.location.is_some())
        };
        let folder = args.source.source.as_deref().unwrap_or(Path::new("."));
        failures(results).any(|found| has_line(&found)).then(|| Self { folder: folder.to_string_lossy().into_owned() })
    }
}

fn is_document(results: &Results, finding: &Finding<'_>) -> bool {
    let source = results.sources.get(finding.resource.source as usize);
    source.is_some_and(|source| source.kind != SourceKind::TerraformConfiguration)
}

fn failures(results: &Results) -> impl Iterator<Item = ((usize, u32), Finding<'_>)> {
    results.verdicts.iter().flat_map(move |of_rule| {
        of_rule.verdicts.iter().filter_map(move |(resource, outcome)| {
            let outcome = of_rule.outcomes.get(*outcome as usize)?;
            let finding = results.finding(of_rule.rule, *resource, outcome)?;
            (outcome.verdict == Verdict::Fail).then_some(((of_rule.rule, *resource), finding))
        })
    })
}

/// The key, among the verdicts of the configuration alone, of every failure of the run.
fn keys(results: &Results, before: &Results, documents: Option<&DocumentSource>) -> BTreeMap<(usize, u32), Key> {
    // INVARIANT: the configuration alone is read in the order of the run, the source of its documents last.
    let folders = results.sources.iter().enumerate();
    let folders =
        folders.filter(|(_, source)| source.kind == SourceKind::TerraformConfiguration).map(|(index, _)| index);
    let of_folder: BTreeMap<usize, usize> = folders.zip(0..).collect();
    let root_of_documents = documents.and_then(|source| {
        let canonical = |path: &Path| path.canonicalize().ok();
        let wanted = canonical(Path::new(&source.folder))?;
        let roots = before.sources.iter().enumerate().skip(of_folder.len());
        let ends_alike = |path: &str| path == "." || wanted.ends_with(path);
        roots.filter(|(_, root)| ends_alike(&root.path)).map(|(index, _)| index).next()
    });
    let source_of = |finding: &Finding<'_>| match is_document(results, finding) {
        true => root_of_documents,
        false => of_folder.get(&(finding.resource.source as usize)).copied(),
    };
    failures(results)
        .filter_map(|(place, finding)| {
            let source = u32::try_from(source_of(&finding)?).ok()?;
            Some((place, Key { source, ..fix::key(&finding) }))
        })
        .collect()
}

/// The findings about databases that a plan or a state finds there already.
fn existing(results: &Results, keys: &BTreeMap<(usize, u32), Key>) -> BTreeSet<Key> {
    let there = failures(results).filter(|(_, finding)| {
        let action = finding.resource.change.as_ref().map(|change| change.action);
        is_document(results, finding) && fix::exists(action)
    });
    there.filter_map(|(place, _)| keys.get(&place).cloned()).collect()
}

fn as_fix(changes: &[&Change]) -> Fix {
    let what: Vec<String> = changes.iter().map(|change| format!("{} = {}", change.attribute, change.value())).collect();
    let edits = fix::edits(changes.iter().copied()).into_iter().flat_map(|(file, edits)| {
        edits.into_iter().map(move |edit| FixEdit { location: location(file, &edit), text: edit.text.into() })
    });
    Fix { description: format!("Set {}.", what.join(", ")).into(), edits: edits.collect() }
}

fn location(file: &File, edit: &Edit) -> Location {
    let (start_line, start_column) = crate::source::text::place(&file.text, edit.start);
    let (end_line, end_column) = crate::source::text::place(&file.text, edit.end);
    let region = Region { start_line, start_column, end_line, end_column };
    Location { file: Arc::clone(&file.name), region: Some(region) }
}

fn cautions(changes: &[Change]) -> String {
    let told: BTreeSet<String> = changes
        .iter()
        .flat_map(|change| change.cautions.iter().map(|caution| format!("! {}: {caution}\n", line(&change.location))))
        .collect();
    told.into_iter().collect()
}

/// What is left to a person, once for all findings that are told in the same words.
fn suggestions(suggestions: &[Suggestion]) -> String {
    let mut rows: Vec<(String, Vec<&str>)> = Vec::new();
    for suggestion in suggestions {
        let text = format!("{}: {}: {}", line(&suggestion.location), suggestion.what, suggestion.why);
        match rows.last_mut().filter(|(last, _)| *last == text) {
            Some((_, resources)) => resources.push(&suggestion.finding.resource),
            None => rows.push((text, vec![&suggestion.finding.resource])),
        }
    }
    if rows.is_empty() {
        return String::new();
    }
    let mut out = format!("? NOT CERTAIN, so left to you ({})\n", count(suggestions.len(), "finding"));
    for (text, resources) in rows.iter().take(MAX_SUGGESTIONS) {
        let others = match resources.len() {
            0 | 1 => String::new(),
            more => format!(" and {} more", more - 1),
        };
        let first = resources.first().copied().unwrap_or_default();
        out.push_str(&format!("  {}\n      {}{others}\n", clean(text), clean(first)));
    }
    match rows.len().saturating_sub(MAX_SUGGESTIONS) {
        0 => {}
        more => out.push_str(&format!("  … {more} more\n")),
    }
    out
}

fn line(location: &Option<Location>) -> String {
    match location {
        None => "no line".to_owned(),
        Some(Location { file, region: None }) => clean(file).into_owned(),
        Some(Location { file, region: Some(region) }) => format!("{}:{}", clean(file), region.start_line),
    }
}

/// Writes the edited text, with the byte order mark that the file had.
fn write(file: &File, edits: &[Edit]) -> Result<(), CliError> {
    let failed = |error| CliError::Output { place: format!("`{}`", file.name), error };
    let old = std::fs::read(&file.path).map_err(failed)?;
    let mark: &[u8] = if old.starts_with(b"\xef\xbb\xbf") { b"\xef\xbb\xbf" } else { b"" };
    if old.get(mark.len()..) != Some(file.text.as_bytes()) {
        return Err(Diagnostic::new(format!("`{}` changed while it was judged, and is not edited", file.name))
            .help("run `dbkeel scan --fix` again")
            .into());
    }
    let new = [mark, fix::apply(&file.text, edits).as_bytes()].concat();
    replace_text(&file.path, &new).map_err(failed)
}
