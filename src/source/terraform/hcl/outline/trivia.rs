//! What stands between the parts of a text: bytes, white space, comments, names.

use super::Reader;

impl Reader<'_> {
    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Goes on to the next byte that is of none of some sorts.
    pub(super) fn skip(&mut self, sorts: u8) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.at += rest.iter().position(|byte| !is_of(*byte, sorts)).unwrap_or(rest.len());
    }

    pub(super) fn starts_with(&self, text: &[u8]) -> bool {
        self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(text))
    }

    pub(super) fn expect(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    /// A name of ASCII letters; others are not judged here.
    pub(super) fn identifier(&mut self) -> Option<()> {
        if !is_start(self.peek()?) {
            return None;
        }
        self.skip(INSIDE);
        self.peek().is_none_or(|next| next.is_ascii()).then_some(())
    }

    /// White space and comments, with line breaks or without.
    pub(super) fn space(&mut self, with_lines: bool) -> Option<()> {
        if with_lines { self.lines() } else { self.gap() }
    }

    /// White space and comments inside of a line.
    pub(super) fn gap(&mut self) -> Option<()> {
        loop {
            match self.peek() {
                Some(b' ' | b'\t') => self.skip(BLANK),
                Some(b'/') if self.starts_with(b"/*") => self.inline_comment()?,
                _ => return Some(()),
            }
        }
    }

    /// White space, line breaks and comments.
    pub(super) fn lines(&mut self) -> Option<()> {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\n') => self.skip(BLANK | LINE_FEED),
                Some(b'\r') => self.newline()?,
                Some(b'/') if self.starts_with(b"/*") => self.inline_comment()?,
                Some(b'#' | b'/') if self.line_comment()? => {}
                _ => return Some(()),
            }
        }
    }

    /// A line break. A carriage return alone is none, and nothing that people write.
    pub(super) fn newline(&mut self) -> Option<()> {
        if self.peek()? == b'\r' {
            self.at += 1;
        }
        self.expect(b'\n')
    }

    /// A comment up to the end of its line, if there is one; whether there was.
    pub(super) fn line_comment(&mut self) -> Option<bool> {
        if !(self.peek() == Some(b'#') || self.starts_with(b"//")) {
            return Some(false);
        }
        let rest = self.bytes.get(self.at..)?;
        let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
        self.at += end;
        let is_lone = self.peek() == Some(b'\r') && !self.starts_with(b"\r\n");
        (!is_lone).then_some(true)
    }

    fn inline_comment(&mut self) -> Option<()> {
        let rest = self.bytes.get(self.at + 2..)?;
        let end = rest.array_windows().position(|bytes| bytes == b"*/")?;
        self.at += end + 4;
        Some(())
    }
}

/// What a name may begin with.
const START: u8 = 1;
/// What may stand inside of a name.
const INSIDE: u8 = 2;
/// Space and tab.
const BLANK: u8 = 4;
const LINE_FEED: u8 = 8;
/// What means nothing in a string or a heredoc.
pub(super) const TEXT: u8 = 16;

/// The sorts of each byte.
const SORTS: [u8; 256] = {
    let mut sorts = [0; 256];
    let mut byte = 0u8;
    loop {
        let sort = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => START | INSIDE | TEXT,
            b'0'..=b'9' | b'-' => INSIDE | TEXT,
            b' ' | b'\t' => BLANK | TEXT,
            b'\n' => LINE_FEED,
            b'\r' | b'"' | b'\\' | b'$' | b'%' => 0,
            _ => TEXT,
        };
        #[expect(clippy::indexing_slicing, reason = "a byte is less than 256")]
        {
            sorts[byte as usize] = sort;
        }
        if byte == u8::MAX {
            break sorts;
        }
        byte += 1;
    }
};

fn is_of(byte: u8, sorts: u8) -> bool {
    SORTS.get(usize::from(byte)).is_some_and(|of| of & sorts != 0)
}

/// Whether a name may begin with a byte.
pub(super) fn is_start(byte: u8) -> bool {
    is_of(byte, START)
}

/// Whether a byte may stand inside of a name.
pub(super) fn is_inside(byte: u8) -> bool {
    is_of(byte, INSIDE)
}
