//! A collection into an inventory file: what `collect aws` and `audit` have in common.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use super::CliError;
use super::progress::Telling;
use super::shared::{self, Context};
use crate::diagnostic::Diagnostic;
use crate::model::Gap;
use crate::report::text::count;
use crate::source::aws::collect::{Account, AccountChoice, CollectError, RegionChoice, Request, Role};
use crate::source::aws::{self, CallStatus, Family};
use crate::source::inventory_file::{
    self, Absent, Header, Journal, JournalError, Manifest, Missing, Origin, ScopeHead, Sealed,
};

/// What to collect, and where to.
pub(super) struct Collection<'a> {
    pub(super) request: Request,
    /// The inventory file.
    pub(super) target: &'a Path,
    /// Whether to go on with what is in the journal.
    pub(super) resume: bool,
}

impl Collection<'_> {
    /// Collects, and seals the inventory file.
    pub(super) fn run(mut self, context: &Context) -> Result<Sealed, CliError> {
        // The file is put in place at the very end, which is late to learn that it cannot be.
        if self.target.is_dir() {
            let title = format!("`{}` is a folder", self.target.display());
            return Err(Diagnostic::new(title).help("name the inventory file in it").into());
        }
        let header = Header::new(Origin::Aws, shared::rfc3339(context.now), asked(&self.request));
        let mut journal = match self.resume {
            true => Journal::resume(self.target, header),
            false => Journal::create(self.target, header),
        }
        .map_err(Diagnostic::from)?;
        self.request.done =
            journal.finished().filter(|head| is_done(head, context.now)).map(|head| &head.scope).cloned().collect();
        let done = self.request.done.len();
        if done > 0 {
            context.note(&format!("going on: {} of an earlier run are there already", count(done, "scope")));
        }
        let telling = Telling::new(context);
        let mut sink = |replies| Ok(journal.append(&replies)?);
        let collected = aws::collect(&self.request, &telling, &mut sink);
        telling.end();
        if let Err(error) = collected {
            let finished = journal.finished().count();
            if finished == 0 {
                journal.discard().map_err(Diagnostic::from)?;
            }
            return Err(told(error, finished));
        }
        let finished_at = shared::rfc3339(jiff::Timestamp::now()).into();
        let manifest = Manifest { finished_at, ..Manifest::default() };
        Ok(journal.seal(&manifest).map_err(Diagnostic::from)?)
    }
}

/// How long what was collected counts as of this collection: a journal that lay about must not pass for last night's state.
const FRESH: jiff::SignedDuration = jiff::SignedDuration::from_hours(24);

/// Whether a scope need not be asked again: credentials are renewed and budgets raised before a collection goes on.
fn is_done(head: &ScopeHead, now: jiff::Timestamp) -> bool {
    let ended = |status: &CallStatus| matches!(status, CallStatus::Credentials(_) | CallStatus::OverBudget);
    let is_fresh = head.collected_at.parse::<jiff::Timestamp>().is_ok_and(|at| now.duration_since(at) <= FRESH);
    is_fresh && head.scope.region.is_some() && !head.calls.iter().any(|call| ended(&call.status))
}

/// What was asked for, as the inventory file records it: what decides which scopes there are, and of which services, and
/// nothing else, so that a collection can go on with other limits. External ids stay out.
fn asked(request: &Request) -> Map<String, Json> {
    let accounts = match &request.accounts {
        AccountChoice::Own => json!("own"),
        AccountChoice::Listed(accounts) => listed(accounts),
        AccountChoice::Organization(all) => {
            let role = all.role.as_ref().map(role);
            json!({"organization": {"units": all.units, "except": all.except, "role": role}, "listed": listed(&all.accounts)})
        }
    };
    // Another profile may be of another account.
    let profile = request.profile.as_deref().map_or(Json::Null, Json::from);
    let asked = [("profile", profile), ("accounts", accounts), ("regions", regions(&request.regions))];
    // What all services have is what was asked before they could be chosen.
    let services = (request.services != Family::all()).then(|| ("services", json!(request.services)));
    let shard = request.shard.map(|shard| ("shard", json!(shard)));
    asked.into_iter().chain(services).chain(shard).map(|(name, value)| (name.to_owned(), value)).collect()
}

/// Checks that an inventory holds what is asked for: by another fleet file its accounts would be judged as nobody's. Says why it
/// proves nothing of the night, if it is of another one.
pub(super) fn is_of(request: &Request, file: &Path, as_of: &str) -> Result<Option<Gap>, CliError> {
    let path = file.display().to_string();
    let header = inventory_file::header(&path).map_err(Diagnostic::from)?;
    let asked = asked(request);
    // Whose credentials were used, and of which services the databases are, changes nothing about who owns them.
    if ["accounts", "regions"].iter().all(|part| header.request.get(*part) == asked.get(*part)) {
        return Ok(of_another_night(&path, &header, as_of));
    }
    let title = format!("`{path}` is of other accounts or regions than the fleet file names");
    Err(Diagnostic::new(title).help("give the fleet file that it was collected by, or collect again").into())
}

