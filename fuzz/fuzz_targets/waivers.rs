//! Any text as a waiver file: read, or refused with places in the file; never a panic, never without end.
#![no_main]

use std::sync::{Arc, LazyLock};

use dbkeel::baseline::{self, Baseline};
use dbkeel::model::Rule;
use libfuzzer_sys::fuzz_target;

static RULES: LazyLock<Vec<Arc<Rule>>> = LazyLock::new(|| {
    let policies = dbkeel::policy::load(&dbkeel::policy::embedded()).unwrap_or_default();
    policies.iter().map(|policy| policy.rule.clone()).collect()
});

static BASELINE: LazyLock<Option<Baseline>> = LazyLock::new(|| {
    let nowhere = |_: &str| -> std::io::Result<Vec<u8>> { Err(std::io::ErrorKind::NotFound.into()) };
    baseline::load("standard", &nowhere, &RULES).ok()
});

fuzz_target!(|text: &str| {
    let Some(baseline) = BASELINE.as_ref() else { return };
    if let Ok(waivers) = dbkeel::waiver::parse("fuzzed.yaml", text, &RULES, baseline.tiers()) {
        let _ = dbkeel::waiver::table(&waivers.statuses(baseline.waiver_limits(), "2026-11-22T00:00:00Z"));
    }
});
