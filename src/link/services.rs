//! What the services around databases, and tables, say in several resources: backup vaults with their policies and locks, secrets with
//! their policies, detectors with their features, clusters with their activity streams, proxies with their targets.

use crate::facts::FactId;
use crate::facts::catalogue::*;
use crate::facts::mapped::{Feed, Policy, Role};
use crate::model::{FactState, Kind, Text, Unknown, Value};

use super::attached::Told;
use super::index::not_here;
use super::{Context, Joined, keys};

const OFF: FactState = FactState::Known(Value::Bool(false));
const ON: FactState = FactState::Known(Value::Bool(true));

pub(super) fn join(context: &Context<'_>, joined: &mut Joined) {
    match context.resource.kind {
        Kind::Instance | Kind::Cluster => activity_stream(context, joined),
        Kind::Secret | Kind::Table => policy(context, joined),
        Kind::BackupVault => {
            policy(context, joined);
            vault(context, joined);
        }
        Kind::Detector => detector(context, joined),
        Kind::BackupSettings => plans(context, joined),
        Kind::Proxy => targets(context, joined),
        _ => {}
    }
}

/// A fact that holds where nothing in the document says otherwise, as long as nothing outside it can.
fn unless_elsewhere(context: &Context<'_>, none: FactState, rest: Option<Unknown>, why: &'static str) -> FactState {
    match rest {
        Some(reason) => FactState::Unknown(reason),
        None if context.of.only_here => none,
        None => FactState::Unknown(not_here(why)),
    }
}

fn activity_stream(context: &Context<'_>, joined: &mut Joined) {
    if context.of.runs {
        return key_of_running_stream(context, joined);
    }
    if !context.wants(ACTIVITY_STREAM) {
        return;
    }
    if let Some(state) = out_of_reach(context.resource.kind, context.text(ENGINE)) {
        joined.set(context, ACTIVITY_STREAM, state.clone(), None);
        return joined.set(context, ACTIVITY_STREAM_CUSTOMER_MANAGED_KEY, state, None);
    }
    let told = context.attached.told(context, context.position, |feed| match feed {
        Feed::ActivityStream(customers) => Some(customers),
        _ => None,
    });
    let (state, key, stream) = match told.parts.as_slice() {
        [(stream, customers), ..] => (ON, keys::of_part(context, *stream, customers), Some(*stream)),
        [] => {
            let why = "an activity stream may be declared elsewhere";
            let state = unless_elsewhere(context, OFF, told.rest, why);
            (state.clone(), when_on(&state), None)
        }
    };
    joined.set(context, ACTIVITY_STREAM, state, stream);
    joined.set(context, ACTIVITY_STREAM_CUSTOMER_MANAGED_KEY, key, stream);
}

/// A stream that Terraform cannot start: that of an engine without streams, and those of instances of Oracle and SQL Server,
/// which are started by other means (docs.aws.amazon.com/AmazonRDS/latest/UserGuide/DBActivityStreams.html).
fn out_of_reach(kind: Kind, engine: Option<&str>) -> Option<FactState> {
    const NONE: FactState = FactState::Missing(Text::Static("the engine has no activity streams"));
    let is_of = |engines: &[&str]| engine.is_none_or(|engine| engines.iter().any(|of| engine.contains(of)));
    match kind {
        Kind::Cluster => (!is_of(&["aurora"])).then_some(NONE),
        _ if is_of(&["oracle-", "sqlserver-"]) => {
            Some(FactState::Unknown(not_here("Terraform starts the activity streams of clusters only")))
        }
        _ => Some(NONE),
    }
}

/// What runs names the key of its stream.
fn key_of_running_stream(context: &Context<'_>, joined: &mut Joined) {
    if !context.wants(ACTIVITY_STREAM_CUSTOMER_MANAGED_KEY) {
        return;
    }
    let on = context.resource.facts.get(ACTIVITY_STREAM).map(|fact| &fact.state);
    let state = match on {
        Some(state) if *state == ON => keys::customers_in(context, Role::StreamKey),
        Some(state) => when_on(state),
        None => return,
    };
    joined.set(context, ACTIVITY_STREAM_CUSTOMER_MANAGED_KEY, state, None);
}

/// The key of a stream that does not run, or of which that is not known.
fn when_on(stream: &FactState) -> FactState {
    match stream {
        FactState::Known(_) => FactState::Missing(Text::Static("no activity stream runs")),
        other => other.clone(),
    }
}

/// The policy of a secret, vault or table: its own, or one that is declared apart from it.
fn policy(context: &Context<'_>, joined: &mut Joined) {
    if !context.wants(POLICY_PUBLIC) {
        return;
    }
    let (own, told) = policies(context);
    let part = told.parts.first().map(|(part, _)| *part);
    let policy = own.or(told.parts.first().map(|(_, policy)| *policy));
    let why = "a policy of it may be declared elsewhere";
    let of = |fact: fn(&Policy) -> &FactState, none: FactState| match policy {
        Some(policy) => fact(policy).clone(),
        None => unless_elsewhere(context, none, told.rest.clone(), why),
    };
    joined.set(context, POLICY_PUBLIC, of(|policy| &policy.public, OFF), part);
    let nobody = FactState::Known(Value::set([]));
    joined.set(context, POLICY_FOREIGN_ACCOUNTS, of(|policy| &policy.foreign, nobody), part);
}

