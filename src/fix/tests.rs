//! Edits of texts: what changes, and that nothing else does.

use proptest::prelude::*;

use super::layout::{Edit, Wish, apply, edits};
use super::shape::Shape;
use crate::source::terraform::hcl::{Block, FileId, parse_text};

/// The first block of a text.
fn block(text: &str) -> Block {
    parse_text(text, FileId(0)).expect("it parses").blocks.remove(0)
}

fn made(text: &str, wishes: &[(&str, &str)]) -> Vec<Edit> {
    let block = block(text);
    let shape = Shape::of_block(text, &block).expect("a block with room");
    let wishes: Vec<Wish<'_>> = wishes
        .iter()
        .map(|(name, value)| match block.body.attribute(name) {
            Some(_) => {
                let line = shape.attributes.iter().find(|line| text.get(line.name.clone()) == Some(name));
                Wish::Replace { shape: &shape, value: &line.expect("its line").value, text: value }
            }
            None => Wish::Insert { shape: &shape, name, text: value },
        })
        .collect();
    edits(text, &wishes)
}

fn edited(text: &str, wishes: &[(&str, &str)]) -> String {
    apply(text, &made(text, wishes))
}

#[test]
fn a_value_is_replaced_and_comments_move_with_it() {
    let text = "resource \"a\" \"b\" {\n  days = 1     # one\n  on   = false # two\n  x    = 3\n}\n";
    let after = "resource \"a\" \"b\" {\n  days = 35   # one\n  on   = true # two\n  x    = 3\n}\n";
    assert_eq!(edited(text, &[("days", "35"), ("on", "true")]), after);
}

#[test]
fn lines_that_are_not_aligned_stay_as_they_are() {
    let text = "resource \"a\" \"b\" {\n  days=1 # one\n  on   =   false   # two\n}\n";
    let after = "resource \"a\" \"b\" {\n  days=1 # one\n  on   =   true   # two\n  x    = 3\n}\n";
    assert_eq!(edited(text, &[("on", "true"), ("x", "3")]), after);
}

#[test]
fn an_attribute_joins_a_group_that_has_room_for_its_name() {
    let text = "resource \"a\" \"b\" {\n  count = 1\n\n  identifier = \"x\"\n  engine     = \"y\"\n\n  id = 1\n\n  t {\n    z = 1\n  }\n}\n";
    let after = "resource \"a\" \"b\" {\n  count = 1\n\n  identifier = \"x\"\n  engine     = \"y\"\n  multi_az   = true\n\n  id = 1\n\n  t {\n    z = 1\n  }\n}\n";
    assert_eq!(edited(text, &[("multi_az", "true")]), after);
}

#[test]
fn an_attribute_with_a_long_name_moves_no_other_line() {
    let text = "resource \"a\" \"b\" {\n  id = 1\n  # why\n  tags = {\n    a = 1\n  }\n}\n";
    let after = "resource \"a\" \"b\" {\n  id = 1\n\n  multi_az = true\n  x        = 2\n\n  # why\n  tags = {\n    a = 1\n  }\n}\n";
    assert_eq!(edited(text, &[("x", "2"), ("multi_az", "true")]), after);
}

#[test]
fn a_block_without_lines_gets_its_first() {
    assert_eq!(edited("resource \"a\" \"b\" {}\n", &[("x", "1")]), "resource \"a\" \"b\" {\n  x = 1\n}\n");
    assert_eq!(edited("resource \"a\" \"b\" {\n}\n", &[("x", "1")]), "resource \"a\" \"b\" {\n  x = 1\n}\n");
    let with_meta = "resource \"a\" \"b\" {\n  count = 2\n}\n";
    assert_eq!(edited(with_meta, &[("x", "1")]), "resource \"a\" \"b\" {\n  count = 2\n\n  x = 1\n}\n");
    let with_block = "resource \"a\" \"b\" { # c\n  t {\n  }\n}\n";
    assert_eq!(edited(with_block, &[("x", "1")]), "resource \"a\" \"b\" { # c\n  x = 1\n\n  t {\n  }\n}\n");
    let one_line = "resource \"a\" \"b\" { y = 1 }\n";
    assert_eq!(Shape::of_block(one_line, &block(one_line)), None);
}

