//! The lines of an inventory file.

use std::borrow::Cow;
use std::sync::Arc;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::{Header, Missing};
use crate::model::Scope;
use crate::source::aws::operations::find;
use crate::source::aws::{CallOutcome, CallStatus, Item, RawItem};
use crate::source::skip::Cursor;

/// How each line begins. A line that is written otherwise was not written by dbkeel, whatever JSON it is.
pub(super) const INVENTORY: &[u8] = br#"{"inventory":"#;
pub(super) const SCOPE: &[u8] = br#"{"scope":"#;
pub(super) const CALL: &[u8] = br#"{"call":"#;
pub(super) const ITEM: &[u8] = br#"{"item":"#;
pub(super) const END: &[u8] = br#"{"end":"#;
pub(super) const MANIFEST: &[u8] = br#"{"manifest":"#;
pub(super) const SEAL: &[u8] = br#"{"seal":"#;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HeaderLine<'a> {
    pub(super) inventory: Cow<'a, Header>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScopeLine {
    pub(super) scope: ScopeBegin,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScopeBegin {
    pub(super) account: Option<Arc<str>>,
    pub(super) region: Option<Arc<str>>,
    pub(super) collected_at: Arc<str>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CallLine<'a> {
    #[serde(borrow)]
    call: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    of: Option<Arc<str>>,
    requests: u32,
    items: u64,
    status: CallStatus,
}

#[derive(Serialize)]
pub(super) struct ItemLine<'a> {
    item: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<&'a str>,
    value: &'a Json,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadItem<'a, V> {
    #[serde(borrow)]
    item: Cow<'a, str>,
    #[serde(default)]
    of: Option<Arc<str>>,
    value: V,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EndLine {
    pub(super) end: End,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct End {
    pub(super) items: u64,
    pub(super) sha256: Arc<str>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ManifestLine {
    pub(super) manifest: SealedManifest,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SealedManifest {
    pub(super) scopes: Vec<SealedScope>,
    pub(super) missing: Vec<Missing>,
    pub(super) items: u64,
    pub(super) requests: u64,
    pub(super) finished_at: Arc<str>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SealLine {
    pub(super) seal: Seal,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Seal {
    pub(super) sha256: Arc<str>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SealedScope {
    pub(super) account: Option<Arc<str>>,
    pub(super) region: Option<Arc<str>>,
}

impl From<SealedScope> for Scope {
    fn from(SealedScope { account, region }: SealedScope) -> Self {
        Self { account, region }
    }
}

impl From<&Scope> for SealedScope {
    fn from(scope: &Scope) -> Self {
        Self { account: scope.account.clone(), region: scope.region.clone() }
    }
}

impl<'a> From<&'a CallOutcome> for CallLine<'a> {
    fn from(call: &'a CallOutcome) -> Self {
        let CallOutcome { operation, of, requests, items, status } = call;
        let (of, status) = (of.clone(), status.clone());
        Self { call: operation.to_string().into(), of, requests: *requests, items: *items, status }
    }
}

impl<'a> From<&'a Item> for ItemLine<'a> {
    fn from(item: &'a Item) -> Self {
        Self { item: item.operation.to_string(), of: item.of.as_deref(), value: &item.value }
    }
}

/// A call, from its line; or why it is none.
pub(super) fn call(line: &[u8]) -> Result<CallOutcome, String> {
    let CallLine { call, of, requests, items, status } = parse(line)?;
    let operation = find(&call).ok_or_else(|| unknown(&call))?;
    Ok(CallOutcome { operation, of, requests, items, status })
}

/// An item, from its line; or why it is none. Its value is not looked at yet.
pub(crate) fn item(line: &[u8]) -> Result<RawItem<'_>, String> {
    if let Some(item) = walked(line) {
        return Ok(item);
    }
    let ReadItem { item, of, value: _ } = parse::<ReadItem<'_, IgnoredAny>>(line)?;
    let operation = find(&item).ok_or_else(|| unknown(&item))?;
    Ok(RawItem { operation, of, line, place: None })
}

/// An item as dbkeel writes its line.
fn walked(line: &[u8]) -> Option<RawItem<'_>> {
    let mut cursor = Cursor::new(std::str::from_utf8(line).ok()?);
    cursor.enter(b'{')?;
    let text = |cursor: &mut Cursor<'_>| Some(plain(cursor.value()?)?.to_owned());
    let item = (cursor.pair(true)?? == "item").then(|| text(&mut cursor))??;
    let mut name = cursor.pair(false)??;
    let mut of = None;
    if name == "of" {
        of = Some(text(&mut cursor)?.into());
        name = cursor.pair(false)??;
    }
    (name == "value").then_some(())?;
    Some(RawItem { operation: find(&item)?, of, line, place: Some(cursor) })
}

/// What a text without escapes says.
fn plain(raw: &str) -> Option<&str> {
    let text = raw.strip_prefix('"')?.strip_suffix('"')?;
    (!text.contains('\\')).then_some(text)
}

/// The object of an item; or why it is none.
pub(crate) fn value(item: RawItem<'_>) -> Result<Item, String> {
    let ReadItem { item: _, of, value } = parse::<ReadItem<'_, Json>>(item.line)?;
    Ok(Item { operation: item.operation, of, value })
}

/// A line as what it should be; or why it is not. INVARIANT: the reason quotes nothing of the line.
pub(super) fn parse<'a, T: Deserialize<'a>>(line: &'a [u8]) -> Result<T, String> {
    serde_json::from_slice(line).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => "a part of it is missing, unknown or of another type".to_owned(),
        _ => format!("it is not JSON from column {}", error.column()),
    })
}

fn unknown(operation: &str) -> String {
    let is_plain = operation.len() <= 80 && operation.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b':');
    match is_plain {
        true => format!("this dbkeel does not know the call `{operation}`; a newer one may have written it"),
        false => "it names no call".to_owned(),
    }
}
