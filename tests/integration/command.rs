//! Runs the binary as a user does, and reads what it wrote.

use std::collections::BTreeMap;
use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// The instant that every test judges from.
pub(crate) const AS_OF: &str = "2026-11-22T00:00:00Z";

/// Every output format.
pub(crate) const FORMATS: [&str; 15] = [
    "table",
    "json",
    "sarif-full",
    "sarif-github",
    "markdown",
    "pr-comment",
    "junit",
    "csv",
    "ocsf",
    "asff",
    "html",
    "oscal",
    "gitlab-code-quality",
    "github-annotations",
    "azure-annotations",
];

/// How long one scan may take before a test calls it hanging: a debug build on a busy machine needs seconds.
const PATIENCE: Duration = Duration::from_secs(120);

/// What a run of the binary left behind.
pub(crate) struct Ran {
    /// The exit status; -1 when a signal ended it.
    pub(crate) status: i32,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: String,
}

impl Ran {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.stdout).into_owned()
    }

    /// Fails unless the run ended with one of the statuses that mean that it judged.
    pub(crate) fn judged(self) -> Self {
        assert!(matches!(self.status, 0 | 1 | 3), "status {}: {}", self.status, self.stderr);
        self
    }

    /// Fails unless the run was refused with one error, without a panic, and with nothing on stdout.
    pub(crate) fn refused(self) -> Self {
        assert_eq!(self.status, 2, "{}\n{}", self.stderr, self.text());
        assert!(self.stderr.starts_with("error: "), "{}", self.stderr);
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
        assert_eq!(self.text(), "", "nothing is printed when nothing was judged");
        self
    }
}

/// Runs `dbkeel` with these words and nothing on its standard input.
pub(crate) fn dbkeel<S: AsRef<std::ffi::OsStr>>(words: impl IntoIterator<Item = S>) -> Ran {
    dbkeel_reading(words, b"")
}

/// Runs `dbkeel` with these words and these bytes on its standard input.
pub(crate) fn dbkeel_reading<S: AsRef<std::ffi::OsStr>>(words: impl IntoIterator<Item = S>, input: &[u8]) -> Ran {
    run(command(words), input)
}

/// Runs a command that [`command`] made, perhaps in another environment, with these bytes on its standard input.
pub(crate) fn run(mut command: Command, input: &[u8]) -> Ran {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary starts");
    let mut stdin = child.stdin.take().expect("piped");
    let (mut stdout, mut stderr) = (child.stdout.take().expect("piped"), child.stderr.take().expect("piped"));
    std::thread::scope(|scope| {
        // A command that does not read its input closes it, which is fine here.
        scope.spawn(move || drop(stdin.write_all(input)));
        let stdout = scope.spawn(move || read(&mut stdout));
        let stderr = scope.spawn(move || read(&mut stderr));
        let status = wait(&mut child);
        let stderr = String::from_utf8_lossy(&stderr.join().expect("read")).into_owned();
        Ran { status, stdout: stdout.join().expect("read"), stderr }
    })
}

/// Scans what is on standard input, once, with a report in every format; `extra` are further words.
pub(crate) fn reports(input: &[u8], extra: &[&str]) -> (Ran, Vec<(&'static str, String)>) {
    let folder = tempfile::tempdir().expect("a folder");
    let place = |format: &str| folder.path().join(format);
    let mut words: Vec<String> =
        ["scan", "-", "--as-of", AS_OF].into_iter().chain(extra.iter().copied()).map(str::to_owned).collect();
    for format in FORMATS {
        words.extend(["--output".to_owned(), format!("{format}={}", place(format).display())]);
    }
    let ran = dbkeel_reading(words, input).judged();
    let read = |format| (format, std::fs::read_to_string(place(format)).expect("the report was written"));
    (ran, FORMATS.into_iter().map(read).collect())
}

/// The binary, in an environment that does not depend on who runs the tests.
pub(crate) fn command<S: AsRef<std::ffi::OsStr>>(words: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dbkeel"));
    command
        .args(words)
        .current_dir(root())
        .env_remove("GITHUB_ACTIONS")
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE");
    command
}

/// The project's root: the folder that the tests run in.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder outside the project that a test reads in place; says loudly when it is not there.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let place = root().join("../shared").join(path);
    if !place.exists() {
        eprintln!("SKIPPED: ../shared/{path} is not here, so nothing was tested against it");
        return None;
    }
    Some(place)
}

fn read(from: &mut impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes).expect("a pipe can be read");
    bytes
}

fn wait(child: &mut Child) -> i32 {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("the child can be waited for") {
            return status.code().unwrap_or(-1);
        }
        if start.elapsed() > PATIENCE {
            child.kill().expect("the child can be ended");
            panic!("no end after {PATIENCE:?}");
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Every verdict of a run, by rule name and resource.
pub(crate) struct Scanned {
    pub(crate) document: Value,
    pub(crate) verdicts: BTreeMap<(String, String), String>,
}

impl Scanned {
    pub(crate) fn read(json: &[u8]) -> Self {
        let document: Value = serde_json::from_slice(json).expect("the results are JSON");
        assert_eq!(document["schema"], "dbkeel.results/v1");
        let names: BTreeMap<&str, &str> =
            list(&document["rules"]).iter().map(|rule| (text(&rule["id"]), text(&rule["name"]))).collect();
        let mut verdicts = BTreeMap::new();
        for row in list(&document["verdicts"]) {
            for range in list(&row["resources"]) {
                let (first, last) = (range[0].as_u64().expect("a position"), range[1].as_u64().expect("a position"));
                for position in first..=last {
                    let id = text(&document["resources"][position as usize]["id"]);
                    verdicts.insert(
                        (names[text(&row["rule"])].to_owned(), id.to_owned()),
                        text(&row["verdict"]).to_owned(),
                    );
                }
            }
        }
        Self { document, verdicts }
    }

    /// The resources that a rule has a verdict on, with the verdict.
    pub(crate) fn of_rule<'a>(&'a self, rule: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.verdicts
            .iter()
            .filter(move |((name, _), _)| name == rule)
            .map(|((_, id), verdict)| (id.as_str(), verdict.as_str()))
    }
}

/// The elements of a JSON list.
pub(crate) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The text of a JSON string.
pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("`{value}` is not text"))
}
