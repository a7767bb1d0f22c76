//! Where an object of S3 is: `s3://bucket/key`, with `?region=…` and `versionId=…` behind it.
//!
//! The key is taken as it stands, as the AWS CLI and Terraform's backend take it: nothing in it is decoded. What follows its
//! last `?` is the query, so a key with a `?` in it is followed by another.

use std::sync::Arc;

use super::S3Problem;
use crate::source::{Problem, SourceError};

/// An object of S3.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uri {
    text: Arc<str>,
    bucket: Arc<str>,
    key: Arc<str>,
    region: Option<Arc<str>>,
    version: Option<Arc<str>>,
}

const SCHEME: &str = "s3://";

/// Whether a path is one of S3 and not of a file.
pub fn is_uri(path: &str) -> bool {
    path.get(..SCHEME.len()).is_some_and(|start| start.eq_ignore_ascii_case(SCHEME))
}

impl Uri {
    /// Reads a path of S3.
    ///
    /// # Errors
    ///
    /// When it names no object, or something that is not read; each with what to write instead.
    pub fn parse(text: &str) -> Result<Self, SourceError> {
        parsed(text).map_err(|problem| {
            // What stands behind an unknown parameter may be a signature.
            let shown = match (&problem, text.rsplit_once('?')) {
                (S3Problem::UnknownParameter { .. }, Some((before, _))) => before,
                _ => text,
            };
            SourceError::new(&shown.escape_debug().to_string(), Problem::S3(problem))
        })
    }

    /// As the user wrote it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bucket's name.
    pub fn bucket(&self) -> &str {
        &self.bucket
    }

    /// The object's key, as S3 has it.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The bucket's region, if the user said it.
    pub fn region(&self) -> Option<&Arc<str>> {
        self.region.as_ref()
    }

    /// The version, if not the current one is meant.
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }
}

fn parsed(text: &str) -> Result<Uri, S3Problem> {
    let rest = if is_uri(text) { text.get(SCHEME.len()..) } else { None };
    let rest = rest.ok_or(S3Problem::OtherScheme)?;
    let (bucket, rest) = rest.split_once('/').unwrap_or((rest, ""));
    checked_bucket(bucket)?;
    let (key, query) = rest.rsplit_once('?').unwrap_or((rest, ""));
    checked_key(key, bucket)?;
    let [region, version] = parameters(query)?;
    Ok(Uri { text: text.into(), bucket: bucket.into(), key: key.into(), region, version })
}

/// Names as they may be, those of old buckets in us-east-1 too:
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html>
fn checked_bucket(bucket: &str) -> Result<(), S3Problem> {
    if bucket.is_empty() {
        return Err(S3Problem::NoBucket);
    }
    let other = |what| Err(S3Problem::OtherBucket { what });
    if bucket.starts_with("arn:") {
        return other("an ARN");
    }
    let is_named = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
    let is_dots = !bucket.bytes().any(|byte| byte.is_ascii_alphanumeric());
    if !bucket.bytes().all(is_named) || is_dots || !(3..=255).contains(&bucket.len()) {
        return Err(S3Problem::BadBucket);
    }
    match bucket {
        _ if bucket.ends_with("--x-s3") => other("a directory bucket"),
        _ if bucket.ends_with("--ol-s3") => other("an access point of Object Lambda"),
        _ if bucket.ends_with("--op-s3") => other("an access point of Outposts"),
        _ => Ok(()),
    }
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html>
fn checked_key(key: &str, bucket: &str) -> Result<(), S3Problem> {
    match key {
        "" => Err(S3Problem::NoKey { bucket: bucket.into() }),
        _ if key.len() > 1024 => Err(S3Problem::LongKey { bytes: key.len() }),
        _ if key.chars().any(char::is_control) => Err(S3Problem::BadKey),
        _ => Ok(()),
    }
}

/// The region and the version that a query names.
fn parameters(query: &str) -> Result<[Option<Arc<str>>; 2], S3Problem> {
    let mut found = [None, None];
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let [region, version] = &mut found;
        let (slot, name, is_good) = match name {
            "region" => (region, "region", is_region(value)),
            "versionId" => (version, "versionId", is_version(value)),
            // Only the name: the value may be a part of a signed address.
            _ => return Err(S3Problem::UnknownParameter { name: name.escape_debug().to_string() }),
        };
        if !is_good {
            return Err(S3Problem::BadParameter { name });
        }
        if slot.replace(Arc::from(value)).is_some() {
            return Err(S3Problem::RepeatedParameter { name });
        }
    }
    Ok(found)
}

