//! `dbkeel drift` of a generated fleet against `jq empty` on the same files, in the same run: what the AWS provider records of
//! every database, in four states, against an inventory of the databases.
//!
//! ```text
//! cargo bench --bench drift                 10,000 and 100,000 databases
//! cargo bench --bench drift -- 500 5000     other sizes
//! ```
#![recursion_limit = "512"]
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "../tests/integration"]
mod integration {
    pub(crate) mod fleet {
        pub(crate) mod dice;
    }
    pub(crate) mod drift {
        #[allow(dead_code, reason = "the tests use the rest of it")]
        pub(crate) mod recorded;
    }
}
#[path = "inventory/running.rs"]
mod running;
#[path = "shared/timing.rs"]
mod timing;

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use dbkeel::source::aws::ScopeReplies;
use dbkeel::source::inventory_file::{Header, Manifest, Origin, write};
use serde_json::{Value, json};

use integration::drift::recorded;
use integration::fleet::dice::Dice;
use timing::{Sample, in_turns, print_growth, print_table};

const DBKEEL: &str = env!("CARGO_BIN_EXE_dbkeel");
const AS_OF: &str = "2026-11-22T00:00:00Z";
const SEED: u64 = 20_261_122;
const STATES: usize = 4;
const DRIFTS: usize = 100;
const PROVIDER: &str = "registry.terraform.io/hashicorp/aws";

fn main() {
    let asked: Vec<usize> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![10_000, 100_000] } else { asked };
    println!("{} cores, dbkeel {DBKEEL}", std::thread::available_parallelism().map_or(0, usize::from));
    let mut measured: Vec<(usize, Vec<Sample>)> = Vec::new();
    for size in sizes {
        let files = Files::write(size);
        let bytes =
            |files: &[PathBuf]| -> u64 { files.iter().map(|file| fs::metadata(file).expect("written").len()).sum() };
        let (declared, running) = (bytes(&files.raw), bytes(std::slice::from_ref(&files.running)));
        println!(
            "\n{size} databases: states {:.1} MB (shown {:.1} MB), inventory {:.1} MB",
            declared as f64 / 1e6,
            bytes(&files.shown) as f64 / 1e6,
            running as f64 / 1e6,
        );
        let samples = measure(&files, if size >= 50_000 { 3 } else { 5 });
        print_table(&samples, declared + running);
        measured.push((size, samples));
    }
    print_growth(&measured);
}

/// The two sides, and the declared one in another form, and with drifts.
struct Files {
    running: PathBuf,
    raw: Vec<PathBuf>,
    shown: Vec<PathBuf>,
    drifted: Vec<PathBuf>,
}

impl Files {
    fn write(databases: usize) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench");
        fs::create_dir_all(&folder).expect("target/bench can be made");
        let mut fleet = running::fleet(databases, SEED, AS_OF);
        fleet.iter_mut().for_each(with_insights);
        let place = |name: &str| folder.join(format!("drift-{databases}-{name}"));
        let parts = |name: &str| (0..STATES).map(|part| place(&format!("{part}.{name}"))).collect();
        let files = Self {
            running: place("running.jsonl"),
            raw: parts("tfstate"),
            shown: parts("shown.json"),
            drifted: parts("drifted.tfstate"),
        };
        let header = Header::new(Origin::Aws, AS_OF, serde_json::Map::new());
        let manifest = Manifest { finished_at: AS_OF.into(), missing: Vec::new() };
        let mut databases = Databases { number: 0, every: (databases / DRIFTS).max(1), dice: Dice::new(SEED, 7) };
        for (part, scopes) in fleet.chunks(fleet.len().div_ceil(STATES)).enumerate() {
            let states = [(&files.raw, Form::Raw), (&files.shown, Form::Shown), (&files.drifted, Form::Raw)];
            let mut out = states.map(|(paths, form)| State::new(&paths[part], form));
            for scope in scopes {
                databases.of_scope(scope, &mut out);
            }
            out.into_iter().for_each(State::finish);
        }
        // Few scopes make fewer states.
        let written = |paths: Vec<PathBuf>| paths.into_iter().take(fleet.len().min(STATES)).collect();
        write(&files.running, &header, &fleet, &manifest).expect("the inventory is written");
        Self { raw: written(files.raw), shown: written(files.shown), drifted: written(files.drifted), ..files }
    }
}

/// What AWS tells of every database whose Performance Insights are on: a key, and how long they are kept.
fn with_insights(scope: &mut ScopeReplies) {
    let part = |part: &Option<std::sync::Arc<str>>| part.as_deref().expect("a scope has a place").to_owned();
    let key = format!("arn:aws:kms:{}:{}:key/0", part(&scope.scope.region), part(&scope.scope.account));
    for item in scope.items.iter_mut().filter(|item| item.value["PerformanceInsightsEnabled"] == true) {
        item.value["PerformanceInsightsKMSKeyId"] = key.as_str().into();
        item.value["PerformanceInsightsRetentionPeriod"] = 7.into();
    }
}

/// Records databases, and makes every so many of them drift.
struct Databases {
    number: usize,
    every: usize,
    dice: Dice,
}

