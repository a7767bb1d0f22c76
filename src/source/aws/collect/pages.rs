//! All pages of one call.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value as Json;

use crate::source::aws::api::{Answer, Asked, AwsApi};
use crate::source::aws::services::{essence, paged, pages as next_page};
use crate::source::aws::{CallStatus, Operation};

/// What a call yielded: the objects of a list, or the one object that the reply is, with its pages joined. What arrived
/// before a page failed is kept.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Listed {
    pub(super) values: Vec<Json>,
    pub(super) requests: u32,
    pub(super) status: CallStatus,
}

/// Calls page by page.
pub(super) async fn call(api: &dyn AwsApi, mut asked: Asked) -> Listed {
    let mut pages = Pages::default();
    let mut requests = 0u32;
    loop {
        let answer: Answer = api.call(&asked).await;
        requests = requests.saturating_add(answer.requests);
        let next = answer.result.and_then(|reply| pages.take(asked.operation, reply));
        match next {
            Ok(Some(page)) => asked.page = Some(page),
            Ok(None) => return Listed { values: pages.done(asked.operation), requests, status: CallStatus::Complete },
            Err(status) => return Listed { values: pages.partial(asked.operation), requests, status },
        }
    }
}

#[derive(Default)]
struct Pages {
    items: Vec<Json>,
    /// The first page without its list, for a call whose reply is one object.
    whole: Option<Json>,
    seen: BTreeSet<Arc<str>>,
}

impl Pages {
    /// Takes a page's objects; the name of the next page, if there is one.
    fn take(&mut self, operation: &Operation, mut reply: Json) -> Result<Option<Arc<str>>, CallStatus> {
        let Some((inside, list)) = paged(operation) else {
            let essence = essence(operation).unwrap_or_default();
            if reply.get(essence).is_none() {
                return Err(lacks(essence));
            }
            self.whole = Some(reply);
            return Ok(None);
        };
        let holder = match inside {
            Some(inside) => reply.get_mut(inside),
            None => Some(&mut reply),
        };
        let holder = holder.and_then(Json::as_object_mut).ok_or_else(|| lacks(list))?;
        let Some(Json::Array(items)) = holder.remove(list) else { return Err(lacks(list)) };
        let token = next_page(operation).and_then(|(_, member)| holder.remove(member));
        self.items.extend(items);
        self.whole.get_or_insert(reply);
        self.next(token.as_ref())
    }

    /// AWS's last page names no next one, or an empty one. A page that comes up again would be read for ever.
    fn next(&mut self, token: Option<&Json>) -> Result<Option<Arc<str>>, CallStatus> {
        let Some(token) = token.and_then(Json::as_str).filter(|token| !token.is_empty()) else { return Ok(None) };
        let token: Arc<str> = Arc::from(token);
        match self.seen.insert(Arc::clone(&token)) {
            true => Ok(Some(token)),
            false => Err(CallStatus::Malformed(Arc::from("a page names one that was already read as the next"))),
        }
    }

    fn done(self, operation: &Operation) -> Vec<Json> {
        match (operation.list, paged(operation), self.whole) {
            (Some(_), ..) => self.items,
            (None, Some((inside, list)), Some(mut whole)) => {
                let holder = match inside {
                    Some(inside) => whole.get_mut(inside),
                    None => Some(&mut whole),
                };
                if let Some(holder) = holder.and_then(Json::as_object_mut) {
                    holder.insert(list.to_owned(), Json::Array(self.items));
                }
                vec![whole]
            }
            (None, _, whole) => whole.into_iter().collect(),
        }
    }

    /// A list of which the end is missing still tells of what is in it; one object of which a part is missing would say
    /// that there is no more.
    fn partial(self, operation: &Operation) -> Vec<Json> {
        if operation.list.is_some() { self.items } else { Vec::new() }
    }
}

fn lacks(member: &str) -> CallStatus {
    CallStatus::Malformed(Arc::from(format!("the reply has no `{member}`")))
}
