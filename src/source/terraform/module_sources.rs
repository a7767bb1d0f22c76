//! Where the modules that a resource stands in come from.

use std::sync::Arc;

use crate::model::ModuleSources;

/// The sources of a module that is called from others.
pub(super) fn called(callers: &ModuleSources, source: &str) -> ModuleSources {
    callers.iter().cloned().chain([Arc::from(without_password(source))]).collect()
}

/// A source without the password that a careless URL holds: `git::https://user:token@host/…`.
fn without_password(source: &str) -> String {
    let host = source.find("://").map_or(0, |scheme| scheme + 3);
    let (scheme, rest) = source.split_at(host);
    let authority = rest.find('/').unwrap_or(rest.len());
    let user = rest.get(..authority).and_then(|authority| authority.rfind('@'));
    let named = user.and_then(|at| Some((rest.get(..at)?.split_once(':')?.0, rest.get(at..)?)));
    named.map_or_else(|| source.to_owned(), |(name, rest)| format!("{scheme}{name}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_dropped_and_nothing_else() {
        for (source, expected) in [
            ("git::https://bot:s3cret@git.example/a.git?ref=v1", "git::https://bot@git.example/a.git?ref=v1"),
            ("https://bot:a@b@git.example/a", "https://bot@git.example/a"),
            ("git::https://bot@git.example/a.git", "git::https://bot@git.example/a.git"),
            ("git@github.com:acme/rds.git", "git@github.com:acme/rds.git"),
            ("git::ssh://git.example:22/a@b", "git::ssh://git.example:22/a@b"),
            ("acme/rds/aws//modules/x", "acme/rds/aws//modules/x"),
            ("./modules/a", "./modules/a"),
        ] {
            assert_eq!(without_password(source), expected);
        }
    }
}
