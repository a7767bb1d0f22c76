//! What verdicts are made of besides facts: rules, baseline, waivers, frameworks. All of it is text, so that who packs and who
//! verifies judge by the same bytes.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

use crate::baseline::{self, Baseline, ENGINES_FILE, Library};
use crate::diagnostic::Diagnostic;
use crate::framework::{self, Framework};
use crate::model::Rule;
use crate::policy::{self, Policies, PolicyFile};
use crate::waiver::{self, Waivers};

/// A file that was read, and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The name that it was read by.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Whether it was in the binary.
    pub embedded: bool,
}

/// All texts.
#[derive(Clone, Debug, Default)]
pub struct Ingredients {
    /// Every rule and library that was loaded.
    pub policies: Vec<PolicyFile>,
    /// What the command line called the baseline.
    pub baseline: String,
    /// Its files, and those that it extends or refers to.
    pub baselines: Vec<Named>,
    /// The engine versions, where those of the binary hold.
    pub engines: Option<Named>,
    /// The waivers.
    pub waivers: Option<Named>,
    /// The frameworks to report on.
    pub frameworks: Vec<Named>,
}

/// What the texts mean.
#[derive(Debug)]
pub struct Judges {
    /// The rules.
    pub policies: Policies,
    /// What they ask of whom.
    pub baseline: Baseline,
    /// What somebody accepted.
    pub waivers: Option<Waivers>,
    /// What they are evidence for.
    pub frameworks: Vec<Framework>,
}

impl Ingredients {
    /// Takes down, of the baselines and engine versions in the binary, those that a baseline is made of.
    pub fn add_embedded(&mut self, baseline: &Baseline) {
        let is_used = |name: &str| baseline.files().iter().any(|file| **file == *baseline::embedded_path(name));
        let named = |name: &str, text: &str| Named { name: name.to_owned(), text: text.to_owned(), embedded: true };
        let used = Library::EMBEDDED.baselines.iter().filter(|(name, _)| is_used(name));
        self.baselines.extend(used.map(|(name, text)| named(name, text)));
        if baseline.engines_from().0 == ENGINES_FILE {
            self.engines = Some(named(ENGINES_FILE, Library::EMBEDDED.engines));
        }
    }

    /// Judges made of these texts and of nothing else.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the texts.
    pub fn judges(&self, as_of: &str) -> Result<Judges, Vec<Diagnostic>> {
        let policies = policy::load_known(&self.policies)?;
        let rules: Vec<Arc<Rule>> = policies.iter().map(|policy| Arc::clone(&policy.rule)).collect();
        let baseline = self.read_baseline(&rules)?;
        let tiers = baseline.on(as_of).tiers();
        let waivers = self.waivers.as_ref().map(|of| waiver::parse(&of.name, &of.text, &rules, tiers)).transpose()?;
        let frameworks = self.frameworks.iter().map(|of| framework::parse(&of.name, &of.text, &rules));
        Ok(Judges { frameworks: frameworks.collect::<Result<_, _>>()?, policies, waivers, baseline })
    }

    /// The baseline of these files; one that it does not read would show a reader what nobody asked for.
    fn read_baseline(&self, rules: &[Arc<Rule>]) -> Result<Baseline, Vec<Diagnostic>> {
        let embedded = self.baselines.iter().filter(|of| of.embedded);
        let baselines: Vec<(&str, &str)> = embedded.map(|of| (of.name.as_str(), of.text.as_str())).collect();
        let engines = self.engines.as_ref().map_or("", |of| &of.text);
        let used: RefCell<BTreeSet<String>> = RefCell::default();
        let read = |path: &str| {
            let mut files = self.baselines.iter().filter(|of| !of.embedded);
            let found = files.find(|of| of.name == path).ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
            used.borrow_mut().insert(path.to_owned());
            Ok(found.text.clone().into_bytes())
        };
        let library = Library { baselines: &baselines, engines };
        let baseline = baseline::load_from(library, &self.baseline, &read, rules)?;
        let used = used.into_inner();
        let is_used = |of: &&Named| match of.embedded {
            true => baseline.files().iter().any(|file| **file == *baseline::embedded_path(&of.name)),
            false => used.contains(&of.name),
        };
        let engines = self.engines.iter().filter(|_| baseline.engines_from().0 != ENGINES_FILE);
        match self.baselines.iter().filter(|of| !is_used(of)).chain(engines).next() {
            None => Ok(baseline),
            Some(Named { name, .. }) => {
                let title = format!("`{name}` is among the files of the baseline, which does not read it");
                Err(vec![Diagnostic::new(title).help("take it out")])
            }
        }
    }
}
