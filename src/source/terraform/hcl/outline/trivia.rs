//! What stands between the parts of a text: bytes, white space, comments, names.

use super::Reader;

impl Reader<'_> {
    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
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
        let rest = self.bytes.get(self.at..)?;
        let length = rest.iter().position(|byte| !is_inside(*byte)).unwrap_or(rest.len());
        self.at += length;
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
                Some(b' ' | b'\t') => self.at += 1,
                Some(b'/') if self.starts_with(b"/*") => self.inline_comment()?,
                _ => return Some(()),
            }
        }
    }

    /// White space, line breaks and comments.
    pub(super) fn lines(&mut self) -> Option<()> {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\n') => self.at += 1,
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

/// Whether a name may begin with a byte.
pub(super) fn is_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_'
}

/// Whether a byte may stand inside of a name.
pub(super) fn is_inside(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}
