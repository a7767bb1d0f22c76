//! A baseline that says only what differs from another.

use std::collections::BTreeMap;

use super::assignment::{pair, tagged, tier};
use super::*;
use crate::model::Tier;

/// What the files of these tests extend.
const BASE: &str = "\
name: base
description: What everybody has.
parameters: {min_backup_retention_days: 7, required_tags: [owner]}
tiers:
  strict: {description: Strict., parameters: {min_backup_retention_days: 35}}
  usual: {}
assign:
  - {tier: strict, tags: {tier: gold}}
  - {tier: usual, default: true}
waivers: {max_days: {high: 30, low: 90}, max_resources: 5}
drift: {approved_modules: [acme/rds/aws], ignore: [{fact: tags.*, reason: r, expires: 2027-01-31}]}
golden_parameters: [{family: postgres16, parameters: {log_statement: ddl}}]
";

/// Loads `child.yaml` from a folder with these files.
fn loaded(files: &[(&str, &str)]) -> Result<Baseline, String> {
    let files: BTreeMap<String, String> =
        files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let read = move |path: &str| {
        let text = files.get(&path.replace('\\', "/").replace("/./", "/"));
        text.map(|text| text.clone().into_bytes()).ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    };
    load("conf/child.yaml", &read, &rules()).map_err(|found| joined(&found))
}

fn child(text: &str) -> Baseline {
    let text = format!("name: child\nextends: base.yaml\n{text}");
    loaded(&[("conf/child.yaml", &text), ("conf/base.yaml", BASE)]).unwrap_or_else(|found| panic!("{found}"))
}

fn values(baseline: &Baseline, name: &str) -> Vec<String> {
    baseline.tiers().iter().map(|tier: &Tier| tier.parameters[name].to_string()).collect()
}

fn used(baseline: &Baseline) -> Vec<String> {
    baseline.on(NOW).rules.iter().map(|rule| rule.id.to_string()).collect()
}

#[test]
fn a_baseline_that_says_nothing_is_the_one_that_it_extends() {
    let baseline = child("");
    assert_eq!(baseline.name(), "child");
    assert_eq!(baseline.description(), "What everybody has.");
    assert_eq!(values(&baseline, "min_backup_retention_days"), ["35", "7"]);
    assert_eq!(used(&baseline).len(), rules().len());
    assert_eq!(tier(&baseline, &tagged(&[("tier", "gold")])), pair("strict", "tag tier=gold"));
    assert_eq!(tier(&baseline, &tagged(&[])), pair("usual", "default tier"));
    assert_eq!(baseline.files(), ["conf/child.yaml".into(), "conf/base.yaml".into()]);
}

#[test]
fn every_file_that_its_digest_is_made_of_is_known_with_its_own() {
    let text = "name: child\nextends: base.yaml\nengines: versions.yaml\n";
    let versions = "retrieved: 2026-01-02\nengines: {ours: {\"1\": {ended: true}}}\n";
    let files = [("conf/child.yaml", text), ("conf/base.yaml", BASE), ("conf/versions.yaml", versions)];
    let baseline = loaded(&files).unwrap();
    let digests = baseline.digests().iter().map(|file| (file.path.as_ref(), file.sha256.to_string()));
    assert_eq!(digests.collect::<Vec<_>>(), files.map(|(path, text)| (path, layers::sha256(text))));
}

#[test]
fn the_nearest_file_decides_and_within_a_file_the_tier() {
    let days = |text: &str| values(&child(text), "min_backup_retention_days");
    assert_eq!(days("tiers: {usual: {parameters: {min_backup_retention_days: 14}}}"), ["35", "14"]);
    // Whoever writes it for every tier means every tier, whatever the other file says of one.
    assert_eq!(days("parameters: {min_backup_retention_days: 14}"), ["14", "14"]);
    let both = "parameters: {min_backup_retention_days: 14}\n\
                tiers: {strict: {parameters: {min_backup_retention_days: 21}}}";
    assert_eq!(days(both), ["21", "14"]);
    assert_eq!(values(&child(both), "required_tags"), ["owner", "owner"]);
}

