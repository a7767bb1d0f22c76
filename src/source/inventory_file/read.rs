//! Reads an inventory file as a stream: in blocks, whose lines are parsed in parallel.

use std::io::{self, BufRead, BufReader, Read};

use memchr::memrchr;
use sha2::{Digest as _, Sha256};

use super::line::{self, HeaderLine, INVENTORY};
use super::stages::Reading;
use super::{Header, InventoryInfo, ScopeHead};
use crate::source::aws::{Item, RawItem};
use crate::source::{Opened, Problem, SourceError, hexadecimal, open};

/// How much is read, parsed and handed out at a time. A batch of items that are kept as parsed takes some eight times its text.
const BLOCK: usize = 4 << 20;

/// No object of the API is of this size; a longer line is a mistake or an attack.
const MAX_LINE: usize = 64 << 20;

/// RFC 8878, section 3.1.1.
const ZSTD_MAGIC: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

/// Whether a file that begins so is meant to be an inventory file.
pub fn is_inventory(start: &[u8]) -> bool {
    start.starts_with(INVENTORY) || start.starts_with(ZSTD_MAGIC)
}

/// Who takes the items of an inventory file while it is read.
///
/// What it was given counts for nothing when the reading ends in an error: the file is verified while it is read.
pub(crate) trait Taker: Send + Sync {
    /// What becomes of one item.
    type Made: Send;

    /// Items of another scope follow; how its calls ended is known.
    fn begin(&mut self, head: &ScopeHead);

    /// Makes of an item what is kept of it, on any thread: what is dropped here never leaves the thread that parsed it.
    ///
    /// # Errors
    ///
    /// Why the item is none.
    fn make(&self, item: RawItem<'_>) -> Result<Self::Made, String>;

    /// Takes what became of the items, in the file's order, in batches; at least once a scope, if only of no items.
    fn take(&mut self, batch: Vec<Self::Made>);

    /// Takes lines of a scope as they stand in the file: all of them, in order, but its `end`.
    fn lines(&mut self, _lines: &[u8]) {}

    /// A scope is at its end, and all of it is as it was written.
    fn end(&mut self, _head: ScopeHead, _items: u64) {}
}

/// Reads an inventory file, compressed or not. `on_items` gets the items of each scope in the file's order, in batches, and
/// is called at least once a scope, if only with no items. `path` is only for messages and
/// [`InventoryInfo::source`].
///
/// What `on_items` was given counts for nothing when this returns an error: the file is verified while it is read.
///
/// # Errors
///
/// When the file cannot be read, is no inventory file or one of another version, is not sealed, or was changed.
pub fn read(
    path: &str,
    input: impl Read + Send,
    on_items: impl FnMut(&ScopeHead, Vec<Item>) + Send + Sync,
) -> Result<InventoryInfo, SourceError> {
    read_into(path, input, &mut Items { on_items, head: None })
}

/// The first line of an inventory file, of which nothing more is read or verified.
///
/// # Errors
///
/// When the file cannot be read, or does not begin as an inventory file.
pub fn header(path: &str) -> Result<Header, SourceError> {
    let unreadable = |error| SourceError::new(path, Problem::Unreadable(error));
    let not = |what| SourceError::new(path, Problem::NotInventory { what });
    let mut start = Vec::new();
    let Opened::Inventory(mut input) = open(path)? else { return Err(not("it does not begin as one")) };
    (&mut input).take(ZSTD_MAGIC.len() as u64).read_to_end(&mut start).map_err(unreadable)?;
    let is_compressed = start == ZSTD_MAGIC;
    let input = BufReader::new(io::Cursor::new(start).chain(input));
    let mut line = Vec::new();
    let input: Box<dyn BufRead> = match is_compressed {
        true => Box::new(BufReader::new(zstd::stream::read::Decoder::with_buffer(input).map_err(unreadable)?)),
        false => Box::new(input),
    };
    let read = input.take(MAX_LINE as u64).read_until(b'\n', &mut line);
    read.map_err(|_| not("it cannot be decompressed"))?;
    let header = line::parse::<HeaderLine<'_>>(&line).map_err(|_| not("it is cut off in its first line"))?;
    Ok(header.inventory.into_owned())
}

/// Hands out items as they are.
struct Items<F> {
    on_items: F,
    head: Option<ScopeHead>,
}

impl<F: FnMut(&ScopeHead, Vec<Item>) + Send + Sync> Taker for Items<F> {
    type Made = Item;

