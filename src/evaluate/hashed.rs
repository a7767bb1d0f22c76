//! Keys with their hash.

use std::hash::{BuildHasher as _, Hash, Hasher};

use rustc_hash::FxBuildHasher;

/// A key with its hash: what is scattered over the memory, as a map of tags is, must not be gone through again whenever a table
/// of thousands of them grows.
#[derive(PartialEq, Eq)]
pub(super) struct Hashed<T> {
    // INVARIANT: first, so that it is compared first.
    hash: u64,
    key: T,
}

impl<T: Hash> Hashed<T> {
    pub(super) fn new(key: T) -> Self {
        Self { hash: FxBuildHasher.hash_one(&key), key }
    }
}

impl<T> Hashed<T> {
    /// A key whose hash was found before.
    pub(super) fn known(hash: u64, key: T) -> Self {
        Self { hash, key }
    }

    /// The hash.
    pub(super) fn hashed_to(&self) -> u64 {
        self.hash
    }

    /// The key.
    pub(super) fn key(&self) -> &T {
        &self.key
    }
}

impl<T> Hash for Hashed<T> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        hasher.write_u64(self.hash);
    }
}