#[test]
fn entries_of_assign_come_before_those_that_are_extended_and_a_default_replaces_the_default() {
    let more = child("tiers: {lax: {description: Lax.}}\nassign: [{tier: lax, tags: {env: dev}}]\n");
    assert_eq!(more.tiers().iter().map(|tier| &*tier.name).collect::<Vec<_>>(), ["strict", "usual", "lax"]);
    assert_eq!(tier(&more, &tagged(&[("env", "dev"), ("tier", "gold")])), pair("lax", "tag env=dev"));
    assert_eq!(tier(&more, &tagged(&[("tier", "gold")])).0, "strict");
    assert_eq!(tier(&more, &tagged(&[])), pair("usual", "default tier"));
    let other = child("assign: [{tier: strict, default: true}]");
    assert_eq!(tier(&other, &tagged(&[])), pair("strict", "default tier"));
    let none = child("untiered: strict");
    assert_eq!(tier(&none, &tagged(&[])), pair("strict", "untiered, judged as strict: no entry of `assign` matches"));
}

#[test]
fn include_says_the_rules_anew_and_add_and_exclude_change_them() {
    assert_eq!(used(&child("rules: {include: [retention/*]}")), ["DBK-RET-001"]);
    assert_eq!(used(&child("rules: {exclude: [retention/*]}")), ["DBK-AVA-002", "DBK-OWN-001", "DBK-PAR-001"]);
    let few = "name: few\nextends: base.yaml\nrules: {include: [DBK-RET-001, DBK-OWN-001]}\n";
    let of = |rules: &str| {
        let text = format!("name: child\nextends: few.yaml\n{rules}");
        let files = [("conf/child.yaml", text.as_str()), ("conf/few.yaml", few), ("conf/base.yaml", BASE)];
        used(&loaded(&files).unwrap())
    };
    assert_eq!(of(""), ["DBK-OWN-001", "DBK-RET-001"]);
    assert_eq!(of("rules: {add: [parameters/*]}"), ["DBK-OWN-001", "DBK-PAR-001", "DBK-RET-001"]);
    assert_eq!(of("rules: {add: [parameters/*], exclude: [ownership/*]}"), ["DBK-PAR-001", "DBK-RET-001"]);
    assert_eq!(of("rules: all").len(), rules().len());
}

#[test]
fn limits_are_said_anew_one_by_one_and_lists_join() {
    let baseline = child(
        "waivers: {max_days: {high: 10}}\n\
         drift: {approved_modules: [./ours], ignore: [{class: pending, reason: r, expires: 2027-01-31}]}\n\
         golden_parameters: [{family: postgres16, parameters: {log_statement: all}}]\n",
    );
    let limits = baseline.waiver_limits();
    assert_eq!(limits.max_days.values().copied().collect::<Vec<_>>(), [90, 10]);
    assert_eq!(limits.max_resources, 5);
    assert_eq!(baseline.approved_modules().texts(), ["./ours", "acme/rds/aws"]);
    assert!(baseline.approved_modules().approves("acme/rds/aws") && baseline.approved_modules().approves("./ours"));
    assert_eq!(baseline.ignores().iter().map(|rule| rule.what()).collect::<Vec<_>>(), ["class pending", "fact tags.*"]);
    let golden: Vec<String> =
        baseline.golden_parameters().iter().map(|set| set.parameters()["log_statement"].to_string()).collect();
    assert_eq!(golden, ["all", "ddl"]);
}

#[test]
fn engine_versions_join_and_a_file_of_them_says_all_anew() {
    let base = format!("engines: {{postgres: {{\"99\": {{released: 2099-01-01}}}}}}\n{BASE}");
    let of = |text: &str| {
        let text = format!("name: child\nextends: base.yaml\n{text}");
        let versions = "retrieved: 2026-01-02\nengines: {ours: {\"1\": {ended: true}}}\n";
        let files = [("conf/child.yaml", text.as_str()), ("conf/base.yaml", &base), ("conf/versions.yaml", versions)];
        loaded(&files).unwrap()
    };
    let joined = of("engines: {postgres: {\"98\": {released: 2098-01-01}}}");
    assert_eq!(joined.engines()["postgres"]["99"]["released"], "2099-01-01");
    assert_eq!(joined.engines()["postgres"]["98"]["released"], "2098-01-01");
    assert!(joined.engines()["postgres"]["16"].is_object());
    let anew = of("engines: versions.yaml");
    assert_eq!(anew.engines().as_object().unwrap().len(), 1);
    assert_ne!(anew.sha256(), of("").sha256());
}

