//! Which attempts are worth another, how many there may be, and how much of a reply is read.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use aws_runtime::retries::classifiers::{THROTTLING_ERRORS, TRANSIENT_ERRORS};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeDeserializationInterceptorContextMut, BeforeTransmitInterceptorContextRef, InterceptorContext,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::retries::classifiers::{
    ClassifyRetry, RetryAction, RetryClassifierPriority, RetryReason,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::retry::ErrorKind;
use http_body_util::{LengthLimitError, Limited};

use super::{Meter, status};
use crate::source::aws::decode;
use crate::source::aws::services::Protocol;

/// A successful reply's body, which is shown to nobody.
pub(super) struct Body(pub(super) Vec<u8>);

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

/// A reply that is an error.
#[derive(Debug, thiserror::Error)]
#[error("HTTP status {status}")]
pub(in crate::source::aws) struct Refused {
    pub(in crate::source::aws) status: u16,
    /// The service's code, if the body has one.
    pub(in crate::source::aws) code: Option<String>,
    /// What S3 says beside its code; no other service does.
    pub(in crate::source::aws) hint: Option<Hint>,
}

/// What S3 says beside its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::source::aws) enum Hint {
    /// The region that the bucket is in.
    Region(Arc<str>),
    /// The key that the object is encrypted with may not be used.
    Decrypt,
    /// The object is encrypted with a key that whoever wrote it keeps.
    CustomerKey,
}

impl Refused {
    pub(super) fn is_throttling(&self) -> bool {
        self.status == 429 || self.code.as_deref().is_some_and(|code| THROTTLING_ERRORS.contains(&code))
    }

    fn is_transient(&self) -> bool {
        let by_code = self.code.as_deref().is_some_and(|code| TRANSIENT_ERRORS.contains(&code));
        by_code || matches!(self.status, 500 | 502..=504)
    }
}

/// Reads a reply that has arrived whole.
pub(super) fn read(protocol: Protocol, response: &HttpResponse) -> Result<Body, OrchestratorError<Refused>> {
    let body = response.body().bytes().unwrap_or_default();
    if response.status().is_success() {
        return Ok(Body(body.to_vec()));
    }
    let kind = header(response, "x-amzn-errortype");
    let code = decode::code(protocol, kind, body);
    Err(OrchestratorError::operation(Refused { status: response.status().as_u16(), code, hint: None }))
}

pub(super) fn header<'r>(response: &'r HttpResponse, name: &str) -> Option<&'r str> {
    response.headers().try_get(name).and_then(Result::ok)
}

/// What a service asks to wait: AWS's own header in milliseconds, HTTP's in seconds.
fn asked_delay(response: &HttpResponse) -> Option<Duration> {
    let number = |name| header(response, name).and_then(|value| value.trim().parse::<u64>().ok());
    number("x-amz-retry-after").map(Duration::from_millis).or_else(|| number("retry-after").map(Duration::from_secs))
}

/// Tries again when throttled, and, less often, when the service failed; when the service says, if it does. Never for a
/// reply that is too large, which would be as large again. It has the last word after the SDK's own classifier, which
/// tells about connections and timeouts.
pub(super) struct Patience(pub(super) Arc<Meter>);

impl fmt::Debug for Patience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Patience")
    }
}

impl ClassifyRetry for Patience {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let Some(Err(error)) = context.output_or_error() else { return RetryAction::NoActionIndicated };
        if is_too_large(error) {
            return RetryAction::RetryForbidden;
        }
        let refused = error.as_operation_error().and_then(|error| error.downcast_ref::<Refused>());
        let kind = match refused {
            Some(refused) if refused.is_throttling() => ErrorKind::ThrottlingError,
            _ if self.0.has_tried_enough() => return RetryAction::RetryForbidden,
            Some(refused) if refused.is_transient() => ErrorKind::TransientError,
            _ => return RetryAction::NoActionIndicated,
        };
        let retry_after = context.response().and_then(asked_delay);
        RetryAction::RetryIndicated(RetryReason::RetryableError { kind, retry_after })
    }

    fn name(&self) -> &'static str {
        "dbkeel"
    }

    fn priority(&self) -> RetryClassifierPriority {
        RetryClassifierPriority::run_after(RetryClassifierPriority::transient_error_classifier())
    }
}

/// Whether a reply went over the limit on its size.
pub(super) fn is_too_large(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if error.is::<LengthLimitError>() {
            return true;
        }
        next = error.source();
    }
    false
}

/// Counts requests, keeps to the budget, and limits what is read of a reply.
pub(super) struct Metering(pub(super) Arc<Meter>);

impl fmt::Debug for Metering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Metering")
    }
}

#[dyn_dispatch_hint]
impl Intercept for Metering {
    fn name(&self) -> &'static str {
        "dbkeel"
    }

    fn read_before_transmit(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if self.0.may_send() { Ok(()) } else { Err("the budget of calls is used up".into()) }
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let most = self.0.shared.limits.reply_bytes;
        let body = context.response_mut().body_mut();
        *body = SdkBody::from_body_1_x(Limited::new(std::mem::replace(body, SdkBody::taken()), most));
        Ok(())
    }

    fn read_after_attempt(
        &self,
        context: &aws_smithy_runtime_api::client::interceptors::context::FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let refused = context.output_or_error().and_then(Result::err).and_then(OrchestratorError::as_operation_error);
        if let Some(refused) = refused.and_then(|error| error.downcast_ref::<Refused>()) {
            self.0.remember(status::of_refusal(refused));
        }
        Ok(())
    }
}
