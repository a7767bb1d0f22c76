//! The parts of a document and the entries of its lists, found in one walk over the text.

use std::borrow::Cow;

use memchr::memmem;
use rayon::prelude::*;

use super::json::{Pairs, Raw};
use crate::source::skip::Cursor;

/// The parts of a document, and what those consist of that hold a resource in each entry.
#[derive(Debug, Default)]
pub(super) struct Outline<'a> {
    pub(super) parts: Pairs<'a, Raw<'a>>,
    /// By part.
    pub(super) entries: Vec<(&'a str, Vec<Raw<'a>>)>,
}

/// What the large parts of a plan begin with, in Terraform's order and as Terraform writes it. Quotes within a text are escaped,
/// so none of these stands in one.
const LARGE: [&str; 2] = ["\"resource_changes\":[{", "\"configuration\":{\"provider_config\":"];

/// Shorter texts are walked before a second thread has woken up.
const LONG: usize = 1 << 20;

impl<'a> Outline<'a> {
    /// Walks a text; `None` when it is not JSON, or unusual: serde_json then has to look at it.
    pub(super) fn of(text: &'a str) -> Option<Self> {
        let in_parallel = || Self::of_pieces(text, &large_parts(text));
        (text.len() >= LONG).then(in_parallel).flatten().or_else(|| Self::piece(text, None, None))
    }

    /// Walks the pieces of a text side by side. A walk that begins within a text says what the walk of all of it says only if
    /// the walk of what stands before it gets there, between two parts: else this is `None`.
    fn of_pieces(text: &'a str, starts: &[usize]) -> Option<Self> {
        let next = |position: usize| starts.get(position).copied();
        let piece = |position: usize| Self::piece(text, position.checked_sub(1).and_then(next), next(position));
        let pieces: Vec<Option<Self>> = (0..=starts.len()).into_par_iter().map(piece).collect();
        let mut whole = Self::default();
        for piece in pieces {
            let Self { parts, entries } = piece?;
            whole.parts.0.extend(parts.0);
            whole.entries.extend(entries);
        }
        Some(whole)
    }

    /// Walks from the beginning, or from the key of a part, to the key of another one, or to the end.
    fn piece(text: &'a str, from: Option<usize>, to: Option<usize>) -> Option<Self> {
        let mut cursor = Cursor::new(text);
        let mut outline = Self::default();
        match from {
            None => cursor.enter(b'{')?,
            Some(from) => {
                cursor.go_to(from);
                outline.part(&mut cursor)?;
            }
        }
        while cursor.item(from.is_none() && outline.parts.0.is_empty(), b'}')? {
            if to.is_some_and(|to| cursor.is_at(to)) {
                return Some(outline);
            }
            outline.part(&mut cursor)?;
        }
        (to.is_none() && cursor.is_at_end()).then_some(outline)
    }

    /// Walks a part, from its key to the end of its value.
    fn part(&mut self, cursor: &mut Cursor<'a>) -> Option<()> {
        let (key, _) = cursor.key()?;
        let start = *cursor;
        let entries = match (key, cursor.begins()?) {
            // Those of a plan and of a raw state.
            ("resource_changes" | "resources", b'[') => Some(list(cursor)?),
            // Those of a state. They are looked for once more if a module is not laid out as Terraform writes it.
            ("values", b'{') => entries_of_values(cursor),
            _ => None,
        };
        let value = match entries {
            Some(entries) => {
                self.entries.push((key, entries));
                Raw::walked(cursor.since(&start)?)
            }
            None => {
                *cursor = start;
                Raw::walked(cursor.value()?)
            }
        };
        self.parts.0.push((Cow::Borrowed(key), value));
        Some(())
    }
}

/// Where large parts probably begin, in order.
fn large_parts(text: &str) -> Vec<usize> {
    let mut starts: Vec<usize> = Vec::new();
    for part in LARGE {
        let from = starts.last().copied().unwrap_or_default();
        let rest = text.as_bytes().get(from..).unwrap_or_default();
        starts.extend(memmem::find(rest, part.as_bytes()).map(|found| from + found));
    }
    starts
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

    /// The parts with their texts, and after them those with entries, with the texts of these.
    fn told<'a>(outline: &'a Outline<'a>) -> Vec<(&'a str, Vec<&'a str>)> {
        let parts = outline.parts.0.iter().map(|(name, raw)| (name.as_ref(), vec![raw.get()]));
        let entries = outline.entries.iter().map(|(part, raw)| (*part, raw.iter().map(|raw| raw.get()).collect()));
        parts.chain(entries).collect()
    }

    #[test]
    fn a_long_plan_is_walked_in_pieces() {
        let of = |parts: &[&str]| format!("{{{}}}", parts.join(","));
        let plan = [
            "\"planned_values\":{\"a\":1}",
            "\"resource_changes\":[{\"a\":[]},{}]",
            "\"configuration\":{\"provider_config\":{},\"root_module\":{}}",
            "\"checks\":[]",
        ];
        for (parts, pieces) in [(&plan[..], 3), (&plan[1..], 3), (&plan[2..], 2), (&plan[..2], 2), (&plan[3..], 1)] {
            let text = of(parts);
            let starts = large_parts(&text);
            assert_eq!(starts.len() + 1, pieces, "{text}");
            let (whole, pieces) =
                (Outline::piece(&text, None, None).unwrap(), Outline::of_pieces(&text, &starts).unwrap());
            assert_eq!(told(&whole), told(&pieces));
        }
        // Within another part, these are no parts of the document; after a comma that nothing follows there is none.
        let nested = "{\"a\":{\"resource_changes\":[{}]},\"b\":1}";
        assert!(Outline::of_pieces(nested, &large_parts(nested)).is_none());
        for broken in [
            "{\"a\":1,,\"resource_changes\":[{}]}",
            "{\"a\":1 \"resource_changes\":[{}]}",
            "{\"resource_changes\":[{}],}",
        ] {
            assert!(Outline::of_pieces(broken, &large_parts(broken)).is_none(), "{broken}");
            assert!(Outline::of(broken).is_none(), "{broken}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

        #[test]
        fn pieces_say_what_the_whole_says(
            which in 0..DOCUMENTS.len(),
            starts in prop::collection::vec(any::<prop::sample::Index>(), 0..3),
            at_keys in any::<bool>(),
        ) {
            let text = DOCUMENTS[which];
            let keys: Vec<usize> = text.match_indices('"').map(|(at, _)| at).collect();
            let of = |start: &prop::sample::Index| if at_keys { *start.get(&keys) } else { start.index(text.len()) };
            let starts: std::collections::BTreeSet<usize> = starts.iter().map(of).collect();
            let starts: Vec<usize> = starts.into_iter().collect();
            if let Some(pieces) = Outline::of_pieces(text, &starts) {
                let whole = Outline::piece(text, None, None).unwrap();
                prop_assert_eq!(told(&whole), told(&pieces));
            }
        }

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
