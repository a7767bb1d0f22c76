//! The policy that lets a principal make the collector's calls, and no other.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use super::family::{self, Family};
use super::operations::{ACCOUNTS, ACCOUNTS_OF, DISCOVERY, OPERATIONS, Operation, UNITS_OF};

/// The least that a role of a collected account has to be allowed, as an IAM policy; for the databases of some services.
pub fn iam_policy(services: &BTreeSet<Family>) -> Json {
    let of_organization = [&ACCOUNTS, &ACCOUNTS_OF, &UNITS_OF];
    let mut by_sid: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for operation in OPERATIONS.iter().chain(DISCOVERY.iter().copied()) {
        if !of_organization.contains(&operation) && family::is_of(services, operation) {
            by_sid.entry(sid(operation)).or_default().insert(operation.permission());
        }
    }
    policy(by_sid)
}

/// What the principal that starts a run needs besides: to assume the role in each account, and to ask the organization
/// for its accounts. `role` is the role's name, as in [`super::collect::Role`].
pub fn iam_policy_of_caller(role: &str) -> Json {
    let reads = [&ACCOUNTS, &ACCOUNTS_OF, &UNITS_OF].map(Operation::permission);
    let mut policy = policy(BTreeMap::from([("OrganizationRead", BTreeSet::from(reads))]));
    if let Some(Json::Array(statements)) = policy.get_mut("Statement") {
        statements.push(json!({
            "Sid": "AssumeRole",
            "Effect": "Allow",
            "Action": ["sts:AssumeRole"],
            "Resource": format!("arn:*:iam::*:role/{}", role.trim_start_matches('/')),
        }));
    }
    policy
}

/// Most of these actions know no resource, and the others are asked about resources that are not known before.
fn policy(by_sid: BTreeMap<&str, BTreeSet<String>>) -> Json {
    let statement = |(sid, actions)| json!({"Sid": sid, "Effect": "Allow", "Action": actions, "Resource": "*"});
    json!({"Version": "2012-10-17", "Statement": by_sid.into_iter().map(statement).collect::<Vec<_>>()})
}

fn sid(operation: &Operation) -> &'static str {
    match operation.service {
        _ if Family::of(operation).is_some() => "DatabaseRead",
        "backup" => "BackupRead",
        "ec2" => "NetworkRead",
        "guardduty" => "DetectionRead",
        "kms" => "KeyRead",
        "logs" => "LogGroupsRead",
        "secretsmanager" => "SecretNamesRead",
        "sts" => "Identity",
        "tagging" => "TagsRead",
        _ => "OtherRead",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_is_the_published_one() {
        insta::assert_json_snapshot!(iam_policy(&Family::all()));
        insta::assert_json_snapshot!(iam_policy_of_caller("DbkeelReadOnly"));
    }
}
