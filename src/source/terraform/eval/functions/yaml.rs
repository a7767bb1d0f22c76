//! `yamldecode`: YAML, of which Terraform reads the plain scalars in its own way
//! (<https://developer.hashicorp.com/terraform/language/functions/yamldecode>): `yes` and `off` are bools, `017` is seventeen.

use std::collections::BTreeMap;
use std::sync::Arc;

use granit_parser::{Event, Parser, ScalarStyle, Tag};
use jiff::civil::Date;

use super::super::value::{MapKind, SequenceKind, Val};
use super::arguments::Arguments;
use super::survey::Survey;
use super::text;

/// Deeper than any document that is meant to be read, and not so deep that a stack ends.
const MAX_DEPTH: usize = 200;

pub(super) fn yamldecode(arguments: &Arguments<'_>) -> Result<Val, String> {
    let mut reader = Reader { events: Parser::new_from_str(arguments.text(0)?), anchors: BTreeMap::new() };
    let value = reader.document()?;
    // References may make a small document a large value.
    Survey::of(std::slice::from_ref(&value))?;
    Ok(value)
}

struct Reader<'a> {
    events: Parser<'a, granit_parser::StrInput<'a>>,
    /// What the references of the document refer to. None: it is not yet complete.
    anchors: BTreeMap<usize, Option<Val>>,
}

impl<'a> Reader<'a> {
    fn document(&mut self) -> Result<Val, String> {
        let mut first = self.next()?;
        while matches!(first, Event::StreamStart | Event::DocumentStart(..)) {
            first = self.next()?;
        }
        if matches!(first, Event::StreamEnd | Event::DocumentEnd) {
            return Err("the YAML has no document".to_owned());
        }
        let value = self.node(first, 0)?;
        loop {
            match self.next()? {
                Event::DocumentEnd => {}
                Event::StreamEnd => return Ok(value),
                _ => return Err("the YAML has more than one document".to_owned()),
            }
        }
    }

    fn next(&mut self) -> Result<Event<'a>, String> {
        loop {
            match self.events.next_event() {
                Some(Ok((Event::Comment(..) | Event::Anchor(..), _))) => {}
                Some(Ok((event, _))) => return Ok(event),
                Some(Err(error)) => return Err(format!("the text is not YAML: {error}")),
                None => return Ok(Event::StreamEnd),
            }
        }
    }

    fn node(&mut self, event: Event<'a>, depth: usize) -> Result<Val, String> {
        if depth > MAX_DEPTH {
            return Err("the YAML is nested too deeply".to_owned());
        }
        let depth = depth.saturating_add(1);
        let (anchor, value) = match event {
            Event::Scalar(body, style, anchor, tag) => (anchor, scalar(&body, style, tag.as_deref())?),
            Event::SequenceStart(_, anchor, tag) => {
                expect_tag(tag.as_deref(), "seq")?;
                self.anchors.insert(anchor, None);
                (anchor, self.sequence(depth)?)
            }
            Event::MappingStart(_, anchor, tag) => {
                expect_tag(tag.as_deref(), "map")?;
                self.anchors.insert(anchor, None);
                (anchor, self.mapping(depth)?)
            }
            Event::Alias(anchor) => {
                let value = self.anchors.get(&anchor).cloned().flatten();
                return value.ok_or_else(|| "a reference of the YAML is to what holds it".to_owned());
            }
            _ => return Err("the text is not YAML".to_owned()),
        };
        if anchor > 0 {
            self.anchors.insert(anchor, Some(value.clone()));
        }
        Ok(value)
    }

    fn sequence(&mut self, depth: usize) -> Result<Val, String> {
        let mut elements = Vec::new();
        loop {
            match self.next()? {
                Event::SequenceEnd => return Ok(Val::Sequence(SequenceKind::Tuple, Arc::new(elements))),
                event => elements.push(self.node(event, depth)?),
            }
        }
    }

    fn mapping(&mut self, depth: usize) -> Result<Val, String> {
        let mut fields = BTreeMap::new();
        loop {
            let event = self.next()?;
            let merges = match &event {
                Event::MappingEnd => return Ok(Val::Mapping(MapKind::Object, Arc::new(fields))),
                Event::Scalar(body, style, _, None) => body == "<<" && *style == ScalarStyle::Plain,
                _ => false,
            };
            let key = self.node(event, depth)?;
            let event = self.next()?;
            let value = self.node(event, depth)?;
            if merges {
                merge(&mut fields, &value)?;
                continue;
            }
            match super::types::convert(&key, &super::types::Type::String) {
                Ok(Val::String(name)) => fields.insert(name, value),
                _ => return Err("a key of the YAML is not text".to_owned()),
            };
        }
    }
}

