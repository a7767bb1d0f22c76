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
    let usual = usual(service.host, region, config.use_fips() == Some(true), config.use_dual_stack() == Some(true));
    Place { url: configured(config, service.id).unwrap_or(usual.url), signed: usual.signed }
}

/// The place of a bucket of S3, before whose objects' keys it stands; `None` where S3 has no place of the sort that is asked
/// for. A configured endpoint may be no AWS at all, so the bucket is in the path there, which all of them understand.
pub(super) fn of_bucket(config: &SdkConfig, bucket: &str, region: &str) -> Option<Place> {
    if let Some(url) = configured(config, "S3") {
        let url = format!("{}/{bucket}", url.trim_end_matches('/'));
        return Some(Place { url, signed: region.to_owned() });
    }
    usual_of_bucket(bucket, region, config.use_fips() == Some(true), config.use_dual_stack() == Some(true))
}

/// What the caller, `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL` or the profile says, in this order.
/// <https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html>
fn configured(config: &SdkConfig, id: &str) -> Option<String> {
    let of_all = config.endpoint_url().map(str::to_owned);
    if config.get_origin("endpoint_url").is_client_config() {
        return of_all;
    }
    let key = ServiceConfigKey::builder().service_id(id).env("AWS_ENDPOINT_URL").profile("endpoint_url").build();
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
    const USUAL_IN_GOVERNMENT: &[&str] =
        &["application-autoscaling", "dynamodb", "ec2", "elasticache", "guardduty", "logs", "rds", "redshift", "sts"];
    let is_fips_anyway =
        is_government && (service == "organizations" || (!dualstack && USUAL_IN_GOVERNMENT.contains(&service)));
    // So does the Database Migration Service, there and in two of the isolated partitions.
    let is_fips_anyway = is_fips_anyway
        || (service == "dms" && !dualstack && matches!(partition.name, "aws-us-gov" | "aws-iso" | "aws-iso-b"));
    let label = if fips && !is_fips_anyway { "-fips" } else { "" };
    // Secrets Manager answers over both protocols at its usual name.
    let is_dual_anyway = service == "secretsmanager"
        && (matches!(partition.name, "aws" | "aws-us-gov") || (partition.name == "aws-cn" && !fips));
    let domain = if dualstack && !is_dual_anyway { partition.dualstack } else { partition.domain };
    Place { url: format!("https://{service}{label}.{region}.{domain}"), signed: region.to_owned() }
}

fn usual_of_bucket(bucket: &str, region: &str, fips: bool, dualstack: bool) -> Option<Place> {
    let partition = partition_of(region);
    if fips && partition.name == "aws-cn" {
        return None;
    }
    let label = if fips { "s3-fips" } else { "s3" };
    let dual = if dualstack { ".dualstack" } else { "" };
    let host = format!("{label}{dual}.{region}.{}", partition.domain);
    let url = match is_host_label(bucket) {
        true => format!("https://{bucket}.{host}"),
        false => format!("https://{host}/{bucket}"),
    };
    Some(Place { url, signed: region.to_owned() })
}

/// Whether a bucket's name may be a label of a host's; dots would not fit the certificate.
fn is_host_label(bucket: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let ends = bucket.bytes().next().into_iter().chain(bucket.bytes().last());
    (3..=63).contains(&bucket.len())
        && bucket.bytes().all(|byte| is_plain(byte) || byte == b'-')
        && ends.into_iter().all(is_plain)
}

#[cfg(test)]
mod tests {
    use aws_types::service_config::LoadServiceConfig;
    use serde_json::Value as Json;

    use super::*;
    use crate::source::aws::operations::{DISCOVERY, OPERATIONS, find};
    use crate::source::aws::services::service_of;

    #[derive(Debug)]
    struct Environment;

    impl LoadServiceConfig for Environment {
        fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
            let (service, env) = (key.service_id(), key.env());
            let url = match service {
                "Resource Groups Tagging API" => "http://tags",
                "S3" => "http://s3:9000/",
                _ => return None,
            };
            (env == "AWS_ENDPOINT_URL").then(|| url.to_owned())
        }
    }

    #[test]
    fn what_is_configured_comes_first_the_service_before_all_services() {
        let place = |config: &SdkConfig, call| super::of(config, service_of(find(call).unwrap()), "eu-west-1").url;
        let config = SdkConfig::builder().endpoint_url("http://all").service_config(Environment).build();
        assert_eq!(place(&config, "rds:DescribeDBInstances"), "http://all");
        assert_eq!(place(&config, "tagging:GetResources"), "http://tags");
        let plain = SdkConfig::builder().use_fips(true).use_dual_stack(true).build();
        assert_eq!(place(&plain, "rds:DescribeDBInstances"), "https://rds-fips.eu-west-1.api.aws");
    }

    #[test]
    fn endpoints_are_those_that_botocore_resolves() {
        let text = include_str!("../../../../testdata/aws/endpoints.json");
        let rows: Vec<Json> = serde_json::from_str(text).unwrap();
        assert!(rows.len() > 300);
        let calls = OPERATIONS.iter().chain(DISCOVERY.iter().copied());
        let hosts: Vec<_> = calls.map(service_of).collect();
        for row in rows {
            let word = |member: &str| row[member].as_str().unwrap();
            let flag = |member: &str| row[member].as_bool().unwrap();
            let host = hosts.iter().find(|service| service.name == word("service")).unwrap().host;
            let place = usual(host, word("region"), flag("fips"), flag("dualstack"));
            assert_eq!((place.url.as_str(), place.signed.as_str()), (word("url"), word("signed")), "{row}");
        }
    }

    #[test]
    fn a_bucket_is_where_botocore_resolves_it() {
        let text = include_str!("../../../../testdata/aws/s3-endpoints.json");
        let rows: Vec<Json> = serde_json::from_str(text).unwrap();
        assert!(rows.len() > 200);
        for row in rows {
            let word = |member: &str| row[member].as_str().unwrap();
            let flag = |member: &str| row[member].as_bool().unwrap();
            let place = usual_of_bucket(word("bucket"), word("region"), flag("fips"), flag("dualstack")).unwrap();
            assert_eq!((place.url.as_str(), place.signed.as_str()), (word("url"), word("signed")), "{row}");
        }
        assert_eq!(usual_of_bucket("states", "cn-north-1", true, false), None, "China has no FIPS endpoints");
    }

    #[test]
    fn at_a_configured_endpoint_the_bucket_is_in_the_path() {
        let place = |config: SdkConfig| of_bucket(&config, "states", "eu-west-1").unwrap().url;
        assert_eq!(place(SdkConfig::builder().endpoint_url("http://all").build()), "http://all/states");
        assert_eq!(place(SdkConfig::builder().build()), "https://states.s3.eu-west-1.amazonaws.com");
        assert_eq!(place(SdkConfig::builder().service_config(Environment).build()), "http://s3:9000/states");
    }
}
