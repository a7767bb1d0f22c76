//! Turns the failures that waivers select into `waived`, and tells what each waiver did.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::term::{Term, day_of};
use super::{Waiver, WaiverLimits, Waivers};
use crate::model::{
    IdleComment, Location, Outcome, Results, RuleVerdicts, SourceComment, Verdict, WaivedBy, WaiverRemark,
    WaiverReport, WaiverState, WaiverUse,
};
use crate::nearest::nearest;

/// Applies waivers to what was judged, as of the day of the run. `comments` are those of the source; `None` when none was
/// read, and then a waiver that asks for a comment waives nothing.
pub fn apply(results: &mut Results, waivers: &Waivers, limits: &WaiverLimits, comments: Option<&[SourceComment]>) {
    // A day that cannot be told is after every other: nothing holds then, which errs on the safe side.
    let today = day_of(&results.run.as_of).unwrap_or(Date::MAX);
    let terms = waivers.entries.iter().map(|waiver| Term::of(waiver, limits, today)).collect();
    let found = comments.unwrap_or_default();
    let run = Run { results, waivers: &waivers.entries, terms, under: under(found) };
    let by_rule: Vec<OfRule> = results.verdicts.par_iter().map(|of_rule| run.rule(of_rule)).collect();
    let report = WaiverReport {
        file: waivers.file.clone(),
        sha256: waivers.sha256.clone(),
        entries: run.uses(&by_rule, limits, comments.is_some()),
        idle_comments: found.iter().filter_map(|comment| run.idle(comment)).collect(),
    };
    for (of_rule, new) in results.verdicts.iter_mut().zip(by_rule) {
        if let Some(new) = new.verdicts {
            *of_rule = new;
        }
    }
    results.waivers = Some(report);
}

/// The comments over failing findings: by the id that they name, then by rule and resource.
type Under<'a> = FxHashMap<&'a str, BTreeMap<(u32, u32), &'a Location>>;

fn under(comments: &[SourceComment]) -> Under<'_> {
    let mut under = Under::default();
    for comment in comments {
        let of_id = under.entry(comment.waiver.as_ref()).or_default();
        for finding in comment.covers.iter().flatten() {
            of_id.entry(*finding).or_insert(&comment.location);
        }
    }
    under
}

/// What the waivers did to one rule.
struct OfRule {
    /// The new verdicts, when there are any.
    verdicts: Option<RuleVerdicts>,
    /// By waiver, in the order of the file: the failing findings that it selects, and those that it waives.
    counts: Vec<(u32, usize, usize)>,
}

struct Run<'a> {
    results: &'a Results,
    waivers: &'a [Waiver],
    terms: Vec<Term>,
    under: Under<'a>,
}

