//! What a collection says while it works: a bar on a terminal, otherwise one line for each account and region.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::shared::Context;
use crate::model::Scope;
use crate::report::text::{clean, count};
use crate::source::aws::collect::{Event, Progress};

/// How it is said.
pub(super) enum Telling {
    /// Not at all.
    Silent,
    /// A bar.
    Bar(ProgressBar),
    /// Lines.
    Lines,
}

impl Telling {
    pub(super) fn new(context: &Context) -> Self {
        if context.quiet {
            return Self::Silent;
        }
        if !context.stderr_terminal {
            return Self::Lines;
        }
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
        // The template is a constant; a wrong one only costs the bar its form.
        if let Ok(style) = ProgressStyle::with_template("{spinner} {pos}/{len} scopes  {elapsed}  {wide_msg}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(120));
        Self::Bar(bar)
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}

impl Progress for Telling {
    fn tell(&self, event: &Event<'_>) {
        match self {
            Self::Silent => {}
            Self::Lines => line(event).into_iter().for_each(|line| anstream::eprintln!("{line}")),
            Self::Bar(bar) => on_bar(bar, event),
        }
    }
}

fn on_bar(bar: &ProgressBar, event: &Event<'_>) {
    match event {
        Event::Accounts(_) => {}
        Event::Scopes { scopes, .. } => bar.inc_length(*scopes as u64),
        Event::Started(scope) => bar.set_message(name(scope)),
        Event::Finished { incomplete, .. } => {
            bar.inc(1);
            if *incomplete > 0 {
                line(event).into_iter().for_each(|line| bar.println(line));
            }
        }
        Event::AccountLost { .. } => line(event).into_iter().for_each(|line| bar.println(line)),
    }
}

/// The line of an event, where it has one.
fn line(event: &Event<'_>) -> Option<String> {
    Some(match event {
        Event::Accounts(accounts) => count(*accounts, "account"),
        Event::Scopes { .. } | Event::Started(_) => return None,
        Event::AccountLost { account, call, status } => {
            format!("{}: not collected: {call}: {}", clean(account), clean(status.words()))
        }
        Event::Finished { scope, requests, items, incomplete } => {
            let gaps = match incomplete {
                0 => String::new(),
                some => format!(", {} incomplete", count(*some, "call")),
            };
            let requests = count(usize::try_from(*requests).unwrap_or(usize::MAX), "request");
            let objects = count(usize::try_from(*items).unwrap_or(usize::MAX), "object");
            format!("{}: {objects}, {requests}{gaps}", name(scope))
        }
    })
}

/// A scope as people write it: `111122223333/eu-west-1`.
fn name(scope: &Scope) -> String {
    let parts = [&scope.account, &scope.region];
    clean(&parts.into_iter().flatten().map(AsRef::as_ref).collect::<Vec<_>>().join("/")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finished_scope_is_one_line_that_says_what_is_missing() {
        let scope = Scope { account: Some("111122223333".into()), region: Some("eu-west-1".into()) };
        let finished = |incomplete| line(&Event::Finished { scope: &scope, requests: 21, items: 1, incomplete });
        assert_eq!(finished(0).as_deref(), Some("111122223333/eu-west-1: 1 object, 21 requests"));
        assert_eq!(finished(2).as_deref(), Some("111122223333/eu-west-1: 1 object, 21 requests, 2 calls incomplete"));
    }
}
