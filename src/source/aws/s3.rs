//! States in S3: what stands at `s3://bucket/key`, read with the same credentials, roles, retries and limits as replies.
//!
//! [`fetch`] is a plain function from names to bytes; an object that cannot be read is an outcome of its own and leaves the
//! others as they are. What the bytes are is nobody's business here.

mod problem;
mod uri;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use futures_util::{StreamExt, stream};

use super::CallStatus;
use super::collect::{Account, Keys, Limits, arn_of};
use super::live::{self, Hint, Live, LiveApi, Refused, Unread};
use crate::source::{Problem, SourceError};
pub use problem::S3Problem;
pub(super) use uri::is_region;
pub use uri::{Uri, is_uri};

/// How S3 is reached.
#[derive(Clone, Debug, Default)]
pub struct Access {
    /// The profile of `~/.aws/config`; `None` takes what the environment says.
    pub profile: Option<String>,
    /// Where every service is, instead of AWS; `None` takes what environment and profile say.
    pub endpoint_url: Option<String>,
    /// Credentials that are given rather than found.
    pub keys: Option<Keys>,
    /// The account that is entered by its role; `None`, or one without a role, takes the credentials as they are, whichever
    /// account they are of: a bucket may let others in.
    pub account: Option<Account>,
    /// Where buckets are looked for first whose region neither the path nor environment and profile say.
    pub region: Option<Arc<str>>,
}

/// Limits for objects, which may be larger than any reply, and take longer.
pub fn limits() -> Limits {
    const MINUTE: Duration = Duration::from_secs(60);
    Limits { attempt: 5 * MINUTE, call: 15 * MINUTE, reply_bytes: 256 << 20, ..Limits::default() }
}

/// How many objects are read at the same time; each may be as large as the limit.
const AT_ONCE: usize = 4;

/// Reads objects, a few at a time; each result stands where its object does.
pub fn fetch(uris: &[Uri], access: &Access, limits: &Limits) -> Vec<Result<Vec<u8>, SourceError>> {
    if uris.is_empty() {
        return Vec::new();
    }
    let read = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => {
            let read = runtime.block_on(read_all(uris, access, limits));
            // A connection that hangs must not keep the process.
            runtime.shutdown_background();
            read
        }
        Err(error) => {
            let why = Arc::from(format!("the operating system gives no threads: {error}"));
            same(uris, &S3Problem::Failed { why })
        }
    };
    let told =
        |(uri, read): (&Uri, Result<_, _>)| read.map_err(|problem| SourceError::new(uri.text(), Problem::S3(problem)));
    uris.iter().zip(read).map(told).collect()
}

type Read = Result<Vec<u8>, S3Problem>;

fn same(uris: &[Uri], problem: &S3Problem) -> Vec<Read> {
    uris.iter().map(|_| Err(problem.clone())).collect()
}

async fn read_all(uris: &[Uri], access: &Access, limits: &Limits) -> Vec<Read> {
    let reached = live::Access {
        profile: access.profile.clone(),
        endpoint_url: access.endpoint_url.clone(),
        keys: access.keys.clone(),
        home_region: access.region.as_deref().map(str::to_owned),
    };
    let live = Live::new(&reached, limits, None).await;
    match entered(&live, access.account.as_ref()).await {
        Ok(api) => Reader { api, home: live.home_region(), limit: limits.reply_bytes }.read_all(uris).await,
        Err(status) => same(uris, &S3Problem::of_status(status)),
    }
}

/// The account's role, or the credentials as they are.
async fn entered(live: &Live, account: Option<&Account>) -> Result<LiveApi, CallStatus> {
    match account.and_then(|account| account.role.as_ref().map(|role| (account, role))) {
        Some((account, role)) => {
            live.role_api(&arn_of(role, &account.id, &live.home_region()), role.external_id.as_deref()).await
        }
        None => Ok(live.own_api()),
    }
}

struct Reader {
    api: LiveApi,
    home: Arc<str>,
    limit: usize,
}

impl Reader {
    /// The first object of each bucket goes before the others, so that the others know its region.
    async fn read_all(&self, uris: &[Uri]) -> Vec<Read> {
        let mut seen = BTreeSet::new();
        let (first, others): (Vec<_>, Vec<_>) = uris.iter().enumerate().partition(|(_, uri)| seen.insert(uri.bucket()));
        let mut regions = BTreeMap::new();
        let mut done = BTreeMap::new();
        for some in [first, others] {
            let known = &regions;
            let reading = stream::iter(&some).map(|(_, uri)| self.read(uri, known)).buffered(AT_ONCE);
            let read: Vec<(Option<Arc<str>>, Read)> = reading.collect().await;
            for ((at, uri), (region, read)) in some.into_iter().zip(read) {
                regions.extend(region.map(|region| (uri.bucket(), region)));
                done.insert(at, read);
            }
        }
        done.into_values().collect()
    }

    /// Reads an object, in another region if S3 says that its bucket is there; gives the bucket's region once S3 has shown it.
    async fn read(&self, uri: &Uri, known: &BTreeMap<&str, Arc<str>>) -> (Option<Arc<str>>, Read) {
        let asked = known.get(uri.bucket()).or(uri.region()).unwrap_or(&self.home);
        let problem = |unread| S3Problem::of(unread, self.limit, uri.version().is_some());
        let read = self.api.object(uri, asked).await;
        if let Some(there) = read.as_ref().err().and_then(|unread| elsewhere(unread, asked)) {
            let read = self.api.object(uri, there).await.map_err(problem);
            return (Some(Arc::clone(there)), read);
        }
        (read.is_ok().then(|| Arc::clone(asked)), read.map_err(problem))
    }
}

/// The region that S3 names, if it is another.
fn elsewhere<'u>(unread: &'u Unread, asked: &str) -> Option<&'u Arc<str>> {
    match unread {
        Unread::Refused(Refused { hint: Some(Hint::Region(region)), .. }) if **region != *asked => Some(region),
        _ => None,
    }
}
