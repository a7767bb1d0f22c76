//! Replies of services that speak XML: the Query protocol (`<ActionResponse><ActionResult>…`), and EC2's, which has no
//! result element. <https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#response-serialization>

use quick_xml::Reader;
use quick_xml::events::{BytesRef, Event};
use serde_json::{Map, Value as Json};

use super::shape::{Shape, Type};
use super::{DEEPEST, Flaw, time};
use crate::source::aws::Operation;

pub(super) fn reply(operation: &Operation, shape: &Shape, wrapped: bool, body: &[u8]) -> Result<Json, Flaw> {
    let mut reading = Reading::new(std::str::from_utf8(body).map_err(|_| Flaw::SYNTAX)?);
    reading.root(&format!("{}Response", operation.action))?;
    let value = if wrapped {
        reading.result(&format!("{}Result", operation.action), shape)?
    } else {
        let mut members = reading.structure(shape)?;
        members.remove("requestId");
        Json::Object(members)
    };
    reading.end()?;
    Ok(value)
}

/// What stands next inside of an element.
enum Next {
    Element(String),
    Text(String),
    End,
}

struct Reading<'b> {
    reader: Reader<&'b [u8]>,
    depth: usize,
}

impl<'b> Reading<'b> {
    fn new(body: &'b str) -> Self {
        let mut reader = Reader::from_str(body);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, depth: 0 }
    }

    fn event(&mut self) -> Result<Event<'b>, Flaw> {
        self.reader.read_event().map_err(|error| match error {
            quick_xml::Error::Syntax(_) => Flaw::CUT,
            _ => Flaw::SYNTAX,
        })
    }

    /// Reads up to and into the root element.
    fn root(&mut self, name: &str) -> Result<(), Flaw> {
        loop {
            match self.event()? {
                Event::Decl(_) | Event::Comment(_) => {}
                Event::Text(text) if is_blank(&text) => {}
                Event::Start(start) if start.local_name().as_ref() == name => {
                    self.depth = 1;
                    return Ok(());
                }
                Event::Eof => return Err(Flaw::EMPTY),
                _ => return Err(Flaw::OTHER),
            }
        }
    }

    /// Reads to the end of the document, of which the root element has been read.
    fn end(&mut self) -> Result<(), Flaw> {
        loop {
            match self.event()? {
                Event::Eof => return Ok(()),
                Event::Comment(_) => {}
                Event::Text(text) if is_blank(&text) => {}
                _ => return Err(Flaw::TRAILING),
            }
        }
    }

    /// The result element of a Query reply, and nothing else but the metadata beside it.
    fn result(&mut self, name: &str, shape: &Shape) -> Result<Json, Flaw> {
        let mut result = None;
        while let Some(element) = self.element()? {
            if element == name && result.is_none() {
                result = Some(self.structure(shape)?);
            } else if element == "ResponseMetadata" {
                self.unknown()?;
            } else {
                return Err(Flaw::OTHER);
            }
        }
        result.map(Json::Object).ok_or(Flaw::OTHER)
    }

    fn next(&mut self) -> Result<Next, Flaw> {
        loop {
            match self.event()? {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(Flaw::DEEP);
                    }
                    return Ok(Next::Element(start.local_name().as_ref().to_owned()));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Next::End);
                }
                Event::Text(text) => return Ok(Next::Text(text.to_string())),
                Event::CData(text) => return Ok(Next::Text(text.to_string())),
                Event::GeneralRef(reference) => return character(&reference).map(|one| Next::Text(one.to_string())),
                Event::Eof => return Err(Flaw::CUT),
                Event::Comment(_) => {}
                Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Empty(_) => return Err(Flaw::SYNTAX),
            }
        }
    }

    /// The next element inside of one that holds only elements; `None` at its end.
    fn element(&mut self) -> Result<Option<String>, Flaw> {
        loop {
            match self.next()? {
                Next::Element(name) => return Ok(Some(name)),
                Next::End => return Ok(None),
                Next::Text(text) if text.trim().is_empty() => {}
                Next::Text(_) => return Err(Flaw::STRAY),
            }
        }
    }

    fn structure(&mut self, shape: &Shape) -> Result<Map<String, Json>, Flaw> {
        let mut known = Map::new();
        let mut others = Vec::new();
        while let Some(element) = self.element()? {
            match shape.member(&element) {
                Some((name, kind)) => {
                    let value = self.value(name, kind)?;
                    if known.insert(name.to_owned(), value).is_some() {
                        return Err(Flaw::at(name, "stands there twice"));
                    }
                }
                None => others.push((element, self.unknown()?)),
            }
        }
        for (name, value) in gathered(others) {
            known.entry(name).or_insert(value);
        }
        Ok(known)
    }

    fn value(&mut self, name: &str, kind: &Type) -> Result<Json, Flaw> {
        match kind {
            Type::Of(shape) => self.structure(shape).map(Json::Object),
            // The items' own name is not insisted on: every element of a list is one of its items.
            Type::List(of) => {
                let mut items = Vec::new();
                while self.element()?.is_some() {
                    items.push(self.value(name, of)?);
                }
                Ok(Json::Array(items))
            }
            Type::Any => self.unknown(),
            _ => {
                let text = self.text(name)?;
                scalar(kind, text).ok_or_else(|| Flaw::at(name, "has another type than the service's model says"))
            }
        }
    }

    fn text(&mut self, name: &str) -> Result<String, Flaw> {
        let mut text = String::new();
        loop {
            match self.next()? {
                Next::Text(more) => text.push_str(&more),
                Next::End => return Ok(text),
                Next::Element(_) => return Err(Flaw::at(name, "has elements where the service's model has text")),
            }
        }
    }

    /// An element that the table does not know: text as a string, elements as an object, a list where that is evident.
    fn unknown(&mut self) -> Result<Json, Flaw> {
        let (mut text, mut members) = (String::new(), Vec::new());
        loop {
            match self.next()? {
                Next::Text(more) => text.push_str(&more),
                Next::Element(name) => {
                    let value = self.unknown()?;
                    members.push((name, value));
                }
                Next::End => break,
            }
        }
        let is_list = !members.is_empty() && members.iter().all(|(name, _)| name == "member" || name == "item");
        Ok(match members.is_empty() {
            true => Json::String(text),
            false if !text.trim().is_empty() => return Err(Flaw::STRAY),
            false if is_list => Json::Array(members.into_iter().map(|(_, value)| value).collect()),
            false => Json::Object(gathered(members)),
        })
    }
}

