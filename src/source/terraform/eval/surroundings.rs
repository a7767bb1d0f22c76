//! Stands in for the functions until they are here.

use std::sync::Arc;

pub(crate) trait Files {
    fn read(&self, path: &str) -> Option<Arc<[u8]>>;
    fn list(&self, dir: &str) -> Option<Vec<String>>;
}
