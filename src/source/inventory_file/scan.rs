//! Finds the whole scopes of a journal.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Seek as _, SeekFrom};
use std::path::Path;

use super::journal::{Digested, Finished};
use super::line::{self, CALL, END, EndLine, HeaderLine, INVENTORY, ITEM, SCOPE, ScopeLine};
use super::{Header, JournalError, ScopeHead};
use crate::model::Scope;

/// What is whole in a journal.
pub(super) struct Found {
    pub(super) header: Header,
    pub(super) finished: Vec<Finished>,
    /// Up to the end of the last whole scope.
    pub(super) written: Digested,
}

/// The whole scopes of a journal; `None` when not even its first line is whole.
pub(super) fn finished(file: &mut File, path: &Path) -> Result<Option<Found>, JournalError> {
    let scanned = file.seek(SeekFrom::Start(0)).and_then(|_| scan(&mut BufReader::with_capacity(1 << 20, file)));
    match scanned.map_err(JournalError::io(path))? {
        Scanned::Found(found) => Ok(Some(*found)),
        Scanned::Nothing => Ok(None),
        Scanned::Foreign => Err(JournalError::NotJournal(path.to_path_buf())),
    }
}

enum Scanned {
    Found(Box<Found>),
    /// Empty, or cut off in its first line.
    Nothing,
    /// Something else than a journal.
    Foreign,
}

fn scan(reader: &mut BufReader<&mut File>) -> io::Result<Scanned> {
    let mut line = Vec::new();
    let mut read = Digested::default();
    if !next(reader, &mut line)? {
        let is_torn = line.is_empty() || line.starts_with(INVENTORY) || INVENTORY.starts_with(&line);
        return Ok(if is_torn { Scanned::Nothing } else { Scanned::Foreign });
    }
    let Ok(HeaderLine { inventory }) = line::parse(&line) else { return Ok(Scanned::Foreign) };
    let header = inventory.into_owned();
    read.add(&line);
    let mut found = Found { header, finished: Vec::new(), written: read.clone() };
    while next(reader, &mut line)? {
        let Some(one) = scope(reader, &mut line, &mut read)? else { break };
        found.finished.push(one);
        found.written = read.clone();
    }
    Ok(Scanned::Found(Box::new(found)))
}

/// The scope that begins with a line, or `None` when it is not whole.
fn scope(reader: &mut BufReader<&mut File>, line: &mut Vec<u8>, read: &mut Digested) -> io::Result<Option<Finished>> {
    let start = read.len;
    if !line.starts_with(SCOPE) {
        return Ok(None);
    }
    let Ok(ScopeLine { scope }) = line::parse(line) else { return Ok(None) };
    let place = Scope { account: scope.account, region: scope.region };
    let mut head = ScopeHead { scope: place, collected_at: scope.collected_at, calls: Vec::new() };
    let mut items = 0;
    read.add(line);
    while next(reader, line)? {
        if line.starts_with(ITEM) {
            items += 1;
        } else if line.starts_with(CALL) {
            let Ok(call) = line::call(line) else { return Ok(None) };
            head.calls.push(call);
        } else {
            let is_whole = line.starts_with(END)
                && line::parse::<EndLine>(line)
                    .is_ok_and(|EndLine { end }| end.items == items && end.sha256 == read.sha256());
            let bytes = start..read.len;
            read.add(line);
            return Ok(is_whole.then_some(Finished { head, items, bytes }));
        }
        read.add(line);
    }
    Ok(None)
}

/// The next line with its line feed; false when there is none that is whole.
fn next(reader: &mut BufReader<&mut File>, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    reader.read_until(b'\n', line)?;
    Ok(line.ends_with(b"\n"))
}
