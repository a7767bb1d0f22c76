//! The share of a fleet's accounts that one of several collections takes.
//!
//! Shards are told apart by nothing but their number, so each finds its share by itself, and the shares of all are the whole
//! fleet, each account in one of them. Accounts that are listed are dealt out in the order of their ids, which makes shares
//! of the same size. Those that the organization tells are chosen by the digest of their id instead: each shard asks
//! for itself, and an account that is opened between two answers must not move another one out of both shares.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::Account;

/// One of several shards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields, try_from = "Written")]
pub struct Shard {
    /// INVARIANT: less than `of`.
    index: u32,
    /// INVARIANT: from 1 to [`Shard::MOST`].
    of: u32,
}

/// As it is written down, whatever the numbers are.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    index: u32,
    of: u32,
}

impl Shard {
    /// As many shards as a fleet may have accounts.
    pub const MOST: u32 = 10_000;

    /// A shard; or why there is none.
    ///
    /// # Errors
    ///
    /// When there is no such number among so many shards.
    pub fn new(index: u32, of: u32) -> Result<Self, String> {
        match of {
            0 => Err("there is at least one shard: `0/1`".to_owned()),
            of if of > Self::MOST => Err(format!("there are at most {} shards", Self::MOST)),
            of if index >= of => {
                Err(format!("shards count from 0, so the last of {of} is `{}/{of}`", of.saturating_sub(1)))
            }
            of => Ok(Self { index, of }),
        }
    }

    /// Its number, from 0.
    pub fn index(self) -> u32 {
        self.index
    }

    /// How many shards there are.
    pub fn of(self) -> u32 {
        self.of
    }

    /// Its share of the accounts that are listed.
    pub fn listed<'a>(self, accounts: impl IntoIterator<Item = &'a Account>) -> Vec<Account> {
        let mut accounts: Vec<&Account> = accounts.into_iter().collect();
        accounts.sort_by(|a, b| a.id.cmp(&b.id));
        accounts.dedup_by(|a, b| a.id == b.id);
        self.dealt(accounts).cloned().collect()
    }

    /// Its share of what lies in order: as cards are dealt.
    pub fn dealt<T>(self, sorted: impl IntoIterator<Item = T>) -> impl Iterator<Item = T> {
        let (index, of) = (self.index as usize, self.of as usize);
        sorted.into_iter().skip(index).step_by(of.max(1))
    }

    /// Whether an account of the organization is in its share.
    pub fn takes(self, account: &str) -> bool {
        let digest = Sha256::digest(account.as_bytes());
        let number = digest.iter().take(8).fold(0u64, |number, byte| number << 8 | u64::from(*byte));
        number % u64::from(self.of) == u64::from(self.index)
    }
}

impl TryFrom<Written> for Shard {
    type Error = String;

    fn try_from(Written { index, of }: Written) -> Result<Self, String> {
        Self::new(index, of)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |text: &str| {
            // `parse` takes a sign, too.
            let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| text.parse::<u32>().ok()).flatten()
        };
        let numbers = text.split_once('/').and_then(|(index, of)| Some((number(index)?, number(of)?)));
        let (index, of) = numbers.ok_or("write a shard such as `0/16`: its number, from 0, and how many there are")?;
        Self::new(index, of)
    }
}

/// As it is typed: `3/16`.
impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.of)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Arc;

    use super::*;

    fn account(number: usize) -> Account {
        Account { id: Arc::from(format!("{number:012}")), role: None, regions: None }
    }

    #[test]
    fn the_shares_of_all_shards_are_the_whole_fleet_each_account_once() {
        let fleet: Vec<Account> = (0..100).map(|number| account(number * 7919)).collect();
        let shuffled: Vec<Account> = fleet.iter().rev().cloned().collect();
        for of in [1, 2, 16, 99, 100, 101] {
            let shards = || (0..of).map(|index| Shard::new(index, of).unwrap());
            let mut listed: Vec<Account> = shards().flat_map(|shard| shard.listed(&shuffled)).collect();
            let sizes: BTreeSet<usize> = shards().map(|shard| shard.listed(&fleet).len()).collect();
            assert!(sizes.last().unwrap() - sizes.first().unwrap() <= 1, "{sizes:?}");
            listed.sort_by(|a, b| a.id.cmp(&b.id));
            assert_eq!(listed, fleet);
            for one in &fleet {
                assert_eq!(shards().filter(|shard| shard.takes(&one.id)).count(), 1);
            }
        }
    }

    #[test]
    fn an_account_of_the_organization_stays_in_its_shard_for_ever() {
        // sha256sum of the twelve digits, the first eight bytes as a number, modulo 16.
        let of = |id: &str| (0..16).find(|index| Shard::new(*index, 16).unwrap().takes(id)).unwrap();
        assert_eq!(["111122223333", "444455556666", "123456789012"].map(of), [4, 15, 10]);
    }

    #[test]
    fn what_is_no_shard_is_refused_with_the_remedy() {
        let refused = |text: &str| text.parse::<Shard>().unwrap_err();
        assert_eq!(refused("16/16"), "shards count from 0, so the last of 16 is `15/16`");
        assert_eq!(refused("0/0"), "there is at least one shard: `0/1`");
        for text in ["", "3", "/16", "3/", "-1/16", "+1/16", "1/2/3", "a/b", "99999999999/2"] {
            assert!(refused(text).starts_with("write a shard such as"), "{text}");
        }
        assert_eq!("3/16".parse::<Shard>().unwrap().to_string(), "3/16");
    }
}
