//! What systems that collect findings from many tools are told: one record for each verdict and each drift, which `ocsf` and
//! `asff` put into their own words.
//!
//! Every verdict is a record, passes too: such a system has to see that a finding is over. Drift that waits, and drift that
//! the provider makes by itself, is nobody's fault and no record.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use rayon::prelude::*;

use super::drift as words;
use super::drift_rule::{self, DriftRule};
use super::remediation;
use super::text::clean;
use crate::history::owner;
use crate::model::{
    Drift, DriftClass, Finding, FindingAge, Kind, Location, Provider, Results, RuleVerdicts, Scope, Severity, Stood,
    Value, Verdict, WaiverUse,
};

/// How many records are made before they are written, so that a large fleet needs no more memory than a small one.
const AT_ONCE: usize = 16_384;

/// How many of them one thread makes at a time.
const A_THREAD: usize = 512;

/// One verdict or one drift.
pub(super) struct Record<'a> {
    /// An identity that survives moved lines.
    pub(super) uid: String,
    /// The rule.
    pub(super) rule: RuleWords<'a>,
    /// How much it matters when it does not hold.
    pub(super) severity: Severity,
    /// The verdict; of a drift `fail`, or `unknown` when what runs could not be seen.
    pub(super) verdict: Verdict,
    /// What became of it since the run before.
    pub(super) activity: Activity,
    /// What was found; empty when there is nothing to say.
    pub(super) messages: Vec<Cow<'a, str>>,
    /// How to mend it, where it needs mending.
    pub(super) remedy: Option<String>,
    /// What it is about.
    pub(super) subject: Subject<'a>,
    /// Where to look.
    pub(super) location: &'a Location,
    /// How old it is, when it is open and the run is recorded.
    pub(super) age: Option<&'a FindingAge>,
    /// What waived it.
    pub(super) waiver: Option<&'a WaiverUse>,
    /// How it stands to the change that was judged, where that was asked.
    pub(super) standing: Option<Stood>,
    /// The requirements that the rule gives evidence for.
    pub(super) requirements: &'a [Requirement<'a>],
    /// What the rule was judged by, in the tier of its resource.
    pub(super) parameters: Vec<(&'a str, &'a Value)>,
}

/// What became of a finding since the run before. Without a history, everything is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Activity {
    /// It is new, or nobody knows of an earlier one.
    Create,
    /// It has been open before.
    Update,
    /// It was open until now.
    Close,
}

/// The rule of a record, in words.
#[derive(Clone, Copy)]
pub(super) struct RuleWords<'a> {
    /// Its id.
    pub(super) id: &'a str,
    /// Its name.
    pub(super) name: &'a str,
    /// What it is about: a domain, or `drift`.
    pub(super) domain: &'a str,
    /// The good state.
    pub(super) title: &'a str,
    /// Why it matters.
    pub(super) description: &'a str,
}

/// What a record is about.
pub(super) struct Subject<'a> {
    /// The Terraform address or the provider's id.
    pub(super) id: &'a str,
    /// The ARN, where it is known.
    pub(super) arn: Option<&'a str>,
    /// The name that the provider knows it by.
    pub(super) name: Option<&'a str>,
    /// Its type in Terraform's words.
    pub(super) resource_type: &'a str,
    /// What it is.
    pub(super) kind: Option<Kind>,
    /// Who runs it.
    pub(super) provider: Provider,
    /// The account, as far as the source or the ARN tells.
    pub(super) account: Option<&'a str>,
    /// The region, likewise.
    pub(super) region: Option<&'a str>,
    /// Its tier; empty when no baseline was asked.
    pub(super) tier: &'a str,
    /// Whose it is.
    pub(super) owner: Option<Arc<str>>,
}

impl<'a> Subject<'a> {
    /// The partition of the provider's cloud, where an ARN or a region tells.
    pub(super) fn partition(&self) -> Option<&'a str> {
        if self.provider != Provider::Aws {
            return None;
        }
        self.arn.and_then(|arn| arn.split(':').nth(1)).or_else(|| self.region.map(partition_of))
    }
}

/// The partition that a region of AWS belongs to (botocore's `partitions.json`, `regionRegex`).
fn partition_of(region: &str) -> &'static str {
    const BY_PREFIX: [(&str, &str); 6] = [
        ("cn-", "aws-cn"),
        ("us-gov-", "aws-us-gov"),
        ("us-isob-", "aws-iso-b"),
        ("us-isof-", "aws-iso-f"),
        ("us-iso-", "aws-iso"),
        ("eusc-", "aws-eusc"),
    ];
    BY_PREFIX.iter().find(|(prefix, _)| region.starts_with(prefix)).map_or("aws", |(_, partition)| partition)
}

