//! Our verdicts against what other tools' authors wrote down, on their own plans; `testdata/peer-rules.yaml` has the
//! correspondence, and a reason for every difference.

use std::collections::BTreeMap;
use std::path::Path;

use globset::Glob;
use serde::Deserialize;
use serde_json::Value;

use super::command::{AS_OF, Scanned, dbkeel, list, root, shared, text};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    rules: Vec<Line>,
    differences: Vec<Difference>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    peer: String,
    ours: Vec<String>,
    #[serde(default)]
    relation: Relation,
    why: String,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Relation {
    #[default]
    Same,
    Stricter,
    Laxer,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Difference {
    case: String,
    peer: String,
    #[serde(default)]
    resource: Option<String>,
    ours: String,
    why: String,
}

/// One row of the truth: what a peer's rule says of a case or of one of its resources.
struct Row {
    case: String,
    plan: String,
    peer: String,
    resource: Option<String>,
    expected: &'static str,
}

#[test]
fn every_line_of_the_table_names_rules_that_exist_and_gives_a_reason() {
    let listed = dbkeel(["policy", "list"]).text();
    for line in table().rules {
        assert!(!line.why.is_empty(), "{}", line.peer);
        for rule in line.ours {
            assert!(listed.split_whitespace().any(|word| word == rule), "{}: there is no rule `{rule}`", line.peer);
        }
    }
}

#[test]
fn our_verdict_is_the_expected_one_or_a_line_says_why_not() {
    let Some(corpus) = shared("corpus") else { return };
    let (table, covered) = (table(), by_catalogue());
    let mut scans: BTreeMap<String, Scanned> = BTreeMap::new();
    let (mut compared, mut unmapped, mut complaints) = (0, Vec::new(), Vec::new());
    for row in rows(&corpus.join("manifest.jsonl")) {
        let Some(line) = table.line(&row).or_else(|| covered.line(&row)) else {
            unmapped.push(format!("{} ({})", row.peer, row.case));
            continue;
        };
        if line.ours.is_empty() {
            continue;
        }
        compared += 1;
        let scanned = scans.entry(row.plan.clone()).or_insert_with(|| scan_as_peers(&corpus.join(&row.plan)));
        let verdict = verdict(scanned, &line, &row);
        let difference = table.difference(&row);
        match difference {
            Some(difference) if difference.ours == verdict => {}
            Some(difference) => {
                complaints.push(format!("{}: the table says `{}`, it is `{verdict}`", row.name(), difference.ours))
            }
            None if agrees(line.relation, row.expected, &verdict) => {}
            None => complaints.push(format!("{}: expected `{}`, ours is `{verdict}`", row.name(), row.expected)),
        }
    }
    unmapped.sort();
    unmapped.dedup();
    eprintln!(
        "truth: {compared} verdicts compared; {} peer rules without a line: {}",
        unmapped.len(),
        unmapped.join(", ")
    );
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
    assert!(compared >= 8, "the corpus has verdicts to compare");
}

fn scan_as_peers(plan: &Path) -> Scanned {
    let plan = plan.to_str().expect("a path of text");
    let words =
        ["scan", plan, "--baseline", "testdata/peer-baseline.yaml", "--as-of", AS_OF, "--output", "json", "--quiet"];
    Scanned::read(&dbkeel(words).judged().stdout)
}

fn agrees(relation: Relation, expected: &str, ours: &str) -> bool {
    match (expected, ours) {
        ("pass", "pass" | "not_applicable") | ("fail", "fail") => true,
        ("pass", "fail") => matches!(relation, Relation::Stricter),
        ("fail", "pass" | "not_applicable") => matches!(relation, Relation::Laxer),
        _ => false,
    }
}

/// What our rules together say of the row's resource, or of the whole case.
fn verdict(scanned: &Scanned, line: &Line, row: &Row) -> String {
    let of_row = line.ours.iter().flat_map(|rule| scanned.of_rule(rule));
    let verdicts: Vec<&str> = of_row
        .filter(|(id, _)| row.resource.as_deref().is_none_or(|wanted| wanted == *id))
        .map(|(_, verdict)| verdict)
        .collect();
    let worst_first = ["error", "fail", "unknown", "pass", "not_applicable"];
    worst_first.into_iter().find(|wanted| verdicts.contains(wanted)).unwrap_or("none").to_owned()
}

impl Table {
    fn line(&self, row: &Row) -> Option<Line> {
        let fits = |line: &&Line| Glob::new(&line.peer).expect("a glob").compile_matcher().is_match(&row.peer);
        self.rules.iter().find(fits).cloned()
    }

    fn difference(&self, row: &Row) -> Option<&Difference> {
        let found = self
            .differences
            .iter()
            .find(|one| one.case == row.case && one.peer == row.peer && one.resource == row.resource);
        found.inspect(|difference| assert!(!difference.why.is_empty(), "{}", difference.case))
    }
}

impl Row {
    fn name(&self) -> String {
        format!("{} {} {}", self.case, self.peer, self.resource.as_deref().unwrap_or("(the whole case)"))
    }
}

fn table() -> Table {
    let text = std::fs::read_to_string(root().join("testdata/peer-rules.yaml")).expect("the table is here");
    serde_saphyr::from_str(&text).expect("the table is well-formed")
}

/// The correspondence that the rules' own `covers` gives, through the catalogue of controls, for peers that the table
/// does not name.
fn by_catalogue() -> Table {
    let mut rules = Vec::new();
    if let Some(path) = shared("controls/catalogue.json") {
        let controls: Value = serde_json::from_slice(&std::fs::read(path).expect("readable")).expect("JSON");
        let run = dbkeel(["scan", super::inputs::SAMPLE, "--output", "json", "--quiet"]).judged();
        let ours = Scanned::read(&run.stdout).document;
        for control in list(&controls) {
            let covers = |rule: &&Value| list(&rule["covers"]).contains(&control["id"]);
            let names: Vec<String> =
                list(&ours["rules"]).iter().filter(covers).map(|rule| text(&rule["name"]).to_owned()).collect();
            let peers = control["peers"].as_object().into_iter().flatten();
            let ids = peers.flat_map(|(tool, ids)| list(ids).iter().map(move |id| format!("{tool}:{}", text(id))));
            rules.extend(ids.filter(|_| !names.is_empty()).map(|peer| Line {
                peer: globset::escape(&peer),
                ours: names.clone(),
                relation: Relation::Same,
                why: format!("both answer the control `{}`", text(&control["id"])),
            }));
        }
    }
    Table { rules, differences: Vec::new() }
}

/// The truth about plans that have databases, one resource or one case a row.
fn rows(manifest: &Path) -> Vec<Row> {
    let text_of_manifest = std::fs::read_to_string(manifest).expect("the manifest is here");
    let cases = text_of_manifest.lines().map(|line| serde_json::from_str::<Value>(line).expect("a line of JSON"));
    let mut rows = Vec::new();
    for case in cases.filter(|case| case["kind"] == "plan" && case["db"] != "none") {
        let plan = format!("{}/{}", text(&case["path"]), text(&case["files"][0]));
        for truth in list(&case["truth"]) {
            let expected = match truth["expected"].as_str() {
                Some("pass") => "pass",
                Some("fail" | "warn") => "fail",
                _ => continue,
            };
            if !matches!(truth["scope"].as_str(), Some("case" | "resource")) {
                continue;
            }
            rows.push(Row {
                case: text(&case["case_id"]).to_owned(),
                plan: plan.clone(),
                peer: text(&truth["peer_rule_id"]).to_owned(),
                resource: truth["resource_address"].as_str().map(str::to_owned),
                expected,
            });
        }
    }
    rows
}
