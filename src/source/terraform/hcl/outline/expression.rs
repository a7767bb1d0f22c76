//! Expressions, which are checked and left behind.
//!
//! `with_lines` says whether a line break is white space: it is inside of parentheses, brackets and templates.

use super::trivia::{TEXT, is_inside, is_start};
use super::{MAX_OPERATORS, Reader};

impl Reader<'_> {
    pub(super) fn expression(&mut self, with_lines: bool) -> Option<()> {
        self.deeper()?;
        self.term(with_lines)?;
        loop {
            let end = self.at;
            self.space(with_lines)?;
            if self.peek() == Some(b'?') {
                self.conditional(with_lines)?;
                break;
            }
            let Some(length) = self.binary_operator() else {
                self.at = end;
                break;
            };
            self.at += length;
            self.operators += 1;
            if self.operators > MAX_OPERATORS {
                return None;
            }
            self.space(with_lines)?;
            self.term(with_lines)?;
        }
        self.depth -= 1;
        Some(())
    }

    /// `? … : …`
    fn conditional(&mut self, with_lines: bool) -> Option<()> {
        self.at += 1;
        self.space(with_lines)?;
        self.expression(with_lines)?;
        self.space(with_lines)?;
        self.expect(b':')?;
        self.space(with_lines)?;
        self.expression(with_lines)
    }

    /// How long the operator is that stands here, if one does.
    fn binary_operator(&self) -> Option<usize> {
        let next = self.bytes.get(self.at + 1).copied();
        match (self.peek()?, next) {
            (b'=' | b'!' | b'<' | b'>', Some(b'=')) | (b'&', Some(b'&')) | (b'|', Some(b'|')) => Some(2),
            (b'/', Some(b'/' | b'*')) => None,
            (b'<' | b'>' | b'+' | b'-' | b'*' | b'/' | b'%', _) => Some(1),
            _ => None,
        }
    }

    fn term(&mut self, with_lines: bool) -> Option<()> {
        match self.peek()? {
            b'"' => drop(self.string()?),
            b'[' => self.list()?,
            b'{' => self.object()?,
            b'(' => {
                self.at += 1;
                self.lines()?;
                self.expression(true)?;
                self.lines()?;
                self.expect(b')')?;
            }
            b'<' => self.heredoc()?,
            b'0'..=b'9' => self.number()?,
            b'-' | b'!' => return self.unary(with_lines),
            _ => self.name_or_call(with_lines)?,
        }
        self.steps(with_lines)
    }

    fn unary(&mut self, with_lines: bool) -> Option<()> {
        self.at += 1;
        self.gap()?;
        self.deeper()?;
        self.term(with_lines)?;
        self.depth -= 1;
        Some(())
    }

    /// `.name`, `.*`, `[index]`, `[*]` behind a term.
    fn steps(&mut self, with_lines: bool) -> Option<()> {
        loop {
            let end = self.at;
            self.space(with_lines)?;
            match self.peek() {
                Some(b'.') if !self.starts_with(b"..") => {
                    self.at += 1;
                    if self.expect(b'*').is_none() {
                        self.identifier()?;
                    }
                }
                Some(b'[') => {
                    self.at += 1;
                    self.lines()?;
                    if self.expect(b'*').is_none() {
                        self.expression(true)?;
                    }
                    self.lines()?;
                    self.expect(b']')?;
                }
                _ => {
                    self.at = end;
                    return Some(());
                }
            }
        }
    }

    /// Few digits, with a point among them or without.
    fn number(&mut self) -> Option<()> {
        let start = self.at;
        self.digits()?;
        if !self.starts_with(b"..") && self.expect(b'.').is_some() {
            self.digits()?;
        }
        let is_short = self.at - start <= 18;
        let is_point = self.peek() == Some(b'.') && !self.starts_with(b"...");
        let is_end = self.peek().is_none_or(|next| next.is_ascii() && !is_start(next) && !is_point);
        (is_short && is_end).then_some(())
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }

    fn name_or_call(&mut self, with_lines: bool) -> Option<()> {
        self.identifier()?;
        let end = self.at;
        self.space(with_lines)?;
        match self.peek() {
            Some(b'(') => self.arguments(),
            Some(b':') if self.starts_with(b"::") => None,
            _ => {
                self.at = end;
                Some(())
            }
        }
    }

    /// `(…)`: values, the last of which may be followed by a comma or `...`.
    fn arguments(&mut self) -> Option<()> {
        self.at += 1;
        self.lines()?;
        while self.peek()? != b')' {
            self.expression(true)?;
            self.lines()?;
            if self.starts_with(b"...") {
                self.at += 3;
                self.lines()?;
                break;
            }
            if self.peek()? != b')' {
                self.expect(b',')?;
                self.lines()?;
            }
        }
        self.expect(b')')
    }

    fn list(&mut self) -> Option<()> {
        self.at += 1;
        self.lines()?;
        if self.is_for() {
            self.intro()?;
            self.expression(true)?;
            self.lines()?;
            self.condition()?;
            return self.expect(b']');
        }
        while self.peek()? != b']' {
            self.expression(true)?;
            self.lines()?;
            if self.peek()? != b']' {
                self.expect(b',')?;
                self.lines()?;
            }
        }
        self.expect(b']')
    }

    fn object(&mut self) -> Option<()> {
        self.at += 1;
        self.lines()?;
        if self.is_for() {
            self.intro()?;
            self.expression(false)?;
            self.lines()?;
            self.expect(b'=')?;
            self.expect(b'>')?;
            self.lines()?;
            self.expression(false)?;
            self.lines()?;
            if self.starts_with(b"...") {
                self.at += 3;
                self.lines()?;
            }
            self.condition()?;
            return self.expect(b'}');
        }
        self.items()
    }

    fn is_for(&self) -> bool {
        let behind = self.bytes.get(self.at + 3);
        self.starts_with(b"for") && behind.is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'#' | b'/' | b'\n'))
    }

    /// `for key, value in collection :`
    fn intro(&mut self) -> Option<()> {
        self.at += 3;
        self.lines()?;
        self.identifier()?;
        self.lines()?;
        if self.expect(b',').is_some() {
            self.lines()?;
            self.identifier()?;
            self.lines()?;
        }
        self.word(b"in")?;
        self.lines()?;
        self.expression(false)?;
        self.lines()?;
        self.expect(b':')?;
        self.lines()
    }

    /// `if …`, when it is there.
    fn condition(&mut self) -> Option<()> {
        if self.peek()? != b'i' {
            return Some(());
        }
        self.word(b"if")?;
        self.lines()?;
        self.expression(true)?;
        self.lines()
    }

    fn word(&mut self, word: &[u8]) -> Option<()> {
        let start = self.at;
        self.identifier()?;
        (self.bytes.get(start..self.at)? == word).then_some(())
    }

    /// The rest of `{ key = value … }`.
    fn items(&mut self) -> Option<()> {
        let first = self.names.len();
        let (mut computed, mut is_apart) = (0, true);
        while self.peek()? != b'}' {
            // In a line below an expression, hcl-edit may take a parenthesis for the arguments of a call.
            if self.peek()? == b'(' && !is_apart {
                return None;
            }
            if !self.key()? {
                computed += 1;
            }
            self.gap()?;
            self.expression(false)?;
            self.gap()?;
            is_apart = match self.peek()? {
                b'}' => break,
                b',' => {
                    self.at += 1;
                    true
                }
                _ => {
                    self.line_comment()?;
                    self.newline()?;
                    false
                }
            };
            self.lines()?;
        }
        // Two keys may be the same although they are written in different ways.
        if computed > 1 {
            return None;
        }
        self.are_unique(first)?;
        self.expect(b'}')
    }

    /// A key and its `=` or `:`; whether it is plainly a name.
    fn key(&mut self) -> Option<bool> {
        let start = self.at;
        let mut is_plain = match self.peek()? {
            b'"' => self.string()?,
            b'(' => false,
            _ => {
                self.identifier()?;
                true
            }
        };
        let end = self.at;
        self.gap()?;
        is_plain &= matches!(self.peek()?, b'=' | b':');
        if is_plain {
            self.remember(start, end);
        } else {
            self.at = start;
            self.deeper()?;
            self.term(false)?;
            self.depth -= 1;
            self.gap()?;
        }
        let is_other = self.starts_with(b"==") || self.starts_with(b"::");
        (!is_other && matches!(self.peek()?, b'=' | b':')).then(|| self.at += 1)?;
        Some(is_plain)
    }

    /// A string on one line; whether it means what it says: no escapes, no templates.
    pub(super) fn string(&mut self) -> Option<bool> {
        self.at += 1;
        let mut is_plain = true;
        loop {
            match self.peek()? {
                b'"' => {
                    self.at += 1;
                    return Some(is_plain);
                }
                b'\\' => {
                    let next = *self.bytes.get(self.at + 1)?;
                    matches!(next, b'n' | b'r' | b't' | b'\\' | b'"').then(|| self.at += 2)?;
                    is_plain = false;
                }
                marker @ (b'$' | b'%') => is_plain &= !self.marker(marker)?,
                b'\n' | b'\r' => return None,
                _ => self.skip(TEXT),
            }
        }
    }

    /// What begins with `$` or `%`: an interpolation, an escaped marker, or text; whether it is more than text.
    fn marker(&mut self, marker: u8) -> Option<bool> {
        let rest = self.bytes.get(self.at..)?;
        let run = rest.iter().take_while(|byte| **byte == marker).count();
        let is_open = rest.get(run) == Some(&b'{');
        match (is_open, run, marker) {
            (false, ..) => self.at += run,
            (true, 2, _) => self.at += 3,
            (true, 1, b'$') => {
                self.at += 2;
                self.lines()?;
                self.expression(true)?;
                self.lines()?;
                self.expect(b'}')?;
            }
            // A directive, or what nobody writes.
            (true, ..) => return None,
        }
        Some(is_open)
    }

    /// `<<WORD`, lines, and a line with the word.
    fn heredoc(&mut self) -> Option<()> {
        self.at += 1;
        self.expect(b'<')?;
        let _is_indented = self.expect(b'-').is_some();
        let start = self.at;
        self.identifier()?;
        let word = self.bytes.get(start..self.at)?;
        self.newline()?;
        // Of an empty one hcl-edit may look for another end.
        if self.end_of_heredoc(word)?.is_some() {
            return None;
        }
        loop {
            match self.peek()? {
                marker @ (b'$' | b'%') => drop(self.marker(marker)?),
                b'\n' | b'\r' => {
                    self.newline()?;
                    if let Some(end) = self.end_of_heredoc(word)? {
                        self.at = end;
                        return Some(());
                    }
                }
                b'"' | b'\\' => self.at += 1,
                _ => self.skip(TEXT),
            }
        }
    }

    /// Behind the word, if the line that begins here ends the heredoc.
    fn end_of_heredoc(&self, word: &[u8]) -> Option<Option<usize>> {
        let line = self.bytes.get(self.at..)?;
        let blank = line.iter().position(|byte| !matches!(byte, b' ' | b'\t')).unwrap_or(line.len());
        if !line.get(blank..)?.starts_with(word) {
            return Some(None);
        }
        let end = blank + word.len();
        match line.get(end) {
            Some(next) if !next.is_ascii() => None,
            Some(next) if is_inside(*next) => Some(None),
            _ => Some(Some(self.at + end)),
        }
    }
}
