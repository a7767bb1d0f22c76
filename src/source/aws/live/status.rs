//! What an error means for the inventory.

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;

use super::Meter;
use super::offered::NOT_OFFERED;
use super::retry::{Refused, is_too_large};
use crate::source::aws::CallStatus;
use crate::source::aws::api::Asked;

/// A call that did not end well.
pub(super) fn of_call(error: &SdkError<Refused, HttpResponse>, meter: &Meter) -> CallStatus {
    if meter.is_over_budget.load(Ordering::Relaxed) {
        return CallStatus::OverBudget;
    }
    if let Some(credentials) = source_of::<CredentialsError>(error) {
        return of_credentials(credentials);
    }
    match error {
        SdkError::ServiceError(refused) => of_refusal(refused.err()),
        // The whole call's time went by while it was being throttled.
        SdkError::TimeoutError(_) => match meter.last() {
            Some(CallStatus::Throttled) => CallStatus::Throttled,
            _ => failed("there was no reply in time"),
        },
        SdkError::ResponseError(_) if is_too_large(error) => {
            CallStatus::Malformed(Arc::from("the reply is larger than a reply may be"))
        }
        SdkError::ResponseError(_) => CallStatus::Malformed(Arc::from("the reply ended before its end")),
        SdkError::DispatchFailure(failure) if failure.is_timeout() => failed("there was no reply in time"),
        SdkError::DispatchFailure(failure) if failure.is_io() => failed("there was no connection, or it broke"),
        SdkError::DispatchFailure(_) => failed("the request could not be sent"),
        _ => failed("the request could not be made"),
    }
}

/// A call that reached nobody where its service is not offered: its host has no name there. That it is on the list of such
/// regions is no reason not to ask, since lists grow old.
pub(super) fn where_not_offered(error: &SdkError<Refused, HttpResponse>, asked: &Asked) -> Option<CallStatus> {
    let (_, regions) = NOT_OFFERED.iter().find(|(service, _)| *service == asked.operation.service)?;
    let reached_nobody = matches!(error, SdkError::DispatchFailure(failure) if failure.is_io());
    (reached_nobody && regions.contains(&asked.region.as_ref()))
        .then(|| CallStatus::NotSupported(Arc::from("the service has no endpoint in the region")))
}

fn failed(why: &str) -> CallStatus {
    CallStatus::Failed(Arc::from(why))
}

fn source_of<'e, E: Error + 'static>(error: &'e (dyn Error + 'static)) -> Option<&'e E> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<E>() {
            return Some(found);
        }
        next = error.source();
    }
    None
}

/// What the service said. The codes are those of
/// <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/CommonErrors.html> and
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html>, and of each call's own page.
pub(super) fn of_refusal(refused: &Refused) -> CallStatus {
    let Some(code) = refused.code.as_deref() else {
        return match refused.status {
            429 => CallStatus::Throttled,
            status => CallStatus::Failed(Arc::from(format!("HTTP status {status} without an error of the service"))),
        };
    };
    let why: Arc<str> = Arc::from(code);
    match code {
        _ if refused.is_throttling() => CallStatus::Throttled,
        "AccessDenied"
        | "AccessDeniedException"
        | "AuthorizationError"
        | "NotAuthorized"
        | "UnauthorizedAccess"
        | "UnauthorizedOperation" => CallStatus::Denied(why),
        "AuthFailure"
        | "ExpiredToken"
        | "ExpiredTokenException"
        | "IncompleteSignature"
        | "InvalidAccessKeyId"
        | "InvalidClientTokenId"
        | "InvalidSignatureException"
        | "MissingAuthenticationToken"
        | "MissingAuthenticationTokenException"
        | "RequestExpired"
        | "SignatureDoesNotMatch"
        | "TokenRefreshRequired"
        | "UnrecognizedClientException" => CallStatus::Credentials(why),
        // The last two are what KMS says of a key that cannot be rotated, or that waits for its deletion.
        "InvalidAction"
        | "NotImplemented"
        | "OptInRequired"
        | "SubscriptionRequiredException"
        | "UnknownOperationException"
        | "UnsupportedOperation"
        | "UnsupportedOperationException"
        | "KMSInvalidStateException" => CallStatus::NotSupported(why),
        _ if is_gone(code) => CallStatus::Gone(why),
        _ => CallStatus::Failed(why),
    }
}

/// `DBSnapshotNotFound`, `DBParameterGroupNotFoundFault`, `NotFoundException`, `ResourceNotFoundException` …
fn is_gone(code: &str) -> bool {
    ["NotFound", "NotFoundFault", "NotFoundException"].iter().any(|end| code.ends_with(end))
}

/// Why there are no credentials: the code that STS or SSO gave, or which kind of failure it was.
pub(super) fn of_credentials(error: &CredentialsError) -> CallStatus {
    let why = match error {
        CredentialsError::CredentialsNotLoaded(_) => "there are no credentials",
        CredentialsError::ProviderTimedOut(_) => "the credentials did not come in time",
        CredentialsError::InvalidConfiguration(_) => "the profile is not valid",
        _ => "the credentials were refused",
    };
    let code = code_in(error);
    CallStatus::Credentials(Arc::from(code.map_or_else(|| why.to_owned(), |code| format!("{why}: {code}"))))
}

/// The code of a service's error further down. `aws-config` boxes the errors of its own clients, whose types have no name
/// outside of them; an error without a type of its own shows as `unhandled error (Code)`.
fn code_in(error: &dyn Error) -> Option<String> {
    let mut next = error.source();
    while let Some(error) = next {
        let text = error.to_string();
        let code = text.strip_prefix("unhandled error (").and_then(|rest| rest.strip_suffix(')'));
        if let Some(code) = code.filter(|code| code.bytes().all(|byte| byte.is_ascii_alphanumeric())) {
            return Some(code.to_owned());
        }
        next = error.source();
    }
    None
}

#[cfg(test)]
mod tests {
    use aws_smithy_runtime_api::client::result::ConnectorError;

    use super::*;
    use crate::source::aws::operations::find;

    fn told(call: &str, region: &str, failure: ConnectorError) -> Option<CallStatus> {
        let asked = Asked { operation: find(call).unwrap(), region: Arc::from(region), of: None, page: None };
        where_not_offered(&SdkError::dispatch_failure(failure), &asked)
    }

    #[test]
    fn where_a_service_is_not_offered_that_nobody_is_there_is_no_failure() {
        let nobody = || ConnectorError::io("dns error".into());
        let absent = |told: Option<CallStatus>| matches!(told, Some(CallStatus::NotSupported(_)));
        assert!(absent(told("dax:DescribeClusters", "me-south-1", nobody())));
        assert!(absent(told("memorydb:DescribeClusters", "eu-central-2", nobody())));
        assert_eq!(told("dax:DescribeClusters", "eu-west-1", nobody()), None);
        assert_eq!(told("rds:DescribeDBInstances", "me-south-1", nobody()), None);
        assert_eq!(told("dax:DescribeClusters", "me-south-1", ConnectorError::timeout("slow".into())), None);
        assert_eq!(told("dax:DescribeClusters", "xx-new-1", nobody()), None, "a region that is newer than the list");
    }
}
