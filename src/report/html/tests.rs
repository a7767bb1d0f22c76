//! What holds for a page as a whole.

use proptest::prelude::*;

use super::page::GENERATOR_MARK;
use crate::model::{Results, Verdict};
use crate::report::testing::{
    HOSTILE, audited, drifted, everything, many, many_drifts, nothing, render, uncompared, undrifted,
};

/// A page without its style sheet, one element a line.
fn content(page: &str) -> String {
    let (head, rest) = page.split_once("<style>").unwrap();
    let (_, body) = rest.split_once("</style>").unwrap();
    let (before, policy) = head.split_once("sha256-").unwrap();
    let (_, after) = policy.split_once('\'').unwrap();
    format!("{before}sha256-…'{after}<style>…</style>{body}")
        .replace(super::page::GENERATOR, "dbkeel VERSION")
        .replace("><", ">\n<")
}

/// The tags of a page, each with its attributes; panics where a tag is not closed.
fn tags(page: &str) -> Vec<&str> {
    let body = page.split_once("</style>").unwrap().1;
    body.split('<').skip(1).map(|tag| tag.split_once('>').unwrap().0).collect()
}

/// The values of an attribute, wherever it stands.
fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    let start = format!(" {attribute}=\"");
    page.split(start.as_str()).skip(1).map(|rest| rest.split_once('"').unwrap().0).collect()
}

#[test]
fn everything_at_once() {
    insta::assert_snapshot!(content(&render("html", &everything())));
}

#[test]
fn nothing_at_all() {
    insta::assert_snapshot!(content(&render("html", &nothing())));
}

#[test]
fn everything_drifted() {
    insta::assert_snapshot!(content(&render("html", &drifted())));
}

#[test]
fn a_page_says_what_proves_nothing() {
    assert!(render("html", &nothing()).contains("Nothing was evaluated"));
    assert!(render("html", &uncompared()).contains("NOTHING WAS COMPARED"));
    assert!(render("html", &undrifted()).contains("NOTHING DRIFTED"));
    for results in [nothing(), uncompared()] {
        assert!(render("html", &results).contains("<p class=\"gate unknown\">"));
    }
}

#[test]
fn a_page_loads_nothing_and_runs_nothing() {
    for results in [everything(), drifted(), audited()] {
        let page = render("html", &results);
        assert!(page.contains("default-src 'none'"));
        let hosts = |text: &str| text.contains("//") || text.contains("javascript:");
        for attribute in ["href", "src", "action", "data", "poster", "srcset", "xlink:href", "style"] {
            let bad = |value: &&str| hosts(value) || !(value.starts_with('#') || *value == "data:,");
            assert_eq!(values(&page, attribute).into_iter().find(bad), None, "{attribute}");
        }
        let (style, _) = page.split_once("<style>").unwrap().1.split_once("</style>").unwrap();
        assert!(!style.contains("url(") && !style.contains("@import") && !style.contains('<'));
        let is_script = |tag: &&str| tag.starts_with("script") || tag.contains(" on") && !tag.contains("=\"");
        assert_eq!(tags(&page).into_iter().find(is_script), None);
    }
}

#[test]
fn every_link_leads_somewhere() {
    let page = render("html", &audited());
    let ids = values(&page, "id");
    for link in values(&page, "href").iter().filter_map(|href| href.strip_prefix('#')) {
        assert!(ids.contains(&link), "{link}");
    }
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), ids.len(), "{ids:?}");
}

#[test]
fn a_page_begins_as_its_folder_expects() {
    let page = render("html", &nothing());
    assert!(page.get(..512).unwrap().contains(GENERATOR_MARK), "{page}");
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"en\">"));
}

/// Texts that would become markup, handlers or addresses of pages.
fn hostile_texts() -> [String; 5] {
    [
        HOSTILE.to_owned(),
        "<script>alert(1)</script>".to_owned(),
        "\"><img src=x onerror=alert(1)>".to_owned(),
        "' onmouseover='alert(1)' x='</style></title><!--".to_owned(),
        format!("{}\u{202e}{}", "A".repeat(10_240), "\u{5d0}\u{5d1}"),
    ]
}

/// The canonical results with every text from a source replaced.
fn with_text(text: &str) -> Results {
    let mut results = audited();
    for (resource, position) in results.resources.iter_mut().zip(0..) {
        resource.id = format!("{text}{position}").into();
        resource.scope.account = Some(text.into());
        resource.scope.region = Some(text.into());
        resource.location.file = text.into();
    }
    for outcome in results.verdicts.iter_mut().flat_map(|of_rule| &mut of_rule.outcomes) {
        if outcome.verdict != Verdict::Pass {
            outcome.messages = vec![text.into()];
        }
    }
    results.gaps[0].place = text.into();
    results.sources[0].path = text.into();
    results.assignments[0].reason = text.into();
    results.run.baseline = text.into();
    results.frameworks[0].name = text.into();
    if let Some(waivers) = &mut results.waivers {
        waivers.entries[0].reason = text.into();
        waivers.file = text.into();
    }
    results
}

