//! What runs, told by small replies.

mod agreement;
mod around;
mod caches;
mod comparable;
mod corpus;
mod denied;
mod golden;
mod instances;
mod memory;
mod others;
mod tables;
mod told;
mod warehouses;

use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::facts::testing::state;
use crate::facts::{Document, FactId, SharedFacts, map_aws};
use crate::link::link;
use crate::model::{FactState, Gap, Resource, Scope, Unknown};
use crate::source::aws::operations::find;
use crate::source::aws::{CallOutcome, CallStatus, Item, OPERATIONS, Per, ScopeReplies};

/// The replies of one account and region in the making; every call that lists everything is complete.
struct Replies {
    replies: ScopeReplies,
}

fn replies() -> Replies {
    replies_of("123456789012", "eu-west-1")
}

fn replies_of(account: &str, region: &str) -> Replies {
    let scope = Scope { account: Some(account.into()), region: Some(region.into()) };
    let listing = OPERATIONS.iter().filter(|operation| operation.per == Per::Region);
    let calls = listing.map(|operation| CallOutcome {
        operation,
        of: None,
        requests: 1,
        items: 0,
        status: CallStatus::Complete,
    });
    let calls = calls.collect();
    // That nothing watches the region would be a resource of its own.
    let detector = find("guardduty:ListDetectors").expect("the call is in the table");
    let items = vec![Item { operation: detector, of: None, value: json!("d1") }];
    Replies { replies: ScopeReplies { scope, collected_at: "2026-11-22T08:00:00Z".into(), items, calls } }
}

impl Replies {
    /// An object of a call that lists everything.
    fn with(mut self, call: &str, value: Json) -> Self {
        let operation = find(call).expect("the call is in the table");
        self.replies.items.push(Item { operation, of: None, value });
        self
    }

    /// The reply of a call that is asked of one thing.
    fn of(mut self, call: &str, of: &str, value: Json) -> Self {
        let operation = find(call).expect("the call is in the table");
        let of: Arc<str> = of.into();
        self.replies.items.push(Item { operation, of: Some(Arc::clone(&of)), value });
        self.replies.calls.push(CallOutcome {
            operation,
            of: Some(of),
            requests: 1,
            items: 1,
            status: CallStatus::Complete,
        });
        self
    }

    /// How a call ended, whatever it was asked of.
    fn ends(mut self, call: &str, status: CallStatus) -> Self {
        let operation = find(call).expect("the call is in the table");
        self.replies.calls.retain(|outcome| outcome.operation != operation);
        self.replies.calls.push(CallOutcome { operation, of: None, requests: 1, items: 0, status });
        self
    }

    /// How a call about one thing ended.
    fn ended(mut self, call: &str, of: &str, status: CallStatus) -> Self {
        let operation = find(call).expect("the call is in the table");
        self.replies.calls.push(CallOutcome { operation, of: Some(of.into()), requests: 1, items: 0, status });
        self
    }

    fn denied(self, call: &str) -> Self {
        self.ends(call, CallStatus::Denied("AccessDenied".into()))
    }

    /// An instance with everything that the API always returns, changed by this.
    fn instance(self, changes: Json) -> Self {
        self.with("rds:DescribeDBInstances", instance(changes))
    }

    fn cluster(self, changes: Json) -> Self {
        self.with("rds:DescribeDBClusters", cluster(changes))
    }

    fn linked(self) -> Vec<Resource> {
        linked(vec![self]).0
    }

    /// The resource that ends so.
    fn one(self, id: &str) -> Resource {
        self.linked().into_iter().find(|resource| resource.id.ends_with(id)).expect("the resource is there")
    }
}

fn linked(scopes: Vec<Replies>) -> (Vec<Resource>, Vec<Gap>) {
    let document = Document { file: "inventory.jsonl".into(), source: 0, shared: SharedFacts::new() };
    let (mut all, mut gaps) = (Vec::new(), Vec::new());
    for scope in scopes {
        let (mapped, unread) = map_aws(scope.replies, &document);
        all.extend(mapped);
        gaps.extend(unread);
    }
    (link(all, &document.shared), gaps)
}

fn changed(mut object: Json, changes: Json) -> Json {
    let fields = object.as_object_mut().expect("an object");
    for (name, value) in changes.as_object().expect("changes are an object") {
        match value {
            Json::Null => drop(fields.remove(name)),
            value => drop(fields.insert(name.clone(), value.clone())),
        }
    }
    object
}

