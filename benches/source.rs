//! What the source costs: `dbkeel scan` of a folder against `terraform fmt -check -recursive` on the same tree, and
//! `dbkeel scan` of a plan with the lines of its findings against the same without, all in the same run.
//!
//! `terraform fmt` reads and lays out every file; a scan reads them, evaluates them, judges every rule and writes the
//! report. The commands take turns, so that a slow moment of the machine hits all of them. Processor time and peak memory
//! are the kernel's own figures for the child (`/usr/bin/time`).
//!
//! ```text
//! cargo bench --bench source                2,000 files with 10 resources each
//! cargo bench --bench source -- 500         so many files
//! ```
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
#[path = "source/tree.rs"]
mod tree;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use tree::Tree;

const DBKEEL: &str = env!("CARGO_BIN_EXE_dbkeel");
const AS_OF: &str = "2026-11-22T00:00:00Z";
const SEED: u64 = 20_261_122;
const ROUNDS: usize = 5;

fn main() {
    let files = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(2_000);
    println!("{} cores, dbkeel {DBKEEL}", std::thread::available_parallelism().map_or(0, usize::from));
    let has_terraform = Command::new("terraform").arg("version").stdout(Stdio::null()).status().is_ok();
    if !has_terraform {
        println!("\n!!! terraform is not installed: `terraform fmt` is SKIPPED, so nothing is compared with it !!!");
    }
    // A service has ten files, eight of them of databases.
    let many = Tree { platform: files / 2, services: files / 20, seed: SEED };
    compare("half in one root module, half in many", "source-many", &many, has_terraform);
    let one = Tree { platform: files, services: 0, seed: SEED };
    compare("one root module", "source-one", &one, has_terraform);
}

fn compare(title: &str, name: &str, tree: &Tree, has_terraform: bool) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("target/bench can be written");
    }
    // So that paths are told from here, whatever repository this one is in.
    fs::create_dir_all(folder.join("tree/.git")).expect("target/bench can be made");
    let plan = folder.join("tfplan.json");
    let written = tree.write(&folder.join("tree"), &plan).expect("the tree is written");
    let (files, blocks) = (written.files, written.blocks);
    println!("\n{title}: {files} files, {blocks} resources and more by modules, {:.1} MB", written.bytes as f64 / 1e6);
    let samples = measure(&folder, &plan, has_terraform);
    print_table(&samples);
    print_ratios(&samples);
}

/// What one command took, over all of its runs.
struct Sample {
    name: &'static str,
    wall: Vec<f64>,
    processor: Vec<f64>,
    peak_kib: u64,
}

const FMT: &str = "terraform fmt";
const DIR: &str = "scan DIR";
const FORMATS: [(&str, [&str; 2]); 3] = [
    ("table", ["plan, table", "plan with source, table"]),
    ("sarif-github", ["plan, sarif-github", "plan with source, sarif-github"]),
    ("json", ["plan, json", "plan with source, json"]),
];

fn measure(folder: &Path, plan: &Path, has_terraform: bool) -> Vec<Sample> {
    let text = |path: PathBuf| path.to_str().expect("the path is text").to_owned();
    let (tree, platform) = (text(folder.join("tree")), text(folder.join("tree/platform")));
    let (plan, null) = (text(plan.to_owned()), |format: &str| format!("{format}=/dev/null"));
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<String>>();
    let mut commands: Vec<(&'static str, Vec<String>)> = Vec::new();
    if has_terraform {
        commands.push((FMT, words(&["terraform", "fmt", "-check", "-recursive", &tree])));
    }
    commands.push((DIR, words(&[DBKEEL, "scan", &tree, "--as-of", AS_OF, "--output", &null("table")])));
    for (format, [without, with]) in FORMATS {
        let scan = [DBKEEL, "scan", &plan, "--as-of", AS_OF, "--output", &null(format)];
        commands.push((without, words(&[&scan[..], &["--no-source"]].concat())));
        commands.push((with, words(&[&scan[..], &["--source", &platform]].concat())));
    }
    let sample = |name| Sample { name, wall: Vec::new(), processor: Vec::new(), peak_kib: 0 };
    let mut samples: Vec<Sample> = commands.iter().map(|(name, _)| sample(*name)).collect();
    for round in 0..=ROUNDS {
        for ((name, words), sample) in commands.iter().zip(&mut samples) {
            let (wall, processor, peak_kib) = run(words, *name == FMT);
            // The first round only warms the caches up.
            if round > 0 {
                sample.wall.push(wall);
                sample.processor.push(processor);
            }
            sample.peak_kib = sample.peak_kib.max(peak_kib);
        }
    }
    samples
}

/// Runs a command with its output thrown away: seconds that passed, seconds of processors, and the most memory it held.
fn run(words: &[String], is_fmt: bool) -> (f64, f64, u64) {
    let told = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench/time");
    let mut command = Command::new("/usr/bin/time");
    command.args(["-f", "%U %S %M", "-o"]).arg(&told).args(words).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let status = command.status().unwrap_or_else(|error| panic!("`/usr/bin/time` does not start: {error}"));
    let wall = start.elapsed().as_secs_f64();
    // Of a scan 1 is a failed gate; `fmt` ends with 0 only when the tree is laid out as it wants, as this one is.
    let is_fine = matches!((status.code(), is_fmt), (Some(0), _) | (Some(1), false));
    assert!(is_fine, "`{}` ended with {:?}", words.join(" "), status.code());
    let told = fs::read_to_string(told).expect("what /usr/bin/time wrote");
    let numbers: Vec<&str> = told.lines().last().unwrap_or_default().split(' ').collect();
    let seconds = |index: usize| numbers[index].parse::<f64>().expect("seconds");
    (wall, seconds(0) + seconds(1), numbers[2].parse().expect("KiB"))
}

fn median(times: &[f64]) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

fn print_table(samples: &[Sample]) {
    println!("{:<32} {:>10} {:>10} {:>12} {:>10}", "", "best", "median", "processors", "peak MB");
    for sample in samples {
        let best = sample.wall.iter().copied().fold(f64::INFINITY, f64::min);
        let (wall, processor) = (median(&sample.wall), median(&sample.processor));
        let peak = sample.peak_kib as f64 * 1024.0 / 1e6;
        println!("{:<32} {best:>9.3}s {wall:>9.3}s {processor:>11.3}s {peak:>10.1}", sample.name);
    }
}

fn print_ratios(samples: &[Sample]) {
    let ratio = |name: &str, to: &str| {
        let find = |name: &str| samples.iter().find(|sample| sample.name == name);
        let (Some(one), Some(other)) = (find(name), find(to)) else { return };
        let wall = median(&one.wall) / median(&other.wall);
        let processor = median(&one.processor) / median(&other.processor);
        println!("{name}: {wall:.2} times the time of {to}, {processor:.2} times its processor time");
    };
    ratio(DIR, FMT);
    for (_, [without, with]) in FORMATS {
        ratio(with, without);
    }
}