/// Members by name; those that stand there more than once become a list.
fn gathered(members: Vec<(String, Json)>) -> Map<String, Json> {
    let mut by_name: Map<String, Json> = Map::new();
    for (name, value) in members {
        let values = by_name.entry(name).or_insert_with(|| Json::Array(Vec::new()));
        if let Json::Array(values) = values {
            values.push(value);
        }
    }
    for value in by_name.values_mut() {
        if let Json::Array(values) = value
            && values.len() == 1
            && let Some(only) = values.pop()
        {
            *value = only;
        }
    }
    by_name
}

fn scalar(kind: &Type, text: String) -> Option<Json> {
    let bare = text.trim();
    match kind {
        Type::Bool => match bare {
            "true" => Some(Json::Bool(true)),
            "false" => Some(Json::Bool(false)),
            _ => None,
        },
        Type::Whole => bare.parse::<i64>().ok().map(Json::from),
        Type::Real => bare.parse::<f64>().ok().and_then(serde_json::Number::from_f64).map(Json::Number),
        Type::Time => time::is_instant(bare).then(|| Json::from(bare)),
        _ => Some(Json::String(text)),
    }
}

/// The five entities of XML itself, and characters by number; a reply that declares others is no reply.
fn character(reference: &BytesRef<'_>) -> Result<char, Flaw> {
    if let Some(character) = reference.resolve_char_ref().map_err(|_| Flaw::SYNTAX)? {
        return Ok(character);
    }
    match &**reference {
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "amp" => Ok('&'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => Err(Flaw::SYNTAX),
    }
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}
