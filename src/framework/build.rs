//! From a framework as it is written to one that is sound: every name is looked up, every claim is checked. This is the lint.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::demand::Demand;
use super::number::natural;
use super::raw::{self, RawControl, RawDemand, RawEvidence, RawFramework};
use super::{Control, Framework, SetAside};
use crate::diagnostic::Diagnostic;
use crate::facts::is_mapped;
use crate::model::{Assessment, Rule};
use crate::nearest::nearest;
use crate::yaml::fields::did_you_mean;
use crate::yaml::problems::{Place, Problems};
use crate::yaml::{self, At};

/// Reads a framework from its text.
pub(super) fn framework(file: &str, text: &str, rules: &[Arc<Rule>]) -> Result<Framework, Vec<Diagnostic>> {
    let mut problems = Problems::new(file, text);
    let raw = yaml::read(text, &mut problems).and_then(|root| raw::read(&root, &mut problems));
    let framework = raw.map(|raw| {
        let sha256 = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        Lint { raw: &raw, rules, problems: &mut problems }.build(sha256.into())
    });
    problems.finish(framework)
}

struct Lint<'a> {
    raw: &'a RawFramework,
    rules: &'a [Arc<Rule>],
    problems: &'a mut Problems,
}

impl<'a> Lint<'a> {
    fn build(mut self, sha256: Arc<str>) -> Framework {
        let raw = self.raw;
        self.file_is_named_like_it();
        self.controls_are_in_order();
        let controls = raw.controls.iter().map(|control| self.control(control)).collect();
        // What could not be read may be what takes the parameter, or names the source.
        if raw.is_complete {
            for demand in &raw.requires {
                self.demand(demand, &mut raw.controls.iter().flat_map(|control| &control.evidence));
            }
            self.sources_are_used();
        }
        let set_aside = self.set_aside();
        let shared = |text: &String| Arc::from(text.as_str());
        Framework {
            id: shared(&raw.id.value),
            name: shared(&raw.name),
            edition: shared(&raw.edition),
            publisher: shared(&raw.publisher),
            numbering: raw.numbering,
            source: shared(&raw.source),
            sources: raw.sources.iter().map(|(name, text)| (shared(&name.value), shared(text))).collect(),
            controls,
            set_aside,
            sha256,
        }
    }

    /// So that `--framework ID` and a copy of the file mean the same.
    fn file_is_named_like_it(&mut self) {
        let id = &self.raw.id;
        let stem = Path::new(self.problems.file()).file_stem().map(|stem| stem.to_string_lossy().into_owned());
        if stem.is_some_and(|stem| stem != id.value) {
            let title = format!("the framework's id is `{}`, and the file is called otherwise", id.value);
            self.problems.add_with_help(id.place, title, format!("call the file `{}.yaml`", id.value));
        }
    }

    fn controls_are_in_order(&mut self) {
        for pair in self.raw.controls.windows(2) {
            let [before, after] = pair else { continue };
            let title = match natural(&before.id.value, &after.id.value) {
                Ordering::Less => continue,
                Ordering::Equal => format!("control `{}` is given twice", after.id.value),
                Ordering::Greater => format!("control `{}` stands after `{}`", after.id.value, before.id.value),
            };
            self.problems.add_with_help(after.id.place, title, "sort controls by number, each once");
        }
    }

    fn control(&mut self, raw: &RawControl) -> Control {
        self.number(&raw.id);
        if raw.is_complete {
            self.assessment_is_honest(raw);
        }
        for name in raw.types.iter().filter(|name| !is_mapped(&name.value)) {
            let title = format!("no source gives facts of type `{}`", name.value);
            self.problems.add_with_help(name.place, title, "`types` takes Terraform types such as `aws_db_instance`");
        }
        for demand in raw.requires.iter().filter(|_| raw.is_complete) {
            self.demand(demand, &mut raw.evidence.iter());
        }
        let evidence = self.evidence(&raw.evidence);
        let texts = |all: &[At<String>]| all.iter().map(|text| Arc::from(text.value.as_str())).collect();
        Control {
            id: raw.id.value.as_str().into(),
            title: raw.title.as_str().into(),
            assessment: raw.assessment.value,
            remainder: raw.remainder.as_ref().map(|text| text.value.trim().into()),
            unconfirmed: raw.unconfirmed.as_ref().map(|text| text.trim().into()),
            types: texts(&raw.types),
            topics: texts(&raw.topics),
            demands: self.demands_of(raw, &evidence),
            evidence,
        }
    }

    fn number(&mut self, number: &At<String>) {
        let numbering = self.raw.numbering;
        if let Some(title) = numbering.problem(&number.value) {
            let help = format!("a number looks like `{}`", numbering.example());
            self.problems.add_with_help(number.place, title, help);
        }
    }

    /// A report says what `assessment` says, so it must not say more than rules test.
    fn assessment_is_honest(&mut self, raw: &RawControl) {
        let At { place, value } = raw.assessment;
        let (title, help) = match (value, raw.evidence.is_empty(), raw.remainder.is_some()) {
            (Assessment::Manual, false, _) => {
                ("is `manual`, and rules give evidence for it", "write `partial`, with a `remainder`")
            }
            (Assessment::Automated | Assessment::Partial, true, _) => {
                ("has no rule that gives evidence", "write `manual`")
            }
            (Assessment::Automated, _, true) => {
                ("is `automated`, and has a `remainder`", "write `partial`, or take it out")
            }
            (Assessment::Partial, _, false) => ("is `partial`, and does not say what is left", "add a `remainder`"),
            _ => return,
        };
        self.problems.add_with_help(place, format!("control `{}` {title}", raw.id.value), help);
    }

