//! Go's regular expressions, rewritten for the `regex` crate.

use std::fmt::Write as _;
use std::iter::Peekable;
use std::str::Chars;

/// Go's own bound for `{n,m}`.
const MAX_REPEAT: u32 = 1000;

/// A rewritten expression.
pub(super) struct Translation {
    pub(super) regex: String,
    /// One a group. They are taken out of the expression: Go allows names that the crate does not.
    pub(super) names: Vec<Option<String>>,
}

struct Translator<'a> {
    rest: Peekable<Chars<'a>>,
    regex: String,
    names: Vec<Option<String>>,
    /// Whether the last thing was a repetition, on which no other one may follow.
    repeated: bool,
}

impl Translation {
    pub(super) fn of(body: &str) -> Result<Self, String> {
        let mut translator =
            Translator { rest: body.chars().peekable(), regex: String::new(), names: Vec::new(), repeated: false };
        translator.run().ok_or_else(|| format!("`{body}` is not a regular expression of Terraform"))?;
        Ok(Self { regex: translator.regex, names: translator.names })
    }
}

impl Translator<'_> {
    /// None: Go does not have it.
    fn run(&mut self) -> Option<()> {
        while let Some(character) = self.rest.next() {
            let repeats = match character {
                '*' | '+' | '?' => self.repeat(&character.to_string())?,
                '{' => self.braces()?,
                '(' => self.open().map(|()| false)?,
                '[' => self.class().map(|()| false)?,
                '\\' => self.escape().map(|()| false)?,
                _ => {
                    self.literal(character);
                    false
                }
            };
            self.repeated = repeats;
        }
        Some(())
    }

    fn literal(&mut self, character: char) {
        match character {
            '.' | '^' | '$' | '|' | ')' => self.regex.push(character),
            _ => self.escaped(character),
        }
    }

    fn escaped(&mut self, character: char) {
        self.regex.push_str(&regex::escape(character.encode_utf8(&mut [0; 4])));
    }

    fn repeat(&mut self, operator: &str) -> Option<bool> {
        if self.repeated {
            return None;
        }
        self.regex.push_str(operator);
        if self.rest.next_if_eq(&'?').is_some() {
            self.regex.push('?');
        }
        Some(true)
    }

    /// `{n}`, `{n,}`, `{n,m}`; any other brace stands for itself.
    fn braces(&mut self) -> Option<bool> {
        let ahead: String = self.rest.clone().take_while(|character| *character != '}').collect();
        let closed = self.rest.clone().nth(ahead.chars().count()) == Some('}');
        let (least, most) = ahead.split_once(',').unwrap_or((&ahead, &ahead));
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !closed || !is_number(least) || !(most.is_empty() || is_number(most)) {
            self.regex.push_str("\\{");
            return Some(false);
        }
        let fits = |text: &str| text.is_empty() || text.parse::<u32>().is_ok_and(|count| count <= MAX_REPEAT);
        if !fits(least) || !fits(most) {
            return None;
        }
        for _ in 0..=ahead.chars().count() {
            self.rest.next();
        }
        self.repeat(&format!("{{{ahead}}}"))
    }

    /// What follows `(`: a group with a name, flags, or nothing.
    fn open(&mut self) -> Option<()> {
        if self.rest.next_if_eq(&'?').is_none() {
            self.names.push(None);
            self.regex.push('(');
            return Some(());
        }
        if self.rest.next_if_eq(&'P').is_some() && self.rest.peek() != Some(&'<') {
            return None;
        }
        if self.rest.next_if_eq(&'<').is_some() {
            let name: String = self.rest.by_ref().take_while(|character| *character != '>').collect();
            let valid =
                !name.is_empty() && name.chars().all(|character| character.is_ascii_alphanumeric() || character == '_');
            if !valid {
                return None;
            }
            self.names.push(Some(name));
            self.regex.push('(');
            return Some(());
        }
        self.regex.push_str("(?");
        for flag in self.rest.by_ref() {
            match flag {
                'i' | 'm' | 's' | 'U' | '-' => self.regex.push(flag),
                ':' | ')' => {
                    self.regex.push(flag);
                    return Some(());
                }
                _ => return None,
            }
        }
        None
    }

    fn escape(&mut self) -> Option<()> {
        match self.rest.next()? {
            'd' => self.regex.push_str("[0-9]"),
            'D' => self.regex.push_str("[^0-9]"),
            'w' => self.regex.push_str("[0-9A-Za-z_]"),
            'W' => self.regex.push_str("[^0-9A-Za-z_]"),
            's' => self.regex.push_str("[\\t\\n\\f\\r ]"),
            'S' => self.regex.push_str("[^\\t\\n\\f\\r ]"),
            'b' => self.regex.push_str("(?-u:\\b)"),
            'B' => self.regex.push_str("\\B"),
            'A' => self.regex.push_str("\\A"),
            'z' => self.regex.push_str("\\z"),
            'Q' => self.quote(),
            other => return self.character(other),
        }
        Some(())
    }

    /// `\Q…\E`; it may go on to the end.
    fn quote(&mut self) {
        while let Some(character) = self.rest.next() {
            if character == '\\' && self.rest.next_if_eq(&'E').is_some() {
                return;
            }
            self.escaped(character);
        }
    }

    /// An escape that stands for a character or a class of Unicode, inside of brackets and outside.
    fn character(&mut self, character: char) -> Option<()> {
        match character {
            'a' | 'f' | 'n' | 'r' | 't' | 'v' => {
                self.regex.push('\\');
                self.regex.push(character);
            }
            'p' | 'P' | 'x' => self.coded(character),
            '0'..='7' => self.octal(character)?,
            other if other.is_ascii() && !other.is_ascii_alphanumeric() => self.escaped(other),
            _ => return None,
        }
        Some(())
    }

    /// `\pL`, `\p{Greek}`, `\p{^Greek}`, `\x41`, `\x{41}`.
    fn coded(&mut self, kind: char) {
        let braced = self.rest.next_if_eq(&'{').is_some();
        let negated = braced && kind != 'x' && self.rest.next_if_eq(&'^').is_some();
        let kind = match kind {
            'p' if negated => 'P',
            'P' if negated => 'p',
            kind => kind,
        };
        let count = if kind == 'x' { 2 } else { 1 };
        let name: String = if braced {
            self.rest.by_ref().take_while(|character| *character != '}').collect()
        } else {
            self.rest.by_ref().take(count).collect()
        };
        self.regex.push_str(&format!("\\{kind}{{{name}}}"));
    }

    /// One digit that is not zero would be a reference to a group, which Go does not have.
    fn octal(&mut self, first: char) -> Option<()> {
        let mut value = first.to_digit(8)?;
        let mut length = 1u32;
        while length < 3
            && let Some(digit) = self.rest.peek().and_then(|next| next.to_digit(8))
        {
            value = value.saturating_mul(8).saturating_add(digit);
            self.rest.next();
            length = length.saturating_add(1);
        }
        if length == 1 && first != '0' {
            return None;
        }
        write!(self.regex, "\\x{{{value:x}}}").ok()
    }

    /// What stands in brackets. The crate has classes in classes, and `&&`, `--` and `~~` between them; Go has not.
    fn class(&mut self) -> Option<()> {
        self.regex.push('[');
        if self.rest.next_if_eq(&'^').is_some() {
            self.regex.push('^');
        }
        let mut first = true;
        loop {
            match self.rest.next()? {
                ']' if !first => break,
                '[' if self.rest.peek() == Some(&':') => self.named_class()?,
                '-' => self.regex.push_str(if first || self.rest.peek() == Some(&']') { "\\-" } else { "-" }),
                '\\' => self.escape_in_class()?,
                character @ ('[' | ']' | '&' | '~' | '^') => {
                    self.regex.push('\\');
                    self.regex.push(character);
                }
                character => self.escaped(character),
            }
            first = false;
        }
        self.regex.push(']');
        Some(())
    }

    fn named_class(&mut self) -> Option<()> {
        let ahead: String = self.rest.clone().take_while(|character| *character != ']').collect();
        if !ahead.ends_with(':') || ahead.len() < 3 {
            self.regex.push_str("\\[");
            return Some(());
        }
        for _ in 0..=ahead.chars().count() {
            self.rest.next()?;
        }
        self.regex.push('[');
        self.regex.push_str(&ahead);
        self.regex.push(']');
        Some(())
    }

    fn escape_in_class(&mut self) -> Option<()> {
        match self.rest.next()? {
            'd' => self.regex.push_str("0-9"),
            'D' => self.regex.push_str("[^0-9]"),
            'w' => self.regex.push_str("0-9A-Za-z_"),
            'W' => self.regex.push_str("[^0-9A-Za-z_]"),
            's' => self.regex.push_str("\\t\\n\\f\\r "),
            'S' => self.regex.push_str("[^\\t\\n\\f\\r ]"),
            other => return self.character(other),
        }
        Some(())
    }
}
