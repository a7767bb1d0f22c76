//! A framework in results.

use crate::model::{Assessment, ControlReport, ControlStatus, FrameworkReport, LostEvidence, VerdictCounts};

/// A control for each status and each assessment; hostile words too.
pub(super) fn sample() -> Vec<FrameworkReport> {
    let control = |id: &str, assessment, status, counts: VerdictCounts| ControlReport {
        id: id.into(),
        title: format!("What {id} asks").into(),
        assessment,
        types: Vec::new(),
        remainder: (assessment == Assessment::Partial).then(|| "what no rule tests".into()),
        status,
        counts,
        below_bar: 0,
        rules: vec!["DBK-RET-001".into()],
        lost: Vec::new(),
    };
    let none = VerdictCounts::default();
    let passed = VerdictCounts { pass: 4, not_applicable: 1, ..none };
    let failed = VerdictCounts { pass: 1, fail: 2, waived: 1, unknown: 3, error: 1, ..none };
    let lost = |tier: Option<&str>, reason: &str| LostEvidence {
        rule: "DBK-RET-001".into(),
        tier: tier.map(Into::into),
        reason: reason.into(),
    };
    let below = ControlReport {
        below_bar: 3,
        lost: vec![lost(Some("tier-2"), "min_backup_retention_days is 7, PCI DSS asks at least 30")],
        ..control("3.3", Assessment::Partial, ControlStatus::Unknown, VerdictCounts { pass: 2, ..none })
    };
    let unused = ControlReport {
        rules: Vec::new(),
        lost: vec![lost(None, "baseline `standard` does not use it")],
        ..control("4.1|`", Assessment::Manual, ControlStatus::NotTested, none)
    };
    vec![FrameworkReport {
        id: "pci-dss-4.0".into(),
        name: "PCI DSS <b>".into(),
        edition: "4.0".into(),
        sha256: "f".repeat(64).into(),
        controls: vec![
            control("1.1", Assessment::Automated, ControlStatus::Satisfied, passed),
            control("1.2", Assessment::Partial, ControlStatus::Satisfied, passed),
            control("2.1", Assessment::Automated, ControlStatus::NotSatisfied, failed),
            below,
            unused,
        ],
    }]
}
