//! Digests, and what is made of them.

use std::fmt::Write as _;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

use super::super::value::Val;
use super::arguments::Arguments;
use super::{text, unknown};

/// A digest in hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The digest of bytes, as a text: the functions on files use the same.
pub(super) type Digester = fn(&[u8]) -> String;

pub(super) const MD5: Digester = |bytes| hex(&Md5::digest(bytes));
pub(super) const SHA1: Digester = |bytes| hex(&Sha1::digest(bytes));
pub(super) const SHA256: Digester = |bytes| hex(&Sha256::digest(bytes));
pub(super) const SHA512: Digester = |bytes| hex(&Sha512::digest(bytes));
pub(super) const BASE64_SHA256: Digester = |bytes| STANDARD.encode(Sha256::digest(bytes));
pub(super) const BASE64_SHA512: Digester = |bytes| STANDARD.encode(Sha512::digest(bytes));

fn digest(arguments: &Arguments<'_>, digester: Digester) -> Result<Val, String> {
    Ok(text::value(&digester(arguments.text(0)?.as_bytes())))
}

pub(super) fn md5(arguments: &Arguments<'_>) -> Result<Val, String> {
    digest(arguments, MD5)
}

pub(super) fn sha1(arguments: &Arguments<'_>) -> Result<Val, String> {
    digest(arguments, SHA1)
}

pub(super) fn sha256(arguments: &Arguments<'_>) -> Result<Val, String> {
    digest(arguments, SHA256)
}

pub(super) fn sha512(arguments: &Arguments<'_>) -> Result<Val, String> {
    digest(arguments, SHA512)
}

pub(super) fn base64sha256(arguments: &Arguments<'_>) -> Result<Val, String> {
    digest(arguments, BASE64_SHA256)
}

pub(super) fn base64sha512(arguments: &Arguments<'_>) -> Result<Val, String> {
    digest(arguments, BASE64_SHA512)
}

/// The salt is a new one each time.
pub(super) fn bcrypt(arguments: &Arguments<'_>) -> Result<Val, String> {
    match arguments.all().len() {
        1 => Ok(unknown("bcrypt")),
        // 31 is the highest cost of the algorithm; a lower one than 4 counts as the default.
        2 if arguments.integer(1)? <= 31 => Ok(unknown("bcrypt")),
        2 => Err("the cost is greater than 31".to_owned()),
        _ => Err("too many arguments: a text and a cost are all".to_owned()),
    }
}

/// Private keys are not for a scanner to handle.
pub(super) fn rsadecrypt(_: &Arguments<'_>) -> Result<Val, String> {
    Ok(unknown("rsadecrypt"))
}

pub(super) fn uuid(_: &Arguments<'_>) -> Result<Val, String> {
    Ok(unknown("uuid"))
}

/// RFC 9562, section 5.5: the digest of a namespace and a name.
pub(super) fn uuidv5(arguments: &Arguments<'_>) -> Result<Val, String> {
    let namespace =
        namespace(arguments.text(0)?).ok_or("the namespace is neither `dns`, `url`, `oid`, `x500` nor a UUID")?;
    let digest = Sha1::new().chain_update(namespace.to_be_bytes()).chain_update(arguments.text(1)?).finalize();
    let bits = digest.iter().take(16).fold(0u128, |bits, byte| bits << 8 | u128::from(*byte));
    let version = bits & !(0xf << 76) | 5 << 76;
    let hex = format!("{:032x}", version & !(0b11 << 62) | 0b10 << 62);
    let mut rest = hex.as_str();
    let parts = [8, 4, 4, 4, 12].map(|length| {
        let (part, tail) = rest.split_at_checked(length).unwrap_or((rest, ""));
        rest = tail;
        part
    });
    Ok(text::value(&parts.join("-")))
}

/// RFC 9562, section 6.6: the namespaces that have a name differ in one digit.
fn namespace(name: &str) -> Option<u128> {
    let named = |digit: u128| 0x6ba7_b810_9dad_11d1_80b4_00c0_4fd4_30c8 + (digit << 96);
    Some(match name {
        "dns" => named(0),
        "url" => named(1),
        "oid" => named(2),
        "x500" => named(4),
        _ => return uuid_of(name),
    })
}

/// Reads a UUID, in one of the forms that people write.
fn uuid_of(body: &str) -> Option<u128> {
    let braced = body.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    let bare = braced.or_else(|| body.strip_prefix("urn:uuid:")).unwrap_or(body);
    let dashes: Vec<usize> = bare.match_indices('-').map(|(at, _)| at).collect();
    let digits = bare.replace('-', "");
    let valid = dashes.is_empty() || dashes == [8, 13, 18, 23];
    let hex = digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if valid && hex { u128::from_str_radix(&digits, 16).ok() } else { None }
}
