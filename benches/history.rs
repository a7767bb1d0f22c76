//! A year of nights of a large fleet in one history: how large the file gets, how long a night takes to record, and how long
//! `dbkeel report scorecard` takes against a plain scan of the file by `sqlite3`, in the same run.
//!
//! ```text
//! cargo bench --bench history                    10,000 databases, 365 nights
//! cargo bench --bench history -- 1000 60         other sizes
//! ```
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "../tests/integration/fleet/dice.rs"]
mod dice;
#[path = "history/year.rs"]
mod year;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use dbkeel::history::History;
use rusqlite::Connection;

const DBKEEL: &str = env!("CARGO_BIN_EXE_dbkeel");

/// What a year may take.
const MOST_BYTES: u64 = 2 << 30;

/// How many scans a scorecard may take.
const MOST_SCANS: f64 = 5.0;

const ROUNDS: usize = 5;

fn main() {
    let asked: Vec<usize> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let (databases, nights) = match asked.as_slice() {
        [databases, nights, ..] => (*databases, *nights),
        _ => (10_000, 365),
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("year.history.sqlite");
    let _ = std::fs::remove_file(&file);
    let mut fleet = year::Fleet::new(databases);
    let mut slowest = Duration::ZERO;
    let began = Instant::now();
    for night in 0..nights {
        let record = fleet.night(night as i64);
        let one = Instant::now();
        let mut history = History::create(&file, "audits", Duration::from_secs(10)).unwrap();
        history.record(record).unwrap();
        slowest = slowest.max(one.elapsed());
    }
    let bytes = std::fs::metadata(&file).unwrap().len();
    println!(
        "{databases} databases, {nights} nights: {:.1} MB, recorded in {:.0} s, the slowest night in {:.2} s",
        bytes as f64 / 1e6,
        began.elapsed().as_secs_f64(),
        slowest.as_secs_f64()
    );
    for (table, rows) in rows(&file) {
        println!("  {table:12} {rows:>10} rows");
    }
    let scan = scan_of(&file);
    let name = file.to_str().unwrap();
    // In turns, so that both meet the same moods of the machine; the best of each counts.
    let (mut of_scan, mut of_card) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        of_scan = of_scan.min(timed("sqlite3", &["-readonly", name, &scan]));
        of_card = of_card.min(timed(DBKEEL, &["report", "scorecard", "--history", name, "--allow-partial"]));
    }
    let ratio = of_card.as_secs_f64() / of_scan.as_secs_f64();
    println!(
        "plain scan {:.2} s, scorecard {:.2} s: {ratio:.2} scans (at most {MOST_SCANS})",
        of_scan.as_secs_f64(),
        of_card.as_secs_f64()
    );
    assert!(bytes < MOST_BYTES, "a year takes more than 2 GiB");
    assert!(ratio < MOST_SCANS, "a scorecard takes more than {MOST_SCANS} scans");
}

fn rows(file: &Path) -> Vec<(String, i64)> {
    let connection = Connection::open(file).unwrap();
    let count = |table: String| {
        let rows = connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap();
        (table, rows)
    };
    tables(&connection).into_iter().map(count).collect()
}

fn tables(connection: &Connection) -> Vec<String> {
    let mut statement =
        connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

/// Every column of every row of every table, once.
fn scan_of(file: &Path) -> String {
    let connection = Connection::open(file).unwrap();
    let scan = |table: String| {
        let mut statement = connection.prepare(&format!("SELECT name FROM pragma_table_info('{table}')")).unwrap();
        let columns: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        let sums: Vec<String> = columns.iter().map(|column| format!("count({column})")).collect();
        format!("SELECT {} FROM {table};", sums.join(", "))
    };
    tables(&connection).into_iter().map(scan).collect()
}

fn timed(program: &str, words: &[&str]) -> Duration {
    let began = Instant::now();
    let status = Command::new(program).args(words).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    assert!(status.success(), "{program} {words:?}");
    began.elapsed()
}
