//! An API that answers from a function.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value as Json, json};

use crate::source::aws::CallStatus;
use crate::source::aws::api::{Accounts, Answer, Asked, AwsApi, Eventually};
use crate::source::aws::services::{essence, paged};

/// The account of the credentials.
pub(super) const OWN: &str = "123456789012";

type Answers = dyn Fn(&str, &Asked) -> Result<Json, CallStatus> + Send + Sync;

pub(super) struct Fake {
    answers: Arc<Answers>,
    sent: Arc<AtomicU64>,
    roleless: Option<&'static str>,
}

impl Fake {
    /// Answers what the function gives, and otherwise that there is nothing.
    pub(super) fn new(answers: impl Fn(&str, &Asked) -> Option<Json> + Send + Sync + 'static) -> Arc<Self> {
        Self::answering(move |account, asked| answers(account, asked).map_or_else(|| quiet(asked), Ok))
    }

    pub(super) fn answering(
        answers: impl Fn(&str, &Asked) -> Result<Json, CallStatus> + Send + Sync + 'static,
    ) -> Arc<Self> {
        Arc::new(Self { answers: Arc::new(answers), sent: Arc::default(), roleless: None })
    }

    pub(super) fn failing(action: &'static str, status: CallStatus) -> Arc<Self> {
        Self::answering(move |_, asked| match asked.operation.action == action {
            true => Err(status.clone()),
            false => quiet(asked),
        })
    }

    /// The account's credentials end when the action is asked for.
    pub(super) fn expiring(account: &'static str, action: &'static str) -> Arc<Self> {
        Self::answering(move |of, asked| match of == account && asked.operation.action == action {
            true => Err(CallStatus::Credentials(Arc::from("ExpiredToken"))),
            false => quiet(asked),
        })
    }

    pub(super) fn without_role(self: Arc<Self>, account: &'static str) -> Arc<Self> {
        Arc::new(Self { answers: Arc::clone(&self.answers), sent: Arc::default(), roleless: Some(account) })
    }

    pub(super) fn requests(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    fn of(&self, account: &str) -> Arc<dyn AwsApi> {
        Arc::new(Of { account: account.to_owned(), answers: Arc::clone(&self.answers), sent: Arc::clone(&self.sent) })
    }
}

/// What an account without anything in it says.
pub(super) fn quiet(asked: &Asked) -> Result<Json, CallStatus> {
    Ok(match (asked.operation.action, paged(asked.operation)) {
        ("GetCallerIdentity", _) => json!({"Account": OWN}),
        (_, Some((Some(inside), list))) => json!({ inside: { list: [] } }),
        (_, Some((None, list))) => json!({ list: [] }),
        (_, None) => json!({ essence(asked.operation).unwrap(): {"Arn": asked.of} }),
    })
}

/// A database like the others.
pub(super) fn database(number: usize) -> Json {
    json!({
        "DBInstanceIdentifier": format!("db-{number}"),
        "DBInstanceArn": format!("arn:aws:rds:eu-west-1:{OWN}:db:db-{number}"),
        "Engine": "postgres",
        "EngineVersion": "16.3",
        "KmsKeyId": format!("arn:aws:kms:eu-west-1:{OWN}:key/1"),
        "DBParameterGroups": [{"DBParameterGroupName": "own"}],
        "VpcSecurityGroups": [{"VpcSecurityGroupId": "sg-db"}],
        "MasterUserSecret": {"SecretArn": "arn:mine"},
    })
}

struct Of {
    account: String,
    answers: Arc<Answers>,
    sent: Arc<AtomicU64>,
}

impl AwsApi for Of {
    fn call<'a>(&'a self, asked: &'a Asked) -> Eventually<'a, Answer> {
        self.sent.fetch_add(1, Ordering::Relaxed);
        Box::pin(async move { Answer { result: (self.answers)(&self.account, asked), requests: 1 } })
    }
}

impl Accounts for Fake {
    fn home(&self) -> Arc<str> {
        Arc::from("eu-west-1")
    }

    fn requests(&self) -> u64 {
        Fake::requests(self)
    }

    fn own(&self) -> Arc<dyn AwsApi> {
        self.of(OWN)
    }

    fn with_role<'a>(
        &'a self,
        role: &'a str,
        _: Option<&'a str>,
    ) -> Eventually<'a, Result<Arc<dyn AwsApi>, CallStatus>> {
        let account = role.split(':').nth(4).unwrap_or_default();
        let refused = self.roleless == Some(account);
        Box::pin(async move {
            if refused { Err(CallStatus::Credentials(Arc::from("AccessDenied"))) } else { Ok(self.of(account)) }
        })
    }
}
