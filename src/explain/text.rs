//! An explanation for a person at a terminal.

use std::fmt::{self, Write as _};

use serde_json::Value as Json;

use super::{Explained, ExplainedFact, Explanation, State};
use crate::model::{Location, Place, SetBy, Value};
use crate::policy::{Held, Reached, Seen, Step, Trace, Traced};
use crate::report::text::{clean, cut, ranges};

/// The most characters of a value that are shown.
const MOST: usize = 160;

/// The most values of a variable that are shown.
const MOST_VALUES: usize = 5;

impl fmt::Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rule = self.rule;
        writeln!(f, "{} {}: {} ({})", rule.id, rule.name, clean(&rule.title), rule.severity)?;
        writeln!(f, "{}", clean(&rule.path))?;
        writeln!(f, "baseline {} as of {}", clean(&self.run.baseline), self.run.as_of)?;
        for resource in &self.resources {
            writeln!(f)?;
            one(f, resource)?;
        }
        Ok(())
    }
}

fn one(f: &mut fmt::Formatter<'_>, resource: &Explained<'_>) -> fmt::Result {
    let Explained { id, kind, source, source_kind, verdict, tier, tier_reason, .. } = resource;
    writeln!(f, "{} ({kind}, of {source_kind} {})", clean(id), clean(source))?;
    writeln!(f, "  verdict  {verdict}")?;
    for message in resource.messages {
        writeln!(f, "           {}", clean(message))?;
    }
    writeln!(f, "  tier     {}: {}", clean(tier), clean(tier_reason))?;
    if !resource.parameters.is_empty() {
        writeln!(f, "\n  parameters")?;
    }
    for parameter in &resource.parameters {
        let origin = match &parameter.set_by {
            None => "the rule's default".to_owned(),
            Some(set) => {
                let whom = if set.every_tier { "every tier".to_owned() } else { clean(tier).into_owned() };
                let default = shown(parameter.default);
                format!("set for {whom} at {}:{}; the rule's default is {default}", clean(set.file), set.line)
            }
        };
        writeln!(f, "    {} = {} ({origin})", parameter.name, with_unit(parameter.value, parameter.unit))?;
    }
    writeln!(f, "\n  facts")?;
    for one in &resource.facts {
        fact(f, one)?;
    }
    match (&resource.trace, &resource.trace_error) {
        (Some(found), _) => trace(f, found),
        (None, Some(why)) => writeln!(f, "\n  rule: not traced: {}", clean(why)),
        (None, None) => writeln!(f, "\n  rule: not asked, because not all that it needs is there and known"),
    }
}

fn shown(value: &Value) -> String {
    let text = match value {
        Value::List(values) if values.is_empty() => "none".to_owned(),
        Value::Map(values) if values.is_empty() => "none".to_owned(),
        Value::String(text) => format!("\"{text}\""),
        value => value.to_string(),
    };
    cut(&clean(&text), MOST).into_owned()
}

/// `7 days`, `1 day`.
fn with_unit(value: &Value, unit: Option<&str>) -> String {
    let text = shown(value);
    match (unit, value) {
        (None, _) => text,
        (Some(unit), Value::Integer(1)) => format!("{text} {}", unit.strip_suffix('s').unwrap_or(unit)),
        (Some(unit), _) => format!("{text} {unit}"),
    }
}

fn fact(f: &mut fmt::Formatter<'_>, fact: &ExplainedFact<'_>) -> fmt::Result {
    write!(f, "    {}", fact.name)?;
    match (fact.value, &fact.reason) {
        (Some(value), reason) => {
            write!(f, " = {}", with_unit(value, fact.unit))?;
            if let Some(why) = reason {
                write!(f, " ({}: {})", fact.state.as_str(), clean(why))?;
            }
        }
        (None, reason) => {
            let why = reason.as_deref().unwrap_or_default();
            write!(f, ": {}: {}", fact.state.as_str(), clean(why))?;
        }
    }
    let role = match (fact.optional, fact.monotone) {
        (true, _) => " (optional)",
        (_, true) if fact.state == State::Partial => " (a part is enough to fail)",
        _ => "",
    };
    writeln!(f, "{role}")?;
    if let Some(pending) = &fact.pending {
        writeln!(f, "        {} to come; waits for {}", shown(pending.value), clean(pending.waits_for.as_str()))?;
    }
    origin(f, fact)?;
    match fact.place {
        Some(found) => place(f, found),
        None => Ok(()),
    }
}

