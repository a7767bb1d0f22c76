//! What a framework says, and which badges a baseline loses: the matter of `dbkeel framework show` and `list`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use serde::Serialize;

use super::{Control, Demand, Framework, Numbering};
use crate::baseline::Baseline;
use crate::model::{Assessment, LostEvidence, Rule};
use crate::report::text::clean;

/// One framework in a list.
#[derive(Debug, Serialize)]
pub struct Row<'f> {
    /// Its id.
    pub id: &'f str,
    /// What people call it.
    pub name: &'f str,
    /// Its edition.
    pub edition: &'f str,
    /// Who publishes it.
    pub publisher: &'f str,
    /// How many controls rules test as a whole.
    pub automated: usize,
    /// How many they test in part.
    pub partial: usize,
    /// How many they do not test.
    pub manual: usize,
    /// How many rules give evidence for at least one of them.
    pub rules: usize,
}

impl<'f> From<&'f Framework> for Row<'f> {
    fn from(framework: &'f Framework) -> Self {
        let count = |assessment| framework.controls.iter().filter(|control| control.assessment == assessment).count();
        let mut rules: Vec<&Arc<str>> = framework.controls.iter().flat_map(|control| control.evidence.keys()).collect();
        rules.sort();
        rules.dedup();
        Self {
            id: &framework.id,
            name: &framework.name,
            edition: &framework.edition,
            publisher: &framework.publisher,
            automated: count(Assessment::Automated),
            partial: count(Assessment::Partial),
            manual: count(Assessment::Manual),
            rules: rules.len(),
        }
    }
}

/// The frameworks, one a line.
pub fn table(rows: &[Row<'_>]) -> String {
    let width = rows.iter().map(|row| row.id.len()).max().unwrap_or_default();
    let mut text = String::new();
    for row in rows {
        let Row { id, name, edition, automated, partial, manual, rules, .. } = row;
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{id:width$}  {automated:>3} automated  {partial:>3} partial  {manual:>3} manual  by {rules:>3} rules  {} {}",
            clean(name),
            clean(edition),
        );
    }
    let _ = writeln!(text, "{} frameworks", rows.len());
    text
}

/// What a framework says, for programs.
#[derive(Debug, Serialize)]
pub(crate) struct Description<'f> {
    id: &'f str,
    name: &'f str,
    edition: &'f str,
    publisher: &'f str,
    numbering: Numbering,
    source: &'f str,
    sha256: &'f str,
    sources: &'f BTreeMap<Arc<str>, Arc<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<&'f str>,
    controls: Vec<ControlRow<'f>>,
    set_aside: Vec<AsideRow<'f>>,
}

#[derive(Debug, Serialize)]
struct ControlRow<'f> {
    id: &'f str,
    title: &'f str,
    assessment: Assessment,
    #[serde(skip_serializing_if = "Option::is_none")]
    remainder: Option<&'f str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unconfirmed: Option<&'f str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    types: &'f [Arc<str>],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    topics: &'f [Arc<str>],
    evidence: &'f BTreeMap<Arc<str>, Vec<Arc<str>>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    requires: &'f BTreeMap<Arc<str>, Demand>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lost: Vec<LostEvidence>,
}

#[derive(Debug, Serialize)]
struct AsideRow<'f> {
    ids: &'f [Arc<str>],
    reason: &'f str,
}

