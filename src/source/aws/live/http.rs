//! The HTTP client: rustls with ring, the proxy that the environment names.

use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use aws_smithy_http_client::{Connector, ConnectorBuilder};
use aws_smithy_runtime_api::client::http::{
    HttpConnectorSettings, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;

use crate::source::aws::collect::Limits;

/// One client, and so one pool of connections, for every call. What `aws-config` asks for with timeouts of its own (the
/// metadata of a virtual machine, which answers at once or is not there) is connected to anew.
pub(super) fn client(limits: &Limits) -> SharedHttpClient {
    let ours = HttpConnectorSettings::builder().connect_timeout(limits.connect).read_timeout(limits.read).build();
    let shared: std::sync::OnceLock<SharedHttpConnector> = std::sync::OnceLock::new();
    http_client_fn(move |settings, components| match is_same(settings, &ours) {
        true => shared.get_or_init(|| connector(settings, components)).clone(),
        false => connector(settings, components),
    })
}

fn is_same(a: &HttpConnectorSettings, b: &HttpConnectorSettings) -> bool {
    a.connect_timeout() == b.connect_timeout() && a.read_timeout() == b.read_timeout()
}

fn connector(settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
    let mut builder: ConnectorBuilder =
        Connector::builder().connector_settings(settings.clone()).proxy_config(ProxyConfig::from_env());
    builder.set_sleep_impl(components.sleep_impl());
    SharedHttpConnector::new(builder.tls_provider(Provider::Rustls(CryptoMode::Ring)).build())
}
