//! The services around databases: secrets, vaults, plans, log groups and detectors, as several calls tell of them.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::calls::Calls;
use super::kept::{Kept, Made};
use super::objects::Mapper;
use crate::facts::api::{Told, at, items, text_at};
use crate::facts::aws::policy_document::{self, Policy};
use crate::facts::catalogue::ENGINE;
use crate::facts::mapped::Mapped;
use crate::model::{FactState, Kind, Text, Unknown, Value};
use crate::source::aws::{Item, is_watched};

/// Everything that these resources are made of.
pub(super) struct Around<'a> {
    pub(super) kept: &'a Kept,
    pub(super) mapper: &'a Mapper<'a>,
    pub(super) calls: &'a Calls<'a>,
}

/// Attributes that other calls tell.
type More = Vec<(&'static str, Told)>;

impl Around<'_> {
    /// The resource of an object, unless it is of something else.
    pub(super) fn make(&self, item: &Item) -> Option<Made> {
        let object = &item.value;
        let of = item.of.as_deref().unwrap_or_default();
        let (resource_type, more) = match item.operation.action {
            "ListSecrets" => ("aws_secretsmanager_secret", self.secret(object)),
            "ListBackupVaults" => (vault_type(object), self.vault(object)),
            "GetBackupPlan" => {
                ("aws_backup_plan", vec![("tags_all", self.kept.tags_of(object, "BackupPlanArn", self.calls))])
            }
            "DescribeRegionSettings" => ("aws_backup_region_settings", self.settings()),
            "GetDetector" => ("aws_guardduty_detector", vec![("id", Told::Value(json!(of)))]),
            _ => return None,
        };
        Some(self.mapper.make(resource_type, object, more).ok_or(item.operation.action))
    }

    /// Those that no single object is: log groups, of which several come at a time, and that nothing watches.
    pub(super) fn others(&self, databases: &[Mapped]) -> Vec<Made> {
        let replies = self.kept.of("DescribeLogGroups");
        let groups = replies.flat_map(|item| items(&item.value, "logGroups"));
        let group = |group| self.mapper.make("aws_cloudwatch_log_group", group, Vec::new()).ok_or("DescribeLogGroups");
        let mut made: Vec<Made> = groups.map(group).collect();
        made.extend(self.unwatched(databases).map(Ok));
        made
    }

    /// Where there are databases whose logins could be watched, and no detector, nothing watches them.
    fn unwatched(&self, databases: &[Mapped]) -> Option<Mapped> {
        // A snapshot has an engine, too, and nobody logs in to it.
        let is_database = |kind| matches!(kind, Kind::Instance | Kind::Cluster | Kind::ClusterMember);
        let engine = |mapped: &Mapped| {
            let database = mapped.resource.as_ref().filter(|resource| is_database(resource.kind))?;
            database.facts.known(ENGINE)?.as_str().map(is_watched)
        };
        let is_asked = databases.iter().any(|mapped| engine(mapped) == Some(true));
        let is_none =
            self.calls.why_not("guardduty:ListDetectors").is_none() && self.kept.of("ListDetectors").next().is_none();
        if !is_asked || !is_none {
            return None;
        }
        let more = vec![("id", Told::Value(json!("none"))), ("enable", Told::Value(json!(false)))];
        self.mapper.make("aws_guardduty_detector", &Json::Null, more)
    }

    fn secret(&self, object: &Json) -> More {
        let arn = text_at(object, "ARN").unwrap_or_default();
        let mut more = vec![("id", partial_arn(arn))];
        // RDS keeps its own secrets to itself, and nobody asks for their policies.
        if text_at(object, "OwningService").is_none() {
            let (public, foreign) = self.policy("secretsmanager:GetResourcePolicy", arn);
            more.extend([("policy", public), ("policy_foreign_accounts", foreign)]);
        }
        more
    }

    fn vault(&self, object: &Json) -> More {
        let name = text_at(object, "BackupVaultName").unwrap_or_default();
        let (public, foreign) = self.policy("backup:GetBackupVaultAccessPolicy", name);
        vec![
            ("policy_public", public),
            ("policy_foreign_accounts", foreign),
            ("locked", self.keeps(object, name)),
            ("backup_vault_events", self.events(name)),
            ("tags_all", self.kept.tags_of(object, "BackupVaultArn", self.calls)),
        ]
    }

    /// Whether nobody can delete what is in a vault: it is locked, or its policy forbids it.
    fn keeps(&self, object: &Json, name: &str) -> Told {
        match at(object, "Locked").and_then(Json::as_bool) {
            Some(true) => return Told::Value(json!(true)),
            Some(false) => {}
            None => return Told::Nothing(None),
        }
        match self.document("backup:GetBackupVaultAccessPolicy", name) {
            Ok(None) => Told::Value(json!(false)),
            Ok(Some(policy)) => told(&policy_document::undeletable(&policy)),
            Err(why) => Told::Nothing(why),
        }
    }

    fn events(&self, name: &str) -> Told {
        const CALL: &str = "backup:GetBackupVaultNotifications";
        let mut replies = self.kept.of("GetBackupVaultNotifications").filter(|item| item.of.as_deref() == Some(name));
        match replies.next().and_then(|item| item.value.get("BackupVaultEvents")) {
            Some(events) => Told::Value(events.clone()),
            None if self.calls.is_gone(CALL, name) => Told::Value(json!([])),
            None => Told::Nothing(self.calls.why_not_of(CALL, name)),
        }
    }

    fn settings(&self) -> More {
        let plans = match self.calls.why_not("backup:ListBackupPlans") {
            None => Told::Value(json!(self.kept.of("ListBackupPlans").count())),
            Some(why) => Told::Nothing(Some(why)),
        };
        vec![("id", Told::Value(json!(self.mapper.region()))), ("backup_plans", plans)]
    }

    /// Whether the policy of something lets everyone in, and which other accounts.
    fn policy(&self, call: &'static str, of: &str) -> (Told, Told) {
        match self.document(call, of) {
            Ok(None) => (Told::Value(json!(false)), Told::Value(json!([]))),
            Ok(Some(policy)) => {
                let own = self.mapper.account();
                (told(&policy_document::public(&policy)), told(&policy_document::foreign_accounts(&policy, own)))
            }
            Err(why) => (Told::Nothing(why.clone()), Told::Nothing(why)),
        }
    }

    /// The policy of something; `Ok(None)` when it has none, which AWS Backup says with an error.
    fn document(&self, call: &'static str, of: &str) -> Result<Option<Policy>, Option<Unknown>> {
        match self.kept.policy(call, of) {
            Some(Some(text)) => Policy::parse(text).map(Some).ok_or(Some(NO_POLICY)),
            Some(None) => Ok(None),
            None if self.calls.is_gone(call, of) => Ok(None),
            None => Err(self.calls.why_not_of(call, of)),
        }
    }
}

