//! One command on one line, with everything escaped that its runner gives a meaning.

use std::fmt;

use super::{Annotation, Level};
use crate::model::Region;
use crate::report::text::clean;

/// A command, ready to be written.
pub(super) struct Command<'a> {
    syntax: &'a Syntax,
    name: &'static str,
    properties: Vec<(&'static str, String)>,
    data: String,
}

/// How a runner writes commands.
struct Syntax {
    opens: &'static str,
    /// Between the name and the properties, between two of those, and after the last.
    before: char,
    between: char,
    closes: &'static str,
    /// What is escaped in data and in properties, and how.
    data: &'static [(char, &'static str)],
    property: &'static [(char, &'static str)],
}

/// `escapeData` and `escapeProperty` of actions/toolkit, packages/core/src/command.ts.
const GITHUB: Syntax = Syntax {
    opens: "::",
    before: ' ',
    between: ',',
    closes: "::",
    data: &[('%', "%25"), ('\r', "%0D"), ('\n', "%0A")],
    property: &[('%', "%25"), ('\r', "%0D"), ('\n', "%0A"), (':', "%3A"), (',', "%2C")],
};

/// The table of "Formatting commands" on Microsoft's page. An agent that does not decode `%AZP25` shows it as it stands.
const AZURE: Syntax = Syntax {
    opens: "##vso[",
    before: ' ',
    between: ';',
    closes: "]",
    data: &[('%', "%AZP25"), ('\r', "%0D"), ('\n', "%0A")],
    property: &[('%', "%AZP25"), ('\r', "%0D"), ('\n', "%0A"), (';', "%3B"), (']', "%5D")],
};

impl Command<'_> {
    pub(super) fn github(level: Level, told: &Annotation, file: Option<String>, region: Option<Region>) -> Self {
        let name = match level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Notice => "notice",
        };
        let mut properties: Vec<(&'static str, String)> = file.map(|file| ("file", file)).into_iter().collect();
        if let Some(region) = region {
            properties.push(("line", region.start_line.to_string()));
            properties.push(("endLine", region.end_line.to_string()));
            properties.push(("col", region.start_column.to_string()));
        }
        properties.push(("title", told.title.clone()));
        Self { syntax: &GITHUB, name, properties, data: told.text() }
    }

    pub(super) fn azure(level: Level, told: &Annotation, file: Option<String>, region: Option<Region>) -> Self {
        let sort = if level == Level::Error { "error" } else { "warning" };
        let mut properties = vec![("type", sort.to_owned())];
        properties.extend(file.map(|file| ("sourcepath", file)));
        if let Some(region) = region {
            properties.push(("linenumber", region.start_line.to_string()));
            properties.push(("columnnumber", region.start_column.to_string()));
        }
        if !told.code.is_empty() {
            properties.push(("code", told.code.clone()));
        }
        // Azure has no property for a title.
        let data = format!("{}: {}", clean(&told.title), told.text());
        Self { syntax: &AZURE, name: "task.logissue", properties, data }
    }
}

impl fmt::Display for Command<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Syntax { opens, before, between, closes, data, property } = self.syntax;
        write!(f, "{opens}{}", self.name)?;
        for (position, (name, value)) in self.properties.iter().enumerate() {
            let separator = if position == 0 { before } else { between };
            write!(f, "{separator}{name}=")?;
            escape(f, &clean(value), property)?;
        }
        f.write_str(closes)?;
        escape(f, &self.data, data)
    }
}

fn escape(f: &mut fmt::Formatter<'_>, text: &str, escapes: &[(char, &str)]) -> fmt::Result {
    use fmt::Write as _;
    for character in text.chars() {
        match escapes.iter().find(|(escaped, _)| *escaped == character) {
            Some((_, with)) => f.write_str(with)?,
            None => f.write_char(character)?,
        }
    }
    Ok(())
}