#[test]
fn hostile_text_adds_no_tag_and_no_attribute() {
    let shape = |text: &str| -> Vec<String> {
        let page = render("html", &with_text(text));
        // Names in backticks become `code`, and nothing else may come of a text.
        tags(&page).into_iter().filter(|tag| !tag.ends_with("code")).map(names).collect()
    };
    let plain = shape("plain");
    for text in hostile_texts() {
        assert_eq!(shape(&text), plain, "{text}");
    }
}

/// A tag without the values of its attributes.
fn names(tag: &str) -> String {
    tag.split('"').step_by(2).collect()
}

#[test]
fn a_long_text_is_cut_wherever_it_stands() {
    let page = render("html", &with_text(&"A".repeat(10_240)));
    let longest = page.split(|c| c != 'A').map(str::len).max();
    assert!(longest < Some(500), "{longest:?}");
    assert!(page.contains("A… (10,240 characters)"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn no_text_steers_a_reader(text in any::<String>()) {
        let page = render("html", &with_text(&text));
        let steers = |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
        prop_assert!(!page.contains(steers));
        let tags = tags(&page);
        prop_assert!(tags.iter().all(|tag| tag.matches('"').count() % 2 == 0));
    }
}

#[test]
fn a_large_fleet_is_bounded_and_says_what_it_leaves_out() {
    let page = render("html", &many(50_000));
    assert!(page.len() < 300_000, "{}", page.len());
    assert!(page.contains("49,800 more"), "{page}");
    let page = render("html", &many_drifts(50_000));
    assert!(page.len() < 2_000_000, "{}", page.len());
    assert!(page.contains("49,000 more"));
}

// ---- named reports

mod named {
    use super::*;
    use crate::report::named::testing::{everything, many, nothing, render, with_text};

    #[test]
    fn everything_of_a_named_report() {
        insta::assert_snapshot!(content(&render("html", &everything())));
    }

    #[test]
    fn a_named_report_of_nothing() {
        insta::assert_snapshot!(content(&render("html", &nothing())));
    }

    #[test]
    fn hostile_text_adds_no_tag_to_a_named_report() {
        let shape = |text: &str| -> Vec<String> {
            let page = render("html", &with_text(text));
            tags(&page).into_iter().filter(|tag| !tag.ends_with("code")).map(names).collect()
        };
        let plain = shape("plain");
        for text in hostile_texts() {
            assert_eq!(shape(&text), plain, "{text}");
        }
    }

    #[test]
    fn every_reason_has_a_place_under_its_table() {
        let page = render("html", &everything());
        let ids = values(&page, "id");
        let links: Vec<&str> = values(&page, "href").into_iter().filter_map(|href| href.strip_prefix('#')).collect();
        assert!(links.iter().any(|link| link.contains("-note-")));
        assert!(links.iter().all(|link| ids.contains(link)), "{links:?}");
    }

    #[test]
    fn a_large_named_report_is_bounded() {
        let page = render("html", &many(50_000));
        assert!(page.len() < 1_000_000, "{}", page.len());
        assert!(page.contains("48,000 more rows"));
    }
}

/// What a page is written to, and the largest piece that it came in.
#[derive(Default)]
struct Pieces {
    largest: usize,
    total: usize,
}

impl std::io::Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.largest = self.largest.max(bytes.len());
        self.total += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_page_is_written_piece_by_piece() {
    for results in [many(50_000), many_drifts(50_000)] {
        let mut pieces = Pieces::default();
        crate::report::Format::HTML.write(&results, &crate::report::ReportOptions::default(), &mut pieces).unwrap();
        assert!(pieces.largest < 1_000_000 && pieces.largest < pieces.total, "{}", pieces.largest);
    }
}

/// Writes the pages that a browser looks at in `./run-tests`, when it asks for them.
#[test]
fn pages_for_a_browser() {
    let Some(folder) = std::env::var_os("DBKEEL_WRITE_PAGES") else { return };
    let folder = std::path::Path::new(&folder);
    std::fs::create_dir_all(folder).unwrap();
    let hostile = with_text(&hostile_texts().join(" "));
    let runs = [
        ("everything", everything()),
        ("nothing", nothing()),
        ("drifted", drifted()),
        ("audited", audited()),
        ("hostile", hostile),
        ("many", many(5_000)),
    ];
    for (name, results) in &runs {
        std::fs::write(folder.join(format!("{name}.html")), render("html", results)).unwrap();
    }
    super::write_folder(&folder.join("accounts"), &audited(), &crate::report::ReportOptions::default()).unwrap();
    let named = crate::report::named::testing::everything();
    std::fs::write(folder.join("named.html"), crate::report::named::testing::render("html", &named)).unwrap();
}
