//! Families of databases: what a collection can be limited to.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use super::Operation;
use crate::model::word_enum;

word_enum! {
    /// A service that runs databases; what `--services` names. Its word is the service's prefix in IAM.
    Family, "service" {
        /// RDS and Aurora, DocumentDB and Neptune: one API tells of all of them.
        Rds = "rds",
        /// Redshift with provisioned clusters.
        Redshift = "redshift",
        /// Redshift Serverless.
        RedshiftServerless = "redshift-serverless",
        /// DynamoDB.
        Dynamodb = "dynamodb",
        /// ElastiCache.
        ElastiCache = "elasticache",
        /// MemoryDB.
        MemoryDb = "memorydb",
        /// DynamoDB Accelerator.
        Dax = "dax",
        /// The Database Migration Service, which copies databases and holds their passwords.
        Dms = "dms",
    }
}

impl Family {
    /// The family that a call is made for; `None` for one that is made for databases of any: of networks, keys, secrets,
    /// tags, backups.
    pub fn of(operation: &Operation) -> Option<Self> {
        // Only tables are asked for of what scales.
        let service = if operation.service == "application-autoscaling" { "dynamodb" } else { operation.service };
        Self::ALL.iter().find(|family| family.as_str() == service).copied()
    }

    /// Every family.
    pub fn all() -> BTreeSet<Self> {
        Self::ALL.iter().copied().collect()
    }
}

/// Whether a call is one of a collection that is limited to some families.
pub(super) fn is_of(families: &BTreeSet<Family>, operation: &Operation) -> bool {
    Family::of(operation).is_none_or(|family| families.contains(&family))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::aws::OPERATIONS;

    #[test]
    fn every_family_has_calls() {
        for family in Family::ALL {
            assert!(OPERATIONS.iter().any(|operation| Family::of(operation) == Some(*family)), "{family}");
        }
    }
}
