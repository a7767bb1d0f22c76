//! Prints values as `terraform console` does.

use super::super::super::value::{MapKind, SequenceKind, Val};

/// The printed value. A null has no type here, so it is always `null`; [`untyped`] makes the console's say the same.
pub(crate) fn print(value: &Val) -> String {
    printed(value, 0)
}

fn printed(value: &Val, indent: usize) -> String {
    match value {
        Val::Unknown(_) => "(known after apply)".to_owned(),
        Val::Sensitive(_) => "(sensitive value)".to_owned(),
        Val::Null => "null".to_owned(),
        Val::Bool(value) => value.to_string(),
        Val::Number(number) => number.to_string(),
        Val::String(text) => print_text(text, indent),
        Val::Sequence(kind, elements) => {
            let lines = elements.iter().map(|element| format!("{},", printed(element, indent + 2)));
            let body = block('[', lines.collect(), ']', indent);
            match kind {
                SequenceKind::Tuple => body,
                SequenceKind::List => format!("tolist({body})"),
                SequenceKind::Set => format!("toset({body})"),
            }
        }
        Val::Mapping(kind, elements) => {
            let lines = elements
                .iter()
                .map(|(name, element)| format!("{} = {}", print_text(name, indent + 2), printed(element, indent + 2)));
            let body = block('{', lines.collect(), '}', indent);
            if *kind == MapKind::Map { format!("tomap({body})") } else { body }
        }
    }
}

fn block(open: char, lines: Vec<String>, close: char, indent: usize) -> String {
    if lines.is_empty() {
        return format!("{open}{close}");
    }
    let inner = " ".repeat(indent + 2);
    let lines: String = lines.iter().map(|line| format!("\n{inner}{line}")).collect();
    format!("{open}{lines}\n{}{close}", " ".repeat(indent))
}

fn print_text(text: &str, indent: usize) -> String {
    if !text.contains('\n') {
        return quote(text);
    }
    let mut delimiter = "EOT".to_owned();
    while text.lines().any(|line| line.trim() == delimiter) {
        delimiter.push('_');
    }
    let margin = " ".repeat(indent);
    let lines: String = text.split('\n').map(|line| format!("\n{margin}{line}")).collect();
    format!("<<{}{delimiter}{lines}\n{margin}{delimiter}", if indent > 0 { "-" } else { "" })
}

/// Go's `strconv.Quote`.
fn quote(text: &str) -> String {
    let mut quoted = "\"".to_owned();
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\u{7}' => quoted.push_str("\\a"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{c}' => quoted.push_str("\\f"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\u{b}' => quoted.push_str("\\v"),
            '\0'..='\u{1f}' | '\u{7f}' => quoted.push_str(&format!("\\x{:02x}", u32::from(character))),
            '\u{80}'..='\u{a0}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{feff}' => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

/// What the console printed, with nulls that have no type.
pub(crate) fn untyped(answer: &str) -> String {
    let mut text = answer.to_owned();
    for kind in ["string", "number", "bool", "list", "map", "set"] {
        text = text.replace(&format!("to{kind}(null)"), "null");
    }
    while let Some((before, rest)) = text.split_once("null /* ") {
        let Some((_, after)) = rest.split_once("*/") else { break };
        text = format!("{before}null{after}");
    }
    text
}
