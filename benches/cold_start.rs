//! `dbkeel scan` of a small plan against `jq empty` on it, in the same run: what a pipeline pays for starting dbkeel at all.
//!
//! A plan of 20 kB is that of a small root module. Rules and baseline are in the binary, the process starts from nothing each
//! time, and the commands take turns, so that a slow moment of the machine hits both. More than five times jq's median fails.
//!
//! ```text
//! cargo bench --bench cold_start                           201 rounds
//! cargo bench --bench cold_start -- PATH/OF/DBKEEL         another build, such as the static one
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

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use integration::fleet::Fleet;

const DBKEEL: &str = env!("CARGO_BIN_EXE_dbkeel");
const AS_OF: &str = "2026-11-22T00:00:00Z";
const ROUNDS: usize = 201;
const MOST: f64 = 5.0;
/// The size of the plan.
const BYTES: usize = 20_000;

fn main() {
    let dbkeel = std::env::args().skip(1).find(|word| !word.starts_with('-')).unwrap_or_else(|| DBKEEL.to_owned());
    let (plan, databases) = plan();
    let plan = plan.to_str().expect("the path is text");
    println!("{dbkeel}, {databases} databases, {} bytes", fs::metadata(plan).expect("just written").len());
    let commands = [
        ("jq empty", vec!["jq", "empty", plan]),
        ("scan", vec![&dbkeel, "scan", plan, "--no-source", "--as-of", AS_OF]),
        ("--version", vec![&dbkeel, "--version"]),
    ];
    let mut times = commands.each_ref().map(|_| Vec::with_capacity(ROUNDS));
    for round in 0..=ROUNDS {
        for ((_, words), times) in commands.iter().zip(&mut times) {
            let took = run(words);
            // The first round brings everything into memory, and counts for nothing.
            if round > 0 {
                times.push(took);
            }
        }
    }
    let medians = times.map(median);
    for ((name, _), median) in commands.iter().zip(&medians) {
        println!("{name:<10} {:>7.2} ms {:>6.2}x", median * 1e3, median / medians[0]);
    }
    let ratio = medians[1] / medians[0];
    assert!(ratio <= MOST, "a scan of a small plan takes {ratio:.2} times jq's time; {MOST} is the most");
}

/// The plan of the largest fleet that is no larger than that.
fn plan() -> (PathBuf, usize) {
    let of = |databases| {
        let mut bytes = Vec::new();
        Fleet { databases, seed: 20_261_122 }.write(&mut bytes).expect("memory takes everything");
        bytes
    };
    let databases = (1..).take_while(|databases| of(*databases).len() <= BYTES).last().unwrap_or(1);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench");
    fs::create_dir_all(&folder).expect("target/bench can be made");
    let path = folder.join("small.json");
    let mut bytes = of(databases);
    // White space up to the size, which every reader has to look at.
    bytes.resize(bytes.len().max(BYTES), b' ');
    fs::write(&path, bytes).expect("target/bench can be written");
    (path, databases)
}

fn run(words: &[&str]) -> Duration {
    let start = Instant::now();
    let status = Command::new(words[0]).args(&words[1..]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let took = start.elapsed();
    let code = status.unwrap_or_else(|error| panic!("`{}` does not start: {error}", words[0])).code();
    // 1 is a failed gate.
    assert!(matches!(code, Some(0 | 1)), "`{}` ended with {code:?}", words.join(" "));
    took
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64()
}