    fn evidence(&mut self, raw: &[RawEvidence]) -> BTreeMap<Arc<str>, Vec<Arc<str>>> {
        let mut evidence: BTreeMap<Arc<str>, Vec<Arc<str>>> = BTreeMap::new();
        for RawEvidence { rules, sources } in raw {
            for source in sources {
                self.source(&source.value, source.place);
            }
            let named: Vec<Arc<str>> = sources.iter().map(|source| Arc::from(source.value.as_str())).collect();
            for id in rules {
                self.rule_exists(id);
                if evidence.insert(id.value.as_str().into(), named.clone()).is_some() {
                    self.problems.add(id.place, format!("rule `{}` is given twice", id.value));
                }
            }
        }
        evidence
    }

    fn rule_exists(&mut self, id: &At<String>) {
        if self.rule(&id.value).is_some() {
            return;
        }
        let renamed = self.rules.iter().find(|rule| rule.aliases.iter().any(|alias| **alias == *id.value));
        let help =
            match renamed.map(|rule| &*rule.id).or_else(|| nearest(&id.value, self.rules.iter().map(|rule| &*rule.id)))
            {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`dbkeel policy list` lists the rules".to_owned(),
            };
        self.problems.add_with_help(id.place, format!("there is no rule `{}`", id.value), help);
    }

    fn rule(&self, id: &str) -> Option<&'a Arc<Rule>> {
        self.rules.iter().find(|rule| *rule.id == *id)
    }

    fn source(&mut self, name: &str, place: Place) {
        let known: Vec<&str> = self.raw.sources.iter().map(|(name, _)| name.value.as_str()).collect();
        if !known.contains(&name) {
            self.problems.add_with_help(
                place,
                format!("`sources` does not say what `{name}` is"),
                did_you_mean(name, &known),
            );
        }
    }

    /// A demand that no rule of the evidence can meet or miss is a mistake.
    fn demand(&mut self, raw: &RawDemand, evidence: &mut dyn Iterator<Item = &RawEvidence>) {
        self.source(&raw.demand.source, raw.source);
        let name = raw.parameter.value.as_str();
        let ids: Vec<&str> = evidence.flat_map(|given| &given.rules).map(|id| id.value.as_str()).collect();
        let rules: Vec<&'a Arc<Rule>> = ids.iter().filter_map(|id| self.rule(id)).collect();
        let specs: Vec<_> = rules.iter().filter_map(|rule| rule.parameters.get(name)).collect();
        if specs.is_empty() {
            let names = rules.iter().flat_map(|rule| rule.parameters.keys()).map(AsRef::as_ref);
            let near = nearest(name, names).map(|near| format!("did you mean `{near}`?"));
            let help = near.unwrap_or_else(|| "`dbkeel policy show RULE` shows what a rule takes".to_owned());
            self.problems.add_with_help(raw.parameter.place, format!("no rule of the evidence takes `{name}`"), help);
        }
        if let Some(misfit) = specs.into_iter().find_map(|spec| raw.demand.bar.misfit(spec)) {
            self.problems.add(raw.parameter.place, format!("the demand on `{name}` does not fit: {misfit}"));
        }
    }

    /// The demands that hold for a control: its own, and those of the framework that its rules can meet or miss.
    fn demands_of(&self, raw: &RawControl, evidence: &BTreeMap<Arc<str>, Vec<Arc<str>>>) -> BTreeMap<Arc<str>, Demand> {
        let taken =
            |name: &str| evidence.keys().filter_map(|id| self.rule(id)).any(|rule| rule.parameters.contains_key(name));
        let all = self.raw.requires.iter().chain(&raw.requires);
        all.filter(|of| taken(&of.parameter.value))
            .map(|of| (Arc::from(of.parameter.value.as_str()), of.demand.clone()))
            .collect()
    }

    /// A source that nothing names was forgotten when its mappings went.
    fn sources_are_used(&mut self) {
        let raw = self.raw;
        let evidence = raw.controls.iter().flat_map(|control| &control.evidence).flat_map(|given| &given.sources);
        let demands = raw.controls.iter().flat_map(|control| &control.requires).chain(&raw.requires);
        let used: Vec<&str> =
            evidence.map(|name| name.value.as_str()).chain(demands.map(|of| &*of.demand.source)).collect();
        for (name, _) in raw.sources.iter().filter(|(name, _)| !used.contains(&name.value.as_str())) {
            self.problems.add(name.place, format!("no mapping and no demand names the source `{}`", name.value));
        }
    }

    fn set_aside(&mut self) -> Vec<SetAside> {
        let raw = self.raw;
        let kept = |id: &str| raw.controls.iter().any(|control| control.id.value == id);
        for id in raw.set_aside.iter().flat_map(|aside| &aside.ids).filter(|id| kept(&id.value)) {
            self.problems.add(id.place, format!("`{}` is set aside, and is a control too", id.value));
        }
        let shared = |id: &At<String>| Arc::from(id.value.as_str());
        raw.set_aside
            .iter()
            .map(|aside| SetAside { ids: aside.ids.iter().map(shared).collect(), reason: aside.reason.as_str().into() })
            .collect()
    }
}
