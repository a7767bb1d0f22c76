//! Verifies bundles, trusting nothing in them.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Serialize;

use super::about::{self, About};
use super::chain::{self, Linked};
use super::compare::{Compared, Document, compare};
use super::derive::{self, Texts};
use super::folder::{self, Found};
use super::layout::{self, Misplaced};
use super::manifest::{self, Manifest, ManifestProblem};
use super::read::{self, ReadProblem};
use super::sums::{self, Sum};
use super::{ENVELOPE, FACTS, MANIFEST, RESULTS, SIGNATURE, SUMS, UNLISTED, Verifier, dsse};
use crate::diagnostic::Diagnostic;
use crate::model::Results;
use crate::report::Gate;
use crate::source::sha256;

/// The most that is read of the manifest and of the digests.
pub(super) const LARGEST_LISTS: u64 = 64 << 20;

/// The most that is read of a rule, a baseline, the waivers or a framework, and of all of them together.
const LARGEST_TEXT: u64 = 16 << 20;
const LARGEST_TEXTS: u64 = 256 << 20;

/// The most that is read of the facts and of the results.
const LARGEST_DATA: u64 = 2 << 30;

/// The most that is read of any file: no report of a million resources comes near.
const LARGEST_FILE: u64 = 8 << 30;

/// How long a reason may be, in characters.
const LONGEST_REASON: usize = 600;

/// How many reasons of a bundle are told.
const TOLD: usize = 50;

/// Why a bundle does not hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Reason {
    /// In a word that a program can compare.
    pub what: &'static str,
    /// In words for people.
    pub text: String,
}

impl Reason {
    pub(super) fn new(what: &'static str, text: impl Into<String>) -> Self {
        let mut text = text.into();
        // A name or a value that somebody made up may be as long as a file.
        if let Some((end, _)) = text.char_indices().nth(LONGEST_REASON) {
            text.truncate(end);
            text.push('…');
        }
        Self { what, text }
    }
}

/// What became of one bundle.
#[derive(Debug, Default, Serialize)]
pub struct Verified {
    /// The folder.
    pub folder: String,
    /// SHA-256 of its `SHA256SUMS`; the chain and signatures stand on it.
    pub sha256sums: Option<String>,
    /// The instant that its rules took for now.
    pub as_of: Option<String>,
    /// The version of dbkeel that packed it.
    pub tool: Option<String>,
    /// How many files have the digests that they should have.
    pub files: usize,
    /// Rules, resources and verdicts that were judged again.
    pub derived: Option<(usize, usize, usize)>,
    /// What is known of the signature.
    pub signature: &'static str,
    /// What is known of the envelope; `None` when there is none.
    pub envelope: Option<&'static str>,
    /// SHA-256 of the `SHA256SUMS` of the bundle before it.
    pub previous: Option<String>,
    /// What does not hold.
    pub reasons: Vec<Reason>,
    /// What could not be proven.
    pub unproven: Vec<String>,
}

/// What became of all of them.
#[derive(Debug, Serialize)]
pub struct Verification {
    /// In the order in which they were given.
    pub bundles: Vec<Verified>,
}

impl Verification {
    /// Whether something does not hold.
    pub fn is_refuted(&self) -> bool {
        self.bundles.iter().any(|bundle| !bundle.reasons.is_empty())
    }

    /// Whether something could not be proven.
    pub fn is_unproven(&self) -> bool {
        self.bundles.iter().any(|bundle| !bundle.unproven.is_empty())
    }
}

/// Verifies bundles, each by itself and as links of one chain.
///
/// # Errors
///
/// When a folder cannot be read at all.
pub fn verify(folders: &[PathBuf], verifier: Option<&Verifier>) -> Result<Verification, (PathBuf, io::Error)> {
    let mut bundles = Vec::new();
    let mut links: Vec<(usize, Linked)> = Vec::new();
    for folder in folders {
        let mut bundle = Bundle::new(folder, verifier);
        bundle.check().map_err(|error| (folder.clone(), error))?;
        links.extend(bundle.link().map(|link| (bundles.len(), link)));
        bundles.push(bundle.finish());
    }
    let (positions, links): (Vec<usize>, Vec<Linked>) = links.into_iter().unzip();
    for (position, reason) in chain::check(&links) {
        if let Some(bundle) = positions.get(position).and_then(|position| bundles.get_mut(*position)) {
            bundle.reasons.push(reason);
        }
    }
    Ok(Verification { bundles })
}

