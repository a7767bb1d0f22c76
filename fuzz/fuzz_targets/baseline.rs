//! Any text as a baseline, and as those that it extends: read, or refused with places in the files; never a panic, never
//! without end. What is read says what it asks for on any day.
#![no_main]

use std::io::{Error, ErrorKind};
use std::sync::{Arc, LazyLock};

use dbkeel::baseline;
use dbkeel::model::Rule;
use libfuzzer_sys::fuzz_target;

/// What stands between two files; the others are `1.yaml`, `2.yaml` and so on.
const CUT: &str = "\n=====\n";

static RULES: LazyLock<Vec<Arc<Rule>>> = LazyLock::new(|| {
    let policies = dbkeel::policy::load(&dbkeel::policy::embedded()).unwrap_or_default();
    policies.iter().map(|policy| policy.rule.clone()).collect()
});

fuzz_target!(|text: &str| {
    let files: Vec<&str> = text.split(CUT).collect();
    let read = |path: &str| {
        let number = path.rsplit('/').next().and_then(|name| name.strip_suffix(".yaml"));
        let file = number.and_then(|number| number.parse::<usize>().ok()).and_then(|number| files.get(number));
        file.map(|text| text.as_bytes().to_vec()).ok_or_else(|| Error::from(ErrorKind::NotFound))
    };
    if let Ok(baseline) = baseline::load("conf/0.yaml", &read, &RULES) {
        for day in ["", "2026-11-22T00:00:00Z", "2030-01-01"] {
            let _ = baseline.describe(day).to_string();
            let _ = (baseline.remarks(day), baseline.coming(day).len());
        }
    }
});
