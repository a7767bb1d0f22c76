//! Address ranges, by whether the internet is in them: as `policies/lib/addresses.rego` tells them.

use std::net::IpAddr;

use crate::model::{FactState, Value};
use crate::report::named::model::{Cell, CellValue, Tone};

/// What a range lets in; the most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    /// Every address of its family.
    Everywhere,
    /// Some addresses of the internet.
    Public,
    /// Addresses that are never on the internet.
    Private,
}

/// Never on the internet: RFC 1918, shared address space (RFC 6598), link-local (RFC 3927, RFC 4291) and unique local addresses
/// (RFC 4193).
const PRIVATE: [&str; 7] =
    ["10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10"];

/// The length of the prefix of a range; of what is no range, longer than any.
pub(super) fn length(range: &str) -> u8 {
    range.rsplit_once('/').and_then(|(_, length)| length.parse().ok()).unwrap_or(u8::MAX)
}

/// Whether every address of its family is in a range, however that is spelt.
pub(super) fn is_everywhere(range: &str) -> bool {
    length(range) == 0
}

/// What a range lets in.
pub(super) fn sort(range: &str) -> Sort {
    match range {
        _ if is_everywhere(range) => Sort::Everywhere,
        _ if PRIVATE.iter().any(|private| contains(private, range)) => Sort::Private,
        _ => Sort::Public,
    }
}

/// Whether a range lies within another.
fn contains(outer: &str, inner: &str) -> bool {
    let (Some((family, outer_bits)), Some((inner_family, inner_bits))) = (bits(outer), bits(inner)) else {
        return false;
    };
    let shared = u32::from(length(outer));
    let differing = (outer_bits ^ inner_bits).checked_shr(128 - shared).unwrap_or_default();
    family == inner_family && length(inner) >= length(outer) && differing == 0
}

/// The family of a range, and its address from the highest bit on.
fn bits(range: &str) -> Option<(u8, u128)> {
    let (address, _) = range.split_once('/')?;
    Some(match address.parse().ok()? {
        IpAddr::V4(address) => (4, u128::from(u32::from(address)) << 96),
        IpAddr::V6(address) => (6, u128::from(address)),
    })
}

/// The ranges of a sort among those of a fact; `None` when nothing of the fact is known.
pub(super) fn of_sort(state: &FactState, wanted: Sort) -> Option<Cell> {
    let (values, unknown) = match state {
        FactState::Known(Value::List(values)) => (values, None),
        FactState::Partial(Value::List(values), why) => (values, Some(CellValue::Unknown(why.to_string().into()))),
        _ => return None,
    };
    let ranges = values.iter().filter_map(Value::as_str).filter(|range| sort(range) == wanted);
    let ranges: Vec<CellValue> = ranges.map(|range| CellValue::Identifier(range.into())).collect();
    let tone = match wanted {
        Sort::Everywhere if !ranges.is_empty() => Tone::Bad,
        Sort::Public if !ranges.is_empty() => Tone::Attention,
        _ => Tone::Plain,
    };
    Some(Cell::list(ranges.into_iter().chain(unknown)).toned(tone))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_told_by_what_they_let_in() {
        for (range, expected) in [
            ("0.0.0.0/0", Sort::Everywhere),
            ("0:0::/0", Sort::Everywhere),
            ("10.20.0.0/16", Sort::Private),
            ("172.31.255.0/24", Sort::Private),
            ("172.32.0.0/24", Sort::Public),
            ("100.64.0.0/10", Sort::Private),
            ("100.0.0.0/8", Sort::Public),
            ("10.0.0.0/7", Sort::Public),
            ("fd12::/64", Sort::Private),
            ("2001:db8::/32", Sort::Public),
            ("a00::/16", Sort::Public),
            ("no range", Sort::Public),
        ] {
            assert_eq!(sort(range), expected, "{range}");
        }
    }
}
