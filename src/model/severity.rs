//! How much a failed rule matters.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use super::kind::word_enum;

word_enum! {
    /// How much a failed rule matters; ordered from the least to the most.
    Severity, "severity" {
        /// Worth knowing.
        Info = "info",
        /// Improve when convenient.
        Low = "low",
        /// Plan a fix.
        Medium = "medium",
        /// Fix soon: data or service is at risk.
        High = "high",
        /// Fix now.
        Critical = "critical",
    }
}
