//! One object of S3: `GetObject`, whose reply is the object itself and not a document about it.
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html>

use std::sync::Arc;

use aws_runtime::auth::SigningOptions;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use percent_encoding::utf8_percent_encode;

use super::request::OUTSIDE_OF_PATHS;
use super::retry::{Body, Hint, Metering, Refused, header, is_too_large};
use super::{Addressed, LiveApi, Meter, endpoint, no_credentials, status};
use crate::source::aws::s3::{Uri, is_region};
use crate::source::aws::{CallStatus, decode};

/// Why there is no object.
#[derive(Debug)]
pub(in crate::source::aws) enum Unread {
    /// S3 said why, and it is no matter of patience.
    Refused(Refused),
    /// It has more bytes than a reply may have.
    TooLarge,
    /// Anything else; never [`CallStatus::Complete`].
    Status(CallStatus),
}

impl LiveApi {
    /// The bytes of an object, asked for in a region.
    pub(in crate::source::aws) async fn object(&self, uri: &Uri, region: &Arc<str>) -> Result<Vec<u8>, Unread> {
        let Some(place) = endpoint::of_bucket(&self.config, uri.bucket(), region) else {
            let status = CallStatus::NotSupported(Arc::from("S3 has no FIPS endpoints in this region"));
            return Err(Unread::Status(status));
        };
        let call = Addressed {
            service: "s3",
            action: "GetObject",
            region: Arc::clone(region),
            place,
            signing: signing(),
            stall: self.stall(),
        };
        let meter = Arc::new(Meter::new(&self.shared));
        let operation = self.operation(&call, Metering(Arc::clone(&meter)), |path: String| request(&path), read);
        let operation = operation.ok_or_else(|| Unread::Status(no_credentials()))?;
        match operation.invoke(path(uri)).await {
            Ok(body) => Ok(body.0),
            Err(error) if is_too_large(&error) => Err(Unread::TooLarge),
            Err(SdkError::ServiceError(refused)) if !refused.err().is_throttling() => {
                Err(Unread::Refused(refused.into_err()))
            }
            Err(error) => Err(Unread::Status(status::of_call(&error, &meter))),
        }
    }

    /// An object may take minutes, as long as something of it comes.
    fn stall(&self) -> StalledStreamProtectionConfig {
        StalledStreamProtectionConfig::enabled().upload_enabled(false).grace_period(self.shared.limits.read).build()
    }
}

/// S3 takes the path as it is sent: neither encoded again nor without its double slashes and dots, and it asks for the
/// digest of the body in a header. <https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html>
fn signing() -> SigningOptions {
    let mut options = SigningOptions::default();
    options.double_uri_encode = false;
    options.normalize_uri_path = false;
    options.content_sha256_header = true;
    options
}

/// The key as the path behind the bucket: each byte but those that RFC 3986 does not reserve is encoded, slashes stay.
fn path(uri: &Uri) -> String {
    let encoded = utf8_percent_encode(uri.key(), KEPT_IN_KEYS);
    match uri.version() {
        Some(version) => format!("/{encoded}?versionId={}", utf8_percent_encode(version, OUTSIDE_OF_PATHS)),
        None => format!("/{encoded}"),
    }
}

const KEPT_IN_KEYS: &percent_encoding::AsciiSet = &OUTSIDE_OF_PATHS.remove(b'/');

fn request(path: &str) -> Result<HttpRequest, BoxError> {
    let mut request = HttpRequest::empty();
    request.set_uri(path)?;
    Ok(request)
}

/// Reads a reply that has arrived whole. Any other success than 200 would be a part of the object, or none.
fn read(response: &HttpResponse) -> Result<Body, OrchestratorError<Refused>> {
    let body = response.body().bytes().unwrap_or_default();
    let status = response.status().as_u16();
    if status == 200 {
        return Ok(Body(body.to_vec()));
    }
    let refused = Refused { status, code: decode::code_of_xml(body), hint: hint(response, body) };
    Err(OrchestratorError::operation(refused))
}

/// What the code leaves open. The message is looked into for two fixed expressions and shown to nobody.
fn hint(response: &HttpResponse, body: &[u8]) -> Option<Hint> {
    let says = |what: &str| memchr::memmem::find(body, what.as_bytes()).is_some();
    if let Some(region) = header(response, "x-amz-bucket-region").filter(|region| is_region(region)) {
        let is_elsewhere = matches!(response.status().as_u16(), 301 | 302 | 307 | 400);
        if is_elsewhere && !says("Server Side Encryption") {
            return Some(Hint::Region(Arc::from(region)));
        }
    }
    match response.status().as_u16() {
        403 if says("kms:Decrypt") => Some(Hint::Decrypt),
        400 if says("Server Side Encryption") => Some(Hint::CustomerKey),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use aws_smithy_runtime_api::http::StatusCode;
    use aws_smithy_types::body::SdkBody;

    use super::*;

    fn reply(status: u16, headers: &[(&'static str, &'static str)], body: &'static str) -> HttpResponse {
        let mut response = HttpResponse::new(StatusCode::try_from(status).unwrap(), SdkBody::from(body));
        for (name, value) in headers {
            response.headers_mut().insert(*name, *value);
        }
        response
    }

    fn refused(response: &HttpResponse) -> (Option<String>, Option<Hint>) {
        let error = read(response).unwrap_err();
        let refused = error.as_operation_error().unwrap();
        (refused.code.clone(), refused.hint.clone())
    }

    #[test]
    fn a_key_is_encoded_once_and_keeps_its_slashes() {
        let path = |uri: &str| path(&Uri::parse(uri).unwrap());
        assert_eq!(path("s3://b-1/a b/é+%20/~x.tfstate"), "/a%20b/%C3%A9%2B%2520/~x.tfstate");
        assert_eq!(path("s3://b-1//a/../b//c"), "//a/../b//c");
        assert_eq!(path("s3://b-1/a?b?versionId=x+.y"), "/a%3Fb?versionId=x%2B.y");
    }

    #[test]
    fn a_request_is_signed_in_the_form_of_s3() {
        let options = signing();
        assert!(options.content_sha256_header);
        assert!(!options.double_uri_encode && !options.normalize_uri_path);
    }

    #[test]
    fn only_status_200_is_the_object() {
        assert_eq!(read(&reply(200, &[], "{}")).unwrap().0, b"{}");
        for status in [204, 206, 304] {
            assert!(read(&reply(status, &[], "{}")).is_err(), "{status}");
        }
    }

    #[test]
    fn what_a_refusal_says_is_its_code_and_a_hint() {
        let moved =
            reply(301, &[("x-amz-bucket-region", "eu-west-1")], "<Error><Code>PermanentRedirect</Code></Error>");
        let region = Some(Hint::Region(Arc::from("eu-west-1")));
        assert_eq!(refused(&moved), (Some("PermanentRedirect".to_owned()), region));
        let evil = reply(301, &[("x-amz-bucket-region", "evil.example/")], "");
        assert_eq!(refused(&evil), (None, None));
        let key =
            "<Error><Code>AccessDenied</Code><Message>… not authorized to perform: kms:Decrypt on …</Message></Error>";
        assert_eq!(refused(&reply(403, &[], key)), (Some("AccessDenied".to_owned()), Some(Hint::Decrypt)));
        let sse = "<Error><Code>InvalidRequest</Code><Message>The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.</Message></Error>";
        let sse = reply(400, &[("x-amz-bucket-region", "eu-west-1")], sse);
        assert_eq!(refused(&sse), (Some("InvalidRequest".to_owned()), Some(Hint::CustomerKey)));
    }
}