/// `<<: *other` takes over the fields of another mapping, or of several.
fn merge(fields: &mut BTreeMap<Arc<str>, Val>, value: &Val) -> Result<(), String> {
    match value {
        Val::Mapping(_, others) => {
            fields.extend(others.iter().map(|(name, value)| (name.clone(), value.clone())));
            Ok(())
        }
        Val::Sequence(_, all) => all.iter().rev().try_for_each(|one| merge(fields, one)),
        _ => Err("`<<` of the YAML takes over what is not a mapping".to_owned()),
    }
}

fn expect_tag(tag: Option<&Tag>, name: &str) -> Result<(), String> {
    match tag {
        None => Ok(()),
        Some(tag) if tag.suffix() == name || tag.handle().is_empty() && tag.suffix() == "!" => Ok(()),
        Some(_) => Err("a tag of the YAML is not known".to_owned()),
    }
}

fn scalar(body: &str, style: ScalarStyle, tag: Option<&Tag>) -> Result<Val, String> {
    let Some(tag) = tag else {
        return if style == ScalarStyle::Plain { plain(body) } else { Ok(text::value(body)) };
    };
    if tag.handle() != "tag:yaml.org,2002:" {
        return if tag.suffix().is_empty() || tag.suffix() == "!" {
            Ok(text::value(body))
        } else {
            Err("a tag of the YAML is not known".to_owned())
        };
    }
    match tag.suffix() {
        "str" | "binary" => Ok(text::value(body)),
        // A quoted scalar stays text, whatever its tag says.
        "int" | "float" | "bool" | "null" | "timestamp" if style != ScalarStyle::Plain => Ok(text::value(body)),
        "int" | "float" | "bool" | "null" | "timestamp" => plain(body),
        _ => Err("a tag of the YAML is not known".to_owned()),
    }
}

fn plain(body: &str) -> Result<Val, String> {
    Ok(match body {
        "" | "~" | "null" | "Null" | "NULL" => Val::Null,
        "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" | "y" | "Y" => Val::Bool(true),
        "false" | "False" | "FALSE" | "no" | "No" | "NO" | "off" | "Off" | "OFF" | "n" | "N" => Val::Bool(false),
        ".nan" | ".NaN" | ".NAN" => return Err("the YAML has a number that is none".to_owned()),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" | "-.inf" | "-.Inf" | "-.INF" => {
            return Err("the YAML has an infinite number".to_owned());
        }
        _ => number(body)?.or_else(|| timestamp(body)).unwrap_or_else(|| text::value(body)),
    })
}

fn number(body: &str) -> Result<Option<Val>, String> {
    for (prefix, base) in [("0x", 16), ("0o", 8)] {
        if let Some(digits) =
            body.strip_prefix(prefix).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        {
            let integer = num_bigint::BigInt::parse_bytes(digits.as_bytes(), base);
            return integer
                .map(|integer| super::super::number::Number::from_integer(&integer).map(Val::Number))
                .transpose();
        }
    }
    let decimal = body.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    Ok(if decimal { body.parse().ok().map(Val::Number) } else { None })
}

/// A date, or a date and a time, becomes text in RFC 3339; what is finer than a second is lost.
fn timestamp(body: &str) -> Option<Val> {
    if let [year, month, day] = body.split('-').collect::<Vec<_>>().as_slice() {
        // Without a time, month and day may have one digit.
        let digits = |part: &str| part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()) && digits(month) && digits(day) {
            let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
            return Some(text::value(&format!("{date}T00:00:00Z")));
        }
    }
    let (date, rest) = body.split_at_checked(10)?;
    let date: Date = date.parse().ok()?;
    let rest = rest.strip_prefix(['t', 'T', ' '])?;
    let zone = rest.find(['Z', '+', '-']).unwrap_or(rest.len());
    let (time, zone) = rest.split_at_checked(zone)?;
    let time: jiff::civil::Time = time.trim_end().parse().ok()?;
    let zone = if zone.is_empty() || zone == "Z" { "Z" } else { zone };
    Some(text::value(&format!("{date}T{}{zone}", time.strftime("%H:%M:%S"))))
}
