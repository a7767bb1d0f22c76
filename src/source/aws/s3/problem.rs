//! Why an object of S3 is not read, and what to do about it.
//!
//! INVARIANT: nothing of a reply's body is in it but the error's code, which is a plain word.

use std::borrow::Cow;
use std::sync::Arc;

use crate::source::aws::CallStatus;
use crate::source::aws::live::{Hint, Refused, Unread};

/// Why an object of S3 is not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum S3Problem {
    /// Not `s3://`.
    #[error("this is no path of S3")]
    OtherScheme,
    /// Nothing stands behind `s3://`.
    #[error("the path names no bucket")]
    NoBucket,
    /// Nothing stands behind the bucket.
    #[error("the path names no object of the bucket")]
    NoKey {
        /// The bucket.
        bucket: Arc<str>,
    },
    /// No name that a bucket may have.
    #[error("what stands behind `s3://` is no name of a bucket")]
    BadBucket,
    /// Something that is spoken to in another way.
    #[error("what stands behind `s3://` is {what}")]
    OtherBucket {
        /// What.
        what: &'static str,
    },
    /// A key with line breaks or the like.
    #[error("the key has a control character in it")]
    BadKey,
    /// A key that S3 cannot have.
    #[error("the key has {bytes} bytes; S3 has none of more than 1024")]
    LongKey {
        /// Its length.
        bytes: usize,
    },
    /// Something else than region and version behind the `?`.
    #[error("`{name}` cannot be said of an object")]
    UnknownParameter {
        /// Its name; not its value, which may be secret.
        name: String,
    },
    /// Said more than once.
    #[error("`{name}` is said twice")]
    RepeatedParameter {
        /// Its name.
        name: &'static str,
    },
    /// Not of the form that its values have.
    #[error("the value of `{name}` is none that it can have")]
    BadParameter {
        /// Its name.
        name: &'static str,
    },
    /// The object may not be read.
    #[error("S3 does not let these credentials read the object: {code}")]
    Denied {
        /// The service's code.
        code: Arc<str>,
        /// The permission that reads it.
        permission: &'static str,
    },
    /// The object may be read, and the key that it is encrypted with not used.
    #[error("these credentials may not use the key that the object is encrypted with: {code}")]
    KeyDenied {
        /// The service's code.
        code: Arc<str>,
    },
    /// The key that it is encrypted with is disabled, deleted or the like.
    #[error("the key that the object is encrypted with cannot be used: {code}")]
    KeyUnusable {
        /// The service's code.
        code: Arc<str>,
    },
    /// Encrypted with a key that whoever wrote it keeps (SSE-C).
    #[error("the object is encrypted with a key that S3 does not keep (SSE-C)")]
    CustomerKey,
    /// No object of this key.
    #[error("the bucket has no object of this key")]
    NoSuchKey,
    /// No bucket of this name.
    #[error("there is no bucket of this name")]
    NoSuchBucket,
    /// No such version of the object, or one that marks its deletion.
    #[error("the object has no such version that could be read: {code}")]
    NoSuchVersion {
        /// The service's code.
        code: Arc<str>,
    },
    /// In a storage class that has to be restored from.
    #[error("the object is archived")]
    Archived,
    /// More bytes than are read.
    #[error("the object has more than {limit} bytes, the most that are read")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// Asked in the region that S3 named, it named another.
    #[error("S3 sends the request from region to region")]
    Elsewhere,
    /// No credentials, or such as AWS does not take.
    #[error("AWS does not accept the credentials: {why}")]
    Credentials {
        /// Why.
        why: Arc<str>,
    },
    /// Asked to slow down until the attempts were used up.
    #[error("S3 asked to slow down until the attempts were used up")]
    Throttled,
    /// No whole reply: no connection, cut short, none in time, an error of the service.
    #[error("the object could not be read: {why}")]
    Failed {
        /// What happened.
        why: Arc<str>,
    },
}

