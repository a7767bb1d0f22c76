//! `jsonencode` and `jsondecode`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::value::RawValue;

use super::super::value::{MapKind, SequenceKind, Val};
use super::arguments::Arguments;
use super::{MAX_TEXT, text, too_long};

/// Deeper than any document that is meant to be read, and not so deep that a stack ends.
const MAX_DEPTH: usize = 200;

pub(super) fn jsonencode(arguments: &Arguments<'_>) -> Result<Val, String> {
    Ok(text::value(&encoded(arguments.value(0)?)?))
}

/// The value in JSON. INVARIANT: it holds nothing unknown and no mark.
pub(super) fn encoded(value: &Val) -> Result<String, String> {
    let mut json = String::new();
    append(&mut json, value)?;
    Ok(json)
}

fn append(json: &mut String, value: &Val) -> Result<(), String> {
    match value {
        Val::Null | Val::Unknown(_) => json.push_str("null"),
        Val::Bool(value) => json.push_str(if *value { "true" } else { "false" }),
        Val::Number(number) => {
            let _ = write!(json, "{number}");
        }
        Val::String(body) => append_text(json, body),
        Val::Sensitive(inner) => append(json, inner)?,
        Val::Sequence(_, elements) => {
            json.push('[');
            for (index, element) in elements.iter().enumerate() {
                json.push_str(if index > 0 { "," } else { "" });
                append(json, element)?;
            }
            json.push(']');
        }
        Val::Mapping(_, elements) => {
            json.push('{');
            for (index, (name, element)) in elements.iter().enumerate() {
                json.push_str(if index > 0 { "," } else { "" });
                append_text(json, name);
                json.push(':');
                append(json, element)?;
            }
            json.push('}');
        }
    }
    if json.len() > MAX_TEXT { Err(too_long()) } else { Ok(()) }
}

/// Go writes what HTML and JavaScript might misread as escapes (<https://pkg.go.dev/encoding/json#HTMLEscape>).
fn append_text(json: &mut String, body: &str) {
    json.push('"');
    for character in body.chars() {
        match character {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\n' => json.push_str("\\n"),
            '\r' => json.push_str("\\r"),
            '\t' => json.push_str("\\t"),
            '\u{8}' => json.push_str("\\b"),
            '\u{c}' => json.push_str("\\f"),
            '\0'..='\u{1f}' | '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(json, "\\u{:04x}", u32::from(character));
            }
            _ => json.push(character),
        }
    }
    json.push('"');
}

/// A text as it stands in JSON.
pub(super) fn quoted(body: &str) -> String {
    let mut json = String::new();
    append_text(&mut json, body);
    json
}

pub(super) fn jsondecode(arguments: &Arguments<'_>) -> Result<Val, String> {
    let body = with_whole_surrogates(arguments.text(0)?);
    let raw: &RawValue = serde_json::from_str(&body).map_err(not_json)?;
    decoded(raw, 0)
}

#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` passes")]
fn not_json(error: serde_json::Error) -> String {
    format!("the text is not JSON: {error}")
}

/// The value, level by level: `serde_json` leaves a number alone only in what it does not look into, and a number is to keep
/// all of its digits.
fn decoded(raw: &RawValue, depth: usize) -> Result<Val, String> {
    if depth > MAX_DEPTH {
        return Err("the JSON is nested too deeply".to_owned());
    }
    let depth = depth.saturating_add(1);
    let body = raw.get();
    Ok(match body.as_bytes().first() {
        Some(b'{') => {
            let fields: BTreeMap<String, &RawValue> = serde_json::from_str(body).map_err(not_json)?;
            let fields = fields.into_iter().map(|(name, raw)| match text::value(&name) {
                Val::String(name) => Ok((name, decoded(raw, depth)?)),
                _ => Err("a name is not text".to_owned()),
            });
            Val::Mapping(MapKind::Object, Arc::new(fields.collect::<Result<_, _>>()?))
        }
        Some(b'[') => {
            let elements: Vec<&RawValue> = serde_json::from_str(body).map_err(not_json)?;
            let elements = elements.into_iter().map(|raw| decoded(raw, depth)).collect::<Result<_, _>>()?;
            Val::Sequence(SequenceKind::Tuple, Arc::new(elements))
        }
        Some(b'"') => text::value(&serde_json::from_str::<String>(body).map_err(not_json)?),
        Some(b't') => Val::Bool(true),
        Some(b'f') => Val::Bool(false),
        Some(b'n') => Val::Null,
        _ => Val::Number(body.parse()?),
    })
}

/// Half a pair of surrogates is an error to `serde_json`, and U+FFFD to Go.
fn with_whole_surrogates(body: &str) -> std::borrow::Cow<'_, str> {
    if !body.contains("\\ud") && !body.contains("\\uD") {
        return body.into();
    }
    let mut whole = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.find('\\') {
        let (before, tail) = rest.split_at(at);
        whole.push_str(before);
        let kept = match (escaped(tail), tail.get(6..).and_then(escaped)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => {
                whole.push_str("\\ufffd");
                rest = tail.get(6..).unwrap_or_default();
                continue;
            }
            // The backslash and what it escapes, which may be another one.
            _ => 1 + tail.get(1..).and_then(|tail| tail.chars().next()).map_or(0, char::len_utf8),
        };
        let (escape, tail) = tail.split_at(kept);
        whole.push_str(escape);
        rest = tail;
    }
    whole.push_str(rest);
    whole.into()
}

fn escaped(body: &str) -> Option<u32> {
    let digits = body.strip_prefix("\\u")?.get(..4)?;
    u32::from_str_radix(digits, 16).ok()
}
