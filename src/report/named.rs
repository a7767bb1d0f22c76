//! Named reports: one question about a fleet, answered in tables that people sign, file and forward.
//!
//! A report is made from the results of a run as a [`NamedReport`], a neutral model of titles, figures and tables with
//! typed cells; every output format renders that model and knows nothing of what a report is about.

pub mod model;
