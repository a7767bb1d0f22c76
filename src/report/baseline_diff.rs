//! What a change of a baseline does, for people, for programs, and for the pull request that makes it.

use std::fmt::Write as _;

use serde::Serialize;

use super::markdown_text::{cell, code, code_cell};
use super::text::{clean, count};
use crate::baseline::diff::{BaselineDiff, Change, Counts, Effect};
use crate::model::{Coming, Severity};

/// The name and version of the form.
const SCHEMA: &str = "dbkeel.baseline-diff/v1";

/// How many changes of one rule and effect are spelt out for people.
const MAX_PER_RULE: usize = 5;

/// How many rows the page for a pull request has: GitHub refuses a comment of more than 65,536 characters.
const MAX_ROWS: usize = 150;

/// How many owners are listed for people.
const MAX_OWNERS: usize = 30;

/// What nobody owns.
const NOBODY: &str = "(no owner)";

/// For people at a terminal.
pub fn table(diff: &BaselineDiff<'_>) -> String {
    let mut page = format!(
        "baseline `{}` -> `{}`, on {} as of {}\n",
        clean(&diff.old.run.baseline),
        clean(&diff.new.run.baseline),
        count(diff.new.resources.len(), "resource"),
        diff.new.run.as_of,
    );
    owners(&mut page, diff);
    for effect in Effect::ALL {
        effects(&mut page, diff, effect);
    }
    coming(&mut page, diff);
    let _ = writeln!(page, "\n{}", last_line(diff));
    page
}

// Writing to a String cannot fail, here and below.
fn owners(page: &mut String, diff: &BaselineDiff<'_>) {
    let rows = diff.by_owner();
    if rows.is_empty() {
        return;
    }
    let wide = |texts: &mut dyn Iterator<Item = &str>, least: usize| {
        texts.map(|text| text.chars().count()).max().unwrap_or(0).max(least)
    };
    let tiers = wide(&mut rows.keys().map(|(tier, _)| *tier), 4);
    let owners = wide(&mut rows.keys().map(|(_, owner)| owner.unwrap_or(NOBODY)), 5);
    let _ = writeln!(page, "\n  {:tiers$}  {:owners$}  NEWLY FAILS  GRAVER  MILDER  NO LONGER FAILS", "TIER", "OWNER");
    for ((tier, owner), counts) in rows.iter().take(MAX_OWNERS) {
        let Counts { newly_fails, graver, milder, no_longer_fails } = counts;
        let owner = clean(owner.unwrap_or(NOBODY));
        let _ = writeln!(
            page,
            "  {tier:tiers$}  {owner:owners$}  {newly_fails:>11}  {graver:>6}  {milder:>6}  {no_longer_fails:>15}"
        );
    }
    if rows.len() > MAX_OWNERS {
        let _ = writeln!(page, "  … {} more; see `--format json`", rows.len() - MAX_OWNERS);
    }
}

fn effects(page: &mut String, diff: &BaselineDiff<'_>, effect: Effect) {
    let changes: Vec<&Change<'_>> = diff.changes.iter().filter(|change| change.effect == effect).collect();
    if changes.is_empty() {
        return;
    }
    let glyph = match effect {
        Effect::NewlyFails => "✗",
        Effect::Graver | Effect::Milder => "~",
        Effect::NoLongerFails => "✓",
    };
    let _ = writeln!(page, "\n{glyph} {} ({})", effect.as_str().to_uppercase(), changes.len());
    for of_rule in changes.chunk_by(|a, b| (a.rule, a.severity) == (b.rule, b.severity)) {
        let Some(first) = of_rule.first() else { continue };
        let _ = writeln!(page, "  {} {}: {}", severity(first), clean(first.rule), clean(first.title));
        for change in of_rule.iter().take(MAX_PER_RULE) {
            let _ = writeln!(page, "    {}\n      {}", clean(change.resource), clean(&who(change)));
            for message in change.messages {
                let _ = writeln!(page, "      {}", clean(message));
            }
        }
        if of_rule.len() > MAX_PER_RULE {
            let _ = writeln!(page, "    … {} more of this rule", of_rule.len() - MAX_PER_RULE);
        }
    }
}

