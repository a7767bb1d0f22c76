//! AWS itself: one signed call for every service, on the SDK's own runtime (retries, timeouts, identities).
//!
//! INVARIANT: nothing of a reply's text reaches an error. The SDK's error context, which prints whole bodies, is not used.

mod endpoint;
mod http;
mod object;
mod offered;
mod request;
mod retry;
mod status;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aws_config::SdkConfig;
use aws_config::sts::AssumeRoleProvider;
use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_runtime::auth::sigv4::{SCHEME_ID, SigV4AuthScheme};
use aws_runtime::auth::{SigV4OperationSigningConfig, SigningOptions};
use aws_smithy_runtime::client::identity::IdentityCache;
use aws_smithy_runtime::client::orchestrator::operation::Operation as Runtime;
use aws_smithy_runtime::client::retries::RetryPartition;
use aws_smithy_runtime::client::retries::classifiers::TransientErrorClassifier;
use aws_smithy_runtime::client::stalled_stream_protection::StalledStreamProtectionInterceptor;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::static_resolver::StaticAuthSchemeOptionResolver;
use aws_smithy_runtime_api::client::auth::{
    AuthSchemeOptionResolverParams, SharedAuthScheme, SharedAuthSchemeOptionResolver,
};
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::StaticRuntimePlugin;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::config_bag::Layer;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SigningName;
use aws_types::region::{Region, SigningRegion};

use super::api::{Accounts, Answer, Asked, AwsApi, Eventually};
use super::collect::{Keys, Limits};
use super::services::service_of;
use super::{CallStatus, decode};
use endpoint::Place;
pub(super) use endpoint::partition_name;
pub(super) use object::Unread;
use retry::{Body, Metering, Patience};
pub(super) use retry::{Hint, Refused};

/// Named, so that a new release of the SDK changes nothing here.
fn behavior() -> BehaviorVersion {
    BehaviorVersion::v2026_01_12()
}

/// How the user reaches AWS.
#[derive(Clone, Debug, Default)]
pub(super) struct Access {
    pub(super) profile: Option<String>,
    pub(super) endpoint_url: Option<String>,
    pub(super) keys: Option<Keys>,
    /// Where to ask for accounts and roles if nothing else says.
    pub(super) home_region: Option<String>,
}

/// What all calls of a run share.
struct Shared {
    limits: Limits,
    max_requests: u64,
    /// The requests sent.
    sent: AtomicU64,
}

/// AWS with the user's credentials.
pub(super) struct Live {
    config: SdkConfig,
    shared: Arc<Shared>,
}

/// Where commands go whose region nobody named; AWS's own tools take the same.
const HOME_REGION: &str = "us-east-1";

impl Live {
    /// Reads the environment and the profile. Asks nobody yet.
    pub(super) async fn new(access: &Access, limits: &Limits, max_requests: Option<u64>) -> Self {
        let mut loader = aws_config::defaults(behavior())
            .http_client(http::client(limits))
            .retry_config(retries(limits))
            .timeout_config(timeouts(limits));
        if let Some(profile) = &access.profile {
            loader = loader.profile_name(profile);
        }
        if let Some(url) = &access.endpoint_url {
            loader = loader.endpoint_url(url);
        }
        if let Some(keys) = &access.keys {
            let keys = Credentials::new(&keys.id, &keys.secret, keys.token.clone(), None, "given");
            loader = loader.credentials_provider(keys);
        }
        let mut config = loader.load().await;
        if config.region().is_none() {
            let home = access.home_region.clone().unwrap_or_else(|| HOME_REGION.to_owned());
            config = config.into_builder().region(Region::new(home)).build();
        }
        let shared =
            Shared { limits: limits.clone(), max_requests: max_requests.unwrap_or(u64::MAX), sent: AtomicU64::new(0) };
        Self { config, shared: Arc::new(shared) }
    }

    /// The region that is configured, or where commands go without one.
    pub(super) fn home_region(&self) -> Arc<str> {
        Arc::from(self.config.region().map_or(HOME_REGION, AsRef::as_ref))
    }

    /// With the credentials that the user gave.
    pub(super) fn own_api(&self) -> LiveApi {
        LiveApi::new(self.config.clone(), Arc::clone(&self.shared))
    }