impl Framework {
    /// The evidence that a baseline gives away at an instant (RFC 3339): rules that it does not use, and tiers that ask less than the framework.
    pub fn lost<'a>(
        &'a self,
        control: &'a Control,
        baseline: &'a Baseline,
        as_of: &str,
        rules: &'a [Arc<Rule>],
    ) -> Vec<LostEvidence> {
        let phase = baseline.on(as_of);
        let mut lost = Vec::new();
        for id in control.evidence.keys() {
            let Some(rule) = rules.iter().find(|rule| rule.id == *id).filter(|rule| phase.uses(rule)) else {
                let reason = format!("baseline `{}` does not use it", baseline.name()).into();
                lost.push(LostEvidence { rule: Arc::clone(id), tier: None, reason });
                continue;
            };
            for tier in phase.tiers() {
                if let Some(reason) = self.below_bar(control, rule, tier) {
                    lost.push(LostEvidence { rule: Arc::clone(id), tier: Some(Arc::clone(&tier.name)), reason });
                }
            }
        }
        lost
    }

    /// What it says; with a baseline and an instant, also which evidence that one gives away then.
    pub(crate) fn describe<'f>(
        &'f self,
        baseline: Option<(&'f Baseline, &'f str)>,
        rules: &'f [Arc<Rule>],
    ) -> Description<'f> {
        let row = |control: &'f Control| ControlRow {
            id: &control.id,
            title: &control.title,
            assessment: control.assessment,
            remainder: control.remainder.as_deref(),
            unconfirmed: control.unconfirmed.as_deref(),
            types: &control.types,
            topics: &control.topics,
            evidence: &control.evidence,
            requires: &control.demands,
            lost: baseline.map(|(baseline, as_of)| self.lost(control, baseline, as_of, rules)).unwrap_or_default(),
        };
        Description {
            id: &self.id,
            name: &self.name,
            edition: &self.edition,
            publisher: &self.publisher,
            numbering: self.numbering,
            source: &self.source,
            sha256: &self.sha256,
            sources: &self.sources,
            baseline: baseline.map(|(baseline, _)| baseline.name()),
            controls: self.controls.iter().map(row).collect(),
            set_aside: self.set_aside.iter().map(|aside| AsideRow { ids: &aside.ids, reason: &aside.reason }).collect(),
        }
    }
}

impl Description<'_> {
    /// The page for people.
    pub(crate) fn page(&self) -> String {
        let mut page = String::new();
        // Writing to a String cannot fail.
        let _ = writeln!(
            page,
            "{} {} ({})\n{}\n",
            clean(self.name),
            clean(self.edition),
            clean(self.publisher),
            clean(self.source)
        );
        let _ = writeln!(page, "Evidence by");
        for (name, text) in self.sources {
            let _ = writeln!(page, "  {name}: {}", clean(text));
        }
        for control in &self.controls {
            control.write(&mut page);
        }
        self.verdict(&mut page);
        page
    }

    /// What a baseline keeps of it.
    fn verdict(&self, page: &mut String) {
        let Some(baseline) = self.baseline else { return };
        let lost = self.controls.iter().filter(|control| !control.lost.is_empty()).count();
        let _ = match lost {
            0 => writeln!(page, "\nbaseline `{}` loses no evidence", clean(baseline)),
            lost => writeln!(
                page,
                "\nbaseline `{}` loses evidence for {lost} of {} controls",
                clean(baseline),
                self.controls.len()
            ),
        };
    }
}

impl ControlRow<'_> {
    fn write(&self, page: &mut String) {
        let _ = writeln!(page, "\n{}  {}  ({})", clean(self.id), clean(self.title), self.assessment);
        let rules: Vec<&str> = self.evidence.keys().map(AsRef::as_ref).collect();
        if !rules.is_empty() {
            let _ = writeln!(page, "  rules: {}", rules.join(", "));
        }
        for (name, demand) in self.requires {
            let _ = writeln!(page, "  asks: {name} {} ({}: {})", demand.bar, clean(&demand.source), clean(&demand.why));
        }
        if let Some(remainder) = self.remainder {
            let _ = writeln!(page, "  not tested: {}", clean(remainder));
        }
        if let Some(unconfirmed) = self.unconfirmed {
            let _ = writeln!(page, "  not confirmed: {}", clean(unconfirmed));
        }
        for lost in &self.lost {
            let _ = writeln!(page, "  ! lost: {}", clean(&lost.to_string()));
        }
    }
}
