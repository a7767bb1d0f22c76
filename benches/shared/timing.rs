//! Commands that take turns, so that a slow moment of the machine hits all of them: the time that each took, and the most
//! memory that it held, by the kernel's own figure for the child (`/usr/bin/time -f %M`).

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What one command took, over all of its runs.
pub(crate) struct Sample {
    name: &'static str,
    times: Vec<Duration>,
    peak_kib: Option<u64>,
}

impl Sample {
    fn best(&self) -> f64 {
        self.times.iter().min().map_or(f64::NAN, Duration::as_secs_f64)
    }

    /// Half of the runs took longer.
    pub(crate) fn median(&self) -> f64 {
        let mut sorted = self.times.clone();
        sorted.sort();
        sorted.get(sorted.len() / 2).map_or(f64::NAN, Duration::as_secs_f64)
    }
}

/// Runs each command some times, and once before that counts for nothing.
pub(crate) fn in_turns(commands: &[(&'static str, Vec<&str>)], rounds: usize) -> Vec<Sample> {
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

/// One line a command, the first of which is what the others are compared with.
pub(crate) fn print_table(samples: &[Sample], bytes: u64) {
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

/// How time and memory grew from the first size to the last.
pub(crate) fn print_growth(measured: &[(usize, Vec<Sample>)]) {
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
