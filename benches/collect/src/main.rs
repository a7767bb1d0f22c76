//! `dbkeel collect aws` against the AWS SDK alone, on the same local server in the same run.
//!
//! ```text
//! cargo build --release
//! cargo run --release --manifest-path benches/collect/Cargo.toml             2,000 databases
//! cargo run --release --manifest-path benches/collect/Cargo.toml -- 500      another number
//! ```
//!
//! The SDK makes the calls of RDS that the collector makes, as many at a time, and keeps what it parsed; the collector makes
//! those of other services besides, and writes the inventory file. Both run as processes of their own, in turns. The server
//! is moto, behind the proxy of the tests; the proxy keeps moto's replies, so that what is compared is not moto.

#[path = "../../../tests/integration/collect"]
#[expect(dead_code, reason = "the tests use the rest")]
mod collect {
    pub(crate) mod fault;
    pub(crate) mod fill;
    pub(crate) mod proxy;
}
mod sdk;

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use collect::proxy::Proxy;

const ROUNDS: usize = 5;

fn main() {
    let word = std::env::args().nth(1);
    if word.as_deref() == Some("--sdk") {
        return sdk::run();
    }
    let databases: usize = word.and_then(|word| word.parse().ok()).unwrap_or(2_000);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let (mut moto, port) = moto(&root, databases);
    let proxy = Proxy::new(port, &[]);
    let to = root.join("target/bench");
    std::fs::create_dir_all(&to).expect("target/bench can be made");
    let (mut sdk, mut dbkeel) = (Vec::new(), Vec::new());
    // The first turn of each fills the proxy.
    for round in 0..=ROUNDS {
        let times = [timed(&proxy, sdk_alone()), timed(&proxy, collector(&root, &to.join("collected.jsonl")))];
        if round > 0 {
            sdk.push(times[0]);
            dbkeel.push(times[1]);
        }
    }
    let (sdk, dbkeel) = (median(sdk), median(dbkeel));
    println!("{databases} databases, {ROUNDS} rounds, median");
    println!("SDK alone           {:.3} s", sdk.as_secs_f64());
    println!("dbkeel collect aws  {:.3} s", dbkeel.as_secs_f64());
    println!("ratio               {:.2}", dbkeel.as_secs_f64() / sdk.as_secs_f64());
    drop(moto.stdin.take());
    let _ = moto.wait();
}

fn moto(root: &Path, databases: usize) -> (Child, u16) {
    let python = root.join("target/moto/bin/python");
    assert!(python.exists(), "moto is not in target/moto; ./run-tests installs it");
    let mut child = Command::new(python)
        .arg(root.join("benches/collect/server.py"))
        .arg(databases.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("python starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("a line");
    let said: serde_json::Value = serde_json::from_str(&line).expect("the server says where it is");
    (child, u16::try_from(said["port"].as_u64().expect("a port")).expect("a port"))
}

fn sdk_alone() -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program has a path"));
    command.arg("--sdk");
    command
}

fn collector(root: &Path, to: &PathBuf) -> Command {
    let mut command = Command::new(root.join("target/release/dbkeel"));
    command.args(["collect", "aws", "--quiet", "--region", "eu-west-1", "--to"]).arg(to);
    command
}

fn timed(proxy: &Proxy, mut command: Command) -> Duration {
    let start = Instant::now();
    let status = command
        .env("AWS_ENDPOINT_URL", &proxy.url)
        .env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "x".repeat(40))
        .env("AWS_REGION", "eu-west-1")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .status()
        .expect("it starts");
    assert!(status.success(), "{command:?} ended with {status}");
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
