//! Reports: one canonical [`crate::model::Results`], one file an output format.
