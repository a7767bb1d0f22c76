//! Patterns of paths, as `fileset` takes them (<https://developer.hashicorp.com/terraform/language/functions/fileset>):
//! `*`, `**`, `?`, `[abc]`, `[^abc]`, `{a,b}`.

use regex::Regex;

/// A pattern of paths.
pub(super) struct Glob {
    base: String,
    regex: Regex,
}

impl Glob {
    pub(super) fn new(pattern: &str) -> Result<Self, String> {
        let wrong = || "the pattern of paths is not valid".to_owned();
        let special = pattern.find(['*', '?', '[', '{', '\\']).unwrap_or(pattern.len());
        let base = pattern.get(..special).and_then(|plain| plain.rsplit_once('/')).map_or(".", |(base, _)| base);
        let base = if base.is_empty() { "/" } else { base };
        let expression = expression(pattern).ok_or_else(wrong)?;
        Ok(Self { base: base.to_owned(), regex: Regex::new(&expression).map_err(|_| wrong())? })
    }

    /// The directory under which all matches lie.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    pub(super) fn matches(&self, path: &str) -> bool {
        self.regex.is_match(path)
    }
}

/// The regular expression of a pattern, step by step, because only a whole step can be `**`.
fn expression(pattern: &str) -> Option<String> {
    let mut expression = "(?s)^".to_owned();
    let steps: Vec<&str> = pattern.split('/').collect();
    for (index, step) in steps.iter().enumerate() {
        let last = index.saturating_add(1) == steps.len();
        match (*step, last) {
            ("**", true) => expression.push_str(".*"),
            ("**", false) => expression.push_str("(?:[^/]+/)*"),
            _ => {
                append_step(&mut expression, step)?;
                if !last {
                    expression.push('/');
                }
            }
        }
    }
    expression.push('$');
    Some(expression)
}

fn append_step(expression: &mut String, step: &str) -> Option<()> {
    let mut depth = 0u32;
    let mut characters = step.chars();
    while let Some(character) = characters.next() {
        match character {
            '*' => expression.push_str("[^/]*"),
            '?' => expression.push_str("[^/]"),
            '[' => append_class(expression, &mut characters)?,
            '{' => {
                depth = depth.saturating_add(1);
                expression.push_str("(?:");
            }
            '}' if depth > 0 => {
                depth = depth.saturating_sub(1);
                expression.push(')');
            }
            ',' if depth > 0 => expression.push('|'),
            '\\' => expression.push_str(&regex::escape(characters.next()?.encode_utf8(&mut [0; 4]))),
            _ => expression.push_str(&regex::escape(character.encode_utf8(&mut [0; 4]))),
        }
    }
    (depth == 0).then_some(())
}

fn append_class(expression: &mut String, characters: &mut std::str::Chars<'_>) -> Option<()> {
    expression.push('[');
    let mut first = true;
    loop {
        match characters.next()? {
            '^' if first => expression.push('^'),
            ']' => break,
            '-' => expression.push('-'),
            '\\' => expression.push_str(&regex::escape(characters.next()?.encode_utf8(&mut [0; 4]))),
            character => expression.push_str(&regex::escape(character.encode_utf8(&mut [0; 4]))),
        }
        first = false;
    }
    expression.push(']');
    Some(())
}
