//! Failures with the lines of the source that decide them, as a compiler shows its errors.
//!
//! ```text
//! high[DBK-RET-001]: `aws_db_instance.main`: keeps 1 day of backups; tier-1 asks for 35
//!   --> main.tf:7:3
//!    |
//!  7 |   backup_retention_period = 1
//!    |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ tier-1 asks for 35
//!    = help: set backup_retention_period = 35
//! ```
//!
//! A line may hold a secret: what is set to an attribute with the name of one is not shown, nor is any value of a finding
//! about passwords.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group as Told, Level, Renderer, Snippet};

use crate::model::{Finding, Location, Results, Severity, Verdict};
use crate::report::failures::{self, OfRule};
use crate::report::text::clean;
use crate::report::{Excerpts, ReportOptions, remediation};
use crate::source::terraform::is_secret_name;

/// How many resources of one excerpt are named.
const MAX_NAMED: usize = 5;

/// How many of the lines that lead to a place are shown.
const MAX_RELATED: usize = 4;

/// Writes the excerpts, the worst findings first.
pub(super) fn write(results: &Results, options: &ReportOptions, out: &mut dyn Write) -> io::Result<()> {
    let most = match options.excerpts {
        Excerpts::None => return Ok(()),
        Excerpts::Gate => options.max_findings,
        Excerpts::All => usize::MAX,
    };
    let is_gated = |severity: Severity| options.excerpts == Excerpts::All || severity >= results.run.fail_on;
    results.find_places(|rule, verdict| verdict == Verdict::Fail && is_gated(results.gravest(rule)));
    let renderer = if options.color { Renderer::styled() } else { Renderer::plain() };
    let mut left = most;
    let mut more = 0;
    for of_rule in failures::new_or_worse(results) {
        if !is_gated(of_rule.severity) {
            continue;
        }
        for alike in alike(&of_rule, results) {
            if left == 0 {
                more += alike.len();
                continue;
            }
            left -= 1;
            if let Some(text) = render(&alike, results, &renderer) {
                writeln!(out, "\n{text}")?;
            }
        }
    }
    match more {
        0 => Ok(()),
        more => writeln!(out, "\n… and {more} more with a line; see `--excerpts all`"),
    }
}

/// The findings of a rule that have a line to show; those told in the same words at the same place are together.
fn alike<'a>(of_rule: &OfRule<'a>, results: &'a Results) -> Vec<Vec<Finding<'a>>> {
    let mut all: Vec<Vec<Finding<'a>>> = Vec::new();
    for group in &of_rule.outcomes {
        let mut known: BTreeMap<_, usize> = BTreeMap::new();
        for finding in group.findings() {
            let Some(location) = finding.place().and_then(|place| place.location.as_ref()) else { continue };
            if results.places.line(location).is_none() {
                continue;
            }
            let position = *known.entry((location, &finding.tier.name, finding.note())).or_insert(all.len());
            match all.get_mut(position) {
                Some(alike) => alike.push(finding),
                None => all.push(vec![finding]),
            }
        }
    }
    all
}