/// An audit whose collection did not come about finds last night's file, which would pass for tonight's.
fn of_another_night(path: &str, header: &Header, as_of: &str) -> Option<Gap> {
    let (began, now): (jiff::Timestamp, jiff::Timestamp) = (header.started_at.parse().ok()?, as_of.parse().ok()?);
    let reason = || {
        format!(
            "the inventory was begun at {}, more than 24 hours ago: it is of another night; collect again, or judge it as of then \
             with `--as-of`",
            header.started_at
        )
    };
    (now.duration_since(began) > FRESH).then(|| Gap { place: path.into(), reason: reason().into() })
}

/// What a shard that is not there would have collected, by the request of the whole collection.
pub(super) fn share_of(request: &Map<String, Json>, Absent { shard, why }: &Absent) -> Vec<Missing> {
    let missing = |account| Missing { account, region: None, why: why.as_str().into() };
    let accounts = request.get("accounts");
    let listed = accounts.and_then(|accounts| accounts.get("listed").or(Some(accounts))).and_then(Json::as_array);
    let ids = listed.into_iter().flatten().filter_map(|account| account.get("id")?.as_str().map(Arc::from));
    let ids: BTreeSet<Arc<str>> = ids.collect();
    // Which accounts the organization has, only it knows.
    let of_organization = accounts.and_then(|accounts| accounts.get("organization")).map(|_| missing(None));
    shard.dealt(ids).map(|id| missing(Some(id))).chain(of_organization).collect()
}

fn listed(accounts: &[Account]) -> Json {
    let one = |account: &Account| {
        let regions = account.regions.as_ref().map(regions);
        json!({"id": account.id, "role": account.role.as_ref().map(role), "regions": regions})
    };
    accounts.iter().map(one).collect()
}

fn role(role: &Role) -> Json {
    role.name.as_str().into()
}

fn regions(regions: &RegionChoice) -> Json {
    match regions {
        RegionChoice::Listed(regions) => regions.iter().map(|region| Json::from(region.as_ref())).collect(),
        RegionChoice::Enabled => "enabled".into(),
    }
}

/// Why a collection ended before its end; what is finished is kept.
fn told(error: CollectError, finished: usize) -> CliError {
    let help = match &error {
        CollectError::Credentials(_) => {
            "log in again (`aws sso login`, a new session), or choose another `--profile`; `aws sts get-caller-identity` \
             must answer"
        }
        CollectError::Accounts { .. } => "grant it to the credentials that start the run, or list the accounts",
        CollectError::NoAccounts => "check the accounts, units and excludes",
        CollectError::Broken => "this is a mistake of dbkeel; please report it, with what `--version` prints",
        CollectError::Start(_) => "free memory or processes, and try again",
        CollectError::Sink(_) => "see the message above",
    };
    let diagnostic = match error {
        CollectError::Sink(error) => match error.downcast::<JournalError>() {
            Ok(error) => Diagnostic::from(*error),
            Err(error) => Diagnostic::new(error.to_string()),
        },
        other => Diagnostic::new(other.to_string()).help(help),
    };
    match finished {
        0 => diagnostic.into(),
        _ => {
            let kept =
                format!("{} collected before that are kept; run again with `--resume`", count(finished, "scope"));
            vec![diagnostic, Diagnostic::new(kept)].into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Scope;
    use crate::source::aws::CallOutcome;
    use crate::source::aws::operations::find;

    fn scope(region: Option<&str>, status: CallStatus) -> ScopeHead {
        let call = |status| CallOutcome {
            operation: find("rds:DescribeDBInstances").unwrap(),
            of: None,
            requests: 1,
            items: 0,
            status,
        };
        ScopeHead {
            scope: Scope { account: Some("111122223333".into()), region: region.map(Into::into) },
            collected_at: "2026-11-22T00:00:00Z".into(),
            calls: vec![call(CallStatus::Complete), call(status)],
        }
    }

    #[test]
    fn what_renewed_credentials_or_a_larger_budget_would_tell_is_asked_again() {
        let region = Some("eu-west-1");
        let is_done = |head: &ScopeHead| is_done(head, "2026-11-22T08:00:00Z".parse().unwrap());
        for status in [CallStatus::Complete, CallStatus::Denied("AccessDenied".into()), CallStatus::Throttled] {
            assert!(is_done(&scope(region, status.clone())), "{status:?}");
        }
        for status in [CallStatus::Credentials("ExpiredToken".into()), CallStatus::OverBudget] {
            assert!(!is_done(&scope(region, status.clone())), "{status:?}");
        }
        assert!(!is_done(&scope(None, CallStatus::Complete)));
    }
    #[test]
    fn what_was_collected_more_than_a_day_ago_is_asked_again() {
        let head = scope(Some("eu-west-1"), CallStatus::Complete);
        assert!(is_done(&head, "2026-11-23T00:00:00Z".parse().unwrap()));
        assert!(!is_done(&head, "2026-11-23T00:00:01Z".parse().unwrap()));
    }
}