/// Whether a text has the form of a region's name; it becomes a part of a host's.
pub(in crate::source::aws) fn is_region(text: &str) -> bool {
    let is_named = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (5..=40).contains(&text.len()) && text.bytes().all(is_named) && !text.starts_with('-') && !text.ends_with('-')
}

/// "URL-ready, opaque strings that are no more than 1,024 bytes long":
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/versioning-workflows.html>
fn is_version(text: &str) -> bool {
    (1..=1024).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'%')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;

    fn parts(text: &str) -> (String, String, Option<String>, Option<String>) {
        let uri = Uri::parse(text).unwrap();
        let owned = |text: Option<&str>| text.map(str::to_owned);
        (uri.bucket().into(), uri.key().into(), owned(uri.region().map(AsRef::as_ref)), owned(uri.version()))
    }

    fn named(bucket: &str, key: &str) -> (String, String, Option<String>, Option<String>) {
        (bucket.to_owned(), key.to_owned(), None, None)
    }

    #[test]
    fn a_path_of_s3_is_told_from_a_files() {
        assert!(is_uri("s3://b/k") && is_uri("S3://b/k") && is_uri("s3://"));
        for path in ["s3:/b/k", "s3/b/k", "./s3://b/k", "-", "", "é3://b"] {
            assert!(!is_uri(path), "{path}");
        }
    }

    #[test]
    fn the_key_is_taken_as_it_stands() {
        assert_eq!(parts("s3://states/prod/db.tfstate"), named("states", "prod/db.tfstate"));
        assert_eq!(parts("S3://Old_States.x/a b+%20é#"), named("Old_States.x", "a b+%20é#"));
        assert_eq!(parts("s3://states//a//../b/"), named("states", "/a//../b/"));
        assert_eq!(parts("s3://states/env:/prod/db.tfstate"), named("states", "env:/prod/db.tfstate"));
    }

    #[test]
    fn what_follows_the_last_question_mark_names_region_and_version() {
        let both = ("states".to_owned(), "k".to_owned(), Some("eu-west-1".to_owned()), Some("a.b_-C=".to_owned()));
        assert_eq!(parts("s3://states/k?region=eu-west-1&versionId=a.b_-C="), both);
        assert_eq!(parts("s3://states/k?versionId=a.b_-C=&region=eu-west-1"), both);
        assert_eq!(parts("s3://states/what?now?"), named("states", "what?now"));
        assert_eq!(parts("s3://states/k?"), named("states", "k"));
    }

    #[test]
    fn each_mistake_has_its_message_and_its_remedy() {
        let long = format!("s3://states/{}", "k".repeat(1025));
        let mistakes = [
            "https://states/k",
            "s3://",
            "s3:///k",
            "s3://states",
            "s3://states/",
            "s3://states/?region=eu-west-1",
            "s3://ab/k",
            "s3://my states/k",
            "s3://états/k",
            "s3://user:word@host/k",
            "s3://.../../k",
            "s3://arn:aws:s3:eu-west-1:1:accesspoint/a/k",
            "s3://states--euw1-az1--x-s3/k",
            "s3://states--ol-s3/k",
            "s3://states/a\nb",
            &long,
            "s3://states/k?X-Amz-Signature=planted",
            "s3://states/k?region=",
            "s3://states/k?region=eu.west",
            "s3://states/k?versionId=",
            "s3://states/k?region=eu-west-1&region=eu-west-1",
        ];
        let told = mistakes.iter().map(|text| match Uri::parse(text) {
            Err(error) => Diagnostic::from(error).render(false).replace(&"k".repeat(1025), "k…"),
            Ok(uri) => format!("{uri:?}"),
        });
        let told = told.collect::<Vec<_>>().join("\n\n");
        assert!(!told.contains("planted"), "{told}");
        insta::assert_snapshot!(told);
    }
}