const NO_POLICY: Unknown = Unknown::Invalid(Text::Static("the policy is no policy document"));

/// Whether the policy of a key lets everyone use it.
pub(super) fn key_policy(kept: &Kept, calls: &Calls<'_>, names: &[String]) -> Told {
    const CALL: &str = "kms:GetKeyPolicy";
    match names.iter().find_map(|name| kept.policy(CALL, name)) {
        Some(Some(text)) => {
            Policy::parse(text).map_or(Told::Nothing(Some(NO_POLICY)), |policy| told(&policy_document::public(&policy)))
        }
        Some(None) => Told::Nothing(None),
        None => Told::Nothing(calls.why_not_of(CALL, names.first().map(String::as_str).unwrap_or_default())),
    }
}

/// A fact as an attribute.
fn told(state: &FactState) -> Told {
    match state {
        FactState::Known(Value::Bool(value)) => Told::Value(json!(value)),
        FactState::Known(Value::List(values)) => {
            Told::Value(json!(values.iter().filter_map(Value::as_str).collect::<Vec<_>>()))
        }
        FactState::Unknown(why) => Told::Nothing(Some(why.clone())),
        _ => Told::Nothing(None),
    }
}

fn vault_type(object: &Json) -> &'static str {
    match text_at(object, "VaultType") {
        Some("LOGICALLY_AIR_GAPPED_BACKUP_VAULT") => "aws_backup_logically_air_gapped_vault",
        _ => "aws_backup_vault",
    }
}

/// A secret may be referred to by its ARN without the six characters that Secrets Manager adds
/// (docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen).
fn partial_arn(arn: &str) -> Told {
    let partial = arn.rsplit_once('-').filter(|(_, random)| random.len() == 6).map(|(partial, _)| partial);
    Told::from(partial.map(|partial| json!(partial)))
}

/// The databases behind a proxy: of the members of a cluster, the cluster.
pub(super) fn targets(replies: &[&Json]) -> Vec<String> {
    let targets = replies.iter().flat_map(|reply| items(reply, "Targets"));
    let name = |target| text_at(target, "TrackedClusterId").or_else(|| text_at(target, "RdsResourceId"));
    let mut names: Vec<String> = targets.filter_map(name).map(str::to_lowercase).collect();
    names.sort();
    names.dedup();
    names
}

/// An item's subject, lower case.
pub(super) fn subject(item: &Item) -> String {
    item.of.as_ref().map(Arc::as_ref).unwrap_or_default().to_lowercase()
}
