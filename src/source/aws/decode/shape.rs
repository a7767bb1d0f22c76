//! The types that shapes are made of.

/// The members of a structure: the name on the wire, the name in JSON, the type. INVARIANT: sorted by the first.
pub(super) struct Shape(pub(super) &'static [(&'static str, &'static str, Type)]);

/// The type of a member.
pub(super) enum Type {
    /// Any text.
    Text,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Whole,
    /// A number.
    Real,
    /// An instant: RFC 3339 in XML, seconds since 1970 in JSON.
    Time,
    /// Whatever comes, such as a map.
    Any,
    /// A structure.
    Of(&'static Shape),
    /// A list of these.
    List(&'static Type),
}

impl Shape {
    /// The name in JSON and the type of a member by its name on the wire.
    pub(super) fn member(&self, wire: &str) -> Option<(&'static str, &'static Type)> {
        let at = self.0.binary_search_by(|(name, _, _)| (*name).cmp(wire)).ok()?;
        self.0.get(at).map(|(_, name, kind)| (*name, kind))
    }
}
