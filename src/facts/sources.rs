//! What each source reads to learn a fact: the matter of the page of a fact.

use serde::Serialize;

use super::aws::MAPPINGS;
use super::mapping::{How, Mapping};
use super::view::WhenOmitted;
use super::{FactId, api_members_of};
use crate::model::Value;

/// How one resource type tells a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TypeSource {
    /// The type in Terraform's words.
    pub resource_type: &'static str,
    /// The attributes that plans, states and configuration are asked for.
    pub attributes: Vec<&'static str>,
    /// What becomes of them.
    pub how: &'static str,
    /// The value when the configuration omits the attribute of a new resource, where that is known.
    pub omitted: Option<Value>,
    /// The members of the provider's API that tell it of what runs.
    pub members: Vec<&'static str>,
    /// Why resources of the type have no such property, when they have none.
    pub missing: Option<&'static str>,
}

/// Every type that tells a fact, or says why it has none; by name.
pub fn sources_of(fact: FactId) -> Vec<TypeSource> {
    MAPPINGS.iter().filter_map(|mapping| mapping.source_of(fact)).collect()
}

impl Mapping {
    fn source_of(&self, fact: FactId) -> Option<TypeSource> {
        let named = fact.def().terraform.iter().filter(|(name, _)| *name == self.resource_type);
        let attributes: Vec<&str> = named.map(|(_, attribute)| *attribute).collect();
        let members = api_members_of(self.resource_type, fact);
        let own = self.rows.iter().find(|row| row.fact == fact);
        let missing = own.and_then(|row| match row.how {
            How::Absent(reason) => Some(reason),
            _ => None,
        });
        if attributes.is_empty() && members.is_empty() && missing.is_none() {
            return None;
        }
        let omitted = match self.when_omitted(fact) {
            WhenOmitted::Enforced(value) | WhenOmitted::Kept { created: value, .. } => value,
        };
        let row = self.all_rows().find(|row| row.fact == fact);
        Some(TypeSource {
            resource_type: self.resource_type,
            attributes,
            how: row.map_or("tells it of others", |row| row.how.described()),
            omitted: omitted.map(|value| value.value()),
            members,
            missing,
        })
    }
}

impl How {
    fn described(&self) -> &'static str {
        match self {
            Self::Attribute(_) => "as it is",
            Self::Planned(_) => "as it is, in plans only",
            Self::Derived(..) => "computed",
            Self::Map(..) => "read by key",
            Self::Joined(_) => "of the resources that it leads to",
            Self::Observed(..) => "only of what runs",
            Self::Change(..) => "of the plan's change",
            Self::Absent(_) => "none",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::find;

    fn of(fact: &str, resource_type: &str) -> TypeSource {
        let sources = sources_of(find(fact).unwrap());
        sources.into_iter().find(|source| source.resource_type == resource_type).unwrap()
    }

    #[test]
    fn a_type_tells_its_attributes_its_default_and_its_members() {
        let retention = of("backup_retention_days", "aws_db_instance");
        assert_eq!(retention.attributes, ["backup_retention_period"]);
        assert_eq!(retention.omitted, Some(Value::Integer(0)));
        assert_eq!(retention.members, ["DBInstance.BackupRetentionPeriod"]);
        assert_eq!(of("multi_az", "aws_db_instance").missing, None);
    }

    #[test]
    fn every_fact_is_told_by_some_type() {
        // The baseline tells whether something has a tier, and a plan what it does: no attribute of a type.
        let others = ["tier_assigned", "planned_action", "replace_attributes", "changed_attributes"];
        for fact in FactId::all().filter(|fact| !others.contains(&fact.def().name)) {
            assert!(sources_of(fact).iter().any(|source| source.missing.is_none()), "{}", fact.def().name);
        }
    }
}