    /// With a role, by its ARN.
    pub(super) async fn role_api(&self, role: &str, external_id: Option<&str>) -> Result<LiveApi, CallStatus> {
        let mut role =
            AssumeRoleProvider::builder(role).session_name("dbkeel").session_length(HOUR).configure(&self.config);
        if let Some(external_id) = external_id {
            role = role.external_id(external_id);
        }
        let provider = SharedCredentialsProvider::new(role.build().await);
        // Asked once here, so that a role that cannot be assumed is told once, and not by every call.
        provider.provide_credentials().await.map_err(|error| status::of_credentials(&error))?;
        let cache = IdentityCache::lazy().build();
        let config = self.config.to_builder().credentials_provider(provider).identity_cache(cache).build();
        Ok(LiveApi::new(config, Arc::clone(&self.shared)))
    }
}

fn retries(limits: &Limits) -> RetryConfig {
    RetryConfig::standard()
        .with_max_attempts(limits.attempts.max(limits.throttled_attempts))
        .with_initial_backoff(limits.first_backoff)
        .with_max_backoff(limits.longest_backoff)
}

fn timeouts(limits: &Limits) -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(limits.connect)
        .read_timeout(limits.read)
        .operation_attempt_timeout(limits.attempt)
        .operation_timeout(limits.call)
        .build()
}

impl Accounts for Live {
    fn home(&self) -> Arc<str> {
        self.home_region()
    }

    fn requests(&self) -> u64 {
        self.shared.sent.load(Ordering::Relaxed)
    }

    fn own(&self) -> Arc<dyn AwsApi> {
        Arc::new(self.own_api())
    }

    fn with_role<'a>(
        &'a self,
        role: &'a str,
        external_id: Option<&'a str>,
    ) -> Eventually<'a, Result<Arc<dyn AwsApi>, CallStatus>> {
        Box::pin(async move { Ok(Arc::new(self.role_api(role, external_id).await?) as Arc<dyn AwsApi>) })
    }
}

/// As long as a role that was itself reached through another role may last:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining>
const HOUR: Duration = Duration::from_secs(3600);

/// One account.
pub(super) struct LiveApi {
    config: SdkConfig,
    shared: Arc<Shared>,
    /// The quota of retries of a region and service, so that one that is throttled does not use up the others'.
    partitions: Mutex<BTreeMap<(Arc<str>, &'static str), RetryPartition>>,
}

/// Whom a call asks, and how it is signed.
struct Addressed {
    service: &'static str,
    action: &'static str,
    region: Arc<str>,
    place: Place,
    signing: SigningOptions,
    /// How long a reply may stand still that has begun; where an attempt is short anyway, that does not matter.
    stall: StalledStreamProtectionConfig,
}

impl LiveApi {
    fn new(config: SdkConfig, shared: Arc<Shared>) -> Self {
        Self { config, shared, partitions: Mutex::default() }
    }

    fn partition(&self, region: &Arc<str>, service: &'static str) -> RetryPartition {
        let mut partitions = self.partitions.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = || RetryPartition::custom(format!("{service}-{region}")).build();
        partitions.entry((Arc::clone(region), service)).or_insert_with(fresh).clone()
    }

