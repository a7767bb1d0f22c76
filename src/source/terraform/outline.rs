//! The parts of a document and the entries of its lists, found in one walk over the text.

use std::borrow::Cow;

use super::json::{Pairs, Raw};
use crate::source::skip::Cursor;

/// The parts of a document, and what those consist of that hold a resource in each entry.
#[derive(Debug, Default)]
pub(super) struct Outline<'a> {
    pub(super) parts: Pairs<'a, Raw<'a>>,
    /// By part.
    pub(super) entries: Vec<(&'a str, Vec<Raw<'a>>)>,
}

impl<'a> Outline<'a> {
    /// Walks a text; `None` when it is not JSON, or unusual: serde_json then has to look at it.
    pub(super) fn of(text: &'a str) -> Option<Self> {
        let mut cursor = Cursor::new(text);
        let mut outline = Self::default();
        cursor.enter(b'{')?;
        while let Some(key) = cursor.pair(outline.parts.0.is_empty())? {
            let start = cursor;
            let entries = match (key, cursor.begins()?) {
                // Those of a plan and of a raw state.
                ("resource_changes" | "resources", b'[') => Some(list(&mut cursor)?),
                // Those of a state. They are looked for once more if a module is not laid out as Terraform writes it.
                ("values", b'{') => entries_of_values(&mut cursor),
                _ => None,
            };
            let value = match entries {
                Some(entries) => {
                    outline.entries.push((key, entries));
                    Raw::walked(cursor.since(&start)?)
                }
                None => {
                    cursor = start;
                    Raw::walked(cursor.value()?)
                }
            };
            outline.parts.0.push((Cow::Borrowed(key), value));
        }
        cursor.is_at_end().then_some(outline)
    }
}

fn list<'a>(cursor: &mut Cursor<'a>) -> Option<Vec<Raw<'a>>> {
    let mut items = Vec::new();
    add_list(cursor, &mut items)?;
    Some(items)
}

fn add_list<'a>(cursor: &mut Cursor<'a>, items: &mut Vec<Raw<'a>>) -> Option<()> {
    cursor.enter(b'[')?;
    let mut is_first = true;
    while cursor.item(std::mem::take(&mut is_first), b']')? {
        items.push(Raw::walked(cursor.value()?));
    }
    Some(())
}

/// The resources of all modules: those of a module before those of the modules in it.
fn entries_of_values<'a>(cursor: &mut Cursor<'a>) -> Option<Vec<Raw<'a>>> {
    let mut entries = Vec::new();
    let mut is_first = true;
    let mut has_root = false;
    cursor.enter(b'{')?;
    while let Some(key) = cursor.pair(std::mem::take(&mut is_first))? {
        if key == "root_module" && !std::mem::replace(&mut has_root, true) {
            add_module(cursor, &mut entries, 0)?;
        } else {
            (key != "root_module").then_some(cursor.value()?)?;
        }
    }
    Some(entries)
}

fn add_module<'a>(cursor: &mut Cursor<'a>, entries: &mut Vec<Raw<'a>>, depth: usize) -> Option<()> {
    // Far more than modules are nested; serde_json takes somewhat more.
    const MOST_DEPTH: usize = 30;
    let (mut has_resources, mut has_modules) = (false, false);
    let mut is_first = true;
    cursor.enter(b'{')?;
    while let Some(key) = cursor.pair(std::mem::take(&mut is_first))? {
        match key {
            "resources" if !has_resources && !has_modules => {
                has_resources = true;
                add_list(cursor, entries)?;
            }
            "child_modules" if !has_modules && depth < MOST_DEPTH => {
                has_modules = true;
                cursor.enter(b'[')?;
                let mut is_first = true;
                while cursor.item(std::mem::take(&mut is_first), b']')? {
                    add_module(cursor, entries, depth + 1)?;
                }
            }
            "resources" | "child_modules" => return None,
            _ => drop(cursor.value()?),
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::json::elements;
    use super::*;

    const DOCUMENTS: &[&str] = &[
        include_str!("../../../testdata/terraform/recorded/create.json"),
        include_str!("../../../testdata/terraform/recorded/state.json"),
        include_str!("../../../testdata/terraform/recorded/raw_state.json"),
    ];

    /// The outline says what serde_json says, or nothing.
    fn holds(text: &str) -> bool {
        let Some(outline) = Outline::of(text) else { return false };
        let parts: Pairs<'_, Raw<'_>> = serde_json::from_str(text).unwrap();
        assert_eq!(outline.parts.0, parts.0);
        for (part, entries) in outline.entries.iter().filter(|(part, _)| *part != "values") {
            assert!(parts.0.iter().any(|(name, raw)| name == part && elements(*raw).unwrap() == *entries), "{part}");
        }
        true
    }

    #[test]
    fn documents_are_outlined() {
        assert!(DOCUMENTS.iter().all(|text| holds(text)));
        for text in
            ["", "[]", "{\"a\":1}x", "{\"resources\":[1,]}", "{\"resources\":[1}", "{\"a\":1,}", "{\"a\\u0062\":1}"]
        {
            assert!(!holds(text), "{text}");
        }
        assert!(holds("{\"resources\": [1 , {}], \"resources\":null, \"values\":{\"root_module\":[]}}\n"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

        #[test]
        fn a_broken_document_is_never_taken(
            which in 0..DOCUMENTS.len(),
            edits in proptest::collection::vec((any::<prop::sample::Index>(), prop::sample::select(&["\"", "{", "}", "[", "]", ":", ",", "0", "t", "\\", "\u{1}", ""][..])), 1..3),
            cut in any::<Option<prop::sample::Index>>(),
        ) {
            let mut text = DOCUMENTS[which].to_owned();
            for (at, new) in edits {
                let (at, old) = *at.get(&text.char_indices().collect::<Vec<_>>());
                text.replace_range(at..at + old.len_utf8(), new);
            }
            if let Some(cut) = cut {
                text.truncate(cut.get(&text.char_indices().collect::<Vec<_>>()).0);
            }
            holds(&text);
        }
    }
}
