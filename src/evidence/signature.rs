//! Ed25519 over `SHA256SUMS`, with a key of the user's own: dbkeel makes none and keeps none.

use std::fs;
use std::io;
use std::path::Path;

use ed25519_dalek::pkcs8::{DecodePrivateKey as _, DecodePublicKey as _, EncodePublicKey as _};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

use crate::source::sha256;

/// A key file has some hundred bytes.
const LARGEST_KEY: u64 = 64 << 10;

/// Why a key is not used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// Its file cannot be read.
    #[error("it cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// Others may read it.
    #[error("others than its owner may read it (mode {0:03o})")]
    Open(u32),
    /// It is no such key.
    #[error("it is not {0}")]
    Other(&'static str),
}

/// Reads a file that nobody but its owner may read.
///
/// # Errors
///
/// When it cannot be read, or others can.
pub fn read_private(path: &Path) -> Result<Vec<u8>, KeyError> {
    let found = fs::metadata(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = found.permissions().mode() & 0o777;
        if found.is_file() && mode & 0o077 != 0 {
            return Err(KeyError::Open(mode));
        }
    }
    read(path, found.len())
}

fn read(path: &Path, len: u64) -> Result<Vec<u8>, KeyError> {
    if len > LARGEST_KEY {
        return Err(KeyError::Other("a key: it is larger than 64 KiB"));
    }
    Ok(fs::read(path)?)
}

/// Signs.
pub struct Signer(SigningKey);

impl Signer {
    /// Reads a private key: PKCS#8 in PEM, as `openssl genpkey -algorithm ed25519` writes it.
    ///
    /// # Errors
    ///
    /// When it cannot be read, others can, or it is of another kind.
    pub fn read(path: &Path) -> Result<Self, KeyError> {
        let bytes = read_private(path)?;
        let text = std::str::from_utf8(&bytes).unwrap_or_default();
        let key = SigningKey::from_pkcs8_pem(text.trim());
        key.map(Self).map_err(|_| KeyError::Other("an Ed25519 key in PEM (PKCS#8, without a passphrase)"))
    }

    /// The signature's 64 bytes.
    pub(super) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }

    /// SHA-256 of the public key, as DER.
    pub(super) fn key_id(&self) -> String {
        key_id(&self.0.verifying_key())
    }
}

/// Checks signatures.
pub struct Verifier(VerifyingKey);

impl Verifier {
    /// Reads a public key: PEM, as `openssl pkey -pubout` writes it.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or is of another kind.
    pub fn read(path: &Path) -> Result<Self, KeyError> {
        let bytes = read(path, fs::metadata(path)?.len())?;
        let text = std::str::from_utf8(&bytes).unwrap_or_default();
        let key = VerifyingKey::from_public_key_pem(text.trim());
        key.map(Self).map_err(|_| KeyError::Other("an Ed25519 public key in PEM, as `openssl pkey -pubout` writes it"))
    }

    /// Whether a signature holds.
    pub(super) fn holds(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature).is_ok_and(|signature| self.0.verify_strict(message, &signature).is_ok())
    }

    /// SHA-256 of the key, as DER.
    pub fn key_id(&self) -> String {
        key_id(&self.0)
    }
}

fn key_id(key: &VerifyingKey) -> String {
    // A key of 32 bytes always fits.
    key.to_public_key_der().map(|der| sha256(der.as_bytes()).to_string()).unwrap_or_default()
}