    /// A call that knows how its request is written and its reply read; `None` without credentials.
    fn operation<I: fmt::Debug + Send + Sync + 'static>(
        &self,
        call: &Addressed,
        metering: Metering,
        write: impl Fn(I) -> Result<HttpRequest, BoxError> + Send + Sync + 'static,
        read: impl Fn(&HttpResponse) -> Result<Body, OrchestratorError<Refused>> + Send + Sync + 'static,
    ) -> Option<Runtime<I, Body, Refused>> {
        let limits = &self.shared.limits;
        let mut layer = Layer::new("dbkeel");
        layer.store_put(AuthSchemeOptionResolverParams::new(()));
        layer.store_put(SigningRegion::from(Region::new(call.place.signed.clone())));
        layer.store_put(SigningName::from_static(call.service));
        let signing = SigV4OperationSigningConfig { signing_options: call.signing.clone(), ..Default::default() };
        layer.store_put(signing);
        layer.store_put(self.partition(&call.region, call.service));
        let schemes = StaticAuthSchemeOptionResolver::new(vec![SCHEME_ID]);
        let components = RuntimeComponentsBuilder::new("dbkeel")
            .with_auth_scheme(SharedAuthScheme::new(SigV4AuthScheme::new()))
            .with_auth_scheme_option_resolver(Some(SharedAuthSchemeOptionResolver::new(schemes)))
            .with_identity_resolver(SCHEME_ID, self.config.credentials_provider()?)
            .with_identity_cache(self.config.identity_cache());
        let built = Runtime::builder()
            .service_name(call.service)
            .operation_name(call.action)
            .behavior_version(behavior())
            .endpoint_url(&call.place.url)
            .http_client(self.config.http_client()?)
            .sleep_impl(self.config.sleep_impl()?)
            .time_source(self.config.time_source()?)
            .standard_retry(&retries(limits))
            .timeout_config(timeouts(limits))
            .stalled_stream_protection(call.stall.clone())
            .interceptor(StalledStreamProtectionInterceptor::default())
            .retry_classifier(TransientErrorClassifier::<Refused>::new())
            .retry_classifier(Patience(Arc::clone(&metering.0)))
            .interceptor(metering)
            .runtime_plugin(StaticRuntimePlugin::new().with_config(layer.freeze()).with_runtime_components(components))
            .serializer(write)
            .deserializer(read);
        Some(built.build())
    }

    /// A call of one of the services that collecting asks.
    fn listed(&self, asked: &Asked, metering: Metering) -> Option<Runtime<Asked, Body, Refused>> {
        let service = service_of(asked.operation);
        let call = Addressed {
            service: service.name,
            action: asked.operation.action,
            region: Arc::clone(&asked.region),
            place: endpoint::of(&self.config, service, &asked.region),
            signing: SigningOptions::default(),
            stall: StalledStreamProtectionConfig::disabled(),
        };
        let protocol = service.protocol;
        let read = move |response: &HttpResponse| retry::read(protocol, response);
        self.operation(&call, metering, |asked: Asked| request::of(&asked), read)
    }
}

impl AwsApi for LiveApi {
    fn call<'a>(&'a self, asked: &'a Asked) -> Eventually<'a, Answer> {
        Box::pin(async move {
            let meter = Arc::new(Meter::new(&self.shared));
            let Some(operation) = self.listed(asked, Metering(Arc::clone(&meter))) else {
                return Answer { result: Err(no_credentials()), requests: 0 };
            };
            let result = match operation.invoke(asked.clone()).await {
                Ok(body) => decode::reply(asked.operation, &body.0)
                    .map_err(|flaw| CallStatus::Malformed(Arc::from(flaw.to_string()))),
                Err(error) => {
                    Err(status::where_not_offered(&error, asked).unwrap_or_else(|| status::of_call(&error, &meter)))
                }
            };
            Answer { result, requests: meter.sent.load(Ordering::Relaxed) }
        })
    }
}

fn no_credentials() -> CallStatus {
    CallStatus::Credentials(Arc::from("there are no credentials"))
}

/// What one call used, its attempts together.
struct Meter {
    shared: Arc<Shared>,
    sent: AtomicU32,
    /// How the last attempt to which there was a reply ended.
    last: Mutex<Option<CallStatus>>,
    is_over_budget: std::sync::atomic::AtomicBool,
}

impl Meter {
    fn new(shared: &Arc<Shared>) -> Self {
        Self {
            shared: Arc::clone(shared),
            sent: AtomicU32::new(0),
            last: Mutex::default(),
            is_over_budget: false.into(),
        }
    }

    /// Whether the attempts that a failure is worth are used up.
    fn has_tried_enough(&self) -> bool {
        self.sent.load(Ordering::Relaxed) >= self.shared.limits.attempts
    }

    /// Takes one request from the run's budget.
    fn may_send(&self) -> bool {
        let shared = &self.shared;
        let taken = shared
            .sent
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |sent| (sent < shared.max_requests).then(|| sent + 1));
        match taken {
            Ok(_) => self.sent.fetch_add(1, Ordering::Relaxed),
            Err(_) => {
                self.is_over_budget.store(true, Ordering::Relaxed);
                return false;
            }
        };
        true
    }

    fn remember(&self, status: CallStatus) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(status);
    }

    fn last(&self) -> Option<CallStatus> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
