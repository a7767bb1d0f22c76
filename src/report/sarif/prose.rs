//! The words of a SARIF log: rule help, result messages.

use std::fmt::Write as _;

use super::super::drift_rule::DriftRule;
use super::super::markdown_text::escape;
use super::super::remediation;
use super::super::text::{clean, cut};
use crate::model::{Finding, Rule, Tier};

/// GitHub's limit of a rule's short and full description (github/docs, SARIF support for code scanning).
const MAX_DESCRIPTION: usize = 1024;

/// How many resources a message names before it counts the rest.
pub(super) const MAX_NAMED: usize = 10;

/// A text that fits a rule's description.
pub(super) fn description(text: &str) -> String {
    cut(&sentence(&clean(text)), MAX_DESCRIPTION).into_owned()
}

/// Adds the full stop that SARIF2001 asks for.
pub(super) fn sentence(text: &str) -> String {
    match text.ends_with(['.', '!', '?']) {
        true => text.to_owned(),
        false => format!("{text}."),
    }
}

/// A name without spaces, as SARIF2009 has it: `backup_retention` becomes `BackupRetention`.
pub(super) fn pascal_case(name: &str) -> String {
    let words = name.split(|character: char| !character.is_ascii_alphanumeric());
    words
        .flat_map(|word| word.chars().take(1).map(|first| first.to_ascii_uppercase()).chain(word.chars().skip(1)))
        .collect()
}

/// What a rule asks, why, and how to mend it.
pub(super) struct Help {
    /// As plain text.
    pub(super) text: String,
    /// As Markdown.
    pub(super) markdown: String,
}

/// The help of a rule: the remediation of every tier, the controls that it answers, where it is written.
pub(super) fn help(rule: &Rule, tiers: &[Tier]) -> Help {
    let mut text = sentence(&clean(&rule.description));
    let mut markdown = format!("**{}**\n\n{}\n", escape(&rule.title), escape(&rule.description));
    let fixes = fixes(rule, tiers);
    if !fixes.is_empty() {
        markdown.push_str("\n**How to mend**\n\n");
    }
    for fix in &fixes {
        // Writing to a string cannot fail.
        let _ = write!(text, " {}", sentence(fix));
        let _ = writeln!(markdown, "- {}", escape(fix));
    }
    if !rule.covers.is_empty() {
        let covers: Vec<String> = rule.covers.iter().map(|control| escape(control)).collect();
        let _ = write!(markdown, "\n**Controls**: {}\n", covers.join(", "));
    }
    let _ = write!(markdown, "\n**Rule**: {}\n", escape(&rule.path));
    Help { text, markdown }
}

/// The help of a rule that drift is shown under.
pub(super) fn drift_help(rule: &DriftRule) -> Help {
    let description = sentence(&clean(&quoted(&rule.description)));
    let remedy = rule.remedy;
    Help {
        markdown: format!(
            "**{}**\n\n{}\n\n**How to mend**\n\n- {}\n",
            escape(&rule.title),
            escape(&description),
            escape(remedy)
        ),
        text: format!("{description} {remedy}"),
    }
}

/// The remediation in words, then each attribute with the value that each tier asks for.
fn fixes(rule: &Rule, tiers: &[Tier]) -> Vec<String> {
    let mut fixes: Vec<String> = Vec::new();
    let mut add = |fix: String| {
        if !fixes.contains(&fix) {
            fixes.push(fix);
        }
    };
    for text in tiers.iter().filter_map(|tier| remediation::text(rule, tier)) {
        add(clean(&text).into_owned());
    }
    for resource_type in rule.remediation.terraform.keys() {
        let of_tiers: Vec<_> =
            tiers.iter().map(|tier| (tier, remediation::settings(rule, resource_type, tier))).collect();
        let alike = of_tiers.windows(2).all(|pair| matches!(pair, [a, b] if a.1 == b.1));
        for (tier, settings) in of_tiers.iter().take(if alike { 1 } else { of_tiers.len() }) {
            for setting in settings {
                let suffix = if alike { String::new() } else { format!(" ({})", tier.name) };
                let (attribute, value) = (&setting.attribute, &setting.value);
                add(clean(&format!("{resource_type}: {attribute} = {value}{suffix}")).into_owned());
            }
        }
    }
    fixes
}

/// What a result says: who, what, and how to mend it. The first sentence is what GitHub shows as the title, so it holds
/// nothing that changes by itself.
pub(super) fn message(finding: &Finding<'_>) -> String {
    let mut text = plain(&format!("'{}': {}", finding.resource.id, sentence(&finding.message())));
    // Writing to a string cannot fail.
    if let Some(note) = finding.note() {
        let _ = write!(text, " Place: {}", plain(&sentence(&quoted(note))));
    }
    if let Some(hint) = remediation::hint(finding) {
        let _ = write!(text, " Remedy: {}", plain(&sentence(&hint)));
    }
    text
}

/// Why a waived finding is accepted: the ticket, the owner, the approver and the last day come first, since a viewer may cut.
pub(super) fn justification(finding: &Finding<'_>) -> String {
    let Some(waiver) = finding.waiver else { return clean(&finding.message()).into_owned() };
    let who = [("ticket", &waiver.ticket), ("owner", &waiver.owner), ("approver", &waiver.approver)];
    let who = who.into_iter().filter_map(|(what, name)| Some(format!("{what} {}", name.as_deref()?)));
    let parts: Vec<String> =
        [format!("waiver {}", waiver.id), format!("until {}", waiver.expires)].into_iter().chain(who).collect();
    clean(&format!("{}: {}", parts.join(", "), waiver.reason)).into_owned()
}

/// Names in quotes as SARIF2001 has them.
pub(super) fn quoted(text: &str) -> String {
    text.replace('`', "'")
}

/// What a result of several resources at one place says.
pub(super) fn message_of_many(rule: &Rule, first: &[Finding<'_>], count: usize) -> String {
    let named: Vec<String> =
        first.iter().map(|finding| format!("'{}': {}", finding.resource.id, finding.message())).collect();
    let more = match count.saturating_sub(first.len()) {
        0 => ".".to_owned(),
        more => format!("; and {more} more."),
    };
    plain(&format!("'{}' does not hold. {}{more}", rule.title, named.join("; ")))
}

/// Text that a SARIF viewer shows as it is: no control characters, no embedded links (SARIF 2.1.0, section 3.11.6), no
/// placeholders (section 3.11.5).
pub(super) fn plain(text: &str) -> String {
    clean(text).replace("](", "] (").replace('{', "{{").replace('}', "}}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_name_becomes_one_word() {
        assert_eq!(pascal_case("backup_retention"), "BackupRetention");
        assert_eq!(pascal_case("tls__1_2"), "Tls12");
    }

    #[test]
    fn text_holds_no_link_and_no_placeholder() {
        assert_eq!(plain("[a](https://x) {0}"), "[a] (https://x) {{0}}");
    }

    #[test]
    fn a_long_description_is_cut_to_what_code_scanning_takes() {
        assert_eq!(description(&"x".repeat(5000)).chars().count(), MAX_DESCRIPTION);
    }
}
