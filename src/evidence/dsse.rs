//! `evidence.dsse.json`: an envelope (DSSE v1) around an in-toto Statement v1 whose subject is `SHA256SUMS`.
//! <https://github.com/secure-systems-lab/dsse/blob/v1.0.2/protocol.md>,
//! <https://github.com/in-toto/attestation/blob/v1.1.0/spec/v1/statement.md>

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::manifest::Manifest;
use super::{SUMS, Signer, Verifier, strict};

const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";
const STATEMENT: &str = "https://in-toto.io/Statement/v1";
const PREDICATE: &str = "https://docs.rs/dbkeel/evidence/v1";

/// No envelope of ours comes near.
pub(super) const LARGEST: u64 = 1 << 20;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Envelope {
    payload_type: String,
    payload: String,
    signatures: Vec<EnvelopeSignature>,
}

#[derive(Serialize, Deserialize)]
struct EnvelopeSignature {
    keyid: String,
    sig: String,
}

#[derive(PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Statement {
    #[serde(rename = "_type")]
    form: String,
    subject: Vec<Subject>,
    predicate_type: String,
    predicate: serde_json::Value,
}

#[derive(PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Subject {
    name: String,
    digest: Digest,
}

#[derive(PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Digest {
    sha256: String,
}

/// What is said of these digests and this manifest.
fn statement(sums_sha256: &str, manifest: &Manifest) -> Statement {
    Statement {
        form: STATEMENT.to_owned(),
        subject: vec![Subject { name: SUMS.to_owned(), digest: Digest { sha256: sums_sha256.to_owned() } }],
        predicate_type: PREDICATE.to_owned(),
        predicate: serde_json::json!({
            "schema": manifest.schema,
            "tool": manifest.tool,
            "as_of": manifest.as_of,
            "judging": manifest.judging,
            "previous": manifest.previous,
        }),
    }
}

/// The envelope's text.
pub(super) fn write(sums_sha256: &str, manifest: &Manifest, signer: &Signer) -> String {
    let statement = statement(sums_sha256, manifest);
    // Only maps with keys that are not text could make these fail; there are none.
    let payload = serde_json::to_vec(&statement).unwrap_or_default();
    let signature = signer.sign(&encoded(&payload));
    let envelope = Envelope {
        payload_type: PAYLOAD_TYPE.to_owned(),
        payload: STANDARD.encode(&payload),
        signatures: vec![EnvelopeSignature { keyid: signer.key_id(), sig: STANDARD.encode(signature) }],
    };
    let mut text = serde_json::to_string_pretty(&envelope).unwrap_or_default();
    text.push('\n');
    text
}

/// What is signed: type and payload, each behind its length.
fn encoded(payload: &[u8]) -> Vec<u8> {
    let mut bytes = format!("DSSEv1 {} {PAYLOAD_TYPE} {} ", PAYLOAD_TYPE.len(), payload.len()).into_bytes();
    bytes.extend(payload);
    bytes
}

/// An envelope, opened.
pub(super) struct Opened {
    payload: Vec<u8>,
    signatures: Vec<Vec<u8>>,
}

/// Opens an envelope.
pub(super) fn payload(bytes: &[u8]) -> Result<Opened, String> {
    let envelope: Envelope = strict::from_slice(bytes).map_err(|error| format!("it is no envelope: {error}"))?;
    if envelope.payload_type != PAYLOAD_TYPE {
        return Err("its payload is not an in-toto statement".into());
    }
    let decode = |text: &str| STANDARD.decode(text).map_err(|error| format!("its base64 cannot be read: {error}"));
    let signatures = envelope.signatures.iter().map(|of| decode(&of.sig));
    Ok(Opened { payload: decode(&envelope.payload)?, signatures: signatures.collect::<Result<_, _>>()? })
}

/// Checks that an envelope says of these digests what the manifest says, and, with a key, that it is signed by it.
pub(super) fn check(
    bytes: &[u8],
    sums_sha256: &str,
    manifest: &Manifest,
    verifier: Option<&Verifier>,
) -> Result<(), String> {
    let opened = payload(bytes)?;
    let told: Statement =
        strict::from_slice(&opened.payload).map_err(|error| format!("its payload is no statement: {error}"))?;
    let statement = statement(sums_sha256, manifest);
    if told.subject != statement.subject {
        return Err("its statement is about another SHA256SUMS".into());
    }
    if told != statement {
        return Err("its statement says other than manifest.json".into());
    }
    let Some(verifier) = verifier else { return Ok(()) };
    let message = encoded(&opened.payload);
    match opened.signatures.iter().any(|signature| verifier.holds(&message, signature)) {
        true => Ok(()),
        false => Err("no signature in it is of the key that was given".into()),
    }
}