/// The severity, and the one before where it was another.
fn severity(change: &Change<'_>) -> String {
    match change.severity_before {
        Some(before) if before != change.severity => format!("{} instead of {before}", change.severity),
        _ => change.severity.to_string(),
    }
}

/// The tier and why, the owner, and what the other baseline says.
fn who(change: &Change<'_>) -> String {
    let tier = match change.tier_before {
        None => format!("{} ({})", change.tier, change.tier_reason),
        Some(before) => format!("{} instead of {before}", change.tier),
    };
    let owner = change.owner.as_deref().unwrap_or(NOBODY);
    let other = match (change.effect, change.other_verdict) {
        (Effect::NewlyFails, None) => "; the rule was not used",
        (Effect::NewlyFails, Some(verdict)) => return format!("{tier}; {owner}; {} before", words(verdict)),
        (Effect::NoLongerFails, None) => "; the rule is used no more",
        (Effect::NoLongerFails, Some(verdict)) => return format!("{tier}; {owner}; {} now", words(verdict)),
        _ => "",
    };
    format!("{tier}; {owner}{other}")
}

fn words(verdict: crate::model::Verdict) -> String {
    verdict.as_str().replace('_', " ")
}

fn coming(page: &mut String, diff: &BaselineDiff<'_>) {
    if diff.coming.is_empty() {
        return;
    }
    let _ = writeln!(page, "\n> COMING by the new baseline");
    for of_rule in diff.coming {
        let resources = count(of_rule.resources.len(), "resource");
        let _ = writeln!(page, "  from {}: {} of {} at {resources}", of_rule.from, of_rule.effect(), of_rule.rule.id);
    }
}

/// The numbers; their form is stable, so that scripts may read it.
fn last_line(diff: &BaselineDiff<'_>) -> String {
    let Counts { newly_fails, graver, milder, no_longer_fails } = diff.counts();
    let coming: usize = diff.coming.iter().map(|coming| coming.resources.len()).sum();
    format!(
        "{newly_fails} newly fail, {graver} graver, {milder} milder, {no_longer_fails} no longer fail, {coming} coming, {} gaps",
        diff.new.gaps.len()
    )
}

/// For the pull request that changes the baseline.
pub fn markdown(diff: &BaselineDiff<'_>) -> String {
    let counts = diff.counts();
    let title = match counts.newly_fails {
        0 => "✓ nothing newly fails".to_owned(),
        newly => format!("✗ {newly} newly fail"),
    };
    let mut page = format!(
        "## dbkeel baseline: {title}\n\nBaseline {} -> {}, on {} as of {}.\n",
        code(&diff.old.run.baseline),
        code(&diff.new.run.baseline),
        count(diff.new.resources.len(), "resource"),
        diff.new.run.as_of,
    );
    owner_rows(&mut page, diff);
    let mut left = MAX_ROWS;
    for effect in Effect::ALL {
        change_rows(&mut page, diff, effect, &mut left);
    }
    if !diff.coming.is_empty() {
        page.push_str(
            "\n### Coming by the new baseline\n\n| From | Severity | Rule | Resources |\n| --- | --- | --- | --- |\n",
        );
        for of_rule in diff.coming.iter().take(MAX_ROWS) {
            let (id, title) = (code_cell(&of_rule.rule.id), cell(&of_rule.rule.title));
            let (from, effect, resources) = (&of_rule.from, of_rule.effect(), of_rule.resources.len());
            let _ = writeln!(page, "| {from} | {effect} | {id} {title} | {resources} |");
        }
    }
    let _ = writeln!(page, "\n{}", last_line(diff));
    page
}

