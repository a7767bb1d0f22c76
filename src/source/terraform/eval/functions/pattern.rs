//! Regular expressions: `regex`, `regexall` and `replace`.
//!
//! Terraform has those of Go (<https://github.com/google/re2/wiki/Syntax>), which are much like those of the `regex` crate;
//! [`Translation`] rewrites where the same text means something else, and refuses what Go does.

mod translation;

use std::sync::Arc;

use regex::{Captures, Regex};

use super::super::value::{MapKind, SequenceKind, Val};
use super::arguments::Arguments;
use super::{MAX_ELEMENTS, MAX_TEXT, text, too_long, too_many_elements};
use translation::Translation;

/// A regular expression, and what its groups are called.
struct Pattern {
    regex: Regex,
    /// One a group.
    names: Vec<Option<String>>,
}

impl Pattern {
    fn new(body: &str) -> Result<Self, String> {
        let Translation { regex, names } = Translation::of(body)?;
        let regex =
            Regex::new(&regex).map_err(|_| format!("`{body}` is not a regular expression, or too large a one"))?;
        Ok(Self { regex, names })
    }

    /// Fails where some groups have names and others have none.
    fn for_matching(body: &str) -> Result<Self, String> {
        let pattern = Self::new(body)?;
        let named = pattern.names.iter().flatten().count();
        if named > 0 && named < pattern.names.len() {
            return Err("the groups of the pattern have names in part; all or none may".to_owned());
        }
        Ok(pattern)
    }

    /// The whole match; or its groups, with names in an object, without in a tuple.
    fn value(&self, captures: &Captures<'_>) -> Val {
        let group = |index: usize| captures.get(index).map_or(Val::Null, |found| text::value(found.as_str()));
        if self.names.is_empty() {
            return group(0);
        }
        let groups = self.names.iter().zip(1usize..);
        if self.names.iter().any(Option::is_some) {
            let fields = groups.map(|(name, index)| (name.as_deref().unwrap_or_default().into(), group(index)));
            return Val::Mapping(MapKind::Object, Arc::new(fields.collect()));
        }
        Val::Sequence(SequenceKind::Tuple, Arc::new(groups.map(|(_, index)| group(index)).collect()))
    }
}

pub(super) fn regex(arguments: &Arguments<'_>) -> Result<Val, String> {
    let pattern = Pattern::for_matching(arguments.text(0)?)?;
    let captures = pattern.regex.captures(arguments.text(1)?);
    captures.map(|captures| pattern.value(&captures)).ok_or_else(|| "the pattern does not match the text".to_owned())
}

pub(super) fn regexall(arguments: &Arguments<'_>) -> Result<Val, String> {
    let pattern = Pattern::for_matching(arguments.text(0)?)?;
    let matches = pattern.regex.captures_iter(arguments.text(1)?).take(MAX_ELEMENTS.saturating_add(1));
    let found: Vec<Val> = matches.map(|captures| pattern.value(&captures)).collect();
    if found.len() > MAX_ELEMENTS {
        Err(too_many_elements())
    } else {
        Ok(Val::Sequence(SequenceKind::List, Arc::new(found)))
    }
}

/// What is to be replaced is a regular expression when it stands between slashes.
pub(super) fn replace(arguments: &Arguments<'_>) -> Result<Val, String> {
    let (body, from, to) = (arguments.text(0)?, arguments.text(1)?, arguments.text(2)?);
    match from.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')) {
        Some(expression) => replace_matches(body, &Pattern::new(expression)?, to),
        None => replace_text(body, from, to),
    }
}

fn replace_text(body: &str, from: &str, to: &str) -> Result<Val, String> {
    let count = body.matches(from).count();
    if count.saturating_mul(to.len()).saturating_add(body.len())
        > MAX_TEXT.saturating_add(count.saturating_mul(from.len()))
    {
        return Err(too_long());
    }
    Ok(text::value(&body.replace(from, to)))
}

fn replace_matches(body: &str, pattern: &Pattern, to: &str) -> Result<Val, String> {
    let mut replaced = String::new();
    let mut end = 0;
    for captures in pattern.regex.captures_iter(body) {
        let Some(whole) = captures.get(0) else { continue };
        replaced.push_str(body.get(end..whole.start()).unwrap_or_default());
        expand(to, &captures, &pattern.names, &mut replaced);
        end = whole.end();
        if replaced.len() > MAX_TEXT {
            return Err(too_long());
        }
    }
    replaced.push_str(body.get(end..).unwrap_or_default());
    Ok(text::value(&replaced))
}

/// `$1`, `$name`, `${name}` and `$$`, as Go has them: a name is as long as can be (<https://pkg.go.dev/regexp#Regexp.Expand>).
fn expand(template: &str, captures: &Captures<'_>, names: &[Option<String>], expanded: &mut String) {
    let mut rest = template;
    while let Some((before, tail)) = rest.split_once('$') {
        expanded.push_str(before);
        if let Some(tail) = tail.strip_prefix('$') {
            expanded.push('$');
            rest = tail;
            continue;
        }
        let Some((name, tail)) = name_of(tail) else {
            expanded.push('$');
            rest = tail;
            continue;
        };
        let group = match name.parse::<usize>() {
            Ok(index) => Some(index),
            Err(_) => {
                names.iter().position(|other| other.as_deref() == Some(name)).map(|index| index.saturating_add(1))
            }
        };
        expanded.push_str(group.and_then(|group| captures.get(group)).map_or("", |found| found.as_str()));
        rest = tail;
    }
    expanded.push_str(rest);
}

fn name_of(tail: &str) -> Option<(&str, &str)> {
    let (name, rest) = match tail.strip_prefix('{') {
        Some(braced) => braced.split_once('}')?,
        None => tail.split_at(tail.find(|character: char| !is_word(character)).unwrap_or(tail.len())),
    };
    (!name.is_empty() && name.chars().all(is_word)).then_some((name, rest))
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}
