//! Parameter groups, option groups, subnet groups.

use serde_json::{Value as Json, json};

use crate::facts::api::{Api, Field, Object, Told, at, items, plain, text_at, with};
use crate::facts::catalogue::SUBNET_ZONES;
use crate::facts::view::strings;

pub(in crate::facts::aws) const PARAMETER_GROUP: Api = Api {
    object: "DBParameterGroup",
    silence: "the reply of rds:DescribeDBParameterGroups does not hold it",
    fields: OF_INSTANCES,
    direct: &[],
};

pub(in crate::facts::aws) const PARAMETER_GROUP_OF_CLUSTERS: Api = Api {
    object: "DBClusterParameterGroup",
    silence: "the reply of rds:DescribeDBClusterParameterGroups does not hold it",
    fields: OF_CLUSTERS,
    direct: &[],
};

pub(in crate::facts::aws) const OPTION_GROUP: Api = Api {
    object: "OptionGroup",
    silence: "the reply of rds:DescribeOptionGroups does not hold it",
    fields: OPTIONS,
    direct: &[],
};

pub(in crate::facts::aws) const SUBNET_GROUP: Api = Api {
    object: "DBSubnetGroup",
    silence: "the reply of rds:DescribeDBSubnetGroups does not hold it",
    fields: SUBNETS,
    direct: &[(SUBNET_ZONES, strings("subnet_zones"))],
};

/// The values come of other calls, and the tags too.
const OF_INSTANCES: &[Field] = &[
    plain("arn", "DBParameterGroup.DBParameterGroupArn"),
    plain("name", "DBParameterGroup.DBParameterGroupName"),
    plain("family", "DBParameterGroup.DBParameterGroupFamily"),
    with("parameter", "Parameter.ParameterValue", by_another_call),
    with("engine_default", "EngineDefaults.Parameters", by_another_call),
    with("tags_all", "ResourceTagMapping.Tags", by_another_call),
];

const OF_CLUSTERS: &[Field] = &[
    plain("arn", "DBClusterParameterGroup.DBClusterParameterGroupArn"),
    plain("name", "DBClusterParameterGroup.DBClusterParameterGroupName"),
    plain("family", "DBClusterParameterGroup.DBParameterGroupFamily"),
    with("parameter", "Parameter.ParameterValue", by_another_call),
    with("engine_default", "EngineDefaults.Parameters", by_another_call),
    with("tags_all", "ResourceTagMapping.Tags", by_another_call),
];

const OPTIONS: &[Field] = &[
    plain("arn", "OptionGroup.OptionGroupArn"),
    plain("name", "OptionGroup.OptionGroupName"),
    with("option", "OptionGroup.Options", options),
    with("tags_all", "ResourceTagMapping.Tags", by_another_call),
];

const SUBNETS: &[Field] = &[
    plain("arn", "DBSubnetGroup.DBSubnetGroupArn"),
    plain("name", "DBSubnetGroup.DBSubnetGroupName"),
    with("subnet_ids", "DBSubnetGroup.Subnets", |object| each_of(object, "Subnets", "SubnetIdentifier")),
    with("subnet_zones", "DBSubnetGroup.Subnets", |object| each_of(object, "Subnets", "SubnetAvailabilityZone.Name")),
    with("tags_all", "ResourceTagMapping.Tags", by_another_call),
];

pub(super) fn by_another_call(_: &Object<'_>) -> Told {
    Told::Nothing(None)
}

fn options(object: &Object<'_>) -> Told {
    if at(object, "Options").is_none_or(|options| !options.is_array()) {
        return Told::Nothing(None);
    }
    let names = items(object, "Options").iter().map(|option| json!({"option_name": option.get("OptionName")}));
    Told::Value(Json::Array(names.collect()))
}

/// One text of each element of a list; nothing when an element lacks it, or the list itself is not there.
pub(super) fn each_of(object: &Object<'_>, list: &str, member: &str) -> Told {
    let elements = at(object, list).and_then(Json::as_array);
    let texts = elements.and_then(|elements| elements.iter().map(|it| text_at(it, member)).collect::<Option<Vec<_>>>());
    Told::from(texts.map(|texts| json!(texts)))
}
