//! Where a service is in a region, and for which region its requests are signed.
//!
//! The suffixes are those of `partitions.json`, the rules those of each service's endpoint rule set, both of which botocore
//! ships (Apache-2.0). A test compares with what botocore makes of them.

use aws_config::SdkConfig;
use aws_types::service_config::ServiceConfigKey;

use crate::source::aws::services::Service;

/// Where requests go.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) url: String,
    /// The region in the signature.
    pub(super) signed: String,
}

/// Regions that belong together, under one domain.
struct Partition {
    name: &'static str,
    /// How the names of its regions begin.
    prefix: &'static str,
    domain: &'static str,
    dualstack: &'static str,
}

const fn partition(
    name: &'static str,
    prefix: &'static str,
    domain: &'static str,
    dualstack: &'static str,
) -> Partition {
    Partition { name, prefix, domain, dualstack }
}

static PARTITIONS: &[Partition] = &[
    partition("aws-cn", "cn-", "amazonaws.com.cn", "api.amazonwebservices.com.cn"),
    partition("aws-us-gov", "us-gov-", "amazonaws.com", "api.aws"),
    partition("aws-eusc", "eusc-", "amazonaws.eu", "api.amazonwebservices.eu"),
    partition("aws-iso", "us-iso-", "c2s.ic.gov", "api.aws.ic.gov"),
    partition("aws-iso-b", "us-isob-", "sc2s.sgov.gov", "api.aws.scloud"),
    partition("aws-iso-e", "eu-isoe-", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk"),
    partition("aws-iso-f", "us-isof-", "csp.hci.ic.gov", "api.aws.hci.ic.gov"),
];
static COMMERCIAL: Partition = partition("aws", "", "amazonaws.com", "api.aws");

fn partition_of(region: &str) -> &'static Partition {
    PARTITIONS.iter().find(|partition| region.starts_with(partition.prefix)).unwrap_or(&COMMERCIAL)
}

/// The partition's name, as it stands in ARNs.
pub(in crate::source::aws) fn partition_name(region: &str) -> &'static str {
    partition_of(region).name
}

/// The place of a service, as configured or as AWS has it.
pub(super) fn of(config: &SdkConfig, service: &Service, region: &str) -> Place {
    let usual = usual(service.name, region, config.use_fips() == Some(true), config.use_dual_stack() == Some(true));
    Place { url: configured(config, service).unwrap_or(usual.url), signed: usual.signed }
}

/// What the caller, `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL` or the profile says, in this order.
/// <https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html>
fn configured(config: &SdkConfig, service: &Service) -> Option<String> {
    let of_all = config.endpoint_url().map(str::to_owned);
    if config.get_origin("endpoint_url").is_client_config() {
        return of_all;
    }
    let key =
        ServiceConfigKey::builder().service_id(service.id).env("AWS_ENDPOINT_URL").profile("endpoint_url").build();
    let of_service = config.service_config().zip(key.ok()).and_then(|(configured, key)| configured.load_config(key));
    of_service.or(of_all)
}

fn usual(service: &str, region: &str, fips: bool, dualstack: bool) -> Place {
    let partition = partition_of(region);
    let is_government = partition.name == "aws-us-gov";
    // Organizations is one for a whole partition, and lives in one region of it.
    let region = match (service, partition.name) {
        ("organizations", "aws") => "us-east-1",
        ("organizations", "aws-cn") => "cn-northwest-1",
        _ => region,
    };
    // In GovCloud these validate at their usual names.
    let is_fips_anyway =
        is_government && (service == "organizations" || (!dualstack && matches!(service, "ec2" | "rds" | "sts")));
    let label = if fips && !is_fips_anyway { "-fips" } else { "" };
    // Secrets Manager answers over both protocols at its usual name.
    let is_dual_anyway = service == "secretsmanager"
        && (matches!(partition.name, "aws" | "aws-us-gov") || (partition.name == "aws-cn" && !fips));
    let domain = if dualstack && !is_dual_anyway { partition.dualstack } else { partition.domain };
    Place { url: format!("https://{service}{label}.{region}.{domain}"), signed: region.to_owned() }
}

#[cfg(test)]
mod tests {
    use serde_json::Value as Json;

    use super::*;

    #[test]
    fn endpoints_are_those_that_botocore_resolves() {
        let text = include_str!("../../../../testdata/aws/endpoints.json");
        let rows: Vec<Json> = serde_json::from_str(text).unwrap();
        assert!(rows.len() > 300);
        for row in rows {
            let word = |member: &str| row[member].as_str().unwrap();
            let flag = |member: &str| row[member].as_bool().unwrap();
            let place = usual(word("service"), word("region"), flag("fips"), flag("dualstack"));
            assert_eq!((place.url.as_str(), place.signed.as_str()), (word("url"), word("signed")), "{row}");
        }
    }
}