/// A bundle that is being verified.
struct Bundle<'a> {
    root: &'a Path,
    verifier: Option<&'a Verifier>,
    verified: Verified,
    manifest: Option<Manifest>,
}

/// The bytes of what is judged again, exactly those whose digests were checked.
struct Bytes {
    texts: Texts,
    facts: Vec<u8>,
    results: Vec<u8>,
}

impl<'a> Bundle<'a> {
    fn new(root: &'a Path, verifier: Option<&'a Verifier>) -> Self {
        let folder = root.to_string_lossy().replace('\\', "/");
        Self { root, verifier, verified: Verified { folder, ..Verified::default() }, manifest: None }
    }

    fn refute(&mut self, what: &'static str, text: impl Into<String>) {
        self.verified.reasons.push(Reason::new(what, text));
    }

    fn check(&mut self) -> io::Result<()> {
        let found = folder::list(self.root)?;
        self.verified.reasons.extend(found.reasons.iter().cloned());
        let Some(sums_bytes) = self.read_list(&found, SUMS) else { return Ok(()) };
        let digest = sha256(&sums_bytes).to_string();
        self.signature(&found, &sums_bytes);
        self.verified.envelope = found.files.contains_key(ENVELOPE).then_some("not checked");
        self.verified.sha256sums = Some(digest.clone());
        let sums = match sums::read(&sums_bytes) {
            Ok(sums) => sums,
            Err(problems) => {
                problems.into_iter().for_each(|problem| self.refute("sums", problem));
                return Ok(());
            }
        };
        self.names(&found, &sums);
        let bytes = self.digests(&found, &sums);
        self.envelope(&digest);
        if let Some(bytes) = bytes.filter(|_| self.verified.reasons.is_empty() && self.verified.unproven.is_empty()) {
            self.derive(bytes);
        }
        Ok(())
    }

    /// The bytes of the manifest or the digests.
    fn read_list(&mut self, found: &Found, name: &str) -> Option<Vec<u8>> {
        if !found.files.contains_key(name) {
            self.refute("missing", format!("`{name}` is missing"));
            return None;
        }
        folder::read(self.root, name, LARGEST_LISTS)
            .map_err(|error| self.refute("unreadable", format!("`{name}` cannot be read: {error}")))
            .ok()
    }

    /// Files that are missing, and files that nobody listed.
    fn names(&mut self, found: &Found, sums: &[Sum]) {
        let listed: BTreeSet<&str> = sums.iter().map(|sum| sum.path.as_str()).collect();
        for path in listed.iter().filter(|path| !found.files.contains_key(**path)) {
            self.refute("missing", format!("`{path}` is listed in SHA256SUMS and is not there"));
        }
        for path in found.files.keys() {
            let is_listed = listed.contains(path.as_str());
            let may_be_unlisted = UNLISTED.contains(&path.as_str());
            if is_listed && may_be_unlisted {
                self.refute("sums", format!("`{path}` is listed in SHA256SUMS, which it is about"));
            } else if !is_listed && !may_be_unlisted {
                self.refute("extra", format!("`{path}` is there and is not listed in SHA256SUMS"));
            }
        }
        for folder in found.empty_folders(listed.into_iter()) {
            self.refute("extra", format!("the folder `{folder}` is there and holds nothing that is listed"));
        }
        for name in [MANIFEST, FACTS, RESULTS] {
            if !sums.iter().any(|sum| sum.path == name) {
                self.refute("missing", format!("`{name}` is not listed in SHA256SUMS"));
            }
        }
    }