fn origin(f: &mut fmt::Formatter<'_>, fact: &ExplainedFact<'_>) -> fmt::Result {
    let (Some(attribute), Some(set_by)) = (fact.attribute, fact.set_by) else { return Ok(()) };
    let how = match set_by {
        SetBy::Source => "",
        SetBy::Default => ", which is omitted: the provider's default",
        SetBy::Recorded => ", which the configuration omits: as recorded",
        SetBy::Inherited => ", taken over",
        SetBy::Derived => ", computed",
    };
    let of = fact.of.map(|of| format!(" of {}", clean(of))).unwrap_or_default();
    if fact.calls.is_empty() {
        return writeln!(f, "        from {attribute}{of}{how}");
    }
    for call in &fact.calls {
        writeln!(f, "        from {} ({}){of}", call.member, call.call)?;
    }
    Ok(())
}

fn place(f: &mut fmt::Formatter<'_>, place: &Place) -> fmt::Result {
    let note = place.note.as_ref().map(|note| format!(" ({})", clean(note.as_str()))).unwrap_or_default();
    match &place.location {
        Some(location) => writeln!(f, "        at {}{note}", at(location))?,
        None => writeln!(f, "        no line{note}")?,
    }
    for related in &place.related {
        writeln!(f, "           {}: {}", at(&related.location), clean(related.message.as_str()))?;
    }
    Ok(())
}

fn at(location: &Location) -> String {
    let line = location.region.map(|region| format!(":{}", region.start_line)).unwrap_or_default();
    format!("{}{line}", clean(&location.file))
}

fn trace(f: &mut fmt::Formatter<'_>, trace: &Trace) -> fmt::Result {
    match trace.asked {
        Reached::Everything => writeln!(f, "\n  rule")?,
        Reached::Applicability => writeln!(f, "\n  rule (only whether it applies was asked)")?,
    }
    for definition in &trace.definitions {
        traced(f, definition)?;
    }
    for file in &trace.lines {
        writeln!(f, "    lines run of {}: {}", clean(&file.path), ranges(&file.lines))?;
    }
    Ok(())
}

fn traced(f: &mut fmt::Formatter<'_>, definition: &Traced) -> fmt::Result {
    let value = definition.value.as_ref().map_or("undefined".to_owned(), json);
    writeln!(f, "    {:>4}  {} = {value}", definition.line, definition.name)?;
    for step in &definition.steps {
        statement(f, step)?;
    }
    Ok(())
}

fn statement(f: &mut fmt::Formatter<'_>, step: &Step) -> fmt::Result {
    let held = match step.held {
        Held::Holds => "holds",
        Held::DoesNotHold => "fails to hold",
        Held::NotReached => "not reached",
        Held::Error => "error",
    };
    writeln!(f, "    {:>4}    [{held}] {}", step.line, cut(&clean(&step.text), MOST))?;
    if let Some(error) = &step.error {
        writeln!(f, "            {}", clean(error))?;
    }
    if step.held == Held::NotReached {
        return Ok(());
    }
    for seen in step.reads.iter().chain(&step.binds) {
        writeln!(f, "            {} = {}", clean(&seen.name), values(seen))?;
    }
    Ok(())
}

fn values(seen: &Seen) -> String {
    let mut text = String::new();
    for (position, value) in seen.values.iter().take(MOST_VALUES).enumerate() {
        // Writing to a String cannot fail.
        let _ = write!(text, "{}{}", if position > 0 { " | " } else { "" }, json(value));
    }
    match seen.values.len() {
        0 => "undefined".to_owned(),
        count if count > MOST_VALUES => format!("{text} | … {} more", count - MOST_VALUES),
        _ => text,
    }
}

fn json(value: &Json) -> String {
    cut(&clean(&value.to_string()), MOST).into_owned()
}
