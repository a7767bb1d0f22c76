//! `.terraform/modules/modules.json`: where `terraform init` put the modules that a root module calls.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;

/// The folder of each module, by the call path that leads to it (`db.backups`).
#[derive(Debug, Default)]
pub(super) struct Manifest {
    folders: HashMap<String, PathBuf>,
    /// Why there is no manifest, when there is none.
    missing: Option<Arc<str>>,
}

#[derive(Deserialize)]
struct Raw {
    #[serde(rename = "Modules", default)]
    modules: Vec<RawModule>,
}

#[derive(Deserialize)]
struct RawModule {
    #[serde(rename = "Key", default)]
    key: String,
    #[serde(rename = "Dir", default)]
    dir: PathBuf,
}

impl Manifest {
    /// The manifest of a root module.
    pub(super) fn of(root: &Path) -> Self {
        let missing = |reason: &str| Self { folders: HashMap::new(), missing: Some(reason.into()) };
        let Ok(bytes) = fs::read(root.join(".terraform/modules/modules.json")) else {
            return missing("it is not downloaded: `.terraform/modules/modules.json` is not here");
        };
        let Ok(raw) = serde_json::from_slice::<Raw>(&bytes) else {
            return missing("`.terraform/modules/modules.json` is not laid out as Terraform writes it");
        };
        // Windows writes backslashes; a folder is relative to where Terraform ran, which is the root module's folder.
        let folder = |dir: PathBuf| root.join(dir.to_string_lossy().replace('\\', "/"));
        let folders = raw.modules.into_iter().map(|module| (module.key, folder(module.dir))).collect();
        Self { folders, missing: None }
    }

    /// The folder of the module that a call path leads to, or why it is not known.
    pub(super) fn folder(&self, path: &[Arc<str>]) -> Result<&Path, Arc<str>> {
        let of_path = || self.folders.get(&path.join("."));
        match (&self.missing, of_path()) {
            (Some(reason), _) => Err(Arc::clone(reason)),
            (None, Some(folder)) => Ok(folder),
            (None, None) => Err("it is not downloaded: `.terraform/modules/modules.json` does not list it".into()),
        }
    }
}