    /// Checks every digest, and keeps the bytes of what is judged again.
    fn digests(&mut self, found: &Found, sums: &[Sum]) -> Option<Bytes> {
        let manifest_bytes = self.read_list(found, MANIFEST)?;
        let is_manifest = |sum: &&Sum| sum.path == MANIFEST && *sum.sha256 == *sha256(&manifest_bytes);
        if !sums.iter().any(|sum| is_manifest(&sum)) {
            self.refute("changed", "`manifest.json` does not have the digest of SHA256SUMS");
        }
        match manifest::read(&manifest_bytes) {
            Ok(manifest) => self.take(manifest, sums),
            Err(ManifestProblem::Version(why)) => self.verified.unproven.push(why),
            Err(ManifestProblem::Broken(why)) => self.refute("manifest", why),
        }
        let kept = self.kept(found)?;
        let there = self.of_their_sizes(found, sums);
        let root = self.root;
        let check = |(sum, size): &(&Sum, u64)| -> io::Result<(String, Option<Vec<u8>>)> {
            match kept.get(&sum.path) {
                Some(most) => {
                    let bytes = folder::read(root, &sum.path, *most)?;
                    Ok((sha256(&bytes).to_string(), Some(bytes)))
                }
                None => Ok((folder::digest(root, &sum.path, *size)?, None)),
            }
        };
        let checked: Vec<_> = there.par_iter().with_max_len(1).map(check).collect();
        let mut bytes: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        for ((sum, _), checked) in there.into_iter().zip(checked) {
            match checked {
                Err(error) => self.refute("unreadable", format!("`{}` cannot be read: {error}", sum.path)),
                Ok((digest, _)) if digest != sum.sha256 => {
                    self.refute("changed", format!("`{}` does not have the digest of SHA256SUMS", sum.path));
                }
                Ok((_, kept)) => {
                    self.verified.files += 1;
                    bytes.extend(kept.map(|kept| (sum.path.clone(), kept)));
                }
            }
        }
        self.texts(bytes)
    }

