//! Evidence: a folder that an auditor checks alone, with `sha256sum` and `openssl`, and from which a second engineer derives
//! every verdict again.
//!
//! [`pack`] writes the folder whole or not at all: what rules read of every resource, the results, the reports, and the exact
//! rules, baseline, waivers and frameworks, with the digest of each file in `manifest.json` and all of them in `SHA256SUMS`.
//! [`verify`] trusts nothing in it: names, digests, files too many and too few, the chain from one night to the next, the
//! signature; and it judges again, from the folder alone, and compares every verdict. What both promise: the evaluation's whole
//! input is in the folder, so neither the rules nor the mappings of the binary that verifies have a say; a redacted value
//! is in no byte of it.

mod about;
mod chain;
mod compare;
mod derive;
mod dsse;
mod folder;
pub mod ingredients;
mod layout;
mod manifest;
mod names;
mod pack;
mod read;
mod record;
mod redact;
mod signature;
mod state;
mod strict;
mod sums;
mod verify;

pub use chain::Linked;
pub use manifest::{Manifest, Previous};
pub use pack::{PackError, Packing, pack, previous};
pub use redact::{Key, Redacted, Redaction};
pub use signature::{KeyError, Signer, Verifier, read_private};
pub use verify::{Reason, Verification, Verified, verify};

/// The name and version of the form.
pub const SCHEMA: &str = "dbkeel.evidence/v1";

const MANIFEST: &str = "manifest.json";
const SUMS: &str = "SHA256SUMS";
const SIGNATURE: &str = "SHA256SUMS.sig";
const ENVELOPE: &str = "evidence.dsse.json";
const FACTS: &str = "inventory/facts.jsonl";
const RESULTS: &str = "results.json";

/// What may stand beside the digests without being among them: signatures and time stamps over `SHA256SUMS`.
const UNLISTED: &[&str] =
    &[SUMS, SIGNATURE, ENVELOPE, "SHA256SUMS.sshsig", "SHA256SUMS.minisig", "SHA256SUMS.tsq", "SHA256SUMS.tsr"];

/// Reads what claims to be a manifest and a list of digests, as a fuzzer does: whatever they hold, this ends.
#[doc(hidden)]
pub fn read_untrusted(bytes: &[u8]) {
    let _ = manifest::read(bytes);
    let _ = sums::read(bytes);
    let _ = read::lines(bytes);
    let _ = dsse::payload(bytes);
}
