//! `dbkeel scan` against `jq empty` on the same generated plans, in the same run.
//!
//! `jq empty` merely parses the file; a scan parses it, maps it to facts, judges every rule and writes the report. For
//! each size the commands take turns, so that a slow moment of the machine hits all of them. Peak memory is the
//! kernel's own figure for the child (`/usr/bin/time -f %M`).
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

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use integration::fleet::Fleet;

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

/// What one command took, over all of its runs.
struct Sample {
    name: &'static str,
    times: Vec<Duration>,
    peak_kib: Option<u64>,
}

impl Sample {
    fn best(&self) -> f64 {
        self.times.iter().min().map_or(f64::NAN, Duration::as_secs_f64)
    }

    fn median(&self) -> f64 {
        let mut sorted = self.times.clone();
        sorted.sort();
        sorted.get(sorted.len() / 2).map_or(f64::NAN, Duration::as_secs_f64)
    }
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
    let mut samples: Vec<Sample> =
        commands.iter().map(|(name, _)| Sample { name, times: Vec::new(), peak_kib: None }).collect();
    for round in 0..=rounds {
        for ((_, words), sample) in commands.iter().zip(&mut samples) {
            let (time, peak) = run(words);
            if round > 0 {
                sample.times.push(time);
            }
            sample.peak_kib = sample.peak_kib.max(peak);
        }
    }
    samples
}

/// Runs a command with its output thrown away; the time it took and the most memory it held.
fn run(words: &[&str]) -> (Duration, Option<u64>) {
    let peak_file = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench/peak");
    let timed = Path::new("/usr/bin/time").exists();
    let mut command = if timed {
        let mut command = Command::new("/usr/bin/time");
        command.args(["-f", "%M", "-o"]).arg(&peak_file).args(words);
        command
    } else {
        let mut command = Command::new(words[0]);
        command.args(&words[1..]);
        command
    };
    let start = Instant::now();
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    let took = start.elapsed();
    let code = status.unwrap_or_else(|error| panic!("`{}` does not start: {error}", words[0])).code();
    // 1 is a failed gate, which a fleet with bad databases has; 3 is a rule that raised an error.
    assert!(matches!(code, Some(0 | 1)), "`{}` ended with {code:?}", words.join(" "));
    let peak = timed.then(|| fs::read_to_string(&peak_file).ok()).flatten();
    (took, peak.and_then(|text| text.lines().last()?.trim().parse().ok()))
}

fn print_table(samples: &[Sample], bytes: u64) {
    let jq = &samples[0];
    println!("{:<20} {:>9} {:>9} {:>12} {:>10} {:>11}", "", "best", "median", "jq's time", "peak MB", "file sizes");
    for sample in samples {
        let peak = sample.peak_kib.unwrap_or(0) as f64 * 1024.0;
        println!(
            "{:<20} {:>8.3}s {:>8.3}s {:>11.3}x {:>10.1} {:>10.2}x",
            sample.name,
            sample.best(),
            sample.median(),
            sample.median() / jq.median(),
            peak / 1e6,
            peak / bytes as f64,
        );
    }
}

fn print_growth(measured: &[(usize, Vec<Sample>)]) {
    let (Some((small, before)), Some((large, after))) = (measured.first(), measured.last()) else { return };
    if small == large {
        return;
    }
    println!("\nfrom {small} to {large} databases ({:.1} times)", *large as f64 / *small as f64);
    for (before, after) in before.iter().zip(after) {
        let memory = after.peak_kib.unwrap_or(0) as f64 / before.peak_kib.unwrap_or(1) as f64;
        println!(
            "{:<20} {:>8.1} times the time, {memory:.1} times the memory",
            before.name,
            after.median() / before.median()
        );
    }
}
