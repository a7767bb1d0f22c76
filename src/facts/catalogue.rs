//! The catalogue of facts: name, type, unit, meaning, the kinds of resource that have it, and the provider attributes
//! behind it. `dbkeel facts` prints it; `docs/` has it generated.
//!
//! A fact is a promise to policies: once released, its name, type and meaning do not change.

use serde::Serialize;

use crate::model::Kind;

/// The type of a fact's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FactType {
    /// True or false.
    Boolean,
    /// A whole number.
    Integer,
    /// Text.
    String,
    /// A set of texts: sorted, without duplicates.
    Strings,
    /// Texts by name, read by key: `input.tags.owner`.
    Map,
}

impl FactType {
    /// The word that the documentation uses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::String => "string",
            Self::Strings => "strings",
            Self::Map => "map",
        }
    }
}

/// One row of the catalogue.
#[derive(Debug, Serialize)]
pub struct FactDef {
    /// The name that policies read: `input.<name>`.
    pub name: &'static str,
    /// The type of its value.
    #[serde(rename = "type")]
    pub ty: FactType,
    /// The unit of an integer.
    pub unit: Option<&'static str>,
    /// What it means, in a sentence or two.
    pub meaning: &'static str,
    /// The kinds of resource that have it.
    pub kinds: &'static [Kind],
    /// The Terraform attributes behind it: (resource type, attribute).
    pub terraform: &'static [(&'static str, &'static str)],
}

/// A fact: a position in [`CATALOGUE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId(u16);

impl FactId {
    /// Its row of the catalogue.
    pub fn def(self) -> &'static FactDef {
        // INVARIANT: ids are made only by the catalogue's macro and by `find`, from positions in the table.
        #[expect(clippy::indexing_slicing, reason = "the id was made from a position in this table")]
        &CATALOGUE[self.0 as usize]
    }

    /// Its position in the catalogue.
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// Every fact, in catalogue order.
    pub fn all() -> impl Iterator<Item = FactId> {
        (0..CATALOGUE.len() as u16).map(FactId)
    }
}

/// Finds a fact by name.
pub fn find(name: &str) -> Option<FactId> {
    CATALOGUE.iter().position(|def| def.name == name).map(|position| FactId(position as u16))
}

macro_rules! catalogue {
    ($($(#[unit = $unit:literal])? $id:ident: $ty:ident, $name:literal, [$($kind:ident),+], $meaning:literal, [$(($rtype:literal, $attr:literal)),* $(,)?];)+) => {
        /// Every fact.
        pub static CATALOGUE: &[FactDef] = &[
            $(FactDef {
                name: $name,
                ty: FactType::$ty,
                unit: catalogue!(@unit $($unit)?),
                meaning: $meaning,
                kinds: &[$(Kind::$kind),+],
                terraform: &[$(($rtype, $attr)),*],
            }),+
        ];
        /// The positions in the table: an enum counts without a limit, where a macro that calls itself has one.
        #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "they are the names of the constants")]
        #[repr(u16)]
        enum Position { $($id),+ }
        $(
            #[doc = concat!("`", $name, "`: ", $meaning)]
            pub const $id: FactId = FactId(Position::$id as u16);
        )+
    };
    (@unit) => { None };
    (@unit $unit:literal) => { Some($unit) };
}

mod table;

pub use table::*;
