//! What rules were asked and what they answered, for another engine to be asked the same: `tools/compare-with-opa.py`.
//!
//! One JSON object a line. `{"data": {…}, "number": 0}` is what rules see as `data`; every other line is a question: the
//! package, the input, the number of its data, and the answer.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use super::{asked, value};
use crate::model::{FactPath, Results, Value};
use crate::policy::{Data, Judgement, Policies, Policy, Reached};

/// Questions, each once.
#[derive(Default)]
pub(crate) struct Questions {
    numbers: BTreeMap<String, usize>,
    lines: BTreeSet<String>,
}

impl Questions {
    /// Every question of a run, whose answers must be those of its verdicts.
    pub(crate) fn add_run(&mut self, results: &Results, policies: &Policies, data: &[Data]) {
        for of_rule in &results.verdicts {
            let rule = &results.rules[of_rule.rule];
            let policy = policies.find(&rule.id).unwrap();
            let mut judge = policy.judge(data);
            let mut seen = BTreeSet::new();
            for (resource, number) in &of_rule.verdicts {
                let tier = usize::from(results.assignments[*resource as usize].tier);
                let outcome = &of_rule.outcomes[*number as usize];
                let Some(reached) = asked(rule, outcome).filter(|_| seen.insert((tier, number))) else { continue };
                let is_seen = |path: &FactPath| {
                    reached == Reached::Everything || rule.applicability.iter().flatten().any(|one| one == path)
                };
                let facts = rule.reads.iter().zip(&outcome.facts).map(|(path, state)| (path, value(state)));
                let facts: Vec<(&FactPath, Option<&Value>)> = facts.filter(|(path, _)| is_seen(path)).collect();
                let answer = match reached {
                    Reached::Everything => judge.judge(tier, facts.iter().copied()),
                    Reached::Applicability => judge
                        .applicability(tier, facts.iter().copied())
                        .map(|not_applicable| Judgement { not_applicable, violations: Vec::new() }),
                };
                let Ok(answer) = answer else { continue };
                let messages =
                    if answer.not_applicable.is_empty() { &answer.violations } else { &answer.not_applicable };
                assert!(messages.iter().all(|message| outcome.messages.contains(message)), "{}: {outcome:?}", rule.id);
                self.add(policy, reached, crate::policy::input_json(facts), data[tier].all(), &answer);
            }
        }
    }

    /// One question.
    pub(crate) fn add(&mut self, policy: &Policy, asked: Reached, input: Json, data: Json, answer: &Judgement) {
        let next = self.numbers.len();
        let data = *self.numbers.entry(data.to_string()).or_insert(next);
        let line = json!({
            "package": format!("dbkeel.{}.{}", policy.rule.domain, policy.rule.name),
            "asked": asked,
            "says_not_applicable": policy.rule.applicability.is_some(),
            "input": input,
            "data": data,
            "not_applicable": answer.not_applicable,
            "violations": answer.violations,
        });
        self.lines.insert(line.to_string());
    }

    pub(crate) fn len(&self) -> usize {
        self.lines.len()
    }

    /// Writes them where somebody wants them.
    pub(crate) fn write(&self, file: &str) {
        let Some(folder) = wanted() else { return };
        std::fs::create_dir_all(&folder).unwrap();
        let mut text = String::new();
        for (data, number) in &self.numbers {
            text.push_str(&format!("{{\"number\":{number},\"data\":{data}}}\n"));
        }
        self.lines.iter().for_each(|line| text.push_str(&format!("{line}\n")));
        std::fs::write(folder.join(file), text).unwrap();
    }
}

/// The folder that questions are to be written to.
pub(crate) fn wanted() -> Option<PathBuf> {
    let folder = std::env::var_os("DBKEEL_WRITE_QUESTIONS")?;
    Some(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder))
}
