//! Functions on text.

use unicode_segmentation::UnicodeSegmentation;

use super::super::value::Val;
use super::arguments::{Arguments, list_of_texts};
use super::{MAX_TEXT, text, too_long};

pub(super) fn chomp(arguments: &Arguments<'_>) -> Result<Val, String> {
    Ok(text::value(arguments.text(0)?.trim_end_matches(['\r', '\n'])))
}

pub(super) fn endswith(arguments: &Arguments<'_>) -> Result<Val, String> {
    Ok(Val::Bool(arguments.text(0)?.ends_with(arguments.text(1)?)))
}

pub(super) fn startswith(arguments: &Arguments<'_>) -> Result<Val, String> {
    Ok(Val::Bool(arguments.text(0)?.starts_with(arguments.text(1)?)))
}

pub(super) fn strcontains(arguments: &Arguments<'_>) -> Result<Val, String> {
    Ok(Val::Bool(arguments.text(0)?.contains(arguments.text(1)?)))
}

pub(super) fn indent(arguments: &Arguments<'_>) -> Result<Val, String> {
    let spaces = usize::try_from(arguments.integer(0)?).map_err(|_| "argument 1 is less than zero".to_owned())?;
    let body = arguments.text(1)?;
    let lines = body.bytes().filter(|&byte| byte == b'\n').count();
    if lines.saturating_mul(spaces).saturating_add(body.len()) > MAX_TEXT {
        return Err(too_long());
    }
    if lines == 0 {
        return Ok(text::value(body));
    }
    Ok(text::value(&body.replace('\n', &format!("\n{}", " ".repeat(spaces)))))
}

pub(super) fn join(arguments: &Arguments<'_>) -> Result<Val, String> {
    let separator = arguments.text(0)?;
    let mut parts = Vec::new();
    for index in 1..arguments.all().len() {
        parts.extend(arguments.texts(index)?);
    }
    let size = parts.iter().map(|part| part.len().saturating_add(separator.len())).fold(0usize, usize::saturating_add);
    if size > MAX_TEXT.saturating_add(separator.len()) {
        return Err(too_long());
    }
    Ok(text::value(&parts.join(separator)))
}

// Terraform maps each character to one: `ß` has no upper case of one character, so it stays.

pub(super) fn lower(arguments: &Arguments<'_>) -> Result<Val, String> {
    let lowered = arguments.text(0)?.chars().map(|character| character.to_lowercase().next().unwrap_or(character));
    Ok(text::value(&lowered.collect::<String>()))
}

pub(super) fn upper(arguments: &Arguments<'_>) -> Result<Val, String> {
    Ok(text::value(&arguments.text(0)?.chars().map(upper_case).collect::<String>()))
}

fn upper_case(character: char) -> char {
    let mut mapped = character.to_uppercase();
    match (mapped.next(), mapped.next()) {
        (Some(only), None) => only,
        _ => character,
    }
}

pub(super) fn title(arguments: &Arguments<'_>) -> Result<Val, String> {
    let mut before = ' ';
    let titled = arguments.text(0)?.chars().map(|character| {
        let starts = separates(before);
        before = character;
        if starts { title_case(character) } else { character }
    });
    Ok(text::value(&titled.collect::<String>()))
}

fn separates(character: char) -> bool {
    if character.is_ascii() {
        return !character.is_ascii_alphanumeric() && character != '_';
    }
    !character.is_alphanumeric() && character.is_whitespace()
}

/// The four letters of Latin that stand for two have a form with only the first of them in upper case
/// (<https://www.unicode.org/Public/UCD/latest/ucd/UnicodeData.txt>).
fn title_case(character: char) -> char {
    match character {
        'Ǆ' | 'ǅ' | 'ǆ' => 'ǅ',
        'Ǉ' | 'ǈ' | 'ǉ' => 'ǈ',
        'Ǌ' | 'ǋ' | 'ǌ' => 'ǋ',
        'Ǳ' | 'ǲ' | 'ǳ' => 'ǲ',
        _ => upper_case(character),
    }
}

pub(super) fn split(arguments: &Arguments<'_>) -> Result<Val, String> {
    let (separator, body) = (arguments.text(0)?, arguments.text(1)?);
    if separator.is_empty() {
        return Ok(list_of_texts(body.chars().map(String::from)));
    }
    if body.matches(separator).count() >= super::MAX_ELEMENTS {
        return Err(super::too_many_elements());
    }
    Ok(list_of_texts(body.split(separator)))
}

pub(super) fn strrev(arguments: &Arguments<'_>) -> Result<Val, String> {
    Ok(text::value(&arguments.text(0)?.graphemes(true).rev().collect::<String>()))
}

pub(super) fn substr(arguments: &Arguments<'_>) -> Result<Val, String> {
    let body = arguments.text(0)?;
    let (offset, length) = (arguments.integer(1)?, arguments.integer(2)?);
    let start = if offset < 0 {
        // From the end; what lies before the start counts as the start.
        text::width(body).saturating_sub(usize::try_from(offset.unsigned_abs()).unwrap_or(usize::MAX))
    } else {
        usize::try_from(offset).unwrap_or(usize::MAX)
    };
    // A length less than zero is all that is left.
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    Ok(text::value(&body.graphemes(true).skip(start).take(length).collect::<String>()))
}

pub(super) fn trim(arguments: &Arguments<'_>) -> Result<Val, String> {
    let cut: Vec<char> = arguments.text(1)?.chars().collect();
    Ok(text::value(arguments.text(0)?.trim_matches(cut.as_slice())))
}

pub(super) fn trimprefix(arguments: &Arguments<'_>) -> Result<Val, String> {
    let body = arguments.text(0)?;
    Ok(text::value(body.strip_prefix(arguments.text(1)?).unwrap_or(body)))
}

pub(super) fn trimsuffix(arguments: &Arguments<'_>) -> Result<Val, String> {
    let body = arguments.text(0)?;
    Ok(text::value(body.strip_suffix(arguments.text(1)?).unwrap_or(body)))
}

pub(super) fn trimspace(arguments: &Arguments<'_>) -> Result<Val, String> {
    Ok(text::value(arguments.text(0)?.trim()))
}
