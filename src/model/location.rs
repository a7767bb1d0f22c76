//! Where a fact was set.

use std::sync::Arc;

use serde::Serialize;

/// A stretch of a file. Lines and columns count from 1; columns count Unicode code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Region {
    /// First line.
    pub start_line: u32,
    /// First column.
    pub start_column: u32,
    /// Last line.
    pub end_line: u32,
    /// The column after the last one.
    pub end_column: u32,
}

/// A place that a person can open.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Location {
    /// The file, as the user named it or relative to the repository; forward slashes.
    pub file: Arc<str>,
    /// The place in the file; `None` when only the file is known (a plan without source).
    pub region: Option<Region>,
}
