//! The calls of RDS that the collector makes, made with the SDK alone: paginators, typed replies, nothing else.

use aws_sdk_rds::Client;
use aws_smithy_http_client::{Builder, tls};

/// Makes the calls, and says how many objects they gave.
pub(crate) fn run() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    println!("{} objects", runtime.block_on(calls()));
}

macro_rules! pages {
    ($client:expr, $call:ident $(, $setter:ident = $value:expr)*) => {{
        let pages = $client.$call()$(.$setter($value))*.into_paginator().items().send();
        pages.collect::<Result<Vec<_>, _>>().await.expect(stringify!($call)).len()
    }};
}

async fn calls() -> usize {
    let http = Builder::new().tls_provider(tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring)).build_https();
    let config = aws_config::defaults(aws_config::BehaviorVersion::latest()).http_client(http).load().await;
    let rds = Client::new(&config);
    // Two at a time, as the collector does.
    let first = async {
        let mut objects = pages!(rds, describe_db_instances);
        objects += pages!(rds, describe_db_clusters);
        objects += pages!(rds, describe_global_clusters);
        objects += pages!(rds, describe_db_parameter_groups);
        objects += pages!(rds, describe_db_cluster_parameter_groups);
        objects += pages!(rds, describe_option_groups);
        objects += pages!(rds, describe_db_subnet_groups);
        objects += pages!(rds, describe_event_subscriptions);
        objects += pages!(rds, describe_pending_maintenance_actions);
        objects
    };
    let second = async {
        let mut objects = pages!(rds, describe_db_snapshots);
        objects += pages!(rds, describe_db_cluster_snapshots);
        objects += pages!(rds, describe_db_instance_automated_backups);
        objects += pages!(rds, describe_db_cluster_automated_backups);
        objects += pages!(rds, describe_db_proxies);
        objects += pages!(rds, describe_blue_green_deployments);
        objects += pages!(rds, describe_db_major_engine_versions);
        objects += pages!(rds, describe_certificates);
        objects += pages!(rds, describe_db_engine_versions, engine = "postgres", include_all = true);
        objects += pages!(rds, describe_engine_default_parameters, db_parameter_group_family = "postgres16");
        objects
    };
    let (first, second) = tokio::join!(first, second);
    first + second
}
