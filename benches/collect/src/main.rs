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
//! is moto, behind the proxy of the tests. The proxy keeps moto's replies; a second measurement, from replies that are ready,
//! shows what is left when the server takes no time.

#[path = "../../../tests/integration/collect"]
#[expect(dead_code, reason = "the tests use the rest")]
mod collect {
    pub(crate) mod fault;
    pub(crate) mod fill;
    pub(crate) mod proxy;
}
mod sdk;

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use collect::proxy::Proxy;

const ROUNDS: usize = 5;

fn main() {
    let word = std::env::args().nth(1);
    match word.as_deref() {
        Some("--sdk") => return sdk::run(),
        Some("--proxy") => return serve(),
        _ => {}
    }
    let databases: usize = word.and_then(|word| word.parse().ok()).unwrap_or(2_000);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let (mut moto, port) = moto(&root, databases);
    let to = root.join("target/bench");
    std::fs::create_dir_all(&to).expect("target/bench can be made");
    let to = to.join("collected.jsonl");
    println!("{databases} databases, {ROUNDS} rounds, median");
    in_turns("from the server", || Serving::new(port), &root, &to);
    let kept = Serving::new(port);
    timed(&kept.url, sdk_alone());
    timed(&kept.url, collector(&root, &to));
    in_turns("from replies that are ready", || Serving { url: kept.url.clone(), child: None }, &root, &to);
    drop(kept);
    drop(moto.stdin.take());
    let _ = moto.wait();
}

/// Times both, each round with a proxy of its own.
fn in_turns(what: &str, proxy: impl Fn() -> Serving, root: &Path, to: &Path) {
    let (mut sdk, mut dbkeel) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        sdk.push(timed(&proxy().url, sdk_alone()));
        dbkeel.push(timed(&proxy().url, collector(root, to)));
    }
    let (sdk, dbkeel) = (median(sdk).as_secs_f64(), median(dbkeel).as_secs_f64());
    println!("{what}: SDK alone {sdk:.3} s, dbkeel collect aws {dbkeel:.3} s, ratio {:.2}", dbkeel / sdk);
}

/// The proxy in a process of its own: a new one has kept no replies.
struct Serving {
    url: String,
    child: Option<Child>,
}

impl Serving {
    fn new(moto: u16) -> Self {
        let mut child = Command::new(std::env::current_exe().expect("this program has a path"))
            .args(["--proxy", &moto.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the proxy starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("a line");
        Self { url: line.trim().to_owned(), child: Some(child) }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            drop(child.stdin.take());
            let _ = child.wait();
        }
    }
}

fn serve() {
    let moto = std::env::args().nth(2).and_then(|port| port.parse().ok()).expect("the port of moto");
    let proxy = Proxy::new(moto, &[]);
    println!("{}", proxy.url);
    let _ = std::io::stdin().read_line(&mut String::new());
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

fn collector(root: &Path, to: &Path) -> Command {
    let mut command = Command::new(root.join("target/release/dbkeel"));
    command.args(["collect", "aws", "--quiet", "--region", "eu-west-1", "--to"]).arg(to);
    command
}

fn timed(url: &str, mut command: Command) -> Duration {
    let start = Instant::now();
    let status = command
        .env("AWS_ENDPOINT_URL", url)
        .env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "x".repeat(40))
        .env("AWS_REGION", "eu-west-1")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .stdout(Stdio::null())
        .status()
        .expect("it starts");
    assert!(status.success(), "{command:?} ended with {status}");
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
