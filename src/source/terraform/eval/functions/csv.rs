//! `csvdecode`: RFC 4180 as Go's `encoding/csv` reads it, which is strict about quotes (<https://pkg.go.dev/encoding/csv>).
//!
//! The `csv` crate reads what Terraform refuses, and the other way round a table that is refused must not be known.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::value::{MapKind, SequenceKind, Val};
use super::arguments::Arguments;
use super::{MAX_ELEMENTS, text, too_many_elements};

pub(super) fn csvdecode(arguments: &Arguments<'_>) -> Result<Val, String> {
    let body = arguments.text(0)?;
    let mut records = Reader { rest: body };
    let header = records.next().ok_or("the table has no header")??;
    let mut names: Vec<Arc<str>> = Vec::new();
    for name in &header {
        let Val::String(name) = text::value(name) else { continue };
        if names.contains(&name) {
            return Err(format!("the table has two columns `{name}`"));
        }
        names.push(name);
    }
    let mut rows = Vec::new();
    for record in records {
        let record = record?;
        if record.len() != names.len() {
            return Err(format!("a row has {} fields, and the header has {}", record.len(), names.len()));
        }
        let row: BTreeMap<_, _> = names.iter().cloned().zip(record.iter().map(|field| text::value(field))).collect();
        rows.push(Val::Mapping(MapKind::Object, Arc::new(row)));
        if rows.len() > MAX_ELEMENTS {
            return Err(too_many_elements());
        }
    }
    Ok(Val::Sequence(SequenceKind::List, Arc::new(rows)))
}

struct Reader<'a> {
    rest: &'a str,
}

impl Iterator for Reader<'_> {
    type Item = Result<Vec<String>, String>;

    fn next(&mut self) -> Option<Self::Item> {
        while let Some(rest) = self.rest.strip_prefix("\r\n").or_else(|| self.rest.strip_prefix('\n')) {
            self.rest = rest;
        }
        (!self.rest.is_empty()).then(|| self.record())
    }
}

impl Reader<'_> {
    fn record(&mut self) -> Result<Vec<String>, String> {
        let mut fields = Vec::new();
        loop {
            let field = match self.rest.strip_prefix('"') {
                Some(rest) => {
                    self.rest = rest;
                    self.quoted()?
                }
                None => self.bare()?,
            };
            fields.push(field);
            match self.rest.strip_prefix(',') {
                Some(rest) => self.rest = rest,
                None => break,
            }
        }
        let end = self.rest.strip_prefix("\r\n").or_else(|| self.rest.strip_prefix('\n'));
        self.rest = end.unwrap_or(self.rest);
        Ok(fields)
    }

    fn bare(&mut self) -> Result<String, String> {
        let end = self.rest.find([',', '\n']).unwrap_or(self.rest.len());
        let (field, rest) = self.rest.split_at(end);
        // The end of a line may be that of Windows.
        let field = if rest.starts_with(',') { field } else { field.strip_suffix('\r').unwrap_or(field) };
        self.rest = rest;
        if field.contains('"') {
            return Err("a quote stands in a field that does not begin with one".to_owned());
        }
        Ok(field.to_owned())
    }

    fn quoted(&mut self) -> Result<String, String> {
        let mut field = String::new();
        loop {
            let end = self.rest.find('"').ok_or("a quoted field has no end")?;
            let (part, rest) = self.rest.split_at(end);
            field.push_str(part);
            self.rest = rest.strip_prefix('"').unwrap_or(rest);
            match self.rest.strip_prefix('"') {
                Some(rest) => {
                    field.push('"');
                    self.rest = rest;
                }
                None => break,
            }
        }
        let ends = self.rest.is_empty() || [",", "\n", "\r\n"].iter().any(|end| self.rest.starts_with(end));
        // Go makes one line break of those of Windows, inside of quotes as well.
        if ends { Ok(field.replace("\r\n", "\n")) } else { Err("a quoted field goes on after its quote".to_owned()) }
    }
}