    /// The files that are there and as large as the manifest says; of any other the digest is wrong whatever it is.
    fn of_their_sizes<'s>(&mut self, found: &Found, sums: &'s [Sum]) -> Vec<(&'s Sum, u64)> {
        let files = self.manifest.iter().flat_map(|manifest| &manifest.files);
        let told: BTreeMap<&str, u64> = files.map(|file| (file.path.as_str(), file.bytes)).collect();
        let (mut there, mut reasons) = (Vec::new(), Vec::new());
        for sum in sums {
            let (Some(size), path) = (found.files.get(&sum.path).copied(), &sum.path) else { continue };
            match told.get(path.as_str()) {
                _ if size > LARGEST_FILE => {
                    reasons.push(Reason::new("changed", format!("`{path}` is larger than {LARGEST_FILE} bytes")));
                }
                Some(bytes) if *bytes != size => reasons.push(Reason::new(
                    "changed",
                    format!(
                        "`{path}` does not have the digest of SHA256SUMS: it has {size} bytes, and by manifest.json {bytes}"
                    ),
                )),
                _ => there.push((sum, size)),
            }
        }
        self.verified.reasons.extend(reasons);
        there
    }

    /// The files whose bytes are needed, and how large each may be; `None` when they are too much.
    fn kept(&mut self, found: &Found) -> Option<BTreeMap<String, u64>> {
        let mut kept = BTreeMap::from([(FACTS.to_owned(), LARGEST_DATA), (RESULTS.to_owned(), LARGEST_DATA)]);
        let rows = self.manifest.iter().flat_map(|manifest| derive::paths(&manifest.ingredients));
        let texts: BTreeSet<&str> =
            rows.map(|row| row.file.as_str()).filter(|file| !kept.contains_key(*file)).collect();
        let total: u64 =
            texts.iter().filter_map(|path| found.files.get(*path)).fold(0, |sum, size| sum.saturating_add(*size));
        kept.extend(texts.into_iter().map(|path| (path.to_owned(), LARGEST_TEXT)));
        if total > LARGEST_TEXTS {
            self.refute("manifest", format!("the rules and baselines are larger than {LARGEST_TEXTS} bytes"));
            return None;
        }
        Some(kept)
    }

    fn texts(&mut self, mut bytes: BTreeMap<String, Vec<u8>>) -> Option<Bytes> {
        let (facts, results) = (bytes.remove(FACTS)?, bytes.remove(RESULTS)?);
        let mut texts = Texts::new();
        for (path, bytes) in bytes {
            match String::from_utf8(bytes) {
                Ok(text) => drop(texts.insert(path, text)),
                Err(_) => self.refute("manifest", format!("`{path}` is not UTF-8")),
            }
        }
        Some(Bytes { texts, facts, results })
    }

    /// Checks that the manifest is about the files that are listed.
    fn take(&mut self, manifest: Manifest, sums: &[Sum]) {
        self.verified.as_of = Some(manifest.as_of.clone());
        self.verified.tool = Some(manifest.tool.version.clone());
        self.verified.previous = manifest.previous.as_ref().map(|previous| previous.sha256sums.clone());
        let of_manifest = manifest.files.iter().map(|file| (&file.path, &file.sha256));
        let of_sums = sums.iter().filter(|sum| sum.path != MANIFEST).map(|sum| (&sum.path, &sum.sha256));
        if !of_manifest.eq(of_sums) {
            self.refute("manifest", "manifest.json lists other files or digests than SHA256SUMS");
        }
        manifest.problems().into_iter().for_each(|why| self.refute("manifest", why));
        let Misplaced { wrong, unknown } = layout::check(&manifest);
        wrong.into_iter().for_each(|why| self.refute("manifest", why));
        unknown.into_iter().for_each(|why| self.not_known(&manifest, "manifest", why));
        self.manifest = Some(manifest);
    }

    /// What this dbkeel does not know is wrong where it packed the bundle itself; another may know it.
    fn not_known(&mut self, manifest: &Manifest, what: &'static str, why: String) {
        match manifest.tool.version == env!("CARGO_PKG_VERSION") {
            true => self.refute(what, why),
            false => self.verified.unproven.push(format!(
                "{why}; it was packed by dbkeel {}, and this is {}",
                manifest.tool.version,
                env!("CARGO_PKG_VERSION")
            )),
        }
    }

    fn signature(&mut self, found: &Found, sums: &[u8]) {
        let is_signed = found.files.contains_key(SIGNATURE);
        self.verified.signature = match (self.verifier, is_signed) {
            (None, false) => "not signed",
            (None, true) => "signed, and not checked: give `--key`",
            (Some(_), false) => {
                self.refute("signature", "it is not signed, and a key was given: SHA256SUMS.sig is missing");
                "missing"
            }
            (Some(verifier), true) => match folder::read(self.root, SIGNATURE, 64) {
                Ok(signature) if verifier.holds(sums, &signature) => "holds for the key that was given",
                _ => {
                    self.refute(
                        "signature",
                        "SHA256SUMS.sig is not a signature over SHA256SUMS by the key that was given",
                    );
                    "does not hold"
                }
            },
        };
    }

    /// Checks that the envelope, if there is one, says what the manifest says.
    fn envelope(&mut self, digest: &str) {
        let (Some(_), Some(manifest)) = (self.verified.envelope, &self.manifest) else { return };
        let checked = folder::read(self.root, ENVELOPE, dsse::LARGEST)
            .map_err(|error| error.to_string())
            .and_then(|bytes| dsse::check(&bytes, digest, manifest, self.verifier));
        self.verified.envelope = Some(match (&checked, self.verifier) {
            (Err(_), _) => "does not hold",
            (Ok(()), None) => "says what manifest.json says; its signature is not checked: give `--key`",
            (Ok(()), Some(_)) => "holds for the key that was given",
        });
        if let Err(why) = checked {
            self.refute("envelope", format!("`{ENVELOPE}`: {why}"));
        }
    }

    /// Judges again, and compares.
    fn derive(&mut self, bytes: Bytes) {
        let Some(manifest) = self.manifest.take() else { return };
        let Bytes { texts, facts, results } = bytes;
        let (told, derived) = rayon::join(|| Document::read(&results), || derived(&manifest, &texts, &facts));
        let told = match told {
            Ok(told) => Some(told),
            Err(ReadProblem::Broken(why)) => {
                self.refute("results", why);
                None
            }
            Err(ReadProblem::Unknown(why)) => {
                self.not_known(&manifest, "results", why);
                None
            }
        };
        if let Some(told) = &told {
            self.of_one_run(told, &manifest);
        }
        match derived {
            Err(Problem::Unproven(why)) => self.verified.unproven.push(why),
            Err(Problem::Ours(why)) => self.not_known(&manifest, "derive", why),
            Err(Problem::Broken(why)) => self.refute("derive", why),
            Ok(derived) => self.compare(told.as_ref(), derived, &manifest),
        }
        self.manifest = Some(manifest);
    }

    /// Whether manifest and results tell of the same run.
    fn of_one_run(&mut self, told: &Document, manifest: &Manifest) {
        let judging = &manifest.judging;
        let pairs = [
            ("version", manifest.tool.version.as_str()),
            ("as_of", &manifest.as_of),
            ("baseline", &judging.baseline),
            ("baseline_sha256", &judging.baseline_sha256),
            ("policies_sha256", &judging.policies_sha256),
            ("fail_on", judging.fail_on.as_str()),
        ];
        if pairs.iter().any(|(name, value)| told.of_run(name) != *value) {
            self.refute("manifest", "manifest.json is about another run than results.json");
        }
    }

    fn compare(&mut self, told: Option<&Document>, derived: Derived, manifest: &Manifest) {
        let Derived { document, gate, about: About { wrong, unknown } } = derived;
        wrong.into_iter().for_each(|why| self.refute("manifest", why));
        unknown.into_iter().for_each(|why| self.not_known(manifest, "manifest", why));
        if gate != manifest.judging.gate {
            let was = &manifest.judging.gate;
            self.refute("verdicts", format!("the gate is told to have {was}, judging again gives {gate}"));
        }
        if let Some(told) = told {
            let Compared { differences, unknown } = compare(told, &document);
            differences.into_iter().for_each(|text| self.refute("verdicts", text));
            unknown.into_iter().for_each(|why| self.not_known(manifest, "results", why));
        }
        self.verified.derived = Some(document.counts());
    }

    fn link(&self) -> Option<Linked> {
        let manifest = self.manifest.as_ref()?;
        Some(Linked {
            name: self.verified.folder.clone(),
            sha256sums: self.verified.sha256sums.clone()?,
            as_of: manifest.as_of.clone(),
            previous: manifest.previous.clone(),
        })
    }

    fn finish(mut self) -> Verified {
        let count = self.verified.reasons.len();
        if count > TOLD {
            self.verified.reasons.truncate(TOLD);
            self.refute("more", format!("{} more", count - TOLD));
        }
        self.verified
    }
}

