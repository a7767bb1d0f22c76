//! Text in a page. `maud` escapes all of it; what comes from a source is also cleaned of what steers a reader, cut, and put
//! into an element of its own that keeps its writing direction to itself.

use maud::{Markup, html};

use crate::model::{Location, Value};
use crate::report::text::{clean, cut};

/// How much of a text from a source a page shows.
const MAX_TEXT: usize = 400;

/// How much of a value.
const MAX_VALUE: usize = 160;

/// Text from a source as a page shows it: what was cut off is counted.
fn shown(text: &str, most: usize) -> String {
    let short = cut(text, most);
    match short.len() < text.len() {
        true => format!("{} ({} characters)", clean(&short), grouped(text.chars().count())),
        false => clean(&short).into_owned(),
    }
}

/// Words, which may come from a source, where no element can stand: in a title or an attribute.
pub(super) fn plain(text: &str) -> String {
    shown(text, MAX_TEXT)
}

/// Words, which may come from a source; what stands in backticks is a name.
pub(super) fn words(text: &str) -> Markup {
    let text = shown(text, MAX_TEXT);
    let parts: Vec<&str> = text.split('`').collect();
    // An odd backtick is a character like any other.
    let is_paired = parts.len() % 2 == 1;
    html! {
        bdi {
            @if is_paired {
                @for (position, part) in parts.iter().enumerate() {
                    @if position % 2 == 0 { (part) } @else { code { (part) } }
                }
            } @else { (text) }
        }
    }
}

/// A name from a source: an address, an identifier, a file.
pub(super) fn name(text: &str) -> Markup {
    html! { bdi.name { (shown(text, MAX_TEXT)) } }
}

/// A value of a fact; texts in quotes, so that they are told from words of ours.
pub(super) fn value(value: &Value) -> Markup {
    let text = serde_json::to_string(value).unwrap_or_else(|_| value.to_string());
    html! { bdi.value { (shown(&text, MAX_VALUE)) } }
}

/// A file, and the line in it when it is known.
pub(super) fn location(location: &Location) -> Markup {
    match location.region {
        Some(region) => html! { (name(&location.file)) span.name { ":" (region.start_line) } },
        None => name(&location.file),
    }
}

/// A whole number with its thousands apart: `12,345`.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 database`, `12,345 databases`.
pub(super) fn many(number: usize, one: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        _ => format!("{} {one}s", grouped(number)),
    }
}

/// The share of a whole in percent, rounded so that 100% is all and 0% is none; `None` of nothing.
pub(super) fn percent(part: usize, whole: usize) -> Option<String> {
    let exact = part.saturating_mul(100).checked_div(whole)?;
    Some(match exact {
        0 if part > 0 => "<1%".to_owned(),
        _ => format!("{exact}%"),
    })
}

/// An instant or a day that machines can read too.
pub(super) fn time(instant: &str) -> Markup {
    let people = match instant.strip_suffix('Z').and_then(|of_utc| of_utc.split_once('T')) {
        Some((day, clock)) => format!("{day} {clock} UTC"),
        None => instant.to_owned(),
    };
    html! { time datetime=(instant) { (people) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn a_share_is_whole_only_when_it_is_all() {
        let shares = [(0, 0), (0, 3), (1, 1_000), (999, 1_000), (3, 3)].map(|(part, whole)| percent(part, whole));
        assert_eq!(shares.map(Option::unwrap_or_default), ["", "0%", "<1%", "99%", "100%"]);
    }

    #[test]
    fn a_long_name_is_cut_and_says_so() {
        let text = words(&"x".repeat(10_240)).into_string();
        assert!(text.len() < MAX_TEXT + 60 && text.ends_with("x… (10,240 characters)</bdi>"), "{text}");
    }

    #[test]
    fn what_would_turn_the_writing_around_is_shown() {
        let shown = name("a\u{202e}b<c>\"").into_string();
        assert_eq!(shown, "<bdi class=\"name\">a\\u{202e}b&lt;c&gt;&quot;</bdi>");
    }
}