/// A requirement of a framework.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Requirement<'a> {
    /// The framework and its edition.
    pub(super) standard: String,
    /// The number of the control.
    pub(super) control: &'a str,
}

/// Makes the records of a run.
pub(super) struct Records<'a> {
    results: &'a Results,
    /// By rule id.
    requirements: BTreeMap<&'a str, Vec<Requirement<'a>>>,
    /// INVARIANT: sorted by id.
    drift_rules: Vec<DriftRule>,
}

impl<'a> Records<'a> {
    pub(super) fn of(results: &'a Results) -> Self {
        results.find_places(|_, _| true);
        Self { results, requirements: requirements(results), drift_rules: drift_rule::rules(results) }
    }

    /// Writes every record that `render` makes something of, in the order of the run, verdicts first.
    pub(super) fn write(&self, render: &Render<'_>, out: &mut dyn Write) -> io::Result<()> {
        for of_rule in &self.results.verdicts {
            let record = |verdict: &(u32, u32)| self.of_verdict(of_rule, *verdict);
            write_all(&of_rule.verdicts, &record, render, out)?;
        }
        write_all(&self.results.drift.drifts, &|drift| self.of_drift(drift), render, out)
    }

    /// How many records a condition holds for, and how many there are.
    pub(super) fn count(&self, holds: impl Fn(&Subject<'_>) -> bool) -> (usize, usize) {
        let (mut holding, mut all) = (0, 0);
        let mut add = |subject: &Subject<'_>, records: usize| {
            all += records;
            holding += if holds(subject) { records } else { 0 };
        };
        let mut of_resource = vec![0; self.results.resources.len()];
        for (resource, _) in self.results.verdicts.iter().flat_map(|of_rule| &of_rule.verdicts) {
            if let Some(count) = of_resource.get_mut(*resource as usize) {
                *count += 1;
            }
        }
        for (position, records) in (0..).zip(of_resource) {
            if let Some(subject) = self.resource(position) {
                add(&subject, records);
            }
        }
        for drift in self.results.drift.drifts.iter().filter(|drift| is_told(drift)) {
            add(&self.drifted(drift), 1);
        }
        (holding, all)
    }

    fn of_verdict(&'a self, of_rule: &'a RuleVerdicts, (resource, outcome): (u32, u32)) -> Option<Record<'a>> {
        let outcome = of_rule.outcomes.get(outcome as usize)?;
        let finding = self.results.finding(of_rule.rule, resource, outcome)?;
        let rule = finding.rule;
        let is_bad = matches!(outcome.verdict, Verdict::Fail | Verdict::Waived);
        let parameter = |(name, value): (&'a Arc<str>, &'a Value)| (name.as_ref(), value);
        let is_asked = |(name, _): &(&Arc<str>, &Value)| rule.parameters.contains_key(*name);
        Some(Record {
            uid: finding.fingerprint(),
            rule: RuleWords {
                id: &rule.id,
                name: &rule.name,
                domain: rule.domain.as_str(),
                title: &rule.title,
                description: &rule.description,
            },
            severity: finding.severity(),
            verdict: outcome.verdict,
            activity: self.activity(&finding),
            messages: outcome.messages.iter().map(|message| clean(message)).collect(),
            remedy: is_bad.then(|| remediation::hint(&finding)).flatten(),
            subject: self.resource(resource)?,
            location: finding.location(),
            age: finding.age(),
            waiver: finding.waiver,
            standing: finding.stood(),
            requirements: self.requirements.get(rule.id.as_ref()).map(Vec::as_slice).unwrap_or_default(),
            parameters: finding.tier.parameters.iter().filter(is_asked).map(parameter).collect(),
        })
    }

    fn activity(&self, finding: &Finding<'_>) -> Activity {
        match finding.age() {
            Some(age) if age.opened == self.results.run.as_of => Activity::Create,
            Some(_) => Activity::Update,
            None if finding.was_closed() => Activity::Close,
            None => Activity::Create,
        }
    }

    fn resource(&self, position: u32) -> Option<Subject<'a>> {
        let resource = self.results.resources.get(position as usize)?;
        let tier = self.results.assignments.get(position as usize)?.tier;
        let arn = resource.identity.arn.as_deref().or_else(|| is_arn(&resource.id).then_some(resource.id.as_ref()));
        let subject = Subject {
            id: &resource.id,
            arn,
            name: resource.name.as_deref(),
            resource_type: resource.resource_type,
            kind: Some(resource.kind),
            provider: resource.provider,
            account: None,
            region: None,
            tier: self.results.tiers.get(usize::from(tier)).map_or("", |tier| &tier.name),
            owner: owner(self.results, resource),
        };
        Some(subject.at(&resource.scope))
    }

    fn of_drift(&'a self, drift: &'a Drift) -> Option<Record<'a>> {
        if !is_told(drift) {
            return None;
        }
        let id = drift.rule_id();
        let position = self.drift_rules.binary_search_by(|rule| rule.id.cmp(&id)).ok()?;
        let rule = self.drift_rules.get(position)?;
        let texts = std::iter::once(words::what(drift)).chain(words::notes(drift));
        let effects = drift.effects.iter().map(|effect| words::effect_on_rule(drift, effect));
        Some(Record {
            uid: drift.fingerprint(),
            rule: RuleWords {
                id: &rule.id,
                name: &rule.name,
                domain: "drift",
                title: &rule.title,
                description: &rule.description,
            },
            severity: drift_rule::matters(drift, Some(rule)),
            verdict: if drift.class.can_fail() { Verdict::Fail } else { Verdict::Unknown },
            activity: Activity::Create,
            messages: texts.chain(effects).map(|text| Cow::Owned(clean(&text).into_owned())).collect(),
            remedy: drift.class.can_fail().then(|| rule.remedy.to_owned()),
            subject: self.drifted(drift),
            location: drift.location(),
            age: None,
            waiver: None,
            standing: None,
            requirements: &[],
            parameters: Vec::new(),
        })
    }

    fn drifted(&self, drift: &'a Drift) -> Subject<'a> {
        let resource = &drift.resource;
        let arn = resource.running_id.as_deref().or_else(|| is_arn(&resource.id).then_some(resource.id.as_ref()));
        let account = resource.scope.account.as_ref();
        let subject = Subject {
            id: &resource.id,
            arn: arn.filter(|arn| is_arn(arn)),
            name: resource.name.as_deref(),
            resource_type: &resource.resource_type,
            kind: resource.kind,
            provider: resource.provider,
            account: None,
            region: None,
            tier: &resource.tier,
            owner: account.and_then(|account| self.results.accounts.get(account)?.owner.clone()),
        };
        subject.at(&resource.scope)
    }
}

