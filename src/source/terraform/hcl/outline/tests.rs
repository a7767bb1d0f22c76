//! The outline against hcl-edit, and what it is sure of.

use std::fs;
use std::path::Path;

use proptest::prelude::*;

use super::agree::{Agreement, agreement};

fn is_taken(text: &str) -> bool {
    let agreement = agreement(text);
    assert_ne!(agreement, Agreement::Different, "{text}");
    agreement == Agreement::Same
}

/// One file for each thing that people write.
const WRITTEN: &[&str] = &[
    "",
    "# only a comment",
    "/* a */ locals { /* b */ a = 1 } // c",
    "locals { a = 1 }",
    "locals {\n  a = x.*.id\n  b = x[*].id\n  d = x[0].id\n  e = x [ \"y\" ] .z\n}\n",
    "locals {\n  b = -1.5\n  c = !true\n  d = 1 + 2 * 3 % 4\n  e = a-b - c\n  f = a >= -b || !(c != d) && e < f\n}\n",
    "locals {\n  a = <<EOT\nx ${b} $${c} y\nEOTS\n\n  EOT\n  b = <<-EOT\n    y ä\n    EOT\n}\n",
    "locals {\r\n  a = <<EOT\r\nx\r\nEOT\r\n  b = 2\r\n}\r\n",
    "locals {\n  a = \"$${b} %%{c} $ % $x \\\" \\n ä ${\"nested ${d}\"} ${\n  e\n  }\"\n}\n",
    "locals {\n  a = { for k, v in x : k => v... if v != null }\n  b = [for i in range(3) : i]\n  c = format(1)\n}\n",
    "locals {\n  a = {\n    b = 1, c : 2\n    \"d\" = 3, # e\n    (e) = 4\n    f = [1]\n    g = h() // i\n  }\n  b = {}\n}\n",
    "locals {\n  a = f(\n    1,\n    2...\n  )\n  b = g()\n  c = h(1,)\n  d = i(<<EOT\nx\nEOT\n  )\n}\n",
    "locals {\n  a = b ? c : d\n  e = (\n    1 +\n    2\n  )\n  f = [\n    1,\n    { a = 2 },\n    # b\n  ]\n}\n",
    "variable x {\n  type = object({ a = optional(string, \"b\"), c = list(any) })\n}\n",
    "resource \"a\" \"b\" {\n  c {}\n  d { e = 1 }\n  provisioner \"local-exec\" { command = \"true\" }\n  f { # g\n  }\n}\n",
    "a = 1\nresource \"ä\" b { # c\n\n  /* d\n */ e = f /* g */ # h\n  i \"j\" {\n    k = l\n  }\n}",
    "locals {\n  a = [1]\n  b = c\n  d = {\n    e = [f] + g\n    \"h\" = 1\n  }\n}\n",
];

/// What is not valid, or not judged here.
const REFUSED: &[&str] = &[
    "locals {",
    "locals }",
    "locals {\n  a = \n}\n",
    "locals {\n  a = 1 2\n}\n",
    "locals {\n  a = [1 2]\n}\n",
    "locals {\n  a = 1 b = 2\n}\n",
    "locals {\n  a = 1\n  a = 2\n}\n",
    "locals {\n  a = { b = 1, b = 2 }\n}\n",
    "locals {\n  a = { b = 1 c = 2 }\n}\n",
    "locals { a = 1, b = 2 }\n",
    "locals {\n  a = \"b\n}\n",
    "locals {\n  a = \"\\q\"\n}\n",
    "locals {\n  a = <<EOT\nb\n}\n",
    "locals {\n  a = <<EOT\nEOT\n}\n",
    "locals {\n  a = f(1 2)\n}\n",
    "locals {\n  a = f(,)\n}\n",
    "locals {\n  a = b ? c\n}\n",
    "locals {\n  a = 1 +\n}\n",
    "locals {\n  a = b.\n}\n",
    "locals {\n  a = (1\n}\n",
    "locals {\n  a = \"%{ if b }c%{ endif }\"\n}\n",
    "locals {\n  größe = 1\n}\n",
    "locals {\n  a = 1e5\n  b = x.0\n}\n",
    "locals {} locals {}",
    "resource \"a${b}\" {\n}\n",
    "a = 1\r",
    "/* a",
];

#[test]
fn what_people_write_is_taken() {
    for text in WRITTEN {
        assert!(is_taken(text), "{text}");
    }
}

#[test]
fn what_is_not_certain_is_refused() {
    for text in REFUSED {
        assert!(!is_taken(text), "{text}");
    }
}

#[test]
fn what_is_nested_too_deeply_is_refused() {
    for (open, close) in [("(", ")"), ("[", "]"), ("{ a = ", " }"), ("-", ""), ("\"${", "}\""), ("{ (", ") = 1 }")] {
        let text = |depth: usize| format!("a = {}b{}\n", open.repeat(depth), close.repeat(depth));
        assert!(is_taken(&text(9)), "{open}");
        assert!(!is_taken(&text(100)), "{open}");
        // As deep as it takes, hcl-edit does too.
        assert!((10..100).any(|depth| !is_taken(&text(depth))), "{open}");
    }
    assert!(!is_taken(&format!("a = 1{}\n", " + 1".repeat(101))));
    assert!(is_taken(&format!("a = 1{}\n", " + 1".repeat(100))));
}

