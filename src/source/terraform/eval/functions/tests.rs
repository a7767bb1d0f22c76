//! What functions answer, against what Terraform itself answered; see `testdata/terraform/record_functions.py`.

mod caps;
pub(crate) mod console;
pub(crate) mod differences;
mod evaluate;
mod properties;
pub(crate) mod recorded;
mod unknown;

use std::path::PathBuf;
use std::sync::Arc;

use super::Files;

/// The folder in which the console ran.
pub(crate) struct Folder;

impl Files for Folder {
    fn read(&self, path: &str) -> Option<Arc<[u8]>> {
        std::fs::read(root().join(path)).ok().map(Arc::from)
    }

    fn list(&self, directory: &str) -> Option<Vec<String>> {
        let top = root().join(directory);
        let mut found = Vec::new();
        let mut open = vec![top.clone()];
        while let Some(directory) = open.pop() {
            for entry in std::fs::read_dir(directory).ok()? {
                let path = entry.ok()?.path();
                if path.is_dir() {
                    open.push(path);
                } else {
                    found.push(path.strip_prefix(&top).ok()?.to_str()?.to_owned());
                }
            }
        }
        found.sort();
        Some(found)
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testdata/terraform/functions")
}
