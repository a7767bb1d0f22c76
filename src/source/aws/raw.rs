//! An object of a reply in the text of an inventory, walked along the one before it.

use std::sync::Arc;

use super::object::Member;
use super::operations::Operation;
use crate::source::skip::Cursor;

/// One object of a reply, of which the text is known and nothing else.
#[derive(Clone, Debug)]
pub(crate) struct RawItem<'a> {
    /// The call that gave it.
    pub(crate) operation: &'static Operation,
    /// What the call was asked about.
    pub(crate) of: Option<Arc<str>>,
    /// The line that it stands in.
    pub(crate) line: &'a [u8],
    /// The place of the object in the line; `None` when the line is not written in the usual way.
    pub(crate) place: Option<Cursor<'a>>,
}

/// How the last object of a call is written. The objects of a call are written alike: member by member in the same order, most
/// of them with the same value.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    members: Vec<Written>,
}

/// A member of the last object.
#[derive(Debug)]
struct Written {
    /// From its name to the end of its value.
    text: String,
    /// How long its name is.
    name: usize,
    /// How long the name with its quotes is, with the colon and the blanks up to the value.
    key: usize,
}

impl<'a> RawItem<'a> {
    /// The members of the object; `None` for what is no object, and where something is not written in the usual way.
    pub(crate) fn members(&self, layout: &mut Layout) -> Option<Vec<Member<'a>>> {
        let mut cursor = self.place?;
        cursor.enter(b'{')?;
        let mut members = Vec::with_capacity(layout.members.len().max(16));
        while cursor.item(members.is_empty(), b'}')? {
            members.push(layout.member(&mut cursor, members.len())?);
        }
        layout.members.truncate(members.len());
        // The end of the line's object.
        (!cursor.item(false, b'}')? && cursor.is_at_end()).then_some(members)
    }
}

impl Layout {
    /// Takes the next member, and remembers it.
    fn member<'a>(&mut self, cursor: &mut Cursor<'a>, position: usize) -> Option<Member<'a>> {
        let start = *cursor;
        let Some(written) = self.members.get_mut(position) else {
            let (name, key) = cursor.key()?;
            let value = cursor.value()?;
            let text = cursor.since(&start)?.to_owned();
            self.members.push(Written { text, name: name.len(), key: key.len() });
            return Some(Member::new(name, value));
        };
        if cursor.take(&written.text) {
            let text = cursor.since(&start)?;
            return Some(Member::new(text.get(1..=written.name)?, text.get(written.key..)?));
        }
        let (name, key) = match cursor.take_prefix(written.text.get(..written.key)?) {
            true => {
                let key = cursor.since(&start)?;
                (key.get(1..=written.name)?, key)
            }
            false => cursor.key()?,
        };
        let value = cursor.value()?;
        (written.name, written.key) = (name.len(), key.len());
        cursor.since(&start)?.clone_into(&mut written.text);
        Some(Member::new(name, value))
    }
}

#[cfg(test)]
mod tests;