#[test]
fn the_projects_own_files_are_outlined_as_they_are_parsed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for place in ["testdata", "../shared/corpus"] {
        let found = find(&folder.join(place));
        if found.is_empty() {
            println!("!!! no `.tf` file in {place}: SKIPPED !!!");
        }
        files.extend(found);
    }
    let taken = files.iter().filter(|text| is_taken(text)).count();
    assert!(taken * 10 >= files.len() * 8 && taken > 10, "{taken} of {}", files.len());
}

/// The texts of all `.tf` files under a folder.
fn find(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut texts = Vec::new();
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            texts.extend(find(&path));
        } else if path.extension().is_some_and(|extension| extension == "tf") {
            texts.extend(fs::read_to_string(path));
        }
    }
    texts
}

/// Parts of configuration, which fit together now and then.
const PARTS: &[&str] = &[
    "a",
    "b",
    "for",
    "in",
    "if",
    "null",
    "1",
    "1.5",
    " ",
    " ",
    "\n",
    "\n",
    "\r\n",
    "\t",
    "=",
    "=",
    " = ",
    "==",
    "=>",
    ":",
    "::",
    ",",
    ".",
    "..",
    "...",
    "*",
    "?",
    "!",
    "-",
    "+",
    "/",
    "<",
    ">",
    "&&",
    "||",
    "%",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "\"c\"",
    "\"${a}\"",
    "${",
    "%{",
    "$${",
    "$",
    "~",
    "\\n",
    "\\",
    "#",
    "//",
    "/* */",
    "/*",
    "*/",
    "<<E\n",
    "<<-E\n",
    "\nE\n",
    "ä",
    "a = ",
    "a = 1\n",
    "b {\n",
    "}\n",
    "{ a = 1 }",
    "[for a in b : ",
    "{ for a, b in c : ",
    "f(",
    "[1]",
    "{\n",
];

/// A valid text, by and large.
fn valid() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("x"),
        Just("x.y"),
        Just("x.*.y"),
        Just("1"),
        Just("-2.5"),
        Just("\"s\""),
        Just("\"a ${b.c} $${d}\""),
        Just("true"),
        Just("<<E\nx ${y}\n  E"),
        Just("{}"),
        Just("[]"),
        Just("f()"),
        Just("x[0].y"),
        Just("!x"),
    ];
    let expression = leaf.prop_map(str::to_owned).prop_recursive(4, 24, 4, |inner| {
        let one = inner.clone();
        let pair = (inner.clone(), inner.clone());
        let many = prop::collection::vec(inner.clone(), 0..4);
        prop_oneof![
            one.clone().prop_map(|a| format!("({a}\n)")),
            one.clone().prop_map(|a| format!("f(\n {a}...)")),
            one.prop_map(|a| format!("\"a${{ {a} }}b\"")),
            (pair.clone(), prop::sample::select(vec!["+", "==", "&&", "- ", "<", "%", "/"]))
                .prop_map(|((a, b), op)| format!("{a} {op}{b}")),
            pair.clone().prop_map(|(a, b)| format!("x ? {a} : {b}")),
            pair.clone().prop_map(|(a, b)| format!("[for a in {a} : {b} if a]")),
            pair.clone().prop_map(|(a, b)| format!("{{ for k, v in {a} : k => {b} }}")),
            pair.clone().prop_map(|(a, b)| format!("{{\n a = {a}\n \"b\" : {b}, c = 1 }}")),
            pair.prop_map(|(a, b)| format!("{a}[{b}]")),
            many.clone().prop_map(|all| format!("[{}]", all.join(",\n "))),
            many.prop_map(|all| format!("f({})", all.join(", "))),
        ]
    });
    let attribute = |name: usize, value: String| format!("  a{name} = {value}\n");
    prop::collection::vec((expression, 0..4usize), 0..6).prop_map(move |values| {
        let mut text = String::new();
        for (number, (value, form)) in values.into_iter().enumerate() {
            text += &match form {
                0 => format!("b \"c\" d {{\n{}}}\n", attribute(number, value)),
                1 => format!("b {{ c = {value} }} # d\n"),
                2 => format!("b {{\n c {{ /* d */\n{} }}\n\n}}\n", attribute(number, value)),
                _ => attribute(number, value),
            };
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn what_the_outline_takes_hcl_edit_takes(parts in prop::collection::vec(prop::sample::select(PARTS), 0..24)) {
        is_taken(&parts.concat());
        is_taken(&format!("a = {}\n", parts.concat()));
        is_taken(&format!("b {{\n  a = {}\n  c = 1\n}}\n", parts.concat()));
    }

    #[test]
    fn valid_texts_are_outlined_as_they_are_parsed(
        text in valid(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(PARTS)), 0..3),
    ) {
        is_taken(&text);
        let mut text = text;
        for (at, part) in edits {
            let at = text.floor_char_boundary(at.index(text.len() + 1));
            text.insert_str(at, part);
        }
        is_taken(&text);
    }
}
