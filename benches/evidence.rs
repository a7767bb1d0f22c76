//! `dbkeel evidence pack` and `verify` of a generated fleet, against `sha256sum` over the same bytes and a plain scan.
//!
//! Packing judges, writes every report and digests it; verifying digests again, judges again and compares. Both together
//! should take less than three times `sha256sum` over the bundle plus one scan.
//!
//! ```text
//! cargo bench --bench evidence              10,000 databases
//! cargo bench --bench evidence -- 500       another size
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
#[path = "inventory/running.rs"]
mod running;
#[path = "shared/timing.rs"]
mod timing;

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use dbkeel::source::inventory_file::{Header, Manifest, Origin, write};
use integration::fleet::Fleet;
use timing::{Sample, in_turns, print_growth, print_table};

const DBKEEL: &str = env!("CARGO_BIN_EXE_dbkeel");
const AS_OF: &str = "2026-11-22T00:00:00Z";
const SEED: u64 = 20_261_122;
const ROUNDS: usize = 7;

fn main() {
    let asked: Vec<usize> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![10_000] } else { asked };
    println!("{} cores, dbkeel {DBKEEL}", std::thread::available_parallelism().map_or(0, usize::from));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench");
    fs::create_dir_all(&folder).expect("target/bench can be made");
    let mut measured: Vec<(usize, Vec<Sample>)> = Vec::new();
    for size in sizes {
        for (what, input) in [("running", inventory_of(&folder, size)), ("planned", plan_of(&folder, size))] {
            let samples =
                measure(&format!("{size} databases, {what}"), &input, &folder.join(format!("evidence-{size}")));
            measured.push((size, samples));
        }
    }
    print_growth(&measured);
}

fn inventory_of(folder: &Path, databases: usize) -> PathBuf {
    let path = folder.join(format!("evidence-{databases}.jsonl"));
    let header = Header::new(Origin::Aws, AS_OF, serde_json::Map::new());
    let manifest = Manifest { finished_at: AS_OF.into(), missing: Vec::new() };
    write(&path, &header, &running::fleet(databases, SEED, AS_OF), &manifest).expect("the inventory is written");
    path
}

fn plan_of(folder: &Path, databases: usize) -> PathBuf {
    let path = folder.join(format!("evidence-{databases}.json"));
    let mut out = BufWriter::new(File::create(&path).expect("target/bench can be written"));
    Fleet { databases, seed: SEED }.write(&mut out).and_then(|()| out.flush()).expect("the plan is written");
    path
}

fn measure(what: &str, input: &Path, bundle: &Path) -> Vec<Sample> {
    let [input, bundle] = [input, bundle].map(|path| path.to_str().expect("the path is text"));
    let sums = format!("cd '{bundle}' && exec sha256sum --strict --quiet -c SHA256SUMS");
    let commands: [(&'static str, Vec<&str>); 5] = [
        // Evidence is never written over anything.
        ("(rm)", vec!["rm", "-rf", bundle]),
        ("evidence pack", vec![DBKEEL, "evidence", "pack", bundle, input, "--as-of", AS_OF]),
        ("evidence verify", vec![DBKEEL, "evidence", "verify", bundle]),
        ("sha256sum -c", vec!["sh", "-c", &sums]),
        ("scan, table", vec![DBKEEL, "scan", input, "--as-of", AS_OF]),
    ];
    let samples = in_turns(&commands, ROUNDS);
    println!("\n{what}: a bundle of {:.1} MB", size_of(Path::new(bundle)) as f64 / 1e6);
    print_table(&samples[1..], size_of(Path::new(bundle)));
    let [pack, verify, sha256sum, scan] = [1, 2, 3, 4].map(|position: usize| Sample::median(&samples[position]));
    println!(
        "pack and verify take {:.3} s, {:.2} of 3 x sha256sum + scan, which is {:.3} s",
        pack + verify,
        (pack + verify) / (3.0 * sha256sum + scan),
        3.0 * sha256sum + scan
    );
    fs::remove_dir_all(bundle).expect("the bundle is there");
    samples
}

fn size_of(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).expect("the bundle is there").map(|entry| entry.expect("an entry"));
    let size = |entry: fs::DirEntry| match entry.path().is_dir() {
        true => size_of(&entry.path()),
        false => entry.metadata().expect("there").len(),
    };
    entries.map(size).sum()
}
