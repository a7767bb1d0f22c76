//! One object of a provider's API, of which a member is parsed when it is asked for.

use std::cell::OnceCell;

use serde_json::Value as Json;

/// What has members: JSON, or an object of a reply.
pub(crate) trait Members {
    /// The member of a name, be it null.
    fn member(&self, name: &str) -> Option<&Json>;
}

impl<M: Members + ?Sized> Members for &M {
    fn member(&self, name: &str) -> Option<&Json> {
        (**self).member(name)
    }
}

impl Members for Json {
    fn member(&self, name: &str) -> Option<&Json> {
        self.get(name)
    }
}

/// An object of a reply.
pub(crate) struct Object<'a> {
    form: Form<'a>,
    reads: Option<&'a dyn Fn(&str)>,
}

enum Form<'a> {
    Parsed(&'a Json),
    /// INVARIANT: in the order of the text.
    Members(&'a [Member<'a>]),
}

/// A member of an object, unparsed.
#[derive(Debug)]
pub(crate) struct Member<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// Its value as it stands in the text.
    pub(crate) raw: &'a str,
    parsed: OnceCell<Option<Json>>,
}

impl<'a> Member<'a> {
    /// A member from its text.
    pub(crate) fn new(name: &'a str, raw: &'a str) -> Self {
        Self { name, raw, parsed: OnceCell::new() }
    }

    /// Whether its value turned out to be none.
    pub(crate) fn is_broken(&self) -> bool {
        matches!(self.parsed.get(), Some(None))
    }

    fn value(&self) -> Option<&Json> {
        self.parsed.get_or_init(|| serde_json::from_str(self.raw).ok()).as_ref()
    }
}

impl<'a> Object<'a> {
    /// An object that is parsed.
    pub(crate) fn parsed(value: &'a Json) -> Self {
        Self { form: Form::Parsed(value), reads: None }
    }

    /// An object of which the text is known. With duplicates, the last counts.
    pub(crate) fn of(members: &'a [Member<'a>]) -> Self {
        Self { form: Form::Members(members), reads: None }
    }

    /// The same, telling the names of the members that are read.
    pub(crate) fn noting(&self, reads: &'a dyn Fn(&str)) -> Self {
        let form = match &self.form {
            Form::Parsed(value) => Form::Parsed(value),
            Form::Members(members) => Form::Members(members),
        };
        Self { form, reads: Some(reads) }
    }

    /// Its members, if it is not parsed.
    pub(crate) fn members(&self) -> Option<&'a [Member<'a>]> {
        match self.form {
            Form::Parsed(_) => None,
            Form::Members(members) => Some(members),
        }
    }

    /// The member of a name, be it null.
    pub(crate) fn get(&self, name: &str) -> Option<&Json> {
        self.member(name)
    }

    /// The text of the member of a name, unless it is parsed already.
    pub(crate) fn unparsed(&self, name: &str) -> Option<&'a str> {
        if let Some(reads) = self.reads {
            reads(name);
        }
        let member = last(self.members()?, name)?;
        member.parsed.get().is_none().then_some(member.raw)
    }
}

impl Members for Object<'_> {
    fn member(&self, name: &str) -> Option<&Json> {
        if let Some(reads) = self.reads {
            reads(name);
        }
        match &self.form {
            Form::Parsed(value) => value.get(name),
            Form::Members(members) => last(members, name)?.value(),
        }
    }
}

fn last<'m, 'a>(members: &'m [Member<'a>], name: &str) -> Option<&'m Member<'a>> {
    members.iter().rev().find(|member| member.name == name)
}
