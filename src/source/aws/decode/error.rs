//! The code of a reply that is an error. Its message stays unread: it may quote what was sent.

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value as Json;

use crate::source::aws::services::Protocol;

/// The error's code, if the body has one in the service's own form. `kind` is the header `x-amzn-errortype`.
pub(in crate::source::aws) fn code(protocol: Protocol, kind: Option<&str>, body: &[u8]) -> Option<String> {
    let found = match protocol {
        Protocol::Query { .. } | Protocol::Ec2 { .. } => in_xml(body),
        Protocol::Json { .. } | Protocol::Json10 { .. } | Protocol::Rest => {
            kind.map(str::to_owned).or_else(|| in_json(body))
        }
    };
    plain(found)
}

/// The code of an error in XML, whoever's it is.
pub(in crate::source::aws) fn code_of_xml(body: &[u8]) -> Option<String> {
    plain(in_xml(body))
}

fn plain(found: Option<String>) -> Option<String> {
    // A code may have a namespace before it and an address after it:
    // https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html#operation-error-serialization
    let found = found?;
    let bare = found.split(':').next().and_then(|code| code.rsplit('#').next()).unwrap_or_default();
    is_code(bare).then(|| bare.to_owned())
}

/// What is no plain word is not shown to anybody.
fn is_code(text: &str) -> bool {
    (1..=100).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}

fn in_json(body: &[u8]) -> Option<String> {
    let read: Json = serde_json::from_slice(body).ok()?;
    ["__type", "code", "Code"].iter().find_map(|member| read.get(member)?.as_str()).map(str::to_owned)
}

/// The text of the first `Code` inside of an `Error`: `ErrorResponse/Error/Code`,
/// `Response/Errors/Error/Code`, or S3's `Error/Code`.
fn in_xml(body: &[u8]) -> Option<String> {
    let mut reader = Reader::from_str(std::str::from_utf8(body).ok()?);
    let mut path: Vec<String> = Vec::new();
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) if path.len() < super::DEEPEST => path.push(start.local_name().as_ref().to_owned()),
            Event::End(_) => drop(path.pop()?),
            Event::Text(text) if path.ends_with(&["Error".to_owned(), "Code".to_owned()]) => {
                return Some(text.trim().to_owned());
            }
            Event::Start(_) | Event::Eof => return None,
            _ => {}
        }
    }
}