fn instance(changes: Json) -> Json {
    let name = changes.get("DBInstanceIdentifier").and_then(Json::as_str).unwrap_or("db").to_owned();
    let object = json!({
        "DBInstanceIdentifier": name,
        "DBInstanceArn": format!("arn:aws:rds:eu-west-1:123456789012:db:{name}"),
        "DbiResourceId": format!("db-{}", name.to_uppercase()),
        "DBInstanceClass": "db.m6g.large",
        "DBInstanceStatus": "available",
        "Engine": "postgres",
        "EngineVersion": "16.3",
        "EngineLifecycleSupport": "open-source-rds-extended-support-disabled",
        "MasterUsername": "dba",
        "Endpoint": {"Port": 5432},
        "AllocatedStorage": 100,
        "StorageType": "gp3",
        "StorageEncrypted": true,
        "StorageEncryptionType": "sse-kms",
        "KmsKeyId": "arn:aws:kms:eu-west-1:123456789012:key/k",
        "BackupRetentionPeriod": 7,
        "PreferredBackupWindow": "02:00-03:00",
        "PreferredMaintenanceWindow": "sun:05:00-sun:06:00",
        "LatestRestorableTime": "2026-11-22T07:55:00Z",
        "MultiAZ": true,
        "AvailabilityZone": "eu-west-1a",
        "AutoMinorVersionUpgrade": true,
        "PubliclyAccessible": false,
        "CACertificateIdentifier": "rds-ca-rsa2048-g1",
        "CertificateDetails": {"CAIdentifier": "rds-ca-rsa2048-g1", "ValidTill": "2027-05-01T00:00:00Z"},
        "CopyTagsToSnapshot": true,
        "DeletionProtection": true,
        "IAMDatabaseAuthenticationEnabled": false,
        "PerformanceInsightsEnabled": false,
        "DBParameterGroups": [{"DBParameterGroupName": "pg", "ParameterApplyStatus": "in-sync"}],
        "OptionGroupMemberships": [{"OptionGroupName": "default:postgres-16", "Status": "in-sync"}],
        "DBSubnetGroup": {"DBSubnetGroupName": "private"},
        "VpcSecurityGroups": [{"VpcSecurityGroupId": "sg-1", "Status": "active"}],
        "TagList": [{"Key": "owner", "Value": "team-a"}],
    });
    changed(object, changes)
}

fn cluster(changes: Json) -> Json {
    let name = changes.get("DBClusterIdentifier").and_then(Json::as_str).unwrap_or("c").to_owned();
    let object = json!({
        "DBClusterIdentifier": name,
        "DBClusterArn": format!("arn:aws:rds:eu-west-1:123456789012:cluster:{name}"),
        "DbClusterResourceId": format!("cluster-{}", name.to_uppercase()),
        "Status": "available",
        "Engine": "aurora-postgresql",
        "EngineVersion": "16.2",
        "EngineMode": "provisioned",
        "EngineLifecycleSupport": "open-source-rds-extended-support-disabled",
        "StorageEncrypted": true,
        "KmsKeyId": "arn:aws:kms:eu-west-1:123456789012:key/k",
        "MultiAZ": true,
        "Port": 5432,
        "MasterUsername": "dba",
        "BackupRetentionPeriod": 7,
        "PreferredBackupWindow": "02:00-03:00",
        "PreferredMaintenanceWindow": "sun:05:00-sun:06:00",
        "LatestRestorableTime": "2026-11-22T07:55:00Z",
        "DeletionProtection": true,
        "CopyTagsToSnapshot": true,
        "IAMDatabaseAuthenticationEnabled": true,
        "HttpEndpointEnabled": false,
        "DBClusterParameterGroup": "cpg",
        "DBSubnetGroup": "private",
        "DBClusterMembers": [
            {"DBInstanceIdentifier": "c-1", "IsClusterWriter": true, "DBClusterParameterGroupStatus": "in-sync"},
            {"DBInstanceIdentifier": "c-2", "IsClusterWriter": false, "DBClusterParameterGroupStatus": "in-sync"},
        ],
        "VpcSecurityGroups": [{"VpcSecurityGroupId": "sg-1", "Status": "active"}],
        "TagList": [],
    });
    changed(object, changes)
}

/// Why a fact of a resource is not known.
fn why(resource: &Resource, fact: FactId) -> String {
    match state(resource, fact) {
        FactState::Unknown(reason) | FactState::Partial(_, reason) => reason.to_string(),
        other => panic!("{} is {other:?}", fact.def().name),
    }
}

fn denied(action: &'static str) -> FactState {
    FactState::Unknown(Unknown::Denied(action.into()))
}