impl Databases {
    fn of_scope(&mut self, scope: &ScopeReplies, out: &mut [State; 3]) {
        let of = |call: &'static str| scope.items.iter().filter(move |item| item.operation.to_string() == call);
        for group in of("rds:DescribeDBParameterGroups").map(|item| &item.value) {
            let name = &group["DBParameterGroupName"];
            let mut parameters = of("rds:DescribeDBParameters");
            let set = parameters.find(|item| item.of.as_deref() == name.as_str());
            let set = set.map_or(&Value::Null, |item| &item.value["Parameters"]);
            let recorded = recorded::parameter_group(group, name, &group["DBParameterGroupArn"], set);
            out.iter_mut().for_each(|state| state.add("aws_db_parameter_group", &recorded));
        }
        for object in of("rds:DescribeDBInstances").map(|item| &item.value) {
            let mut recorded = recorded::instance(object);
            let [raw, shown, drifted] = out;
            raw.add("aws_db_instance", &recorded);
            shown.add("aws_db_instance", &recorded);
            if self.number.is_multiple_of(self.every) {
                self.alter(&mut recorded);
            }
            drifted.add("aws_db_instance", &recorded);
            self.number += 1;
        }
    }

    /// Somebody recorded another value of one attribute.
    fn alter(&mut self, recorded: &mut Value) {
        let attribute = self.dice.pick(&[
            "multi_az",
            "deletion_protection",
            "publicly_accessible",
            "backup_retention_period",
            "instance_class",
        ]);
        recorded[attribute] = match &recorded[attribute] {
            Value::Bool(is) => json!(!is),
            Value::Number(days) => json!(days.as_u64().expect("a number of days") + 1),
            _ => json!("db.x2g.large"),
        };
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// As Terraform stores it.
    Raw,
    /// As `terraform show -json` prints it.
    Shown,
}

/// A state that is being written: one resource a database.
struct State {
    out: BufWriter<File>,
    form: Form,
    resources: usize,
}

impl State {
    fn new(path: &Path, form: Form) -> Self {
        let mut out = BufWriter::new(File::create(path).expect("target/bench can be written"));
        let head = match form {
            Form::Raw => {
                r#"{"version":4,"terraform_version":"1.11.4","serial":7,"lineage":"2c8a4a0e-5a51-4c5b-8d0c-4d1f5e7a9b30","outputs":{},"resources":["#
            }
            Form::Shown => {
                r#"{"format_version":"1.0","terraform_version":"1.11.4","values":{"root_module":{"resources":["#
            }
        };
        out.write_all(head.as_bytes()).expect("written");
        Self { out, form, resources: 0 }
    }

    fn add(&mut self, kind: &str, values: &Value) {
        let name = format!("r{}", self.resources);
        let resource = match self.form {
            Form::Raw => {
                json!({"mode": "managed", "type": kind, "name": name, "provider": format!("provider[\"{PROVIDER}\"]"),
                "instances": [{"schema_version": 2, "attributes": values, "sensitive_attributes":
                    [[{"type": "get_attr", "value": "password"}]], "private": "bnVsbA=="}]})
            }
            Form::Shown => json!({"address": format!("{kind}.{name}"), "mode": "managed", "type": kind, "name": name,
                "provider_name": PROVIDER, "schema_version": 2, "values": values, "sensitive_values": {"password": true}}),
        };
        let comma = if self.resources == 0 { "" } else { "," };
        write!(self.out, "{comma}{resource}").expect("written");
        self.resources += 1;
    }

    fn finish(mut self) {
        let tail = if self.form == Form::Raw { r#"],"check_results":null}"# } else { "]}}}" };
        writeln!(self.out, "{tail}").expect("written");
    }
}

fn measure(files: &Files, rounds: usize) -> Vec<Sample> {
    let text = |path: &PathBuf| path.to_str().expect("the path is text").to_owned();
    let running = text(&files.running);
    let all = |paths: &[PathBuf]| paths.iter().map(text).collect::<Vec<_>>();
    let (raw, shown, drifted) = (all(&files.raw), all(&files.shown), all(&files.drifted));
    let words = |head: &[&'static str], declared: &[String], tail: &[&str]| -> Vec<String> {
        let head = head.iter().map(|word| (*word).to_owned());
        head.chain(declared.iter().cloned()).chain(tail.iter().map(|word| (*word).to_owned())).collect()
    };
    let drift = |declared: &[String], output: &str| {
        let tail = ["--running", &running, "--as-of", AS_OF, "--output", output];
        words(&[DBKEEL, "drift", "--declared"], declared, &tail)
    };
    let commands = [
        ("jq empty", words(&["jq", "empty"], &raw, &[&running])),
        ("drift, none", drift(&raw, "table")),
        ("of shown states", drift(&shown, "table")),
        ("drift of 100", drift(&drifted, "table")),
        ("drift of 100, json", drift(&drifted, "json")),
    ];
    let commands: Vec<(&'static str, Vec<&str>)> =
        commands.iter().map(|(name, words)| (*name, words.iter().map(String::as_str).collect())).collect();
    in_turns(&commands, rounds)
}