/// What judging again gives.
struct Derived {
    document: Document,
    gate: &'static str,
    about: About,
}

/// Why there is nothing to compare with.
enum Problem {
    /// This dbkeel is too old for it.
    Unproven(String),
    /// It is refused by this dbkeel, and may not have been by another.
    Ours(String),
    /// It is not as any dbkeel writes it.
    Broken(String),
}

fn derived(manifest: &Manifest, texts: &Texts, facts: &[u8]) -> Result<Derived, Problem> {
    let missing = |file: String| Problem::Broken(format!("manifest.json names `{file}`, which SHA256SUMS does not"));
    let ingredients = derive::ingredients(&manifest.ingredients, texts).map_err(missing)?;
    let read = read::lines(facts).map_err(|problem| match problem {
        ReadProblem::Unknown(why) => Problem::Unproven(format!("{FACTS}: {why}")),
        ReadProblem::Broken(why) => Problem::Broken(format!("{FACTS}: {why}")),
    })?;
    let about = about::check(manifest, &read);
    let results = derive::results(manifest, &ingredients, read).map_err(|errors| Problem::Ours(first(&errors)))?;
    let gate = gate(&results, manifest.judging.allow_partial);
    Ok(Derived { document: Document::of(&results).map_err(Problem::Broken)?, gate, about })
}

fn first(errors: &[Diagnostic]) -> String {
    let title = errors.first().map(|error| crate::report::text::clean(&error.title).into_owned()).unwrap_or_default();
    format!("its rules, baseline, waivers and frameworks are refused: {title}")
}

/// The word for how the gate ends.
pub(super) fn gate(results: &Results, allow_partial: bool) -> &'static str {
    match Gate::of(results, allow_partial) {
        Gate::Passed => "passed",
        Gate::Failed => "failed",
        Gate::NotProven => "not-proven",
    }
}
