//! The truths of the corpus: what a peer's rule says of a case, or of one of its resources.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::integration::command::{AS_OF, Ran, Scanned, dbkeel, list, text};

/// One truth.
pub(super) struct Row {
    pub(super) case: String,
    /// The files that are judged.
    pub(super) input: Input,
    pub(super) peer: String,
    pub(super) resource: Option<String>,
    /// The filters of a peer that counts matches, as JSON.
    pub(super) filters: String,
    /// The peer's test.
    pub(super) test: String,
    pub(super) expected: Expected,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Input {
    /// A plan or a state.
    Terraform(PathBuf),
    /// Recorded replies; of calls that list everything and were made several times, the first: what the peer's filter saw.
    Replies(Vec<PathBuf>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    Pass,
    Fail,
    /// That many resources.
    Matches(u64),
    /// That it cannot be read.
    Refused,
}

impl Row {
    pub(super) fn name(&self) -> String {
        let of = self.resource.as_deref().or(Some(self.test.as_str()).filter(|test| !test.is_empty()));
        format!("{} {} {}", self.case, self.peer, of.unwrap_or("(the whole case)"))
    }
}

/// The members by which a resource has its name.
const NAMES: [&str; 5] = [
    "DBInstanceIdentifier",
    "DBClusterIdentifier",
    "DBClusterSnapshotIdentifier",
    "DBParameterGroupName",
    "DBClusterParameterGroupName",
];

impl Row {
    /// The name that the peer's filter wants: `{"DBClusterIdentifier": "a"}`, or the same by `key` and `value`.
    pub(super) fn name_wanted(&self) -> Option<String> {
        let filters: Value = serde_json::from_str(&self.filters).ok()?;
        let of_filter = |filter: &Value| {
            let by_key = NAMES.iter().any(|name| filter["key"] == *name).then(|| &filter["value"]);
            let named = by_key.or_else(|| NAMES.iter().find_map(|name| filter.get(name)));
            named.and_then(Value::as_str).map(str::to_owned)
        };
        list(&filters).iter().find_map(of_filter)
    }
}

/// The truths about cases that have databases.
pub(super) fn rows(corpus: &Path) -> Vec<Row> {
    let manifest = std::fs::read_to_string(corpus.join("manifest.jsonl")).expect("the manifest is here");
    let cases = manifest.lines().map(|line| serde_json::from_str::<Value>(line).expect("a line of JSON"));
    let judged = judged_types();
    let has_database =
        |case: &Value| case["db"] != "none" || list(&case["resource_types"]).iter().any(|of| judged.contains(text(of)));
    let mut rows = Vec::new();
    for case in cases.filter(has_database) {
        let input = input(corpus, &case);
        for truth in list(&case["truth"]) {
            let Some(expected) = expected(truth, &input) else { continue };
            rows.push(Row {
                case: text(&case["case_id"]).to_owned(),
                input: input.clone(),
                peer: text(&truth["peer_rule_id"]).to_owned(),
                resource: truth["resource_address"].as_str().map(str::to_owned),
                filters: truth.get("filters").map(Value::to_string).unwrap_or_default(),
                test: truth["test"].as_str().and_then(|test| test.rsplit("::").next()).unwrap_or_default().to_owned(),
                expected,
            });
        }
    }
    rows
}

fn judged_types() -> BTreeSet<&'static str> {
    dbkeel::facts::CATALOGUE.iter().flat_map(|def| def.terraform.iter().map(|(of, _)| *of)).collect()
}

fn expected(truth: &Value, input: &Input) -> Option<Expected> {
    if !matches!(truth["scope"].as_str(), Some("case" | "resource")) {
        return None;
    }
    match truth["expected"].as_str()? {
        "pass" => Some(Expected::Pass),
        "fail" | "warn" => Some(Expected::Fail),
        "match-count" => truth["expected_match_count"].as_u64().map(Expected::Matches),
        "error" if matches!(input, Input::Replies(_)) => Some(Expected::Refused),
        _ => None,
    }
}

fn input(corpus: &Path, case: &Value) -> Input {
    let path = |file: &Value| corpus.join(text(&case["path"])).join(text(file));
    let files = list(&case["files"]);
    if case["kind"] != "live" {
        return Input::Terraform(path(&files[0]));
    }
    let is_first = |file: &&Value| {
        let name = text(file).trim_end_matches(".json");
        // What is asked of one thing after the other.
        if ["Attributes", "DescribeKey"].iter().any(|call| name.contains(call)) {
            return true;
        }
        let of_call = name.rsplit_once('_').filter(|(_, number)| number.bytes().all(|byte| byte.is_ascii_digit()));
        of_call.is_none_or(|(_, number)| number == "1")
    };
    Input::Replies(files.iter().filter(is_first).map(path).collect())
}

/// What becomes of an input, with the thresholds of the peers.
pub(super) enum Outcome {
    Judged(Box<Scanned>),
    /// It cannot be read, and one error says so.
    Refused,
}

pub(super) fn judge(input: &Input) -> Outcome {
    match input {
        Input::Terraform(path) => scan(path),
        Input::Replies(paths) => {
            let folder = tempfile::tempdir().expect("a folder");
            let (replies, inventory) = (folder.path().join("replies"), folder.path().join("running.jsonl"));
            std::fs::create_dir(&replies).expect("a folder");
            for path in paths {
                std::fs::copy(path, replies.join(path.file_name().expect("a name"))).expect("copied");
            }
            let words = ["collect", "import", as_text(&replies), "--to", as_text(&inventory), "--as-of", AS_OF];
            // Recordings of parameters and the like do not say where they are.
            let ran = dbkeel(words.into_iter().chain(["--account", "123456789012", "--region", "us-east-1"]));
            if ran.status == 0 { scan(&inventory) } else { refused(ran) }
        }
    }
}

fn scan(path: &Path) -> Outcome {
    let words = ["scan", as_text(path), "--baseline", "testdata/peer-baseline.yaml", "--as-of", AS_OF];
    let ran = dbkeel(words.into_iter().chain(["--output", "json", "--quiet"]));
    if ran.status == 2 {
        return refused(ran);
    }
    Outcome::Judged(Box::new(Scanned::read(&ran.judged().stdout)))
}

fn refused(ran: Ran) -> Outcome {
    drop(ran.refused());
    Outcome::Refused
}

fn as_text(path: &Path) -> &str {
    path.to_str().expect("a path of text")
}
