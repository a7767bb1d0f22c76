//! Any text as a framework: read, or refused with places in the file; never a panic, never without end.
#![no_main]

use std::sync::{Arc, LazyLock};

use dbkeel::framework::{self, Row};
use dbkeel::model::Rule;
use libfuzzer_sys::fuzz_target;

static RULES: LazyLock<Vec<Arc<Rule>>> = LazyLock::new(|| {
    let policies = dbkeel::policy::load(&dbkeel::policy::embedded()).unwrap_or_default();
    policies.iter().map(|policy| policy.rule.clone()).collect()
});

fuzz_target!(|text: &str| {
    if let Ok(framework) = framework::parse("fuzzed.yaml", text, &RULES) {
        let _ = framework::table(&[Row::from(&framework)]);
    }
});