    fn begin(&mut self, head: &ScopeHead) {
        self.head = Some(head.clone());
    }

    fn make(&self, item: RawItem<'_>) -> Result<Item, String> {
        line::value(item)
    }

    fn take(&mut self, batch: Vec<Item>) {
        if let Some(head) = &self.head {
            (self.on_items)(head, batch);
        }
    }
}

/// Reads an inventory file, compressed or not, of which only what becomes of its items is kept.
///
/// # Errors
///
/// Those of [`read`].
pub(crate) fn read_into(
    path: &str,
    input: impl Read + Send,
    taker: &mut impl Taker,
) -> Result<InventoryInfo, SourceError> {
    let mut input = input;
    let mut start = Vec::with_capacity(ZSTD_MAGIC.len());
    let peeked = (&mut input).take(ZSTD_MAGIC.len() as u64).read_to_end(&mut start);
    peeked.map_err(|error| SourceError::new(path, Problem::Unreadable(error)))?;
    let input = io::Cursor::new(&start).chain(input);
    if start != ZSTD_MAGIC {
        return blocks(path, input, taker)?.finish();
    }
    let mut input = Hashing { input, hasher: Sha256::new() };
    let decoder = zstd::stream::read::Decoder::with_buffer(BufReader::with_capacity(1 << 17, &mut input));
    let decoder = decoder.map_err(|error| SourceError::new(path, Problem::Unreadable(error)))?;
    let mut info = blocks(path, decoder, taker)?.finish()?;
    // The digest of a source is that of its bytes as they lie on disk.
    info.source.sha256 = Some(hexadecimal(&input.hasher.finalize()));
    Ok(info)
}

/// Gives its bytes on and keeps their digest.
struct Hashing<R> {
    input: R,
    hasher: Sha256,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.hasher.update(buffer.get(..read).unwrap_or_default());
        Ok(read)
    }
}

/// Reads block by block; the next one is read while one is parsed.
fn blocks<'a, T: Taker>(
    path: &'a str,
    input: impl Read + Send,
    taker: &'a mut T,
) -> Result<Reading<'a, T>, SourceError> {
    let mut blocks = Blocks { input, rest: Vec::new(), is_over: false };
    let mut reading = Reading::new(path, taker);
    // Of two blocks, one is filled while the other is read: memory that was just given back would have to be made anew.
    let mut spare = Vec::new();
    let mut block = blocks.next(Vec::new());
    loop {
        let lines = match block {
            Ok(Some(lines)) => lines,
            Ok(None) => break,
            Err(error) => return Err(reading.input_error(error)),
        };
        let (next, done) = rayon::join(|| blocks.next(std::mem::take(&mut spare)), || reading.block(&lines));
        done?;
        spare = lines;
        block = next;
    }
    reading.rest(&blocks.rest)?;
    Ok(reading)
}

/// Cuts an input into blocks of whole lines.
struct Blocks<R> {
    input: R,
    /// What follows the last line feed that was read.
    rest: Vec<u8>,
    is_over: bool,
}

impl<R: Read> Blocks<R> {
    /// The next whole lines, in the memory of an earlier block; `None` at the end, when `rest` is what follows the last of them.
    fn next(&mut self, mut block: Vec<u8>) -> io::Result<Option<Vec<u8>>> {
        block.clear();
        block.append(&mut self.rest);
        while !self.is_over {
            let old = block.len();
            block.reserve(BLOCK);
            self.is_over = (&mut self.input).take(BLOCK as u64).read_to_end(&mut block)? == 0;
            let fresh = block.get(old..).unwrap_or_default();
            if let Some(feed) = memrchr(b'\n', fresh) {
                self.rest.extend(block.drain(old + feed + 1..));
                return Ok(Some(block));
            }
            if block.len() > MAX_LINE {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "a line is longer than 64 MiB"));
            }
        }
        self.rest = block;
        Ok(None)
    }
}
