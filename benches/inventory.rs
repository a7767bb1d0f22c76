//! `dbkeel scan` of a generated inventory against `jq empty` on the same file, in the same run.
//!
//! `jq empty` merely parses the lines; a scan parses and verifies them, maps them to facts, judges every rule and writes the
//! report.
//!
//! ```text
//! cargo bench --bench inventory                 10,000 and 100,000 databases
//! cargo bench --bench inventory -- 500 5000     other sizes
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
}
#[path = "inventory/running.rs"]
mod running;
#[path = "shared/timing.rs"]
mod timing;

use std::fs;
use std::path::{Path, PathBuf};

use dbkeel::source::inventory_file::{Header, Manifest, Origin, write};
use timing::{Sample, in_turns, print_growth, print_table};

const DBKEEL: &str = env!("CARGO_BIN_EXE_dbkeel");
const AS_OF: &str = "2026-11-22T00:00:00Z";
const SEED: u64 = 20_261_122;

fn main() {
    let asked: Vec<usize> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![10_000, 100_000] } else { asked };
    println!("{} cores, dbkeel {DBKEEL}", std::thread::available_parallelism().map_or(0, usize::from));
    let mut measured: Vec<(usize, Vec<Sample>)> = Vec::new();
    for size in sizes {
        let [inventory, compressed] = ["jsonl", "jsonl.zst"].map(|extension| inventory_of(size, extension));
        let [bytes, small] =
            [&inventory, &compressed].map(|path| fs::metadata(path).expect("it was just written").len());
        println!(
            "\n{size} databases, {:.1} MB ({:.1} MB compressed), {} bytes each",
            bytes as f64 / 1e6,
            small as f64 / 1e6,
            bytes / size as u64
        );
        let samples = measure(&inventory, &compressed, if size >= 50_000 { 3 } else { 5 });
        print_table(&samples, bytes);
        measured.push((size, samples));
    }
    print_growth(&measured);
}

fn inventory_of(databases: usize, extension: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench");
    fs::create_dir_all(&folder).expect("target/bench can be made");
    let path = folder.join(format!("running-{databases}.{extension}"));
    let header = Header::new(Origin::Aws, AS_OF, serde_json::Map::new());
    let manifest = Manifest { finished_at: AS_OF.into(), missing: Vec::new() };
    write(&path, &header, &running::fleet(databases, SEED, AS_OF), &manifest).expect("the inventory is written");
    path
}

fn measure(inventory: &Path, compressed: &Path, rounds: usize) -> Vec<Sample> {
    let [inventory, compressed] = [inventory, compressed].map(|path| path.to_str().expect("the path is text"));
    let sarif = format!("sarif-github={inventory}.sarif");
    let scan = |path| [DBKEEL, "scan", path, "--as-of", AS_OF, "--output"];
    let commands: [(&'static str, Vec<&str>); 4] = [
        ("jq empty", vec!["jq", "empty", inventory]),
        ("scan, table", [&scan(inventory)[..], &["table"]].concat()),
        ("scan, sarif-github", [&scan(inventory)[..], &[sarif.as_str()]].concat()),
        ("scan of .zst", [&scan(compressed)[..], &["table"]].concat()),
    ];
    in_turns(&commands, rounds)
}
