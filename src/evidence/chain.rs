//! From one bundle to the next: each names the digest of the `SHA256SUMS` before it, so that a night that is taken out, put in
//! or exchanged shows.

use std::collections::BTreeMap;

use super::manifest::{Previous, instant};
use super::verify::Reason;

/// A bundle as a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// What the command line calls it.
    pub name: String,
    /// SHA-256 of its `SHA256SUMS`.
    pub sha256sums: String,
    /// Its clock.
    pub as_of: String,
    /// The one before it.
    pub previous: Option<Previous>,
}

/// What is wrong between bundles, by the position of the bundle that it is wrong with.
pub(super) fn check(links: &[Linked]) -> Vec<(usize, Reason)> {
    let mut reasons = Vec::new();
    let mut by_digest: BTreeMap<&str, usize> = BTreeMap::new();
    for (position, link) in links.iter().enumerate() {
        if let Some(first) = by_digest.insert(&link.sha256sums, position) {
            let name = links.get(first).map_or("", |first| &first.name);
            reasons.push((position, reason(format!("it is the same bundle as `{name}`"))));
        }
    }
    let mut next: BTreeMap<&str, &str> = BTreeMap::new();
    for (position, link) in links.iter().enumerate() {
        let Some(previous) = &link.previous else { continue };
        if by_digest.get(link.sha256sums.as_str()) != Some(&position) {
            continue;
        }
        if let Some(other) = next.insert(&previous.sha256sums, &link.name) {
            reasons.push((position, reason(format!("the chain forks: `{other}` follows the same bundle"))));
        }
        let before = by_digest.get(previous.sha256sums.as_str()).and_then(|before| links.get(*before));
        reasons.extend(clock(link, previous, before).map(|why| (position, reason(why))));
    }
    reasons.extend(heads(links, &by_digest));
    reasons
}

/// Why the clocks of a bundle and the one before it do not fit.
fn clock(link: &Linked, previous: &Previous, before: Option<&Linked>) -> Option<String> {
    // Texts that are no instants are refused where manifests are read.
    if instant(&link.as_of) < instant(&previous.as_of) {
        return Some(format!(
            "the clock goes backwards: it is as of {}, and the bundle before it as of {}",
            link.as_of, previous.as_of
        ));
    }
    let before = before.filter(|before| before.as_of != previous.as_of)?;
    Some(format!("it says that `{}` is as of {}, which is as of {}", before.name, previous.as_of, before.as_of))
}

/// A chain has one beginning: every other bundle follows one that was given.
fn heads(links: &[Linked], by_digest: &BTreeMap<&str, usize>) -> Vec<(usize, Reason)> {
    let is_head = |link: &Linked| {
        link.previous.as_ref().is_none_or(|previous| !by_digest.contains_key(previous.sha256sums.as_str()))
    };
    let mut heads: Vec<(usize, &Linked)> = links.iter().enumerate().filter(|(_, link)| is_head(link)).collect();
    heads.sort_by_key(|(_, link)| (instant(&link.as_of), &link.name));
    let missing = |(position, link): (usize, &Linked)| {
        let why = match &link.previous {
            None => "it begins a chain of its own: it names no bundle before it, though there are earlier ones".into(),
            Some(previous) => format!(
                "a bundle is missing: the one before it, as of {} with SHA256SUMS of digest {}, was not given",
                previous.as_of, previous.sha256sums
            ),
        };
        (position, reason(why))
    };
    heads.into_iter().skip(1).map(missing).collect()
}

fn reason(text: String) -> Reason {
    Reason::new("chain", text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(name: &str, day: u32, previous: Option<(&str, u32)>) -> Linked {
        let as_of = |day: u32| format!("2026-11-{day:02}T00:00:00Z");
        let previous = previous.map(|(name, day)| Previous { sha256sums: name.to_owned(), as_of: as_of(day) });
        Linked { name: name.to_owned(), sha256sums: name.to_owned(), as_of: as_of(day), previous }
    }

    fn problems(links: &[Linked]) -> Vec<String> {
        check(links)
            .into_iter()
            .map(|(position, reason)| format!("{}: {}", links[position].name, reason.text))
            .collect()
    }

    #[test]
    fn nights_in_any_order_are_a_chain_wherever_it_begins() {
        let nights = [link("c", 3, Some(("b", 2))), link("a", 1, Some(("z", 1))), link("b", 2, Some(("a", 1)))];
        assert_eq!(problems(&nights), Vec::<String>::new());
        assert_eq!(problems(&nights[..1]), Vec::<String>::new());
    }

    #[test]
    fn whatever_breaks_a_chain_is_told() {
        let (a, b, c) = (link("a", 1, None), link("b", 2, Some(("a", 1))), link("c", 3, Some(("b", 2))));
        let has = |links: &[Linked], words: &str| {
            let problems = problems(links);
            assert!(problems.iter().any(|problem| problem.contains(words)), "{words}: {problems:?}");
        };
        has(&[a.clone(), c.clone()], "c: a bundle is missing: the one before it, as of 2026-11-02T00:00:00Z");
        has(&[a.clone(), b.clone(), link("d", 3, Some(("a", 1)))], "d: the chain forks: `b` follows");
        has(&[a.clone(), link("e", 2, None)], "e: it begins a chain of its own");
        has(&[b.clone(), link("f", 1, Some(("b", 2)))], "f: the clock goes backwards");
        has(&[a.clone(), link("g", 5, Some(("a", 4)))], "g: it says that `a` is as of 2026-11-04");
        has(&[a.clone(), a], "a: it is the same bundle as `a`");
    }
}
