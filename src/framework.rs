//! Frameworks: the controls of standards and laws, the rules that give evidence for them, and how far that evidence reaches.
//!
//! A framework is a YAML file: control numbers, our own words, the rules whose verdicts are evidence, where each mapping was
//! published, and what a baseline must ask at least for the evidence to count. [`load`] is the lint too: a framework that
//! names a rule, a parameter or a number that does not exist is an error with its place. [`Framework::report`] is a pure
//! function from results to what they show of each control, which is never more than was tested.

mod build;
mod coverage;
mod demand;
mod describe;
mod number;
mod raw;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

pub use demand::{Bar, Demand};
pub use describe::{Row, table};
pub use number::Numbering;

use crate::diagnostic::Diagnostic;
use crate::model::{Assessment, Rule};
use crate::nearest::nearest;

macro_rules! embedded {
    ($($id:literal),+ $(,)?) => {
        /// The frameworks in the binary, by id. INVARIANT: sorted. They are read when one is asked for, never else.
        pub const EMBEDDED: &[(&str, &str)] =
            &[$(($id, include_str!(concat!("../baselines/frameworks/", $id, ".yaml")))),+];
    };
}

embedded!(
    "cis-aws-3.0",
    "cis-aws-4.0",
    "cis-aws-5.0",
    "cis-aws-6.0",
    "cis-aws-7.0",
    "fedramp-moderate-r4",
    "gdpr",
    "hipaa",
    "iso-27001-2022",
    "nist-800-53-r5",
    "nist-csf-1.1",
    "nist-csf-2.0",
    "pci-dss-4.0",
    "soc-2",
);

/// Reads a file, given its path.
pub type Read<'a> = &'a dyn Fn(&str) -> io::Result<Vec<u8>>;

/// A framework whose every name was looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Framework {
    /// The word that stands for it: `pci-dss-4.0`.
    pub id: Arc<str>,
    /// What people call it.
    pub name: Arc<str>,
    /// Its edition.
    pub edition: Arc<str>,
    /// Who publishes it.
    pub publisher: Arc<str>,
    /// How it numbers its controls.
    pub numbering: Numbering,
    /// Where the numbers come from and how they were checked.
    pub source: Arc<str>,
    /// Who says which rule is evidence for what, and which state of theirs was read; by the word that mappings use.
    pub sources: BTreeMap<Arc<str>, Arc<str>>,
    /// Its controls. INVARIANT: sorted by number.
    pub controls: Vec<Control>,
    /// Numbers of published mappings that are not counted, and why.
    pub set_aside: Vec<SetAside>,
    /// SHA-256 of the file, lower-case hexadecimal.
    pub sha256: Arc<str>,
}

/// A control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Control {
    /// Its number.
    pub id: Arc<str>,
    /// What it asks, in our words.
    pub title: Arc<str>,
    /// How far rules can tell.
    pub assessment: Assessment,
    /// What no rule tests.
    pub remainder: Option<Arc<str>>,
    /// What could not be confirmed of it.
    pub unconfirmed: Option<Arc<str>>,
    /// The Terraform types that it is about; every type when there are none.
    pub types: Vec<Arc<str>>,
    /// What it asks of a database, in the words of `baselines/topics.yaml`.
    pub topics: Vec<Arc<str>>,
    /// The sources that make each rule evidence, by the rule's id.
    pub evidence: BTreeMap<Arc<str>, Vec<Arc<str>>>,
    /// What parameters of these rules have to ask at least: the control's own demands, and the framework's.
    pub demands: BTreeMap<Arc<str>, Demand>,
}

/// Numbers of published mappings that are not counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// The numbers, as they were published.
    pub ids: Vec<Arc<str>>,
    /// Why.
    pub reason: Arc<str>,
}

/// Loads a framework: one in the binary by its id, or a file by its path.
///
/// # Errors
///
/// Everything that is wrong with the file, in its order.
pub fn load(name_or_path: &str, read: Read<'_>, rules: &[Arc<Rule>]) -> Result<Framework, Vec<Diagnostic>> {
    if let Some((id, text)) = EMBEDDED.iter().find(|(id, _)| *id == name_or_path) {
        return parse(&format!("baselines/frameworks/{id}.yaml"), text, rules);
    }
    let bytes = read(name_or_path).map_err(|error| vec![unreadable(name_or_path, &error)])?;
    let text = String::from_utf8(bytes).map_err(|_| {
        vec![Diagnostic::new(format!("framework `{name_or_path}` is not UTF-8")).help("save the file as UTF-8")]
    })?;
    parse(name_or_path, &text, rules)
}

/// Reads a framework from its text.
///
/// # Errors
///
/// Everything that is wrong with the text, in its order.
pub fn parse(name: &str, text: &str, rules: &[Arc<Rule>]) -> Result<Framework, Vec<Diagnostic>> {
    build::framework(name, text, rules)
}

fn unreadable(path: &str, error: &io::Error) -> Diagnostic {
    let is_path = path.contains(['/', '\\']) || path.ends_with(".yaml") || path.ends_with(".yml");
    if error.kind() != io::ErrorKind::NotFound || is_path {
        return Diagnostic::new(format!("framework `{path}` cannot be read: {error}"))
            .help("give the path of a YAML file that you may read, or an id that `dbkeel framework list` shows");
    }
    let near = nearest(path, EMBEDDED.iter().map(|(id, _)| *id));
    let help = near.map_or_else(String::new, |near| format!("did you mean `{near}`? "));
    Diagnostic::new(format!("no framework is called `{path}`"))
        .help(format!("{help}`dbkeel framework list` lists them; a file of your own is given by its path"))
}
