//! What calls tell of tables beside their description: recovery, tags, what scales them.

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value as Json, json};

use super::calls::Calls;
use super::kept::More;
use crate::facts::api::{self, at, items, text_at};
use crate::facts::aws::policy_document::Policy;
use crate::model::{Text, Unknown};
use crate::source::aws::Item;

/// Everything that was told; by name or ARN, lower case.
#[derive(Default)]
pub(super) struct Told {
    recovery: FxHashMap<String, Json>,
    tags: FxHashMap<String, Json>,
    policies: FxHashMap<String, Json>,
    /// Tables, each with the dimension that scales.
    scaled: FxHashSet<(String, String)>,
}

/// What is said by no policy at all.
const NOBODY: [fn() -> api::Told; 2] = [|| api::Told::Value(json!(false)), || api::Told::Value(json!([]))];

const NO_POLICY: Unknown = Unknown::Invalid(Text::Static("the policy is no policy document"));

const READ: &str = "dynamodb:table:ReadCapacityUnits";
const WRITE: &str = "dynamodb:table:WriteCapacityUnits";

impl Told {
    /// Takes in what an object tells; `false` for one that is a resource itself, or of another service.
    pub(super) fn add(&mut self, item: &Item) -> bool {
        let of = item.of.as_deref().unwrap_or_default().to_lowercase();
        match (item.operation.service, item.operation.action) {
            ("dynamodb", "DescribeContinuousBackups") => {
                self.recovery.extend(recovery(&item.value).map(|recovery| (of, recovery)));
            }
            ("dynamodb", "ListTagsOfResource") => {
                let tags = items(&item.value, "Tags").iter();
                let pairs = tags.filter_map(|tag| Some((text_at(tag, "Key")?.to_owned(), tag.get("Value")?.clone())));
                self.tags.insert(of, Json::Object(pairs.collect::<Map<String, Json>>()));
            }
            ("dynamodb", "GetResourcePolicy") => {
                self.policies.extend(item.value.get("Policy").map(|policy| (of, policy.clone())));
            }
            ("application-autoscaling", _) => {
                let table = text_at(&item.value, "ResourceId").and_then(|id| id.strip_prefix("table/"));
                let dimension = text_at(&item.value, "ScalableDimension");
                self.scaled.extend(table.zip(dimension).map(|(table, of)| (table.to_lowercase(), of.to_owned())));
            }
            // The names alone: each table's description is an object of its own.
            ("dynamodb", "ListTables") => {}
            _ => return false,
        }
        true
    }

    /// The table that an object is: its type, the object, what else is told of it.
    pub(super) fn resource<'o>(&self, item: &'o Item, calls: &Calls<'_>) -> Option<(&'static str, &'o Json, More)> {
        if (item.operation.service, item.operation.action) != ("dynamodb", "DescribeTable") {
            return None;
        }
        let table = item.value.get("Table").unwrap_or(&item.value);
        let name = text_at(table, "TableName").unwrap_or_default().to_lowercase();
        let arn = text_at(table, "TableArn").unwrap_or_default().to_lowercase();
        let of = |told: &FxHashMap<String, Json>, call, of: &str| match told.get(of) {
            Some(value) => api::Told::Value(value.clone()),
            None => api::Told::Nothing(calls.why_not_of(call, of)),
        };
        let [public, foreign] = self.policy(&arn, calls);
        let more = vec![
            ("policy_public", public),
            ("policy_foreign_accounts", foreign),
            ("point_in_time_recovery", of(&self.recovery, "dynamodb:DescribeContinuousBackups", &name)),
            ("tags_all", of(&self.tags, "dynamodb:ListTagsOfResource", &arn)),
            ("capacity_scales", self.scales(table, &name, calls)),
        ];
        Some(("aws_dynamodb_table", table, more))
    }

    /// Whether its own policy lets everyone in, and which other accounts it does. Most tables have none.
    fn policy(&self, arn: &str, calls: &Calls<'_>) -> [api::Told; 2] {
        const CALL: &str = "dynamodb:GetResourcePolicy";
        let policy = match self.policies.get(arn) {
            Some(policy) => policy.as_str().and_then(Policy::parse).ok_or(Some(NO_POLICY)),
            None if calls.is_gone_by(CALL, arn, "PolicyNotFoundException") => return NOBODY.map(|told| told()),
            None => Err(calls.why_not_of(CALL, arn)),
        };
        match policy {
            Ok(policy) => {
                let own = arn.split(':').nth(4);
                let foreign: Vec<String> =
                    policy.accounts().into_iter().filter(|of| Some(of.as_str()) != own).collect();
                [api::Told::Value(json!(policy.is_public())), api::Told::Value(json!(foreign))]
            }
            Err(why) => [api::Told::Nothing(why.clone()), api::Told::Nothing(why)],
        }
    }

    fn scales(&self, table: &Json, name: &str, calls: &Calls<'_>) -> api::Told {
        if text_at(table, "BillingModeSummary.BillingMode") == Some("PAY_PER_REQUEST") {
            return api::Told::Value(json!(true));
        }
        let both = [READ, WRITE].iter().all(|of| self.scaled.contains(&(name.to_owned(), (*of).to_owned())));
        match calls.why_not("application-autoscaling:DescribeScalableTargets") {
            Some(why) if !both => api::Told::Nothing(Some(why)),
            _ => api::Told::Value(json!(both)),
        }
    }
}

/// The block that Terraform would record.
fn recovery(reply: &Json) -> Option<Json> {
    let description = at(reply, "ContinuousBackupsDescription.PointInTimeRecoveryDescription")?;
    let enabled = text_at(description, "PointInTimeRecoveryStatus")? == "ENABLED";
    Some(json!([{"enabled": enabled, "recovery_period_in_days": description.get("RecoveryPeriodInDays")}]))
}
