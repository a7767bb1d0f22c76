//! Base64, character sets, and text in URLs.

use std::fmt::Write as _;

use base64::Engine;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use encoding_rs::Encoding;

use super::super::value::Val;
use super::arguments::Arguments;
use super::{text, unknown};

/// Go takes base64 whose last bits are not zero.
const LENIENT: GeneralPurpose =
    GeneralPurpose::new(&base64::alphabet::STANDARD, GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true));

/// The bytes; line breaks among the characters do not count.
fn decoded(body: &str) -> Result<Vec<u8>, String> {
    let body = body.replace(['\r', '\n'], "");
    LENIENT.decode(body).map_err(|_| "the text is not base64".to_owned())
}

pub(super) fn base64decode(arguments: &Arguments<'_>) -> Result<Val, String> {
    let bytes = decoded(arguments.text(0)?)?;
    let decoded = String::from_utf8(bytes).map_err(|_| "the decoded bytes are not text in UTF-8".to_owned())?;
    Ok(text::value(&decoded))
}

pub(super) fn base64encode(arguments: &Arguments<'_>) -> Result<Val, String> {
    Ok(text::value(&STANDARD.encode(arguments.text(0)?)))
}

/// Which bytes come out depends on who compresses, so only Terraform knows them.
pub(super) fn base64gzip(_: &Arguments<'_>) -> Result<Val, String> {
    Ok(unknown("base64gzip"))
}

/// How characters become bytes.
enum Charset {
    Utf8,
    Utf16 {
        big: bool,
        mark: bool,
    },
    /// One byte a character, up to the given one.
    Direct(u32),
    Other(&'static Encoding),
    /// Terraform has it, and this has not.
    Foreign,
}

impl Charset {
    /// By one of the names that IANA registered (<https://www.iana.org/assignments/character-sets>).
    fn named(name: &str) -> Result<Self, String> {
        Ok(match name.to_ascii_lowercase().as_str() {
            "utf-8" | "csutf8" => Self::Utf8,
            "utf-16le" => Self::Utf16 { big: false, mark: false },
            "utf-16be" => Self::Utf16 { big: true, mark: false },
            "utf-16" => Self::Utf16 { big: true, mark: true },
            "us-ascii" | "ascii" => Self::Direct(0x7f),
            "iso-8859-1" | "latin1" | "l1" => Self::Direct(0xff),
            name if name.starts_with("cp") || name.starts_with("ibm") => Self::Foreign,
            // The web has names of its own, which IANA has not.
            "utf8" | "unicode-1-1-utf-8" | "x-sjis" => return Err(unknown_charset(name)),
            label => Self::Other(Encoding::for_label(label.as_bytes()).ok_or_else(|| unknown_charset(name))?),
        })
    }
}

fn unknown_charset(name: &str) -> String {
    format!("`{name}` is not a character set")
}

pub(super) fn textencodebase64(arguments: &Arguments<'_>) -> Result<Val, String> {
    let (body, name) = (arguments.text(0)?, arguments.text(1)?);
    let bytes = match Charset::named(name)? {
        Charset::Foreign => return Ok(unknown("textencodebase64")),
        Charset::Utf8 => Some(body.as_bytes().to_vec()),
        Charset::Utf16 { big, mark } => {
            let units = mark.then_some(0xfeff).into_iter().chain(body.encode_utf16());
            Some(units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect())
        }
        Charset::Direct(last) => {
            let byte = |character: char| u8::try_from(character).ok().filter(|byte| u32::from(*byte) <= last);
            body.chars().map(byte).collect()
        }
        Charset::Other(encoding) => {
            let (bytes, _, replaced) = encoding.encode(body);
            (!replaced).then(|| bytes.into_owned())
        }
    };
    let bytes = bytes.ok_or_else(|| format!("the text has characters that `{name}` has not"))?;
    Ok(text::value(&STANDARD.encode(bytes)))
}

pub(super) fn textdecodebase64(arguments: &Arguments<'_>) -> Result<Val, String> {
    let bytes = decoded(arguments.text(0)?)?;
    let name = arguments.text(1)?;
    let decoded = match Charset::named(name)? {
        Charset::Foreign => return Ok(unknown("textdecodebase64")),
        Charset::Utf8 => String::from_utf8(bytes).ok(),
        Charset::Utf16 { big, mark } => bytes.len().is_multiple_of(2).then(|| utf16(&bytes, big, mark)),
        Charset::Direct(last) => {
            let character = |byte: &u8| (u32::from(*byte) <= last).then(|| char::from(*byte));
            bytes.iter().map(character).collect()
        }
        Charset::Other(encoding) => {
            encoding.decode_without_bom_handling_and_without_replacement(&bytes).map(std::borrow::Cow::into_owned)
        }
    };
    let decoded = decoded.ok_or_else(|| format!("the decoded bytes are not text in `{name}`"))?;
    Ok(text::value(&decoded))
}

fn utf16(bytes: &[u8], big: bool, mark: bool) -> String {
    let (bytes, big) = match bytes {
        [0xfe, 0xff, rest @ ..] if mark => (rest, true),
        [0xff, 0xfe, rest @ ..] if mark => (rest, false),
        _ => (bytes, big),
    };
    let unit = |pair: &[u8]| match pair {
        [first, second] if big => u16::from_be_bytes([*first, *second]),
        [first, second] => u16::from_le_bytes([*first, *second]),
        _ => 0xfffd,
    };
    let units: Vec<u16> = bytes.chunks(2).map(unit).collect();
    String::from_utf16_lossy(&units)
}

/// As in the query of a URL: a space is a plus sign.
pub(super) fn urlencode(arguments: &Arguments<'_>) -> Result<Val, String> {
    let mut encoded = String::new();
    for byte in arguments.text(0)?.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => encoded.push(char::from(byte)),
            b' ' => encoded.push('+'),
            _ => {
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
    Ok(text::value(&encoded))
}
