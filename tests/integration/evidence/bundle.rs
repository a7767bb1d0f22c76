//! A folder in which bundles are packed, and what an attacker would do to them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::integration::command::{AS_OF, Ran, dbkeel, root};
use crate::integration::inputs::SAMPLE;

/// A folder for bundles, keys and inputs.
pub(super) struct Desk(tempfile::TempDir);

impl Desk {
    pub(super) fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    /// A folder with a bundle of the sample plan, `a`.
    pub(super) fn with_sample() -> Self {
        let desk = Self::new();
        desk.pack("a", SAMPLE, &[]).judged();
        desk
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(super) fn text(&self, name: &str) -> String {
        self.path(name).to_str().expect("a path").to_owned()
    }

    pub(super) fn put(&self, name: &str, text: &str) -> String {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(&path, text).expect("written");
        self.text(name)
    }

    pub(super) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub(super) fn json(&self, name: &str) -> Value {
        serde_json::from_str(&self.read(name)).expect("JSON")
    }

    pub(super) fn pack(&self, bundle: &str, input: &str, more: &[&str]) -> Ran {
        self.pack_at(AS_OF, bundle, input, more)
    }

    pub(super) fn pack_at(&self, as_of: &str, bundle: &str, input: &str, more: &[&str]) -> Ran {
        let dir = self.text(bundle);
        dbkeel(["evidence", "pack", &dir, input, "--as-of", as_of].iter().chain(more))
    }

    pub(super) fn verify(&self, bundles: &[&str], more: &[&str]) -> Ran {
        let dirs: Vec<String> = bundles.iter().map(|bundle| self.text(bundle)).collect();
        let words = ["evidence", "verify"].into_iter().chain(dirs.iter().map(String::as_str));
        dbkeel(words.chain(more.iter().copied()))
    }

    /// Fails unless bundles verify, alone and together.
    pub(super) fn verified(&self, bundles: &[&str]) {
        let ran = self.verify(bundles, &[]);
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{}", ran.text());
    }

    /// Fails unless a bundle does not hold, for a reason with these words.
    pub(super) fn refuted(&self, bundle: &str, words: &str) {
        self.refuted_by(bundle, &[], words);
    }

    pub(super) fn refuted_by(&self, bundle: &str, more: &[&str], words: &str) {
        let ran = self.verify(&[bundle], more);
        assert_eq!(ran.status, 1, "{words}: {}{}", ran.text(), ran.stderr);
        let reasons: Vec<String> =
            ran.text().lines().filter(|line| line.starts_with("  x ")).map(str::to_owned).collect();
        assert!(reasons.iter().any(|reason| reason.contains(words)), "`{words}` is not in {reasons:#?}");
    }

    /// A copy of a bundle.
    pub(super) fn copy(&self, from: &str, to: &str) {
        copy(&self.path(from), &self.path(to));
    }

    /// Changes a text of a bundle; what it replaces must be there.
    pub(super) fn edit(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert!(text.contains(from), "{name} has no {from:?}");
        fs::write(self.path(name), text.replacen(from, to, 1)).expect("written");
    }

    /// Makes the manifest and `SHA256SUMS` fit what is in the folder, as somebody would who has changed it.
    pub(super) fn reseal(&self, bundle: &str) {
        let mut manifest = self.json(&format!("{bundle}/manifest.json"));
        for row in manifest["files"].as_array_mut().expect("files") {
            let path = self.path(bundle).join(row["path"].as_str().expect("a path"));
            let bytes = fs::read(path).expect("there");
            row["sha256"] = sha256(&bytes).into();
            row["bytes"] = bytes.len().into();
        }
        self.put(&format!("{bundle}/manifest.json"), &serde_json::to_string_pretty(&manifest).expect("JSON"));
        self.resum(bundle);
    }

    /// Lists every file that is in the folder, as somebody would who put others in; what was signed is thrown away.
    pub(super) fn seal(&self, bundle: &str) {
        let root = self.path(bundle);
        for signed in ["SHA256SUMS.sig", "evidence.dsse.json"] {
            let _ = fs::remove_file(root.join(signed));
        }
        let row = |path: PathBuf| {
            let name = path.strip_prefix(&root).expect("inside").to_str().expect("a path").to_owned();
            let bytes = fs::read(path).expect("there");
            serde_json::json!({"path": name, "sha256": sha256(&bytes), "bytes": bytes.len()})
        };
        let is_listed = |path: &PathBuf| !path.ends_with("SHA256SUMS") && !path.ends_with("manifest.json");
        let mut rows: Vec<Value> = files(&root).into_iter().filter(is_listed).map(row).collect();
        rows.sort_by_key(|row| row["path"].to_string());
        let mut manifest = self.json(&format!("{bundle}/manifest.json"));
        manifest["files"] = rows.clone().into();
        self.put(&format!("{bundle}/manifest.json"), &serde_json::to_string_pretty(&manifest).expect("JSON"));
        rows.push(row(root.join("manifest.json")));
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        let mut lines: Vec<(String, String)> =
            rows.iter().map(|row| (text(&row["path"]), text(&row["sha256"]))).collect();
        lines.sort();
        let sums: String = lines.iter().map(|(path, sha256)| format!("{sha256}  {path}\n")).collect();
        self.put(&format!("{bundle}/SHA256SUMS"), &sums);
    }

    /// Changes JSON of a bundle.
    pub(super) fn change(&self, name: &str, change: impl FnOnce(&mut Value)) {
        let mut value = self.json(name);
        change(&mut value);
        self.put(name, &value.to_string());
    }

    /// Makes `SHA256SUMS` fit the files that it lists.
    pub(super) fn resum(&self, bundle: &str) {
        let sums = self.read(&format!("{bundle}/SHA256SUMS"));
        let line = |line: &str| {
            let path = &line[66..];
            let bytes = fs::read(self.path(bundle).join(path)).expect("there");
            format!("{}  {path}\n", sha256(&bytes))
        };
        let sums: String = sums.lines().map(line).collect();
        self.put(&format!("{bundle}/SHA256SUMS"), &sums);
    }

    /// Makes a pair of keys: `<name>.pem`, `<name>.pub.pem`.
    pub(super) fn keys(&self, name: &str) -> (String, String) {
        let (private, public) = (self.text(&format!("{name}.pem")), self.text(&format!("{name}.pub.pem")));
        self.run("openssl", &["genpkey", "-algorithm", "ed25519", "-out", &private]);
        self.run("chmod", &["600", &private]);
        self.run("openssl", &["pkey", "-in", &private, "-pubout", "-out", &public]);
        (private, public)
    }

    pub(super) fn run(&self, program: &str, words: &[&str]) {
        let ran = Command::new(program).args(words).current_dir(self.0.path()).output();
        let ran = ran.unwrap_or_else(|error| panic!("{program}: {error}"));
        assert!(ran.status.success(), "{program} {words:?}: {}", String::from_utf8_lossy(&ran.stderr));
    }
}

pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(super) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("readable") {
        let path = entry.expect("an entry").path();
        let place = to.join(path.file_name().expect("a name"));
        if path.is_dir() { copy(&path, &place) } else { assert!(fs::copy(&path, place).is_ok()) }
    }
}

/// Every file under a folder.
pub(super) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("readable") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { files.extend(self::files(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

/// A path of the project.
pub(super) fn of_project(path: &str) -> String {
    root().join(path).to_str().expect("a path").to_owned()
}
