//! The tasks of a run: one for each account, which finds its regions; one for each of its scopes, a few at a time.

use std::collections::BTreeSet;
use std::sync::Arc;

use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;

use super::accounts::{self, Lost};
use super::scope::{Ended, ScopeRun, unreached};
use super::{Account, CollectError, Collected, Event, Progress, RegionChoice, Request, Sink};
use crate::model::Scope;
use crate::source::aws::api::Accounts;
use crate::source::aws::{CallOutcome, CallStatus, Family, Operation, ScopeReplies};

/// What tasks say to the one that drives them.
enum Word {
    Scopes(Arc<str>, usize),
    Lost(Arc<str>, Lost),
    Started(Scope),
    Finished(Box<ScopeReplies>),
}

pub(super) async fn run(
    accounts: Arc<dyn Accounts>,
    request: &Request,
    progress: &dyn Progress,
    sink: &mut Sink<'_>,
) -> Result<Collected, CollectError> {
    let (own, home) = (accounts.own(), accounts.home());
    let own_id = accounts::caller(own.as_ref(), &home).await.map_err(refused)?;
    let chosen = accounts::chosen(request, own.as_ref(), &own_id, &home).await?;
    progress.tell(&Event::Accounts(chosen.len()));
    let (words, heard) = mpsc::unbounded_channel();
    let common = Arc::new(Common {
        accounts: Arc::clone(&accounts),
        own_id,
        home,
        request: request.clone(),
        scopes: Semaphore::new(request.scopes_at_once.max(1)),
        words,
    });
    let mut tasks = JoinSet::new();
    for account in chosen {
        tasks.spawn(Arc::clone(&common).account(account));
    }
    // The channel ends when the last task does; an error of the sink drops the tasks.
    drop(common);
    let mut collected = listen(heard, progress, sink).await?;
    // A task that broke has told nothing of its scopes, and what is not told must not look like what is not there.
    while let Some(ended) = tasks.join_next().await {
        ended.map_err(|_| CollectError::Broken)?;
    }
    collected.requests = accounts.requests();
    Ok(collected)
}

/// The region to try: that of the credentials, if it is one of them.
fn one_of(regions: BTreeSet<Arc<str>>, home: &Arc<str>) -> BTreeSet<Arc<str>> {
    let region = regions.get(home).or_else(|| regions.first()).cloned();
    region.into_iter().collect()
}

fn refused(lost: Lost) -> CollectError {
    match lost.status {
        status @ (CallStatus::Credentials(_) | CallStatus::Denied(_)) => CollectError::Credentials(status),
        status => CollectError::Accounts { call: lost.call, status },
    }
}

async fn listen(
    mut heard: mpsc::UnboundedReceiver<Word>,
    progress: &dyn Progress,
    sink: &mut Sink<'_>,
) -> Result<Collected, CollectError> {
    let mut collected = Collected::default();
    while let Some(word) = heard.recv().await {
        match word {
            Word::Scopes(account, scopes) => progress.tell(&Event::Scopes { account: &account, scopes }),
            Word::Lost(account, Lost { call, status }) => {
                progress.tell(&Event::AccountLost { account: &account, call, status: &status });
            }
            Word::Started(scope) => progress.tell(&Event::Started(&scope)),
            Word::Finished(replies) => {
                let incomplete = replies.calls.iter().filter(|call| call.status.is_gap()).count();
                collected.scopes += 1;
                collected.incomplete += incomplete;
                progress.tell(&Event::Finished {
                    scope: &replies.scope,
                    requests: replies.calls.iter().map(|call| u64::from(call.requests)).sum(),
                    items: replies.items.len() as u64,
                    incomplete,
                });
                sink(*replies).map_err(CollectError::Sink)?;
            }
        }
    }
    Ok(collected)
}

struct Common {
    accounts: Arc<dyn Accounts>,
    own_id: Arc<str>,
    home: Arc<str>,
    request: Request,
    scopes: Semaphore,
    words: mpsc::UnboundedSender<Word>,
}

impl Common {
    /// Nobody listens any more only when the run is over.
    fn say(&self, word: Word) {
        let _ = self.words.send(word);
    }

    async fn account(self: Arc<Self>, account: Account) {
        let api = match self.reach(&account).await {
            Ok(api) => api,
            Err(lost) => return self.lose(&account, lost),
        };
        let regions = match accounts::regions_of(&account, &self.request, api.as_ref(), &self.home).await {
            Ok(regions) if self.request.trial => one_of(regions, &self.home),
            Ok(regions) => regions,
            Err(lost) => return self.lose(&account, lost),
        };
        let scope =
            |region: &Arc<str>| Scope { account: Some(Arc::clone(&account.id)), region: Some(Arc::clone(region)) };
        let to_do: Vec<Arc<str>> =
            regions.into_iter().filter(|region| !self.request.done.contains(&scope(region))).collect();
        self.say(Word::Scopes(Arc::clone(&account.id), to_do.len()));
        let account_ended = Ended::default();
        let mut tasks = JoinSet::new();
        for region in to_do {
            let run = ScopeRun {
                api: Arc::clone(&api),
                account: Arc::clone(&account.id),
                region: Arc::clone(&region),
                services: self.request.services.clone(),
                calls_per_service: self.request.calls_per_service,
                trial: self.request.trial,
                account_ended: Arc::clone(&account_ended),
            };
            tasks.spawn(Arc::clone(&self).scope(scope(&region), run));
        }
        // Breaks when one of them did.
        tasks.join_all().await;
    }

    async fn reach(&self, account: &Account) -> Result<Arc<dyn crate::source::aws::api::AwsApi>, Lost> {
        // As many roles are assumed at once as scopes are collected.
        let _place = self.scopes.acquire().await;
        accounts::api_of(account, self.accounts.as_ref(), &self.own_id).await
    }

    async fn scope(self: Arc<Self>, scope: Scope, run: ScopeRun) {
        let _place = self.scopes.acquire().await;
        self.say(Word::Started(scope));
        let replies = run.run().await;
        self.say(Word::Finished(Box::new(replies)));
    }

    /// An account of which nothing can be read: its regions, where they are known, or else the account itself.
    fn lose(&self, account: &Account, lost: Lost) {
        let status = lost.status.clone();
        match account.regions.as_ref().unwrap_or(&self.request.regions) {
            RegionChoice::Listed(regions) => {
                for region in regions {
                    self.say(Word::Finished(Box::new(unreached(
                        &account.id,
                        Some(region),
                        &self.request.services,
                        &status,
                    ))));
                }
            }
            RegionChoice::Enabled => {
                self.say(Word::Finished(Box::new(unknown_regions(
                    &account.id,
                    lost.call,
                    &self.request.services,
                    &status,
                ))));
            }
        }
        self.say(Word::Lost(Arc::clone(&account.id), lost));
    }
}

/// The scope that stands for all regions of an account, which are not known.
fn unknown_regions(
    account: &Arc<str>,
    call: &'static Operation,
    services: &BTreeSet<Family>,
    status: &CallStatus,
) -> ScopeReplies {
    let failed = CallOutcome { operation: call, of: None, requests: 0, items: 0, status: status.clone() };
    ScopeReplies { calls: vec![failed], ..unreached(account, None, services, status) }
}