impl S3Problem {
    /// What to do about it.
    pub fn help(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::OtherScheme | Self::NoBucket => "write `s3://bucket/key`",
            Self::NoKey { bucket } => return format!("write `s3://{bucket}/key`, with the key of one state").into(),
            Self::BadBucket => {
                "write `s3://bucket/key`; a bucket's name has 3 characters or more, of letters, digits, `.`, `-` and `_`"
            }
            Self::OtherBucket { .. } => {
                "give the name of a general purpose bucket, or the alias of an access point (`…-s3alias`)"
            }
            Self::BadKey | Self::LongKey { .. } => "give the key as `aws s3 ls --recursive` prints it",
            Self::UnknownParameter { .. } => {
                "only `region` and `versionId` can stand behind the `?`; if the `?` belongs to the key, write another one at its end"
            }
            Self::RepeatedParameter { .. } => "say it once",
            Self::BadParameter { name: "region" } => "give a region such as `eu-west-1`, or leave it out: S3 tells it",
            Self::BadParameter { .. } => {
                "give the version as `aws s3api list-object-versions` prints it, or leave it out"
            }
            Self::Denied { permission, .. } => return denied(permission).into(),
            Self::KeyDenied { .. } => {
                "allow the role or user `kms:Decrypt` on that key, in its own policy and, from another account, in the key's too"
            }
            Self::KeyUnusable { .. } => "enable the key, or cancel its deletion, in the account that it belongs to",
            Self::CustomerKey => {
                "dbkeel does not take such keys: copy the state to a file with the AWS CLI (`--sse-c`, `--sse-c-key`) and give that"
            }
            Self::NoSuchKey => {
                "check the key: it is taken as it stands, nothing in it is decoded and `*` is no wildcard; a workspace's state is under `env:/NAME/`"
            }
            Self::NoSuchBucket => "check the bucket's name, and that the credentials are of the right partition",
            Self::NoSuchVersion { .. } => {
                "list the versions with `aws s3api list-object-versions`; one that marks a deletion holds no state"
            }
            Self::Archived => {
                "restore it first (`aws s3api restore-object`), and keep states out of archiving lifecycle rules"
            }
            Self::TooLarge { .. } => "check that it is a state; if it is, split it, or copy it to a file and give that",
            Self::Elsewhere => "say the bucket's region: `s3://bucket/key?region=eu-west-1`",
            Self::Credentials { .. } => {
                "check the profile or the environment with `aws sts get-caller-identity`; log in again if they have ended"
            }
            Self::Throttled => "try again later",
            Self::Failed { .. } => "try again; check the network, the proxy, the region and the endpoint if it stays",
        })
    }

    pub(super) fn of(unread: Unread, limit: usize, has_version: bool) -> Self {
        match unread {
            Unread::TooLarge => Self::TooLarge { limit },
            Unread::Status(status) => Self::of_status(status),
            Unread::Refused(refused) => Self::of_refusal(refused, has_version),
        }
    }

    pub(super) fn of_status(status: CallStatus) -> Self {
        match status {
            CallStatus::Throttled => Self::Throttled,
            CallStatus::Credentials(why) => Self::Credentials { why },
            other => Self::Failed { why: Arc::from(other.words()) },
        }
    }

    /// The codes are those of <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>.
    fn of_refusal(refused: Refused, has_version: bool) -> Self {
        let code: Arc<str> = match refused.code {
            Some(code) => Arc::from(code),
            None if refused.status == 403 => Arc::from("HTTP status 403"),
            None => {
                let why = format!("HTTP status {} without an error of the service", refused.status);
                return Self::Failed { why: Arc::from(why) };
            }
        };
        match (&*code, refused.hint) {
            (
                "PermanentRedirect"
                | "TemporaryRedirect"
                | "AuthorizationHeaderMalformed"
                | "IllegalLocationConstraintException",
                Some(Hint::Region(_)),
            ) => Self::Elsewhere,
            (_, Some(Hint::Decrypt)) => Self::KeyDenied { code },
            (_, Some(Hint::CustomerKey)) => Self::CustomerKey,
            ("NoSuchKey", _) => Self::NoSuchKey,
            ("NoSuchBucket", _) => Self::NoSuchBucket,
            ("NoSuchVersion", _) => Self::NoSuchVersion { code },
            ("InvalidArgument" | "MethodNotAllowed", _) if has_version => Self::NoSuchVersion { code },
            ("InvalidObjectState", _) => Self::Archived,
            (kms, _) if kms.starts_with("KMS.") => Self::KeyUnusable { code },
            (
                "ExpiredToken"
                | "InvalidAccessKeyId"
                | "InvalidToken"
                | "RequestExpired"
                | "RequestTimeTooSkewed"
                | "SignatureDoesNotMatch"
                | "TokenRefreshRequired"
                | "AuthorizationHeaderMalformed",
                _,
            ) => Self::Credentials { why: code },
            _ if refused.status == 403 => {
                let permission = if has_version { "s3:GetObjectVersion" } else { "s3:GetObject" };
                Self::Denied { code, permission }
            }
            _ => Self::Failed { why: code },
        }
    }
}