fn render(alike: &[Finding<'_>], results: &Results, renderer: &Renderer) -> Option<String> {
    let (first, others) = alike.split_first()?;
    let level = match first.severity() >= results.run.fail_on {
        true => Level::ERROR,
        false => Level::WARNING,
    };
    let title = format!("`{}`: {}", clean(&first.resource.id), clean(&first.message()));
    let title = level.with_name(first.severity().as_str()).primary_title(title).id(clean(&first.rule.id));
    let place = first.place()?;
    let mut told = Told::with_title(title).element(shown(
        results,
        place.location.as_ref()?,
        AnnotationKind::Primary,
        label(first),
        first,
    )?);
    for related in place.related.iter().take(MAX_RELATED) {
        let label = clean(related.message.as_str()).into_owned();
        told = told.elements(shown(results, &related.location, AnnotationKind::Context, label, first));
    }
    if let Some(names) = names(others) {
        told = told.element(Level::NOTE.message(names));
    }
    if let Some(help) = remediation::hint(first) {
        told = told.element(Level::HELP.message(clean(&help).into_owned()));
    }
    Some(renderer.render(&[told]))
}

/// The other resources that the line decides in the same way.
fn names(others: &[Finding<'_>]) -> Option<String> {
    let named: Vec<String> =
        others.iter().take(MAX_NAMED).map(|other| format!("`{}`", clean(&other.resource.id))).collect();
    let more = match others.len().saturating_sub(MAX_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    (!named.is_empty()).then(|| format!("the same holds for {}{more}", named.join(", ")))
}

/// What the baseline demands of the line, after what the line does not say by itself.
fn label(finding: &Finding<'_>) -> String {
    let settings = remediation::settings(finding.rule, finding.resource.resource_type, finding.tier);
    let asked: Vec<String> = settings
        .iter()
        .map(|setting| match settings.len() {
            1 => format!("`{}`", setting.value),
            _ => format!("`{} = {}`", setting.attribute, setting.value),
        })
        .collect();
    let demand = match asked.is_empty() {
        true => format!("{} asks: {}", finding.tier.name, finding.rule.title),
        false => format!("{} asks for {}", finding.tier.name, asked.join(", ")),
    };
    let text = match finding.note() {
        Some(note) => format!("{note}; {demand}"),
        None => demand,
    };
    clean(&text).into_owned()
}

/// One line of a file with a mark under the place.
fn shown(
    results: &Results,
    location: &Location,
    kind: AnnotationKind,
    label: String,
    finding: &Finding<'_>,
) -> Option<Snippet<'static, Annotation<'static>>> {
    let region = location.region?;
    let line = Line::of(results.places.line(location)?, is_about_secrets(finding));
    let span = line.span(region.start_column, region.end_column);
    let annotation = kind.span(span).label(label);
    let path = clean(&location.file).into_owned();
    Some(Snippet::source(line.0).path(path).line_start(region.start_line as usize).annotation(annotation))
}

fn is_about_secrets(finding: &Finding<'_>) -> bool {
    finding.rule.reads.iter().any(|path| {
        let name = path.to_string();
        name.contains("password") || name.contains("secret")
    })
}

/// A line that is safe to show, each character as it is shown, so that columns of the file still count.
struct Line(String);

impl Line {
    fn of(text: &str, hides_values: bool) -> Self {
        let text = text.trim_end();
        let end = keys(text).find(|(name, _)| hides_values || is_secret_name(name)).map(|(_, end)| end);
        let kept = end.and_then(|end| text.get(..end)).unwrap_or(text);
        // One character for one, or columns would move.
        let safe = |letter: char| match clean(letter.encode_utf8(&mut [0; 4])).len() == letter.len_utf8() {
            true if letter == '\t' => ' ',
            true => letter,
            false => '\u{fffd}',
        };
        let mut line: String = kept.chars().map(safe).collect();
        if kept.len() < text.len() {
            line.push_str(" …");
        }
        Self(line)
    }

    /// The bytes between two columns, from 1; at least one character of a line that has any.
    fn span(&self, start: u32, end: u32) -> Range<usize> {
        let at = |column: u32| {
            let mut offsets = self.0.char_indices().map(|(offset, _)| offset);
            offsets.nth(column.saturating_sub(1) as usize).unwrap_or(self.0.len())
        };
        let start = at(start);
        start..at(end).max(start)
    }
}

/// The names in a line that something is set to (`name = …`, `"name": …`), each with the end of its `=` or `:`.
fn keys(line: &str) -> impl Iterator<Item = (&str, usize)> {
    let is_separator = |(_, letter): &(usize, char)| matches!(letter, '=' | ':');
    line.char_indices().filter(is_separator).map(|(offset, _)| {
        let before = line.get(..offset).unwrap_or_default().trim_end().trim_end_matches('"');
        let is_part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
        let name = before.rsplit(|letter| !is_part(letter)).next().unwrap_or_default();
        (name, offset + 1)
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{Place, Places, Region, Related, Text};
    use crate::report::testing::{HOSTILE, everything, render_with};

    const MAIN: &str = "module \"db\" {\n  source      = \"../../modules/db\"\n  backup_days = 1\n}\n";
    const MODULE: &str = "resource \"aws_db_instance\" \"this\" {\n  backup_retention_period = var.backup_days\n}\n";

    fn line(file: &str, start_line: u32, columns: (u32, u32)) -> Location {
        let region = Region { start_line, start_column: columns.0, end_line: start_line, end_column: columns.1 };
        Location { file: file.into(), region: Some(region) }
    }

    /// The canonical results with places in two files, all of the rule about backups.
    fn results(module: &str) -> Results {
        let mut results = everything();
        let through = Related {
            location: line("modules/db/main.tf", 2, (3, 44)),
            message: Text::Static("set through variable `backup_days` here"),
        };
        let followed =
            Place { location: Some(line("envs/prod/main.tf", 3, (3, 18))), related: vec![through], note: None };
        let absent = Place {
            location: Some(line("modules/db/main.tf", 1, (1, 34))),
            related: Vec::new(),
            note: Some(Text::Static("`backup_retention_period` is not set here")),
        };
        let mut by_rule = vec![Vec::new(); 6];
        by_rule[5] = vec![(0, followed.clone()), (1, absent), (2, followed), (3, Place::default())];
        let texts: [(Arc<str>, Arc<str>); 2] =
            [("envs/prod/main.tf".into(), MAIN.into()), ("modules/db/main.tf".into(), module.into())];
        results.places = Places::known(by_rule, &texts);
        results
    }

    fn written(results: &Results, options: &ReportOptions) -> String {
        let mut out = Vec::new();
        write(results, options, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_finding_is_told_at_its_line() {
        insta::assert_snapshot!(written(&results(MODULE), &ReportOptions::default()));
    }

    #[test]
    fn what_is_too_much_is_counted() {
        let options = ReportOptions { max_findings: 1, ..ReportOptions::default() };
        let text = written(&results(MODULE), &options);
        assert!(text.ends_with("\n… and 1 more with a line; see `--excerpts all`\n"), "{text}");
        assert_eq!(written(&results(MODULE), &ReportOptions { excerpts: Excerpts::None, ..options }), "");
    }

    #[test]
    fn hostile_lines_steer_no_terminal() {
        let hostile = format!("resource \"{}\" {{\n", HOSTILE.replace('\n', ""));
        let text = render_with("table", &results(&hostile), &ReportOptions::default());
        let steers = |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!text.contains(steers), "{text}");
    }

    #[test]
    fn secrets_are_not_shown() {
        let shown = |text: &str, hides| Line::of(text, hides).0;
        assert_eq!(shown("  password = \"hunter2\"", false), "  password = …");
        assert_eq!(
            shown("  login = { user = \"a\", auth_token = \"b\" }", false),
            "  login = { user = \"a\", auth_token = …"
        );
        assert_eq!(shown("  \"master_password\": \"hunter2\",", false), "  \"master_password\": …");
        assert_eq!(shown("  default = \"hunter2\"", true), "  default = …");
        assert_eq!(shown("  multi_az = false", false), "  multi_az = false");
    }

    #[test]
    fn columns_hold_after_cleaning() {
        let line = Line::of("\tä\u{202e} = 1", false);
        assert_eq!(line.0, " ä\u{fffd} = 1");
        assert_eq!(line.0.get(line.span(2, 4)), Some("ä\u{fffd}"));
        assert_eq!(line.span(90, 99), line.0.len()..line.0.len());
    }
}
