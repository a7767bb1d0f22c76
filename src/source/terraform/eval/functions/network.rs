//! Functions on blocks of IP addresses.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use num_bigint::BigInt;

use super::super::value::Val;
use super::arguments::{Arguments, list_of_texts};
use super::{MAX_ELEMENTS, text, too_many_elements};

/// A block of addresses. INVARIANT: `prefix` is at most `bits`, and the bits of `base` after the prefix are zero.
#[derive(Clone, Copy)]
struct Block {
    base: u128,
    prefix: u32,
    /// 32 or 128.
    bits: u32,
}

impl Block {
    fn parse(body: &str) -> Result<Self, String> {
        Self::read(body).ok_or_else(|| format!("`{body}` is not a block of addresses such as `10.0.0.0/8`"))
    }

    fn read(body: &str) -> Option<Self> {
        let (address, prefix) = body.split_once('/')?;
        if !prefix.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let prefix = prefix.parse().ok()?;
        let (address, bits) = match address.parse() {
            Ok(IpAddr::V6(address)) => (address.to_bits(), 128),
            Ok(IpAddr::V4(address)) => (address.to_bits().into(), 32),
            Err(_) => (decimal(address)?.into(), 32),
        };
        (prefix <= bits).then(|| Self::new(address, prefix, bits))
    }

    fn new(address: u128, prefix: u32, bits: u32) -> Self {
        let host = Self { base: 0, prefix, bits }.last_host();
        Self { base: address & !host, prefix, bits }
    }

    /// The highest number of a host in it.
    fn last_host(self) -> u128 {
        let host_bits = self.bits.saturating_sub(self.prefix);
        1u128.checked_shl(host_bits).map_or(u128::MAX, |size| size.saturating_sub(1))
    }

    fn address(self, host: u128) -> String {
        let address = self.base | host;
        match u32::try_from(address) {
            Ok(address) if self.bits == 32 => Ipv4Addr::from_bits(address).to_string(),
            _ => Ipv6Addr::from_bits(address).to_string(),
        }
    }

    fn text(self) -> String {
        format!("{}/{}", self.address(0), self.prefix)
    }
}

/// Terraform reads `010.0.0.0` as `10.0.0.0`, as it always did.
fn decimal(address: &str) -> Option<u32> {
    let parts: Vec<&str> = address.split('.').collect();
    let valid = parts.len() == 4 && parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    if !valid {
        return None;
    }
    parts.iter().try_fold(0u32, |address, part| Some(address << 8 | u32::from(part.parse::<u8>().ok()?)))
}

pub(super) fn cidrhost(arguments: &Arguments<'_>) -> Result<Val, String> {
    let block = Block::parse(arguments.text(0)?)?;
    let number = arguments.number(1)?.as_integer().ok_or_else(|| arguments.wrong(1, "a whole number"))?;
    let last = BigInt::from(block.last_host());
    // A number less than zero counts from the end.
    let host = if *arguments.number(1)? < 0.into() { &last + 1 + number } else { number };
    let host = u128::try_from(host).ok().filter(|host| *host <= block.last_host());
    let host = host.ok_or_else(|| format!("the block `{}` has no such host: its last one is {last}", block.text()))?;
    Ok(text::value(&block.address(host)))
}

pub(super) fn cidrnetmask(arguments: &Arguments<'_>) -> Result<Val, String> {
    let block = Block::parse(arguments.text(0)?)?;
    if block.bits != 32 {
        return Err("a block of IPv6 has no netmask".to_owned());
    }
    Ok(text::value(&Block { base: u128::from(u32::MAX) & !block.last_host(), ..block }.address(0)))
}

pub(super) fn cidrsubnet(arguments: &Arguments<'_>) -> Result<Val, String> {
    let block = Block::parse(arguments.text(0)?)?;
    let prefix = extended(block, arguments.integer(1)?)?;
    let number = arguments.number(2)?.as_integer().ok_or_else(|| arguments.wrong(2, "a whole number"))?;
    let count = BigInt::from(1) << prefix.saturating_sub(block.prefix);
    let number = u128::try_from(number).ok().filter(|number| BigInt::from(*number) < count);
    let number =
        number.ok_or_else(|| format!("the block `{}` has no such part of it: there are {count}", block.text()))?;
    let offset = number.checked_shl(block.bits.saturating_sub(prefix)).unwrap_or(0);
    Ok(text::value(&Block { base: block.base | offset, prefix, bits: block.bits }.text()))
}

/// The longer prefix of a part of a block.
fn extended(block: Block, new_bits: i64) -> Result<u32, String> {
    let longer = u32::try_from(new_bits).ok().and_then(|new| block.prefix.checked_add(new));
    longer.filter(|prefix| *prefix <= block.bits).ok_or_else(|| {
        let left = block.bits.saturating_sub(block.prefix);
        format!("the prefix of `{}` cannot be longer by {new_bits} bits: it has {left} left", block.text())
    })
}

pub(super) fn cidrsubnets(arguments: &Arguments<'_>) -> Result<Val, String> {
    let block = Block::parse(arguments.text(0)?)?;
    if arguments.all().len() > MAX_ELEMENTS {
        return Err(too_many_elements());
    }
    // The lowest host that is not yet taken; None when the block is used up.
    let mut next = Some(0u128);
    let mut parts = Vec::new();
    for index in 1..arguments.all().len() {
        let new_bits = arguments.integer(index)?;
        if !(1..=32).contains(&new_bits) {
            return Err(arguments.wrong(index, "between 1 and 32"));
        }
        let prefix = extended(block, new_bits)?;
        let part = Block { base: block.base, prefix, bits: block.bits };
        let full = || format!("the block `{}` has no room for part {index}", block.text());
        // A part begins at a multiple of its size.
        let start = next.and_then(|next| next.checked_add(part.last_host())).map(|start| start & !part.last_host());
        let start = start.filter(|start| *start <= block.last_host()).ok_or_else(full)?;
        parts.push(Block { base: block.base | start, ..part }.text());
        next = start.checked_add(part.last_host()).and_then(|last| last.checked_add(1));
    }
    Ok(list_of_texts(parts))
}
