//! What a baseline says, for people.

use std::fmt;

use super::{ChangeDescription, Description, GoldenDescription, OriginRow, ParameterRow, RuleRow, TargetRow};
use crate::model::{Severity, Value};
use crate::report::text::clean;

impl fmt::Display for Description<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "baseline {}", self.name)?;
        if !self.description.is_empty() {
            writeln!(f, "{}", self.description)?;
        }
        if let [_, extended @ ..] = self.files
            && !extended.is_empty()
        {
            writeln!(f, "extends {}", extended.join(", which extends "))?;
        }
        let tiers = self.tiers.iter().map(|tier| vec![tier.name.to_owned(), tier.description.to_owned()]);
        section(f, "Tiers", tiers.collect())?;
        let assign = self.assign.iter().map(|line| vec![line.tier.to_owned(), line.when.to_owned()]);
        section(f, "Assigned by the first that matches", assign.collect())?;
        section(f, "Parameters by tier", self.lines_by_tier())?;
        section(f, "Parameters of every tier", self.lines_of_every_tier())?;
        let rules = self.rules.iter().map(|rule| {
            vec![
                rule.id.to_owned(),
                self.severities(rule),
                format!("{}/{}", rule.domain, rule.name),
                rule.title.to_owned(),
                origins(&rule.origins, "own severity"),
            ]
        });
        section(f, &format!("Rules ({})", self.rules.len()), rules.collect())?;
        for change in &self.upcoming {
            section(f, &change.heading(), change.lines(&self.tiers))?;
        }
        let days = self.waivers.max_days.iter().rev();
        let days = days.map(|(severity, days)| vec![severity.to_string(), format!("{days} days")]);
        section(f, "Waivers hold at most", days.collect())?;
        let targets = self.targets.iter().map(|row| vec![row.name.to_owned(), row.shown()]);
        section(f, "Targets of the scorecard", targets.collect())?;
        for set in &self.golden_parameters {
            let lines = set.parameters.iter().map(|(name, value)| vec![name.to_string(), value.to_string()]);
            section(f, &set.heading(), lines.collect())?;
        }
        let approved = self.drift.approved_modules.iter().map(|source| vec![clean(source).into_owned()]);
        section(f, "Approved modules", approved.collect())?;
        let ignored = self.drift.ignore.iter().map(|rule| {
            vec![clean(rule.what).into_owned(), format!("until {}", rule.expires), clean(rule.reason).into_owned()]
        });
        section(f, "Drift that is ignored", ignored.collect())?;
        writeln!(f, "\nEngine versions: {}, dates of {}", self.engines.file, self.engines.retrieved)?;
        writeln!(f, "SHA-256: {}", self.sha256)
    }
}

impl TargetRow<'_> {
    fn shown(&self) -> String {
        match self.unit {
            "%" => format!("{}%", self.value),
            unit => format!("{} {unit}", self.value).trim_end().to_owned(),
        }
    }
}

impl Description<'_> {
    /// Parameters that differ: a column for each tier.
    fn lines_by_tier(&self) -> Vec<Vec<String>> {
        let mut head = vec![String::new()];
        head.extend(self.tiers.iter().map(|tier| tier.name.to_owned()));
        let mut lines = vec![head];
        for row in self.parameters.iter().filter(|row| !row.is_the_same()) {
            let mut line = vec![row.name.to_owned()];
            line.extend(row.values.iter().map(|value| shown(value)));
            line.push(row.unit.unwrap_or_default().to_owned());
            line.push(origins(&row.origins, "default"));
            lines.push(line);
        }
        if lines.len() > 1 { lines } else { Vec::new() }
    }

    /// Parameters that do not differ: most of them, some with long lists.
    fn lines_of_every_tier(&self) -> Vec<Vec<String>> {
        let same = self.parameters.iter().filter(|row| row.is_the_same());
        same.filter_map(|row| {
            let value = shown(row.values.first()?);
            let value = format!("{value} {}", row.unit.unwrap_or_default());
            Some(vec![row.name.to_owned(), value.trim_end().to_owned(), origins(&row.origins, "default")])
        })
        .collect()
    }
}

impl Description<'_> {
    /// One severity, or that of each tier where they differ.
    fn severities(&self, rule: &RuleRow<'_>) -> String {
        let mut distinct = rule.severities.clone();
        if distinct.iter().all(|severity| Some(severity) == rule.severities.first()) {
            distinct.truncate(1);
        }
        distinct.iter().map(Severity::to_string).collect::<Vec<_>>().join("/")
    }
}

/// Who set the values, tier by tier; once, when it is the same for all.
fn origins(origins: &[Option<OriginRow<'_>>], nobody: &str) -> String {
    if origins.iter().all(Option::is_none) {
        return String::new();
    }
    let shown = |origin: &Option<OriginRow<'_>>| match origin {
        None => nobody.to_owned(),
        Some(origin) => {
            let file = origin.file.rsplit('/').next().unwrap_or(origin.file);
            let since = origin.from.as_ref().map(|from| format!(" since {from}")).unwrap_or_default();
            format!("{}:{}{since}", clean(file), origin.line)
        }
    };
    let mut shown: Vec<String> = origins.iter().map(shown).collect();
    if shown.windows(2).all(|pair| pair.first() == pair.last()) {
        shown.truncate(1);
    }
    format!("({})", shown.join(" | "))
}

impl ChangeDescription<'_> {
    fn heading(&self) -> String {
        let why = match self.reasons.is_empty() {
            true => String::new(),
            false => format!(": {}", clean(&self.reasons.join("; "))),
        };
        format!("From {}{why}", self.from)
    }

    fn lines(&self, tiers: &[super::TierDescription<'_>]) -> Vec<Vec<String>> {
        let of_tiers = |changed: &[&str]| match changed.len() == tiers.len() {
            true => "every tier".to_owned(),
            false => changed.join(", "),
        };
        let parameters = self.parameters.iter().map(|change| {
            let change_of = format!("{} -> {}", shown(change.before), shown(change.after));
            vec![change.name.to_owned(), change_of, of_tiers(&change.tiers)]
        });
        let severities = self.severities.iter().map(|change| {
            vec![change.rule.to_owned(), format!("{} -> {}", change.before, change.after), of_tiers(&change.tiers)]
        });
        let added = self.added.iter().map(|rule| vec![(*rule).to_owned(), "is used".to_owned()]);
        let removed = self.removed.iter().map(|rule| vec![(*rule).to_owned(), "is used no more".to_owned()]);
        parameters.chain(severities).chain(added).chain(removed).collect()
    }
}

impl GoldenDescription<'_> {
    fn heading(&self) -> String {
        let tiers = match self.tiers {
            [] => "every tier".to_owned(),
            tiers => tiers.join(", "),
        };
        format!("Golden parameters of {} in {tiers}", self.family.join(", "))
    }
}

impl ParameterRow<'_> {
    fn is_the_same(&self) -> bool {
        self.values.windows(2).all(|pair| pair.first() == pair.last())
    }
}

fn shown(value: &Value) -> String {
    match value.as_list() {
        Some([]) => "none".to_owned(),
        _ => value.to_string(),
    }
}

/// A heading and its lines in columns, each as wide as its widest cell.
fn section(f: &mut fmt::Formatter<'_>, heading: &str, lines: Vec<Vec<String>>) -> fmt::Result {
    if lines.is_empty() {
        return Ok(());
    }
    let columns = lines.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or_default()).collect();
    writeln!(f, "\n{heading}")?;
    for line in &lines {
        let cells = line.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        writeln!(f, "  {}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    Ok(())
}