#[test]
fn heredocs_are_not_cut_in_two() {
    let text = "resource \"a\" \"b\" {\n  name = 1\n  text = <<-EOT\n    name = 2\n  EOT\n}\n";
    let after = "resource \"a\" \"b\" {\n  name = 1\n  x    = 2\n  text = <<-EOT\n    name = 2\n  EOT\n}\n";
    assert_eq!(edited(text, &[("x", "2")]), after);
    let only = "resource \"a\" \"b\" {\n  text = <<-EOT\n    name = 2\n  EOT\n}\n";
    let after = "resource \"a\" \"b\" {\n  x = 2\n  text = <<-EOT\n    name = 2\n  EOT\n}\n";
    assert_eq!(edited(only, &[("x", "2")]), after);
}

#[test]
fn line_breaks_of_windows_stay() {
    let text = "resource \"a\" \"b\" {\r\n  name = 1\r\n}\r\n";
    assert_eq!(edited(text, &[("x", "2")]), "resource \"a\" \"b\" {\r\n  name = 1\r\n  x    = 2\r\n}\r\n");
}

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        ("[a-f]{1,3}", " {0,3}", " {0,2}", "[0-9]{1,3}|true|\"é\"", "( {1,3}(#|//) [a-f]{0,3})?")
            .prop_map(|(name, before, after, value, comment)| format!("  {name}{before}={after}{value}{comment}")),
        Just(String::new()),
        Just("  # a comment = 1".to_owned()),
        "[a-f]{1,3}".prop_map(|name| format!("  {name} = <<EOT\n  x = 1\nEOT")),
        "[a-f]{1,3}".prop_map(|name| format!("  {name} = [\n    1,\n  ]")),
        "[a-f]{1,3}".prop_map(|name| format!("  {name} {{\n    x = 1 # y\n  }}")),
        "[a-f]{1,3}".prop_map(|name| format!("  {name} {{ x = 1 }}")),
    ]
}

fn text() -> impl Strategy<Value = String> {
    (prop::collection::vec(line(), 0..8), any::<bool>()).prop_map(|(lines, windows)| {
        let text = format!("resource \"a\" \"b\" {{\n{}\n}}\n", lines.join("\n"));
        if windows { text.replace('\n', "\r\n") } else { text }
    })
}

proptest! {
    #[test]
    fn what_is_edited_parses_and_says_so(text in text(), name in "[a-h]{1,5}", value in "[0-9]{1,5}") {
        prop_assume!(parse_text(&text, FileId(0)).is_some());
        let old = block(&text);
        prop_assume!(Shape::of_block(&text, &old).is_some());
        prop_assume!(old.body.attribute(&name).is_none_or(|found| found.expression.is_number()));
        prop_assume!(!old.body.blocks.iter().any(|block| block.kind.as_ref() == name));
        let wishes = [(name.as_str(), value.as_str())];
        let edits = made(&text, &wishes);
        prop_assert!(edits.windows(2).all(|pair| pair[0].end <= pair[1].start), "{edits:?}");
        let after = apply(&text, &edits);
        let new = block(&after);
        // Every other attribute and block says what it said.
        let told = |block: &Block| -> Vec<(String, String)> {
            let attributes = block.body.attributes.iter().filter(|found| found.name.as_ref() != name);
            attributes.map(|found| (found.name.to_string(), found.expression.to_string().trim().to_owned())).collect()
        };
        prop_assert_eq!(told(&old), told(&new));
        prop_assert_eq!(old.body.blocks.len(), new.body.blocks.len());
        let set = new.body.attribute(&name).expect("it is set").expression.to_string();
        prop_assert_eq!(set.trim(), &value);
        // Comments stay, and a second time there is nothing to do.
        prop_assert_eq!(text.matches('#').count(), after.matches('#').count());
        prop_assert_eq!(edited(&after, &wishes), after);
    }
}
