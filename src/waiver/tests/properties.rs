//! No text makes the reader panic, and what `dbkeel waiver new` writes is what the reader takes.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

/// YAML that looks like a waiver file, and often is none.
fn texts() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "waivers",
        "id",
        "rule",
        "resource",
        "tags",
        "tier",
        "source_comment",
        "required",
        "reason",
        "expires",
        "created",
        "W-1",
        "DBK-RET-001",
        "tier-1",
        "2027-01-31",
        "2027-13-01",
        "*",
        "\"*\"",
        "a[0]",
        "\"a[\\\"b\\\"]*\"",
        "~",
        "8.0",
        "true",
        "&a",
        "*a",
        "[]",
        "{}",
        "|",
        "!!str",
        "\u{202e}",
        "'",
        "\"",
    ]);
    let glue = prop::sample::select(vec![": ", "\n", "\n  ", "\n  - ", "\n    ", ", ", "[", "]", "{", "}", " ", "#"]);
    prop::collection::vec((word, glue), 0..40)
        .prop_map(|parts| parts.into_iter().flat_map(|(word, glue)| [word, glue]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_the_reader_panic(text in texts(), noise in any::<String>()) {
        errors(&text);
        errors(&noise);
        errors(&format!("{GOOD}{text}"));
        errors(&GOOD.replace("aws_db_instance.a", &text));
    }

    #[test]
    fn what_is_written_is_read_again(
        resource in "\\PC{1,40}",
        reason in any::<String>(),
        owner in prop::option::of("[ -~]{1,20}"),
    ) {
        prop_assume!(!resource.trim().is_empty() && !reason.trim().is_empty());
        prop_assume!(owner.as_ref().is_none_or(|owner| !owner.trim().is_empty()));
        let waiver = NewWaiver {
            id: None,
            rule: everything().rules[5].clone(),
            resource: Some(resource),
            reason: reason.clone(),
            owner: owner.clone(),
            approver: None,
            ticket: None,
            created: date(2026, 11, 22),
            expires: date(2027, 1, 31),
        };
        let text = format!("waivers:\n{}", waiver.to_yaml());
        let waivers = parsed(&text);
        let [read] = waivers.entries.as_slice() else { panic!("one waiver") };
        prop_assert_eq!(&*read.id, waiver.id());
        prop_assert_eq!(&*read.reason, reason.trim());
        prop_assert_eq!(read.owner.as_deref(), owner.as_deref().map(str::trim));
        prop_assert_eq!(read.expires, waiver.expires);
    }
}
