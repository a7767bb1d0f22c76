//! Reads by what is judged, and keeps every byte of it.

use std::cell::RefCell;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use crate::baseline::{self, Library};
use crate::cli::CliError;
use crate::cli::shared::{self, Context};
use crate::cli::waive::WaiverArgs;
use crate::evidence::ingredients::{Ingredients, Judges, Named};
use crate::framework;
use crate::model::Rule;
use crate::policy;
use crate::waiver;

/// What the command line says of judging.
pub(super) struct Asked<'a> {
    pub(super) baseline: &'a str,
    pub(super) policy: &'a [PathBuf],
    pub(super) waivers: &'a WaiverArgs,
    pub(super) frameworks: &'a [String],
    pub(super) as_of: &'a str,
}

/// The judges, and the texts that they are made of.
pub(super) fn gather(asked: &Asked<'_>, context: &Context) -> Result<(Ingredients, Judges), CliError> {
    let mut policies = shared::policy_files(asked.policy)?;
    policies.retain(|file| !file.is_test());
    let mut ingredients = Ingredients { policies, baseline: asked.baseline.to_owned(), ..Ingredients::default() };
    let policies = policy::load_known(&ingredients.policies)?;
    let rules: Vec<Arc<Rule>> = policies.iter().map(|policy| Arc::clone(&policy.rule)).collect();
    let kept = Kept::default();
    let baseline = baseline::load_from(Library::EMBEDDED, asked.baseline, &|path| kept.read(path), &rules)?;
    baseline.notes().iter().for_each(|note| context.note(&note.to_string()));
    ingredients.baselines = kept.files();
    ingredients.add_embedded(&baseline);
    let mut waivers = None;
    if let Some(file) = asked.waivers.file() {
        let (name, text) = shared::waiver_text(file)?;
        waivers = Some(waiver::parse(&name, &text, &rules, baseline.on(asked.as_of).tiers())?);
        ingredients.waivers = Some(Named { name, text, embedded: false });
    }
    let mut frameworks = Vec::new();
    for name in asked.frameworks {
        let kept = Kept::default();
        frameworks.push(framework::load(name, &|path| kept.read(path), &rules)?);
        ingredients.frameworks.push(kept.files().pop().or_else(|| embedded_framework(name)).unwrap_or_else(|| Named {
            name: name.clone(),
            text: String::new(),
            embedded: false,
        }));
    }
    Ok((ingredients, Judges { policies, baseline, waivers, frameworks }))
}

fn embedded_framework(name: &str) -> Option<Named> {
    let (id, text) = framework::EMBEDDED.iter().find(|(id, _)| *id == name)?;
    Some(Named { name: format!("baselines/frameworks/{id}.yaml"), text: (*text).to_owned(), embedded: true })
}

/// Files as they were read, each once.
#[derive(Default)]
struct Kept(RefCell<Vec<(String, Vec<u8>)>>);

impl Kept {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let known = self.0.borrow().iter().find(|(known, _)| known == path).map(|(_, bytes)| bytes.clone());
        if let Some(bytes) = known {
            return Ok(bytes);
        }
        let bytes = std::fs::read(path)?;
        self.0.borrow_mut().push((path.to_owned(), bytes.clone()));
        Ok(bytes)
    }

    /// Those that were read; whoever asked for them found that they are UTF-8.
    fn files(self) -> Vec<Named> {
        let text = |bytes| String::from_utf8(bytes).unwrap_or_default();
        let files = self.0.into_inner().into_iter();
        files.map(|(name, bytes)| Named { name, text: text(bytes), embedded: false }).collect()
    }
}