fn policies<'t>(context: &Context<'t>) -> (Option<&'t Policy>, Told<&'t Policy>) {
    let own = match &context.of.feed {
        Some(Feed::Secret { policy, .. }) => policy.as_ref(),
        _ => None,
    };
    let told = context.attached.told(context, context.position, |feed| match feed {
        Feed::Policy(policy) => Some(policy),
        _ => None,
    });
    (own, told)
}

/// What keeps the recovery points of a vault, and who is told of what happens to it.
fn vault(context: &Context<'_>, joined: &mut Joined) {
    if context.wants(RECOVERY_POINTS_UNDELETABLE) {
        let (state, part) = undeletable(context);
        joined.set(context, RECOVERY_POINTS_UNDELETABLE, state, part);
    }
    if context.wants(BACKUP_EVENTS) {
        let told = context.attached.told(context, context.position, |feed| match feed {
            Feed::VaultEvents(events) => Some(events),
            _ => None,
        });
        let why = "notifications of it may be declared elsewhere";
        let (state, part) = match told.parts.as_slice() {
            [(part, events), ..] => ((*events).clone(), Some(*part)),
            [] => (unless_elsewhere(context, FactState::Known(Value::set([])), told.rest, why), None),
        };
        joined.set(context, BACKUP_EVENTS, state, part);
    }
}

/// A lock is enough, and so is a policy; that neither is there takes both to be known.
fn undeletable(context: &Context<'_>) -> (FactState, Option<usize>) {
    let locks = context.attached.told(context, context.position, |feed| match feed {
        Feed::VaultLock => Some(()),
        _ => None,
    });
    if let Some((lock, ())) = locks.parts.first() {
        return (ON, Some(*lock));
    }
    let (_, policies) = policies(context);
    let why = "a lock or a policy of it may be declared elsewhere";
    match policies.parts.first() {
        Some((part, policy)) if policy.undeletable != OFF => (policy.undeletable.clone(), Some(*part)),
        _ => (unless_elsewhere(context, OFF, locks.rest.or(policies.rest), why), None),
    }
}

fn detector(context: &Context<'_>, joined: &mut Joined) {
    if !context.wants(LOGIN_MONITORING) {
        return;
    }
    let told = context.attached.told(context, context.position, |feed| match feed {
        Feed::LoginMonitoring(FactState::Missing(_)) => None,
        Feed::LoginMonitoring(state) => Some(state),
        _ => None,
    });
    // A new detector watches what GuardDuty turns on by itself for new accounts, which changes
    // (docs.aws.amazon.com/guardduty/latest/ug/rds-protection.html).
    let why = "no feature RDS_LOGIN_EVENTS of the detector is declared here";
    let (state, part) = match told.parts.as_slice() {
        [(part, state), ..] => ((*state).clone(), Some(*part)),
        [] => (FactState::Unknown(told.rest.unwrap_or(not_here(why))), None),
    };
    joined.set(context, LOGIN_MONITORING, state, part);
}

/// The plans of the document's region; others may be declared elsewhere, so that none here is not none at all.
fn plans(context: &Context<'_>, joined: &mut Joined) {
    if !context.wants(BACKUP_PLANS) {
        return;
    }
    let is_here = |region: &Option<_>| match (region, &context.of.region) {
        (Some(there), Some(here)) => there == here,
        _ => true,
    };
    let feeds = context.telling.feeds.iter();
    let plans = feeds.filter(|(_, of)| matches!(of.feed, Some(Feed::BackupPlan)) && is_here(&of.region));
    let state = match i64::try_from(plans.count()).unwrap_or(i64::MAX) {
        0 => FactState::Unknown(not_here("backup plans may be declared elsewhere")),
        count => FactState::Known(Value::Integer(count)),
    };
    joined.set(context, BACKUP_PLANS, state, None);
}

fn targets(context: &Context<'_>, joined: &mut Joined) {
    if !context.wants(PROXY_TARGETS) {
        return;
    }
    let told = context.attached.told(context, context.position, |feed| match feed {
        Feed::ProxyTarget(target) => Some(target),
        _ => None,
    });
    let mut rest = told.rest;
    let mut names = Vec::new();
    for (_, target) in &told.parts {
        match target {
            FactState::Known(name) => names.push(name.clone()),
            FactState::Unknown(reason) => rest = rest.or(Some(reason.clone())),
            FactState::Partial(..) | FactState::Missing(_) => {}
        }
    }
    let state = match rest {
        None if names.is_empty() => {
            let none = FactState::Known(Value::set([]));
            unless_elsewhere(context, none, None, "the databases behind the proxy may be declared elsewhere")
        }
        None => FactState::Known(Value::set(names)),
        Some(reason) if names.is_empty() => FactState::Unknown(reason),
        Some(reason) => FactState::Partial(Value::set(names), reason),
    };
    joined.set(context, PROXY_TARGETS, state, None);
}

/// Facts in which the members of one cluster should be the same, and whether one that is not known leaves the whole open:
/// what Terraform leaves to the provider comes out the same for all of them.
pub(super) const OF_MEMBERS: [(FactId, bool); 6] = [
    (AUTO_MINOR_VERSION_UPGRADE, true),
    (CA_CERTIFICATE, false),
    (ENGINE_VERSION, false),
    (ENHANCED_MONITORING_SECONDS, true),
    (PERFORMANCE_INSIGHTS, true),
    (PUBLICLY_ACCESSIBLE, true),
];
