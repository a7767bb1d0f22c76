//! Comments that name a waiver: `# dbkeel:waive W-1`, `// dbkeel:waive W-1` or `/* dbkeel:waive W-1 */`, directly above a
//! block or an attribute. Several may stand above one another; a blank line ends their reach.

use std::sync::Arc;

use super::body::{Body, FileId, Span};
use super::files::{SourceFile, Syntax};
use super::folder;
use crate::waiver::COMMENT;

/// A comment that names a waiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Comment {
    /// The id that it names; empty when it names none.
    pub(crate) waiver: Arc<str>,
    /// From `dbkeel:waive` to the end of the id.
    pub(crate) span: Span,
    /// What it stands above.
    pub(crate) above: Option<Above>,
}

/// What a comment stands above.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Above {
    /// A `resource` block: type and name.
    Resource(Arc<str>, Arc<str>),
    /// An attribute or another block.
    Stretch(Span),
}

/// The comments of a file. JSON has none, and neither has a file that cannot be read.
pub(crate) fn comments(file: &SourceFile, id: FileId) -> Vec<Comment> {
    if file.syntax == Syntax::Json || !file.text.contains(COMMENT) {
        return Vec::new();
    }
    // Override files change what the modules hold, but not what stands below a comment: the file is read as it is.
    folder::parse(file, id).map(|(body, _)| find(&file.text, &body, id)).unwrap_or_default()
}

/// The comments in a text whose structure is `body`.
fn find(text: &str, body: &Body, file: FileId) -> Vec<Comment> {
    let comment = |start: usize| {
        let line = text.get(..start)?.rsplit('\n').next()?;
        let opening = line.trim_end().rsplit([' ', '\t']).next().filter(|word| is_opening(word))?;
        let rest = text.get(start + COMMENT.len()..)?;
        if !(rest.is_empty() || rest.starts_with(char::is_whitespace)) {
            return None;
        }
        let id = rest.trim_start_matches([' ', '\t']);
        let id = id.split(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c))).next()?;
        let end = if id.is_empty() { start + COMMENT.len() } else { offset_in(text, id)? + id.len() };
        let after = end_of_comment(text, start, opening)?;
        // Behind code on its own line, a comment stands above nothing.
        let stands_alone = line.trim() == opening;
        let below = if stands_alone { code_below(text, after) } else { None };
        let at = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Some(Comment {
            waiver: id.into(),
            span: Span { file, start: at(start), end: at(end) },
            above: below.and_then(|offset| structure_at(body, at(offset))),
        })
    };
    text.match_indices(COMMENT).filter_map(|(start, _)| comment(start)).collect()
}

fn is_opening(word: &str) -> bool {
    matches!(word, "#" | "//" | "/*")
}

/// Where a part of a text begins in it.
fn offset_in(text: &str, part: &str) -> Option<usize> {
    (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)
}

/// The byte after a comment.
fn end_of_comment(text: &str, from: usize, opening: &str) -> Option<usize> {
    let rest = text.get(from..)?;
    match opening {
        "/*" => rest.find("*/").map(|end| from + end + 2),
        _ => Some(from + rest.find('\n').unwrap_or(rest.len())),
    }
}

/// The first byte that is no comment and no white space, unless a blank line or the end of the text comes before it.
fn code_below(text: &str, from: usize) -> Option<usize> {
    let (mut at, mut line_feeds) = (from, 0);
    loop {
        let rest = text.get(at..)?;
        let first = rest.chars().next()?;
        if first == '\n' {
            line_feeds += 1;
            at += 1;
        } else if first.is_whitespace() {
            at += first.len_utf8();
        } else if let Some(opening) = ["#", "//", "/*"].into_iter().find(|opening| rest.starts_with(opening)) {
            at = end_of_comment(text, at, opening)?;
            line_feeds = 0;
        } else {
            return Some(at);
        }
        if line_feeds > 1 {
            return None;
        }
    }
}

