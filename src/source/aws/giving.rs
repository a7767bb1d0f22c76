//! Which call gives an object of the provider's API: `DBInstance.MultiAZ` comes with `rds:DescribeDBInstances`.

use super::operations::{OPERATIONS, Operation};

/// Objects whose names are not those of what the call lists, in the words of the service models.
const NAMED_OTHERWISE: &[(&str, &[&str])] = &[
    ("ContinuousBackupsDescription", &["DescribeContinuousBackups"]),
    ("DescribeRegionSettingsOutput", &["DescribeRegionSettings"]),
    ("GetBackupPlanOutput", &["GetBackupPlan"]),
    ("GetBackupVaultAccessPolicy", &["GetBackupVaultAccessPolicy"]),
    ("GetBackupVaultNotifications", &["GetBackupVaultNotifications"]),
    ("GetDetectorResponse", &["GetDetector"]),
    ("GetResourcePolicy", &["GetResourcePolicy"]),
    ("ListTags", &["ListTags"]),
    ("ListTagsForResource", &["ListTagsForResource"]),
    ("ListTagsOfResource", &["ListTagsOfResource"]),
    ("Parameter", &["DescribeDBParameters", "DescribeDBClusterParameters"]),
    ("RecoveryPointByResource", &["ListRecoveryPointsByResource"]),
    ("ResourcePendingMaintenanceActions", &["DescribePendingMaintenanceActions"]),
    ("SecretListEntry", &["ListSecrets"]),
];

/// The calls whose replies hold a member: `DBInstance.Endpoint.Port`. None for what the collector notes itself.
pub fn calls_that_give(member: &str) -> Vec<&'static Operation> {
    let object = member.split('.').next().unwrap_or(member);
    let named = NAMED_OTHERWISE.iter().find(|(name, _)| *name == object).map(|(_, actions)| *actions);
    let gives = |operation: &&Operation| match named {
        Some(actions) => actions.contains(&operation.action),
        None => is_listed_by(object, operation),
    };
    OPERATIONS.iter().filter(gives).collect()
}

fn is_listed_by(object: &str, operation: &Operation) -> bool {
    let object = object.trim_end_matches("Result").trim_end_matches("ListMember");
    let asked = ["Describe", "List", "Get"].iter().find_map(|verb| operation.action.strip_prefix(verb));
    let list = operation.list.map(|list| list.strip_suffix("List").unwrap_or(list));
    let names = [list, asked].into_iter().flatten();
    names.map(singular).any(|name| name == singular(object))
}

fn singular(name: &str) -> String {
    match (name.strip_suffix("ies"), name.strip_suffix('s')) {
        (Some(stem), _) | (None, Some(stem)) if stem.ends_with("Prox") => format!("{stem}y"),
        (_, Some(stem)) => stem.to_owned(),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::facts::{FactId, api_members};

    fn calls(member: &str) -> Vec<String> {
        calls_that_give(member).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_object_comes_with_the_call_that_lists_it() {
        assert_eq!(calls("DBInstance.MultiAZ"), ["rds:DescribeDBInstances"]);
        assert_eq!(calls("DBProxy.RequireTLS"), ["rds:DescribeDBProxies"]);
        assert_eq!(calls("EventSubscription.Enabled"), ["rds:DescribeEventSubscriptions"]);
        assert_eq!(calls("RestoreJobsListMember.CompletionDate"), ["backup:ListRestoreJobs"]);
        assert_eq!(calls("ResourceTagMapping.Tags"), ["tagging:GetResources"]);
        assert_eq!(calls("Parameter.ParameterValue"), ["rds:DescribeDBParameters", "rds:DescribeDBClusterParameters"]);
        assert_eq!(calls("collected_at"), [""; 0]);
    }

    /// A new object whose call is called otherwise needs a line in `NAMED_OTHERWISE`.
    #[test]
    fn every_member_behind_a_fact_comes_with_a_call() {
        let members = FactId::all().flat_map(api_members).filter(|member| member.contains('.'));
        let without: Vec<&str> = members.filter(|member| calls_that_give(member).is_empty()).collect();
        assert_eq!(without, [""; 0]);
    }
}