impl<'a> Subject<'a> {
    /// Says where it lives: where the source says, else where the ARN says.
    fn at(mut self, scope: &'a Scope) -> Self {
        let part = |position| {
            let part = self.arn.and_then(|arn| arn.split(':').nth(position));
            part.filter(|part| !part.is_empty())
        };
        (self.account, self.region) =
            (scope.account.as_deref().or_else(|| part(4)), scope.region.as_deref().or_else(|| part(3)));
        self
    }
}

fn is_arn(id: &str) -> bool {
    id.starts_with("arn:") && id.matches(':').count() >= 5
}

/// Whether a drift is a record.
pub(super) fn is_told(drift: &Drift) -> bool {
    drift.class.can_fail() || drift.class == DriftClass::Unverifiable
}

/// The requirements that each rule gives evidence for, by the frameworks that were asked for.
fn requirements(results: &Results) -> BTreeMap<&str, Vec<Requirement<'_>>> {
    let mut requirements: BTreeMap<&str, Vec<Requirement<'_>>> = BTreeMap::new();
    for framework in &results.frameworks {
        let standard = format!("{} {}", clean(&framework.name), clean(&framework.edition));
        for control in &framework.controls {
            for rule in &control.rules {
                let requirement = Requirement { standard: standard.clone(), control: &control.id };
                requirements.entry(rule).or_default().push(requirement);
            }
        }
    }
    requirements
}

/// Puts a record into the words of a format, as bytes that end a line; or leaves it out.
type Render<'r> = dyn Fn(&Record<'_>) -> io::Result<Option<Vec<u8>>> + Sync + 'r;

fn write_all<'a, T: Sync>(
    items: &'a [T],
    record: &(dyn Fn(&'a T) -> Option<Record<'a>> + Sync),
    render: &Render<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    for items in items.chunks(AT_ONCE) {
        let texts: Vec<Vec<u8>> =
            items.par_chunks(A_THREAD).map(|items| text_of(items, record, render)).collect::<io::Result<_>>()?;
        texts.iter().try_for_each(|text| out.write_all(text))?;
    }
    Ok(())
}

fn text_of<'a, T>(
    items: &'a [T],
    record: &(dyn Fn(&'a T) -> Option<Record<'a>> + Sync),
    render: &Render<'_>,
) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    for record in items.iter().filter_map(record) {
        text.extend(render(&record)?.unwrap_or_default());
    }
    Ok(text)
}
