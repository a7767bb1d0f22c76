//! `dbkeel scan` against `jq empty` on the same generated plans, in the same run.
//!
//! `jq empty` merely parses the file; a scan parses it, maps it to facts, judges every rule and writes the report. For
//! each size the commands take turns.
//!
//! ```text
//! cargo bench --bench scan                  2,000 and 20,000 databases
//! cargo bench --bench scan -- 500 5000      other sizes
//! ```
// The fleet's resources are written as one `json!` each.
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
    pub(crate) mod fleet;
}
#[path = "shared/timing.rs"]
mod timing;

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use integration::fleet::Fleet;
use timing::{Sample, in_turns, print_growth, print_table};

const DBKEEL: &str = env!("CARGO_BIN_EXE_dbkeel");
const AS_OF: &str = "2026-11-22T00:00:00Z";
const SEED: u64 = 20_261_122;

fn main() {
    let asked: Vec<usize> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![2_000, 20_000] } else { asked };
    println!("{} cores, dbkeel {DBKEEL}", std::thread::available_parallelism().map_or(0, usize::from));
    let mut measured: Vec<(usize, Vec<Sample>)> = Vec::new();
    for size in sizes {
        let plan = plan_of(size);
        let bytes = fs::metadata(&plan).expect("the plan was just written").len();
        println!("\n{size} databases, {:.1} MB, {} bytes each", bytes as f64 / 1e6, bytes / size as u64);
        let samples = measure(&plan, if size >= 10_000 { 5 } else { 9 });
        print_table(&samples, bytes);
        measured.push((size, samples));
    }
    print_growth(&measured);
}

/// Writes the plan of a fleet once; later runs reuse nothing, so that a changed generator cannot hide.
fn plan_of(databases: usize) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench");
    fs::create_dir_all(&folder).expect("target/bench can be made");
    let path = folder.join(format!("fleet-{databases}.json"));
    let mut out = BufWriter::new(File::create(&path).expect("target/bench can be written"));
    Fleet { databases, seed: SEED }.write(&mut out).and_then(|()| out.flush()).expect("the plan is written");
    path
}

fn measure(plan: &Path, rounds: usize) -> Vec<Sample> {
    let plan = plan.to_str().expect("the path is text");
    let report = format!("{plan}.sarif");
    let sarif = format!("sarif-github={report}");
    let scan = [DBKEEL, "scan", plan, "--as-of", AS_OF, "--output"];
    let commands: [(&'static str, Vec<&str>); 3] = [
        ("jq empty", vec!["jq", "empty", plan]),
        ("scan, table", [&scan[..], &["table"]].concat()),
        ("scan, sarif-github", [&scan[..], &[sarif.as_str()]].concat()),
    ];
    in_turns(&commands, rounds)
}