impl Run<'_> {
    fn rule(&self, of_rule: &RuleVerdicts) -> OfRule {
        let id = self.results.rules.get(of_rule.rule).map(|rule| &rule.id);
        let mut counts: Vec<(u32, usize, usize)> =
            (0u32..).zip(self.waivers).filter(|(_, waiver)| id == Some(&waiver.rule)).map(|(w, _)| (w, 0, 0)).collect();
        if counts.is_empty() {
            return OfRule { verdicts: None, counts };
        }
        let mut new = Rewrite::of(of_rule);
        for (resource, outcome) in &of_rule.verdicts {
            let waived_by = match of_rule.outcomes.get(*outcome as usize) {
                Some(outcome) if outcome.verdict == Verdict::Fail => self.waive(of_rule.rule, *resource, &mut counts),
                _ => None,
            };
            new.add(*resource, *outcome, waived_by, |waived_by| self.note(waived_by));
        }
        OfRule { verdicts: Some(new.verdicts), counts }
    }

    /// The first waiver that holds and selects a failing finding; every one that selects it counts it.
    fn waive(&self, rule: usize, resource: u32, counts: &mut [(u32, usize, usize)]) -> Option<WaivedBy> {
        let mut waived_by = None;
        for (position, selected, waived) in counts {
            let Some(comment) = self.selects(*position, rule, resource) else { continue };
            *selected += 1;
            let holds = self.terms.get(*position as usize).is_some_and(Term::holds);
            if holds && waived_by.is_none() {
                *waived += 1;
                waived_by = Some(WaivedBy { waiver: *position, comment: comment.cloned() });
            }
        }
        waived_by
    }

    /// Whether a waiver selects a finding; with the comment that it asks for, if it asks for one.
    fn selects(&self, position: u32, rule: usize, resource: u32) -> Option<Option<&Location>> {
        let waiver = self.waivers.get(position as usize)?;
        let comment = match waiver.needs_comment {
            false => None,
            true => {
                let finding = (u32::try_from(rule).ok()?, resource);
                Some(*self.under.get(waiver.id.as_ref())?.get(&finding)?)
            }
        };
        self.matches(waiver, resource).then_some(comment)
    }

    fn matches(&self, waiver: &Waiver, resource: u32) -> bool {
        let assignment = self.results.assignments.get(resource as usize);
        let tier = assignment.and_then(|assignment| self.results.tiers.get(assignment.tier as usize));
        let resource = self.results.resources.get(resource as usize);
        resource.is_some_and(|resource| waiver.selector.matches(resource, tier.map_or("", |tier| &tier.name)))
    }

    /// What a waived finding says of its waiver.
    fn note(&self, waived_by: &WaivedBy) -> Option<String> {
        let waiver = self.waivers.get(waived_by.waiver as usize)?;
        let last = self.terms.get(waived_by.waiver as usize)?.last;
        Some(format!("waived until {last} by `{}`: {}", waiver.id, waiver.reason))
    }

    fn uses(&self, by_rule: &[OfRule], limits: &WaiverLimits, source_read: bool) -> Vec<WaiverUse> {
        let mut totals = vec![(0, 0); self.waivers.len()];
        for (position, selected, waived) in by_rule.iter().flat_map(|of_rule| &of_rule.counts) {
            if let Some(total) = totals.get_mut(*position as usize) {
                *total = (total.0 + selected, total.1 + waived);
            }
        }
        let rows = self.waivers.iter().zip(&self.terms).zip(totals);
        rows.map(|((waiver, term), (selected, waived))| {
            let no_source = waiver.needs_comment && !source_read;
            let remarks = [
                (selected == 0 && !no_source).then_some(WaiverRemark::Unused),
                (selected > limits.max_resources).then_some(WaiverRemark::OverBroad),
                term.remark,
                no_source.then_some(WaiverRemark::NoSource),
            ];
            waiver.used(term, remarks.into_iter().flatten().collect(), (selected, waived))
        })
        .collect()
    }

    /// Why a comment waives nothing, if it does not.
    fn idle(&self, comment: &SourceComment) -> Option<IdleComment> {
        Some(IdleComment {
            waiver: comment.waiver.clone(),
            location: comment.location.clone(),
            problem: self.why_idle(comment)?.into(),
        })
    }

    fn why_idle(&self, comment: &SourceComment) -> Option<String> {
        if comment.waiver.is_empty() {
            return Some("it names no waiver".to_owned());
        }
        let mut named = self.waivers.iter().zip(&self.terms);
        let Some((waiver, term)) = named.find(|(waiver, _)| waiver.id == comment.waiver) else {
            let near = nearest(&comment.waiver, self.waivers.iter().map(|waiver| waiver.id.as_ref()));
            let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            return Some(format!("the waiver file has no waiver `{}`{hint}", comment.waiver));
        };
        let Some(covers) = &comment.covers else {
            return Some("it does not stand directly above a block or an attribute".to_owned());
        };
        match term.state {
            WaiverState::Expired => return Some(format!("waiver `{}` expired on {}", waiver.id, term.last)),
            WaiverState::NotYet => return Some(format!("waiver `{}` does not hold yet", waiver.id)),
            _ => {}
        }
        let is_of_rule = |rule: u32| self.results.rules.get(rule as usize).is_some_and(|rule| rule.id == waiver.rule);
        let mut of_rule = covers.iter().filter(|(rule, _)| is_of_rule(*rule)).peekable();
        if of_rule.peek().is_none() {
            return Some(format!("nothing under it fails rule `{}`, which waiver `{}` is for", waiver.rule, waiver.id));
        }
        let selects_any = of_rule.any(|(_, resource)| self.matches(waiver, *resource));
        (!selects_any).then(|| format!("waiver `{}` is for other resources", waiver.id))
    }
}

impl Waiver {
    /// What it did, as reports tell it.
    pub(super) fn used(
        &self,
        term: &Term,
        remarks: Vec<WaiverRemark>,
        (selected, waived): (usize, usize),
    ) -> WaiverUse {
        WaiverUse {
            id: self.id.clone(),
            rule: self.rule.clone(),
            state: term.state,
            remarks,
            selected,
            waived,
            expires: term.last.to_string().into(),
            reason: self.reason.clone(),
            owner: self.owner.clone(),
            approver: self.approver.clone(),
            ticket: self.ticket.clone(),
            created: self.created.map(|created| created.to_string().into()),
            line: self.line,
        }
    }
}

/// The verdicts of a rule, made again: an outcome of which some findings are waived becomes two.
struct Rewrite<'a> {
    old: &'a RuleVerdicts,
    verdicts: RuleVerdicts,
    numbers: FxHashMap<(u32, Option<WaivedBy>), u32>,
}

impl<'a> Rewrite<'a> {
    fn of(old: &'a RuleVerdicts) -> Self {
        let verdicts = RuleVerdicts {
            rule: old.rule,
            outcomes: Vec::with_capacity(old.outcomes.len()),
            verdicts: Vec::with_capacity(old.verdicts.len()),
        };
        Self { old, verdicts, numbers: FxHashMap::default() }
    }

    fn add(
        &mut self,
        resource: u32,
        outcome: u32,
        waived_by: Option<WaivedBy>,
        note: impl FnOnce(&WaivedBy) -> Option<String>,
    ) {
        let Some(old) = self.old.outcomes.get(outcome as usize) else { return };
        let outcomes = &mut self.verdicts.outcomes;
        let number = *self.numbers.entry((outcome, waived_by)).or_insert_with_key(|(_, waived_by)| {
            outcomes.push(match waived_by {
                None => old.clone(),
                Some(waived_by) => waived(old, waived_by, note(waived_by)),
            });
            outcomes.len() as u32 - 1
        });
        self.verdicts.verdicts.push((resource, number));
    }
}

fn waived(old: &Outcome, waived_by: &WaivedBy, note: Option<String>) -> Outcome {
    let mut messages = old.messages.clone();
    messages.extend(note.map(Into::into));
    Outcome { verdict: Verdict::Waived, messages, waived_by: Some(waived_by.clone()), facts: old.facts.clone() }
}
