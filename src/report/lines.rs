//! JSON with one element of its large lists a line: as small as compact JSON, yet `grep` and `diff` work on it.

use std::io;

use serde_json::ser::Formatter;

/// Breaks the line before each member of an object and each element of a list down to some depth, and nowhere else.
pub(super) struct OneALine {
    depth: usize,
    objects: usize,
    lists: usize,
}

impl OneALine {
    /// Gives members and elements lines of their own down to a depth for objects and one for lists; the document is 1.
    pub(super) fn to_depth(objects: usize, lists: usize) -> Self {
        Self { depth: 0, objects, lists }
    }

    fn open<W: ?Sized + io::Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        writer.write_all(bracket)
    }

    fn close<W: ?Sized + io::Write>(&mut self, writer: &mut W, bracket: &[u8], most: usize) -> io::Result<()> {
        if self.depth <= most {
            writer.write_all(b"\n")?;
        }
        self.depth -= 1;
        writer.write_all(bracket)
    }

    fn separate<W: ?Sized + io::Write>(&self, writer: &mut W, first: bool, most: usize) -> io::Result<()> {
        if !first {
            writer.write_all(b",")?;
        }
        if self.depth <= most { writer.write_all(b"\n") } else { Ok(()) }
    }
}

impl Formatter for OneALine {
    fn begin_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b"[")
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"]", self.lists)
    }

    fn begin_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.separate(writer, first, self.lists)
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b"{")
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"}", self.objects)
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.separate(writer, first, self.objects)
    }
}
