//! How the calls of one account and region ended, and so why something that they would have told is not known.

use rustc_hash::FxHashMap;

use crate::facts::view::lower_case;
use crate::model::{Text, Unknown};
use crate::source::aws::operations::find;
use crate::source::aws::{CallOutcome, CallStatus};

/// How each call ended, by `service:Action` and by what it was asked about, lower case.
pub(super) struct Calls<'a> {
    of_all: FxHashMap<String, &'a CallStatus>,
    of_each: FxHashMap<String, FxHashMap<String, &'a CallStatus>>,
}

/// Why a call that is asked of each of several things did not tell of one.
pub(super) struct Each {
    /// By what it was asked about, lower case; `None` when it told.
    pub(super) of: FxHashMap<String, Option<Unknown>>,
    /// Of everything else.
    pub(super) others: Option<Unknown>,
}

impl Each {
    pub(super) fn why_not(&self, of: &str) -> Option<&Unknown> {
        self.of.get(lower_case(of).as_ref()).unwrap_or(&self.others).as_ref()
    }
}

impl<'a> Calls<'a> {
    pub(super) fn new(outcomes: &'a [CallOutcome]) -> Self {
        let mut calls = Self { of_all: FxHashMap::default(), of_each: FxHashMap::default() };
        for outcome in outcomes {
            let action = outcome.operation.to_string();
            match &outcome.of {
                Some(of) => drop(calls.of_each.entry(action).or_default().insert(of.to_lowercase(), &outcome.status)),
                None => drop(calls.of_all.insert(action, &outcome.status)),
            }
        }
        calls
    }

    /// Why a call that lists everything did not tell everything; `None` when it did.
    pub(super) fn why_not(&self, action: &'static str) -> Option<Unknown> {
        self.of_all.get(action).map_or_else(|| Some(not_made(action)), |status| why(action, status))
    }

    /// Why a call that is asked of each of several things did not tell of every one; `None` when it did, or there were none. What
    /// was gone when it was asked about is not there.
    pub(super) fn why_not_of_any(&self, action: &'static str) -> Option<Unknown> {
        let each = self.of_each.get(action).into_iter().flat_map(|each| each.values()).copied();
        let statuses = each.chain(self.of_all.get(action).copied());
        let counts = statuses.filter(|status| !matches!(status, CallStatus::Gone(_)));
        // Of several reasons always the same one, in whatever order the things were asked about.
        counts.filter_map(|status| why(action, status)).min_by_key(ToString::to_string)
    }

    /// Whether a call said that what it was asked about is not there.
    pub(super) fn is_gone(&self, action: &'static str, of: &str) -> bool {
        let status = self.of_each.get(action).and_then(|each| each.get(lower_case(of).as_ref()));
        matches!(status, Some(CallStatus::Gone(_)))
    }

    /// Why a call did not tell about one thing. A call that was given up before it came to this thing ended for all; that it
    /// was complete for others says nothing of this one.
    pub(super) fn why_not_of(&self, action: &'static str, of: &str) -> Option<Unknown> {
        let of_this = self.of_each.get(action).and_then(|each| each.get(lower_case(of).as_ref()));
        let of_all = || self.of_all.get(action).filter(|status| !status.is_complete());
        let status = of_this.or_else(of_all);
        status.map_or_else(|| Some(not_made(action)), |status| why(action, status))
    }

    /// The same for many things.
    pub(super) fn why_not_of_each(&self, action: &'static str) -> Each {
        let each = self.of_each.get(action).into_iter().flatten();
        let others = match self.of_all.get(action).filter(|status| !status.is_complete()) {
            Some(status) => why(action, status),
            None => Some(not_made(action)),
        };
        Each { of: each.map(|(of, status)| (of.clone(), why(action, status))).collect(), others }
    }

    /// Whether a call was told, by this code of an error, that one thing does not have what it asked for.
    pub(super) fn is_gone_by(&self, action: &'static str, of: &str, code: &str) -> bool {
        let status = self.of_each.get(action).and_then(|each| each.get(lower_case(of).as_ref()));
        matches!(status, Some(CallStatus::Gone(gone)) if &**gone == code)
    }
}

fn not_made(action: &'static str) -> Unknown {
    Unknown::NotCollected(format!("{action} was not called").into())
}

fn why(action: &'static str, status: &CallStatus) -> Option<Unknown> {
    let how = match status {
        CallStatus::Complete => return None,
        CallStatus::Denied(_) => return Some(Unknown::Denied(permission(action))),
        CallStatus::Throttled => format!("{action} was throttled"),
        CallStatus::Credentials(why) => format!("the credentials were refused at {action}: {why}"),
        CallStatus::NotSupported(why) => format!("{action} is not offered here: {why}"),
        CallStatus::Malformed(what) => format!("the reply of {action} was not whole: {what}"),
        CallStatus::Failed(why) => format!("{action} failed: {why}"),
        CallStatus::Gone(_) => format!("what {action} was asked about was gone by then"),
        CallStatus::OverBudget => format!("{action} was left out, as the budget of calls was used up"),
        CallStatus::Incomplete(_) => format!("only a part of what {action} lists was imported"),
        CallStatus::Recorded(recorder) => format!("{recorder} may not record all that {action} lists"),
        CallStatus::NotAsked => format!("{action} was not called, as nobody asked for it"),
        CallStatus::NotImported => format!("no reply of {action} was imported"),
    };
    Some(Unknown::NotCollected(Text::from(how)))
}

/// The permission that the call asks for: what a person has to grant.
fn permission(action: &'static str) -> Text {
    match find(action).and_then(|operation| operation.permission) {
        Some(permission) => Text::Static(permission),
        None => Text::Static(action),
    }
}