#[test]
fn the_digest_changes_with_every_file() {
    let of = |base: &str, text: &str| {
        let text = format!("name: child\nextends: base.yaml\n{text}");
        loaded(&[("conf/child.yaml", &text), ("conf/base.yaml", base)]).unwrap().sha256().to_owned()
    };
    let plain = of(BASE, "");
    assert_eq!(plain, of(BASE, ""));
    assert_ne!(plain, of(BASE, "# a comment\n"));
    assert_ne!(plain, of(&format!("{BASE}# a comment\n"), ""));
    assert_eq!(good(GOOD).sha256(), layers::sha256(GOOD));
}

#[test]
fn a_baseline_in_the_binary_is_extended_by_its_name() {
    let text = "name: ours\nextends: standard\ntiers: {tier-1: {parameters: {min_backup_retention_days: 30}}}\n";
    let policies = crate::policy::load_embedded().unwrap();
    let rules: Vec<Arc<Rule>> = policies.iter().map(|policy| Arc::clone(&policy.rule)).collect();
    let baseline = parse("ours.yaml", text, &rules).unwrap();
    assert_eq!(values(&baseline, "min_backup_retention_days"), ["30", "7", "1"]);
    assert_eq!(baseline.files(), ["ours.yaml".into(), "baselines/standard.yaml".into()]);
    assert_eq!(values(&baseline, "required_tags"), ["owner, service", "owner", "owner"]);
}

#[test]
fn a_mistake_is_told_in_the_file_that_has_it() {
    let broken = BASE.replace("min_backup_retention_days: 35", "min_backup_retention_days: 99");
    let text = "name: child\nextends: ./base.yaml\ntiers: {usaul: {}}\n";
    assert_eq!(
        loaded(&[("conf/child.yaml", text), ("conf/base.yaml", &broken)]).unwrap_err(),
        "nothing is assigned to tier `usaul`\n  --> conf/child.yaml:3:9\n   \
         = help: did you mean `usual`? A new tier needs an entry of `assign`\n\
         `min_backup_retention_days` is 99; rule `backup_retention` takes 1 to 35\n  --> conf/base.yaml:5:74\n   \
         = help: its default is `7`"
    );
}

#[test]
fn a_circle_names_the_files_of_it() {
    let files = [
        ("conf/child.yaml", "name: child\nextends: a/b.yaml\n"),
        ("conf/a/b.yaml", "name: b\nextends: ../c.yaml\n"),
        ("conf/a/../c.yaml", "name: c\nextends: ./a/b.yaml\n"),
    ];
    assert_eq!(
        loaded(&files).unwrap_err(),
        "`extends` leads back to `./a/b.yaml`\n  --> conf/c.yaml:2:10\n   \
         = help: take one `extends` out of the circle conf/a/b.yaml -> conf/c.yaml -> conf/a/b.yaml"
    );
    let itself = [("conf/child.yaml", "name: child\nextends: child.yaml\n")];
    assert_eq!(loaded(&itself).unwrap_err().lines().next(), Some("`extends` leads back to `child.yaml`"));
}

#[test]
fn a_chain_has_an_end() {
    let read = |path: &str| {
        let number: u32 = path.trim_matches(|c: char| !c.is_ascii_digit()).parse().unwrap_or(0);
        Ok(format!("name: b\nextends: b{}.yaml\n", number + 1).into_bytes())
    };
    let found = joined(&load("b0.yaml", &read, &rules()).unwrap_err());
    assert!(found.starts_with("more than 8 files extend each other\n  --> b7.yaml:2:10\n"), "{found}");
}

#[test]
fn what_cannot_be_extended_is_told_where_it_is_named() {
    let of = |extends: &str| loaded(&[("conf/child.yaml", &format!("name: child\nextends: {extends}\n"))]).unwrap_err();
    assert_eq!(
        of("standrad"),
        "no baseline is named `standrad`\n  --> conf/child.yaml:2:10\n   = help: did you mean `standard`?"
    );
    assert_eq!(
        of("nowhere.yaml").lines().take(2).collect::<Vec<_>>(),
        ["`conf/nowhere.yaml` cannot be read: entity not found", "  --> conf/child.yaml:2:10"]
    );
    assert_eq!(
        of("[standard]"),
        "`extends` is a list, not a text\n  --> conf/child.yaml:2:10\n   = help: write one text"
    );
    assert_eq!(
        errors(&GOOD.replace("tiers:\n", "rules: {add: [retention/*]}\ntiers:\n")),
        "`add` has nothing to add to\n  --> b.yaml:2:14\n   \
         = help: write `include`, or say with `extends` which baseline it adds to"
    );
}
