//! The small language of `testdata/kit`: `$word` stands for a value, and a few objects for choices and lists.
//!
//! - `$word` alone is the value with its type; null leaves the member out. `$word?` leaves it out when it is off, too: false, 0,
//!   empty. `$word.part` is a part of it, `$list.0` the first of a list. Within a longer text, `$word` is put in as text.
//! - `{$each: list or map, $as: …}` is a list of one thing for each `$item`, or `$key` and `$value`.
//! - `{$when: value, $then: …, $else: …}` is one or the other; `{$of: value, word: …, $else: …}` one of several.
//! - `{$or: [value, value]}` is the first that is not null.

use serde_json::{Map, Value, json};

/// What words stand for.
pub(super) trait Words {
    /// The value of a word; `None` for one that means nothing.
    fn word(&self, word: &str) -> Option<Value>;
}

/// Words, and what they mean within a list.
struct Within<'a> {
    outer: &'a dyn Words,
    words: Vec<(&'static str, Value)>,
}

impl Words for Within<'_> {
    fn word(&self, word: &str) -> Option<Value> {
        let own = self.words.iter().find(|(name, _)| *name == word).map(|(_, value)| value.clone());
        own.or_else(|| self.outer.word(word))
    }
}

/// A template with its words put in; `None` for what is left out.
pub(super) fn expand(template: &Value, words: &dyn Words) -> Option<Value> {
    match template {
        Value::String(text) => expand_text(text, words),
        Value::Array(items) => Some(Value::Array(items.iter().filter_map(|item| expand(item, words)).collect())),
        Value::Object(fields) => expand_object(fields, words),
        other => Some(other.clone()),
    }
}

/// Whether a value is what a feature has that is off.
pub(super) fn is_off(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(true) => false,
    }
}

fn expand_object(fields: &Map<String, Value>, words: &dyn Words) -> Option<Value> {
    let field = |name: &str| fields.get(name);
    let given = |name: &str| expand(&fields[name], words).unwrap_or(Value::Null);
    let chosen = |template: Option<&Value>| template.and_then(|template| expand(template, words));
    if field("$each").is_some() {
        return Some(each(&given("$each"), &fields["$as"], words));
    }
    if field("$when").is_some() {
        return chosen(field(if is_off(&given("$when")) { "$else" } else { "$then" }));
    }
    if field("$of").is_some() {
        let word = text_of(&given("$of"));
        return chosen(field(&word).or_else(|| field("$else")));
    }
    if let Some(Value::Array(choices)) = field("$or") {
        return choices.iter().find_map(|choice| expand(choice, words));
    }
    let expanded = fields.iter().filter_map(|(name, value)| Some((name.clone(), expand(value, words)?)));
    Some(Value::Object(expanded.collect()))
}

fn each(over: &Value, template: &Value, words: &dyn Words) -> Value {
    let one = |within: Vec<(&'static str, Value)>| expand(template, &Within { outer: words, words: within });
    let expanded = match over {
        Value::Array(items) => items.iter().filter_map(|item| one(vec![("item", item.clone())])).collect(),
        Value::Object(fields) => {
            let of_field = |(key, value): (&String, &Value)| one(vec![("key", json!(key)), ("value", value.clone())]);
            fields.iter().filter_map(of_field).collect()
        }
        _ => Vec::new(),
    };
    Value::Array(expanded)
}

fn expand_text(text: &str, words: &dyn Words) -> Option<Value> {
    let whole = text.strip_prefix('$').map(|rest| rest.strip_suffix('?').map_or((rest, false), |rest| (rest, true)));
    if let Some((path, leaves_out)) = whole.filter(|(path, _)| is_path(path)) {
        let mut parts = path.split('.');
        let mut value = look_up(parts.next().unwrap_or_default(), words);
        for part in parts {
            let of_list = part.parse::<usize>().ok().and_then(|position| value.get(position));
            value = of_list.or_else(|| value.get(part)).cloned().unwrap_or(Value::Null);
        }
        let is_left_out = value.is_null() || (leaves_out && is_off(&value));
        return (!is_left_out).then_some(value);
    }
    Some(Value::String(put_in(text, words)))
}

/// A text with the words within it put in. `${…}` is Terraform's, and stays.
fn put_in(text: &str, words: &dyn Words) -> String {
    let mut parts = text.split('$');
    let mut done = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| !is_of_word(c)).unwrap_or(part.len());
        match part.split_at(end) {
            ("", rest) => done.extend(["$", rest]),
            (word, rest) => done.extend([text_of(&look_up(word, words)).as_str(), rest]),
        }
    }
    done
}

fn look_up(word: &str, words: &dyn Words) -> Value {
    words.word(word).unwrap_or_else(|| panic!("nothing is called `${word}`"))
}

fn is_path(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(|c| is_of_word(c) || c == '.')
}

fn is_of_word(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'
}

/// A value as text, as Terraform converts it.
pub(super) fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
