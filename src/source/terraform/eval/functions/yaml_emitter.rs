//! `yamlencode`: YAML as Terraform writes it, byte for byte: texts in double quotes, or as blocks when they have several lines.
//!
//! The layout is libyaml's, of which go-cty-yaml is a descendant (<https://github.com/yaml/libyaml/blob/master/src/emitter.c>).

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use super::super::value::Val;
use super::arguments::Arguments;
use super::{MAX_TEXT, text, too_long};

/// Beyond this column a text in quotes goes on in the next line.
const WIDTH: usize = 80;

pub(super) fn yamlencode(arguments: &Arguments<'_>) -> Result<Val, String> {
    let value = arguments.value(0)?;
    let mut emitter = Emitter { yaml: String::new(), column: 0 };
    emitter.node(value, 0, Position::Start)?;
    emitter.end_line();
    // A plain scalar that is all of the document needs a mark at its end.
    if matches!(value, Val::Null | Val::Bool(_) | Val::Number(_)) {
        emitter.yaml.push_str("...\n");
    }
    Ok(text::value(&emitter.yaml))
}

struct Emitter {
    yaml: String,
    column: usize,
}

/// What a node comes after.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    /// Nothing, or `- `: a collection goes on in the same line.
    Start,
    /// `key:`.
    Key,
}

impl Emitter {
    fn push(&mut self, body: &str) {
        self.yaml.push_str(body);
        self.column = self.column.saturating_add(body.chars().count());
    }

    fn end_line(&mut self) {
        if !self.yaml.ends_with('\n') {
            self.yaml.push('\n');
        }
        self.column = 0;
    }

    fn new_line(&mut self, indent: usize) {
        self.end_line();
        self.push(&" ".repeat(indent));
    }

    /// `indent`: the column at which the lines of the node begin.
    fn node(&mut self, value: &Val, indent: usize, position: Position) -> Result<(), String> {
        if self.yaml.len() > MAX_TEXT {
            return Err(too_long());
        }
        let space = if position == Position::Key { " " } else { "" };
        match value {
            Val::Sensitive(inner) => self.node(inner, indent, position)?,
            Val::Sequence(_, elements) if elements.is_empty() => self.push(&format!("{space}[]")),
            Val::Mapping(_, elements) if elements.is_empty() => self.push(&format!("{space}{{}}")),
            // The dashes of a list that belongs to a key stand under the key.
            Val::Sequence(_, elements) if position == Position::Key => {
                self.sequence(elements, indent.saturating_sub(2), true)?
            }
            Val::Sequence(_, elements) => self.sequence(elements, indent, false)?,
            Val::Mapping(_, elements) => self.mapping(elements, indent, position == Position::Key)?,
            Val::Null | Val::Unknown(_) => self.push(&format!("{space}null")),
            Val::Bool(value) => self.push(&format!("{space}{value}")),
            Val::Number(number) => self.push(&format!("{space}{number}")),
            Val::String(body) => {
                self.push(space);
                self.text(body, indent);
            }
        }
        Ok(())
    }

    fn sequence(&mut self, elements: &[Val], indent: usize, fresh: bool) -> Result<(), String> {
        for (index, element) in elements.iter().enumerate() {
            if fresh || index > 0 {
                self.new_line(indent);
            }
            self.push("- ");
            self.node(element, indent.saturating_add(2), Position::Start)?;
        }
        Ok(())
    }

    fn mapping(&mut self, elements: &BTreeMap<Arc<str>, Val>, indent: usize, fresh: bool) -> Result<(), String> {
        for (index, (name, element)) in elements.iter().enumerate() {
            if fresh || index > 0 {
                self.new_line(indent);
            }
            self.quoted(name, None);
            self.push(":");
            self.node(element, indent.saturating_add(2), Position::Key)?;
        }
        Ok(())
    }

    fn text(&mut self, body: &str, indent: usize) {
        if body.contains('\n') && may_be_block(body) {
            self.block(body, indent);
        } else {
            self.quoted(body, Some(indent));
        }
    }

    /// A text in double quotes; it may be broken into lines at spaces, of which `indent` is the column.
    fn quoted(&mut self, body: &str, indent: Option<usize>) {
        self.push("\"");
        let mut after_space = false;
        let mut characters = body.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            let inside = at > 0 && characters.peek().is_some();
            match (character, indent) {
                (' ', Some(indent)) if !after_space && inside && self.column > WIDTH => {
                    self.new_line(indent);
                    if characters.peek().is_some_and(|(_, next)| *next == ' ') {
                        self.push("\\");
                    }
                }
                _ => self.push_escaped(character),
            }
            after_space = character == ' ';
        }
        self.push("\"");
    }

    fn push_escaped(&mut self, character: char) {
        let mut escape = String::new();
        match character {
            '"' | '\\' => {
                escape.push('\\');
                escape.push(character);
            }
            '\0' => escape.push_str("\\0"),
            '\u{7}' => escape.push_str("\\a"),
            '\u{8}' => escape.push_str("\\b"),
            '\t' => escape.push_str("\\t"),
            '\n' => escape.push_str("\\n"),
            '\u{b}' => escape.push_str("\\v"),
            '\u{c}' => escape.push_str("\\f"),
            '\r' => escape.push_str("\\r"),
            '\u{1b}' => escape.push_str("\\e"),
            '\u{85}' => escape.push_str("\\N"),
            '\u{2028}' => escape.push_str("\\L"),
            '\u{2029}' => escape.push_str("\\P"),
            _ if is_printable(character) => escape.push(character),
            _ => {
                let code = u32::from(character);
                let _ = match code {
                    0..=0xff => write!(escape, "\\x{code:02X}"),
                    0x100..=0xffff => write!(escape, "\\u{code:04X}"),
                    _ => write!(escape, "\\U{code:08X}"),
                };
            }
        }
        self.push(&escape);
    }

    /// `|`, how the indent of the first line is to be found, and how the text ends.
    fn block(&mut self, body: &str, indent: usize) {
        let indent = indent.max(2);
        let hint = if body.starts_with([' ', '\n']) { "2" } else { "" };
        let end = match body.strip_suffix('\n') {
            None => "-",
            Some(rest) if rest.is_empty() || rest.ends_with('\n') => "+",
            Some(_) => "",
        };
        self.push(&format!("|{hint}{end}"));
        self.yaml.push('\n');
        for line in body.split_inclusive('\n') {
            if line != "\n" {
                self.yaml.push_str(&" ".repeat(indent));
            }
            self.yaml.push_str(line);
        }
        self.column = 0;
    }
}

/// Whether a text can be read back from a block.
fn may_be_block(body: &str) -> bool {
    let special = |character: char| character != '\n' && !is_printable(character);
    !body.ends_with(' ') && !body.contains(" \n") && !body.contains(special)
}

/// What libyaml writes as it is: not tabs, not what it takes for a line break, nothing beyond the first plane.
fn is_printable(character: char) -> bool {
    matches!(character, ' '..='~' | '\u{a0}'..='\u{2027}' | '\u{202a}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}')
}
