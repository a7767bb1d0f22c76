//! Whatever the text is, reading it ends soon and never panics.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;

const TOO_MUCH: &str = "the YAML is nested too deeply, is too large, or repeats too much through aliases";

fn first_line(text: &str) -> String {
    errors(text).lines().next().unwrap_or_default().to_owned()
}

#[test]
fn a_bomb_of_aliases_ends_in_an_error() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let below = format!("*a{}", level - 1);
        writeln!(bomb, "a{level}: &a{level} [{}]", vec![below; 10].join(", ")).unwrap();
    }
    assert_eq!(first_line(&bomb), TOO_MUCH);
}

#[test]
fn deep_nesting_ends_in_an_error() {
    assert_eq!(first_line(&format!("name: {}1{}", "[".repeat(40), "]".repeat(40))), TOO_MUCH);
    assert_ne!(first_line(&format!("name: {}1{}", "[".repeat(100_000), "]".repeat(100_000))), "no error");
    assert_ne!(first_line(&"[".repeat(100_000)), "no error");
    let mut block = String::new();
    for depth in 0..200 {
        writeln!(block, "{}a:", " ".repeat(depth)).unwrap();
    }
    assert_eq!(first_line(&block), TOO_MUCH);
}

#[test]
fn too_many_tiers_end_in_an_error() {
    let tiers: String = (0..101).map(|number| format!("  t{number}: {{}}\n")).collect();
    let text = format!("name: x\ntiers:\n{tiers}assign:\n  - {{tier: t0, default: true}}\n");
    let found = parse("b.yaml", &text, &rules()).unwrap_err();
    let last = found.iter().map(ToString::to_string).next_back().unwrap_or_default();
    assert_eq!(last, "there are more than 100 tiers\n  --> b.yaml:103:3\n   = help: merge some of them");
}

#[test]
fn a_huge_file_ends_in_an_error() {
    assert_eq!(first_line(&"#".repeat(2 << 20)), "the file is larger than 1 MiB");
    assert_eq!(first_line(&"- a\n".repeat(200_000)), TOO_MUCH);
}

#[test]
fn a_glob_that_the_regex_engine_would_not_take_ends_in_an_error() {
    let long = GOOD.replace("tags: {tier: gold}", &format!("name: \"{}*\"", "?".repeat(256)));
    assert_eq!(first_line(&long), "the glob is longer than 256 bytes");
    let dense = GOOD.replace("tags: {tier: gold}", &format!("name: \"{}*\"", "[!é]".repeat(50)));
    assert_eq!(first_line(&dense), "no error");
    let many = vec![format!("\"{}*\"", "[!é]".repeat(50)); 200].join(", ");
    let many = first_line(&GOOD.replace("tags: {tier: gold}", &format!("name: [{many}]")));
    assert!(many == "no error" || many.starts_with("the globs are too many"), "{many}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_without_a_panic(text in ".{0,200}") {
        let _ = parse("b.yaml", &text, &rules());
    }

    #[test]
    fn text_made_of_yaml_is_read_without_a_panic(words in prop::collection::vec(word(), 0..60)) {
        let _ = parse("b.yaml", &words.concat(), &rules());
    }

    #[test]
    fn a_good_baseline_with_a_hole_is_read_without_a_panic(start in 0..GOOD.len(), length in 0..20_usize, patch in word()) {
        let end = (start + length).min(GOOD.len());
        let text = format!("{}{patch}{}", &GOOD[..start], &GOOD[end..]);
        if let Err(found) = parse("b.yaml", &text, &rules()) {
            prop_assert!(!found.is_empty());
            prop_assert!(found.iter().all(|each| each.place.is_some() && !each.title.is_empty()));
        }
    }
}

fn word() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "name: x\n",
        "tiers:\n",
        "  a: {}\n",
        "assign:\n",
        "  - tier: a\n",
        "    default: true\n",
        "    name: [",
        "]",
        "*",
        "{",
        "}",
        "[",
        ", ",
        ": ",
        "- ",
        "\n",
        "  ",
        "&a ",
        "*a",
        "<<: ",
        "? ",
        "| ",
        "> ",
        "!!int ",
        "\"",
        "'",
        "é",
        "parameters: ",
        "min_backup_retention_days: ",
        "-1",
        "1e99",
        "0x1F",
        ".nan",
        "~",
        "rules: ",
        "include: ",
        "tags: ",
        "engines: ",
        "postgres: ",
        "\"16\": ",
        "released: ",
        "2026-01-01",
        "---\n",
        "...\n",
        "# c\n",
        "\u{feff}",
        "\t",
        "\r\n",
    ])
    .prop_map(str::to_owned)
}