fn owner_rows(page: &mut String, diff: &BaselineDiff<'_>) {
    let rows = diff.by_owner();
    if rows.is_empty() {
        return;
    }
    page.push_str(
        "\n| Tier | Owner | Newly fails | Graver | Milder | No longer fails |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    for ((tier, owner), counts) in rows.iter().take(MAX_OWNERS) {
        let numbers: Vec<String> = Effect::ALL.iter().map(|effect| counts.of(*effect).to_string()).collect();
        let _ = writeln!(page, "| {} | {} | {} |", cell(tier), cell(owner.unwrap_or(NOBODY)), numbers.join(" | "));
    }
    if rows.len() > MAX_OWNERS {
        let _ = writeln!(page, "\n… {} more", rows.len() - MAX_OWNERS);
    }
}

fn change_rows(page: &mut String, diff: &BaselineDiff<'_>, effect: Effect, left: &mut usize) {
    let changes: Vec<&Change<'_>> = diff.changes.iter().filter(|change| change.effect == effect).collect();
    if changes.is_empty() {
        return;
    }
    let (title, total) = (super::text::capital(effect.as_str()), changes.len());
    let shown = total.min(*left);
    *left -= shown;
    let _ = writeln!(page, "\n<details open><summary>{title} ({total})</summary>\n");
    page.push_str("| Severity | Rule | Resource | Tier and owner | Finding |\n| --- | --- | --- | --- | --- |\n");
    for change in changes.iter().take(shown) {
        let messages: Vec<String> = change.messages.iter().map(|message| cell(message)).collect();
        let _ = writeln!(
            page,
            "| {} | {} {} | {} | {} | {} |",
            severity(change),
            code_cell(change.rule),
            cell(change.title),
            code_cell(change.resource),
            cell(&who(change)),
            messages.join("<br>")
        );
    }
    if total > shown {
        let _ = writeln!(page, "\n… {} more", total - shown);
    }
    page.push_str("\n</details>\n");
}

/// For programs.
pub fn json(diff: &BaselineDiff<'_>) -> String {
    let by_owner = diff.by_owner().into_iter().map(|((tier, owner), counts)| OwnerRow { tier, owner, counts });
    let coming = diff.coming.iter().map(|coming| ComingRow::of(coming, diff));
    let document = Document {
        schema: SCHEMA,
        as_of: &diff.new.run.as_of,
        old: Side { baseline: &diff.old.run.baseline, sha256: &diff.old.run.baseline_sha256 },
        new: Side { baseline: &diff.new.run.baseline, sha256: &diff.new.run.baseline_sha256 },
        resources: diff.new.resources.len(),
        gaps: diff.new.gaps.len(),
        counts: diff.counts(),
        by_owner: by_owner.collect(),
        changes: &diff.changes,
        coming: coming.collect(),
    };
    // Only a map with keys that are not texts could make this fail.
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    as_of: &'a str,
    old: Side<'a>,
    new: Side<'a>,
    resources: usize,
    gaps: usize,
    counts: Counts,
    by_owner: Vec<OwnerRow<'a>>,
    changes: &'a [Change<'a>],
    coming: Vec<ComingRow<'a>>,
}

#[derive(Serialize)]
struct Side<'a> {
    baseline: &'a str,
    sha256: &'a str,
}

#[derive(Serialize)]
struct OwnerRow<'a> {
    tier: &'a str,
    owner: Option<&'a str>,
    #[serde(flatten)]
    counts: Counts,
}

#[derive(Serialize)]
struct ComingRow<'a> {
    from: &'a str,
    rule: &'a str,
    severity: Severity,
    #[serde(skip_serializing_if = "Option::is_none")]
    today: Option<Severity>,
    resources: Vec<&'a str>,
}

impl<'a> ComingRow<'a> {
    fn of(coming: &'a Coming, diff: &BaselineDiff<'a>) -> Self {
        Self {
            from: &coming.from,
            rule: &coming.rule.id,
            severity: coming.severity,
            today: coming.today,
            resources: coming.ids(diff.new).map(AsRef::as_ref).collect(),
        }
    }
}

#[cfg(test)]
mod tests;
