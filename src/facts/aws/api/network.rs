//! Security groups, subnets, route tables. EC2 names what it holds always; a list that is not there tells nothing.

use serde_json::{Map, Value as Json, json};

use crate::facts::api::{Api, Field, Object, Told, at, items, plain, text_at, with};

pub(in crate::facts::aws) const SECURITY_GROUP: Api = Api {
    object: "SecurityGroup",
    silence: "the reply of ec2:DescribeSecurityGroups does not hold it",
    fields: GROUP,
    direct: &[],
};

pub(in crate::facts::aws) const SUBNET: Api = Api {
    object: "Subnet",
    silence: "the reply of ec2:DescribeSubnets does not hold it",
    fields: SUBNET_FIELDS,
    direct: &[],
};

pub(in crate::facts::aws) const ROUTE_TABLE: Api = Api {
    object: "RouteTable",
    silence: "the reply of ec2:DescribeRouteTables does not hold it",
    fields: TABLE,
    direct: &[],
};

const GROUP: &[Field] =
    &[plain("id", "SecurityGroup.GroupId"), with("ingress", "SecurityGroup.IpPermissions", ingress)];

const SUBNET_FIELDS: &[Field] =
    &[plain("id", "Subnet.SubnetId"), plain("availability_zone", "Subnet.AvailabilityZone")];

const TABLE: &[Field] = &[plain("id", "RouteTable.RouteTableId"), with("route", "RouteTable.Routes", routes)];

fn ingress(object: &Object<'_>) -> Told {
    let Some(Json::Array(permissions)) = at(object, "IpPermissions") else { return Told::Nothing(None) };
    let rules: Option<Vec<Json>> = permissions.iter().map(rule).collect();
    Told::from(rules.map(Json::Array))
}

/// A permission as Terraform writes a rule; `None` when it does not say what it lets in.
fn rule(permission: &Json) -> Option<Json> {
    let protocol = text_at(permission, "IpProtocol")?;
    let mut rule = Map::new();
    rule.insert("protocol".to_owned(), json!(protocol));
    if matches!(protocol, "tcp" | "6") {
        rule.insert("from_port".to_owned(), at(permission, "FromPort")?.clone());
        rule.insert("to_port".to_owned(), at(permission, "ToPort")?.clone());
    }
    let lists = [
        ("cidr_blocks", "IpRanges", "CidrIp"),
        ("ipv6_cidr_blocks", "Ipv6Ranges", "CidrIpv6"),
        ("prefix_list_ids", "PrefixListIds", "PrefixListId"),
    ];
    for (field, list, member) in lists {
        let ranges = items(permission, list).iter().map(|range| text_at(range, member));
        rule.insert(field.to_owned(), json!(ranges.collect::<Option<Vec<_>>>()?));
    }
    Some(Json::Object(rule))
}

fn routes(object: &Object<'_>) -> Told {
    let Some(Json::Array(routes)) = at(object, "Routes") else { return Told::Nothing(None) };
    let route = |route: &Json| {
        json!({
            "cidr_block": route.get("DestinationCidrBlock"),
            "ipv6_cidr_block": route.get("DestinationIpv6CidrBlock"),
            "gateway_id": route.get("GatewayId"),
        })
    };
    // What a route that has lost its target leads to is nowhere.
    let leads = routes.iter().filter(|route| text_at(route, "State") != Some("blackhole"));
    Told::Value(Json::Array(leads.map(route).collect()))
}