/// The attribute or block that begins at a byte.
fn structure_at(body: &Body, offset: u32) -> Option<Above> {
    if let Some(attribute) = body.attributes.iter().find(|attribute| attribute.span.start == offset) {
        return Some(Above::Stretch(attribute.span));
    }
    let block = body.blocks.iter().find(|block| (block.span.start..block.span.end).contains(&offset))?;
    if block.span.start != offset {
        return structure_at(&block.body, offset);
    }
    match (block.kind.as_ref(), block.labels.as_slice()) {
        ("resource", [resource_type, name]) => Some(Above::Resource(Arc::clone(resource_type), Arc::clone(name))),
        _ => Some(Above::Stretch(block.span)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each comment: what it names, and the line below it that it is for.
    fn found(text: &str) -> Vec<(String, String)> {
        let file = SourceFile::new("main.tf".into(), "/main.tf".into(), text.into(), Syntax::Native);
        let tell = |comment: Comment| {
            let above = match comment.above {
                None => "nothing".to_owned(),
                Some(Above::Resource(resource_type, name)) => format!("resource {resource_type}.{name}"),
                Some(Above::Stretch(span)) => {
                    text[span.start as usize..span.end as usize].lines().next().unwrap().to_owned()
                }
            };
            (comment.waiver.to_string(), above)
        };
        comments(&file, FileId(0)).into_iter().map(tell).collect()
    }

    fn one(waiver: &str, above: &str) -> Vec<(String, String)> {
        vec![(waiver.to_owned(), above.to_owned())]
    }

    #[test]
    fn each_kind_of_comment_stands_above_a_block() {
        for comment in [
            "# dbkeel:waive W-1",
            "// dbkeel:waive W-1: see there",
            "/* dbkeel:waive W-1 */",
            "  #   dbkeel:waive  W-1\r",
        ] {
            let text = format!("{comment}\nresource \"aws_db_instance\" \"a\" {{\n}}\n");
            assert_eq!(found(&text), one("W-1", "resource aws_db_instance.a"), "{comment}");
        }
    }

    #[test]
    fn a_comment_stands_above_an_attribute_or_a_nested_block() {
        let text = "\
resource \"aws_db_instance\" \"a\" {
  # dbkeel:waive W-1
  storage_encrypted = false
  parameter { # why
    /* dbkeel:waive W-2 */ value = 1
  }
  # dbkeel:waive W-3
  # dbkeel:waive W-4
  // and why
  timeouts {
  }
}
";
        let expected =
            [("W-1", "storage_encrypted = false"), ("W-2", "nothing"), ("W-3", "timeouts {"), ("W-4", "timeouts {")];
        let told = found(&text.replace("*/ value", "*/\n value"));
        assert_eq!(told[1], ("W-2".into(), "value = 1".into()));
        assert_eq!(told.len(), expected.len());
        assert_eq!(told[0], ("W-1".into(), expected[0].1.into()));
        assert_eq!(told[3], ("W-4".into(), expected[3].1.into()));
    }

    #[test]
    fn what_does_not_stand_directly_above_stands_above_nothing() {
        for text in [
            "# dbkeel:waive W-1\n\nlocals {\n}\n",
            "locals {\n a = 1 # dbkeel:waive W-1\n b = 2\n}\n",
            "locals {\n a = [\n # dbkeel:waive W-1\n 1,\n ]\n}\n",
            "locals {\n a = {\n # dbkeel:waive W-1\n b = 1\n }\n}\n",
            "locals {\n a = 1\n # dbkeel:waive W-1\n}\n",
            "locals {\n a = <<E\n# dbkeel:waive W-1\nE\n b = 1\n}\n",
            "# dbkeel:waive W-1",
        ] {
            assert_eq!(found(text), one("W-1", "nothing"), "{text}");
        }
    }

    #[test]
    fn prose_is_no_comment_that_names_a_waiver() {
        for text in [
            "# see dbkeel:waive W-1\nlocals {\n}\n",
            "# dbkeel:waiver W-1\nlocals {\n}\n",
            "locals {\n a = \"dbkeel:waive W-1\"\n}\n",
            "/* dbkeel:waive W-1\nlocals {\n}\n",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn a_comment_without_an_id_is_found() {
        assert_eq!(found("# dbkeel:waive\nlocals {\n}\n"), one("", "locals {"));
    }
}
