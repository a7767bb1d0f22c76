//! Writes the entry of a waiver, for a person to complete and to put into the file.

use std::fmt::Write as _;
use std::sync::Arc;

use jiff::civil::Date;
use sha2::{Digest as _, Sha256};

use crate::model::Rule;

/// A waiver that is to be written.
#[derive(Clone, Debug)]
pub struct NewWaiver {
    /// Its id; `None` makes one of the rule and the resource.
    pub id: Option<String>,
    /// The rule.
    pub rule: Arc<Rule>,
    /// The address, ARN or glob; `None` asks for a comment in the source instead.
    pub resource: Option<String>,
    /// Why the finding is accepted.
    pub reason: String,
    /// Who owns the risk.
    pub owner: Option<String>,
    /// Who accepted it.
    pub approver: Option<String>,
    /// Where that was decided.
    pub ticket: Option<String>,
    /// The first day.
    pub created: Date,
    /// The last day.
    pub expires: Date,
}

impl NewWaiver {
    /// Its id: the same for the same rule and resource, so that one that exists already is noticed.
    pub fn id(&self) -> String {
        self.id.clone().unwrap_or_else(|| {
            let resource = self.resource.as_deref().unwrap_or("the line under the comment");
            let digest = Sha256::digest(format!("{}\u{1f}{resource}", self.rule.id).as_bytes());
            let digest: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
            format!("{}-{digest}", self.rule.name.replace('_', "-"))
        })
    }

    /// The entry, as a line or several of the list under `waivers:`.
    pub fn to_yaml(&self) -> String {
        let mut text = format!("  - id: {}\n", scalar(&self.id()));
        // Writing to a string cannot fail.
        let _ = writeln!(text, "    # {}", self.rule.title.replace(char::is_control, " "));
        let mut field = |key: &str, value: &str| {
            let _ = writeln!(text, "    {key}: {}", scalar(value));
        };
        field("rule", &self.rule.id);
        match &self.resource {
            Some(resource) => field("resource", resource),
            None => field("source_comment", "required"),
        }
        field("reason", &self.reason);
        let optional = [("owner", &self.owner), ("approver", &self.approver), ("ticket", &self.ticket)];
        for (key, value) in optional {
            if let Some(value) = value {
                field(key, value);
            }
        }
        field("created", &self.created.to_string());
        field("expires", &self.expires.to_string());
        text
    }
}

/// A text as YAML: plain when it is a word that YAML reads as nothing else, else in double quotes.
fn scalar(text: &str) -> String {
    let is_word = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let starts_plainly = text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(is_word);
    let is_date = text.len() == 10 && text.parse::<Date>().is_ok();
    const WORDS_WITH_A_MEANING: [&str; 8] = ["true", "false", "yes", "no", "on", "off", "null", "y"];
    let means_itself =
        !WORDS_WITH_A_MEANING.contains(&text.to_ascii_lowercase().as_str()) && text != "n" && text != "N";
    if is_date || (starts_plainly && means_itself) {
        return text.to_owned();
    }
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            // YAML wants these escaped: they are no printable characters, or would break the line.
            c if c.is_control() || matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                let _ = write!(quoted, "\\U{:08x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
