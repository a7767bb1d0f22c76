//! What Terraform has of a scope: everything that was collected of it, as the provider records it.

use serde_json::Value;

use super::recorded;
use crate::integration::command::text;

/// A resource as the provider records it.
#[derive(Clone, Debug)]
pub(super) struct Recorded {
    pub(super) kind: &'static str,
    pub(super) key: String,
    pub(super) values: Value,
}

/// The objects of one account and region, by call.
pub(super) struct Scope {
    pub(super) account: String,
    pub(super) region: String,
    items: Vec<(String, String, Value)>,
}

/// The scopes of an inventory, in order.
pub(super) fn scopes(inventory: &str) -> Vec<Scope> {
    let mut scopes: Vec<Scope> = Vec::new();
    for line in inventory.lines() {
        let mut line: Value = serde_json::from_str(line).expect("a line is JSON");
        if let Some(scope) = line.get("scope") {
            let part = |name: &str| text(&scope[name]).to_owned();
            scopes.push(Scope { account: part("account"), region: part("region"), items: Vec::new() });
        }
        if let (Some(call), Some(scope)) = (line["item"].as_str().map(str::to_owned), scopes.last_mut()) {
            let of = line["of"].as_str().unwrap_or_default().to_owned();
            scope.items.push((call, of, line["value"].take()));
        }
    }
    scopes.sort_by(|a, b| (&a.account, &a.region).cmp(&(&b.account, &b.region)));
    scopes
}

impl Scope {
    fn of<'a>(&'a self, call: &'a str) -> impl Iterator<Item = (&'a str, &'a Value)> {
        self.items.iter().filter(move |(of, ..)| of == call).map(|(_, of, value)| (of.as_str(), value))
    }

    /// Everything that Terraform made here.
    pub(super) fn recorded(&self) -> Vec<Recorded> {
        let mut all = Vec::new();
        let mut add = |kind, key: &Value, values: Value| {
            all.push(Recorded { kind, key: text(key).to_owned(), values: with_region(values, &self.region) });
        };
        for (_, group) in self.of("ec2:DescribeSecurityGroups") {
            add("aws_security_group", &group["GroupName"], recorded::security_group(group));
        }
        for (arn, key) in self.of("kms:DescribeKey") {
            let rotation = self.of("kms:GetKeyRotationStatus").find(|(of, _)| *of == arn);
            let rotates = rotation.is_some_and(|(_, status)| status["KeyRotationEnabled"] == true);
            let key = &key["KeyMetadata"];
            add("aws_kms_key", &key["Description"], recorded::kms_key(key, rotates));
        }
        for (_, group) in self.of("rds:DescribeDBSubnetGroups") {
            add("aws_db_subnet_group", &group["DBSubnetGroupName"], recorded::subnet_group(group));
        }
        for (kind, groups, parameters, name, arn) in [
            (
                "aws_db_parameter_group",
                "rds:DescribeDBParameterGroups",
                "rds:DescribeDBParameters",
                "DBParameterGroupName",
                "DBParameterGroupArn",
            ),
            (
                "aws_rds_cluster_parameter_group",
                "rds:DescribeDBClusterParameterGroups",
                "rds:DescribeDBClusterParameters",
                "DBClusterParameterGroupName",
                "DBClusterParameterGroupArn",
            ),
        ] {
            for (_, group) in self.of(groups).filter(|(_, group)| !text(&group[name]).starts_with("default.")) {
                let set = self.of(parameters).find(|(of, _)| *of == text(&group[name]));
                let set = set.map(|(_, set)| &set["Parameters"]);
                add(
                    kind,
                    &group[name],
                    recorded::parameter_group(group, &group[name], &group[arn], set.unwrap_or(&Value::Null)),
                );
            }
        }
        for (_, subscription) in self.of("rds:DescribeEventSubscriptions") {
            add(
                "aws_db_event_subscription",
                &subscription["CustSubscriptionId"],
                recorded::event_subscription(subscription),
            );
        }
        for (_, cluster) in self.of("rds:DescribeDBClusters") {
            add("aws_rds_cluster", &cluster["DBClusterIdentifier"], recorded::cluster(cluster));
        }
        for (_, instance) in self.of("rds:DescribeDBInstances") {
            let name = &instance["DBInstanceIdentifier"];
            match instance["DBClusterIdentifier"].is_string() {
                true => add("aws_rds_cluster_instance", name, recorded::member(instance)),
                false => add("aws_db_instance", name, recorded::instance(instance)),
            }
        }
        for (_, proxy) in self.of("rds:DescribeDBProxies") {
            add("aws_db_proxy", &proxy["DBProxyName"], recorded::proxy(proxy));
        }
        all
    }
}

fn with_region(mut values: Value, region: &str) -> Value {
    values["region"] = region.into();
    values
}
