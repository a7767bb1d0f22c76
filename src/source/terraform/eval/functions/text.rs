//! Text as Terraform holds it: in Unicode normalisation form C, counted in what people call characters.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::super::value::Val;

/// A text that a function made.
pub(crate) fn value(text: &str) -> Val {
    if is_nfc(text) { Val::String(text.into()) } else { Val::String(text.nfc().collect::<String>().into()) }
}

/// The part of a text that is the first so many characters, as people count them.
pub(super) fn head(text: &str, characters: usize) -> &str {
    use unicode_segmentation::UnicodeSegmentation;
    let end = text.grapheme_indices(true).nth(characters).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}

/// How many characters, as people count them.
pub(super) fn width(text: &str) -> usize {
    use unicode_segmentation::UnicodeSegmentation;
    if text.is_ascii() && !text.contains('\r') { text.len() } else { text.graphemes(true).count() }
}