fn denied(permission: &str) -> String {
    format!(
        "allow the role or user `{permission}` on the object, and `kms:Decrypt` on its key if it has one of its own; \
         without `s3:ListBucket` S3 says the same of an object that is not there"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(status: u16, code: &str, hint: Option<Hint>, has_version: bool) -> (String, String) {
        let code = (!code.is_empty()).then(|| code.to_owned());
        let problem = S3Problem::of(Unread::Refused(Refused { status, code, hint }), 1 << 28, has_version);
        (problem.to_string(), problem.help().into_owned())
    }

    #[test]
    fn what_may_not_be_read_names_the_permission_that_reads_it() {
        let (what, help) = of(403, "AccessDenied", None, false);
        assert_eq!(what, "S3 does not let these credentials read the object: AccessDenied");
        assert!(help.contains("`s3:GetObject`") && help.contains("`kms:Decrypt`"), "{help}");
        let (_, help) = of(403, "AccessDenied", None, true);
        assert!(help.contains("`s3:GetObjectVersion`"), "{help}");
        let (what, help) = of(403, "AccessDenied", Some(Hint::Decrypt), false);
        assert!(what.contains("key that the object is encrypted with"), "{what}");
        assert!(help.contains("`kms:Decrypt`") && !help.contains("s3:GetObject"), "{help}");
        let (what, _) = of(403, "", None, false);
        assert!(what.ends_with("HTTP status 403"), "{what}");
    }

    #[test]
    fn each_refusal_is_told_as_what_it_is() {
        let rows = [
            (404, "NoSuchKey", false, "the bucket has no object of this key"),
            (404, "NoSuchBucket", false, "there is no bucket of this name"),
            (404, "NoSuchVersion", true, "the object has no such version that could be read: NoSuchVersion"),
            (400, "InvalidArgument", true, "the object has no such version that could be read: InvalidArgument"),
            (405, "MethodNotAllowed", true, "the object has no such version that could be read: MethodNotAllowed"),
            (403, "InvalidObjectState", false, "the object is archived"),
            (
                400,
                "KMS.DisabledException",
                false,
                "the key that the object is encrypted with cannot be used: KMS.DisabledException",
            ),
            (403, "ExpiredToken", false, "AWS does not accept the credentials: ExpiredToken"),
            (403, "RequestTimeTooSkewed", false, "AWS does not accept the credentials: RequestTimeTooSkewed"),
            (400, "InvalidRequest", false, "the object could not be read: InvalidRequest"),
            (502, "", false, "the object could not be read: HTTP status 502 without an error of the service"),
        ];
        for (status, code, has_version, expected) in rows {
            assert_eq!(of(status, code, None, has_version).0, expected);
        }
        let (what, help) = of(400, "InvalidRequest", Some(Hint::CustomerKey), false);
        assert_eq!(what, "the object is encrypted with a key that S3 does not keep (SSE-C)");
        assert!(help.contains("--sse-c"), "{help}");
    }
}
