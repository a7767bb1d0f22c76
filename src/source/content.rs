//! What a file holds, in memory.

use std::fmt;
use std::ops::{Deref, DerefMut};

#[cfg(unix)]
use std::{io, ops::Range};

/// The size of a huge page on x86-64, in bytes (Linux' admin-guide/mm/transhuge). Room begins with one.
#[cfg(unix)]
pub(super) const HUGE_PAGE: usize = 2 << 20;

/// The bytes of a file that is read as a whole.
#[derive(Default)]
pub struct Content(Held);

enum Held {
    Vec(Vec<u8>),
    /// Memory of its own, straight from the system, and where in it the bytes are.
    #[cfg(unix)]
    Pages(memmap2::MmapMut, Range<usize>),
}

impl Content {
    /// Room for so many bytes, all zero.
    ///
    /// It is asked for in huge pages where the system has them (Linux' `madvise`): to make twenty thousand small ones for a
    /// large plan takes longer than to fill them, and all of the room is used.
    ///
    /// # Errors
    ///
    /// When there is not so much memory.
    #[cfg(unix)]
    pub(super) fn zeroed(size: usize) -> io::Result<Self> {
        // What is not touched takes no memory.
        let pages = memmap2::MmapMut::map_anon(size.saturating_add(HUGE_PAGE))?;
        // Only a hint: a system without huge pages refuses it.
        #[cfg(target_os = "linux")]
        let _ = pages.advise(memmap2::Advice::HugePage);
        let start = pages.as_ptr().addr().wrapping_neg() % HUGE_PAGE;
        Ok(Self(Held::Pages(pages, start..start + size)))
    }
}

impl Default for Held {
    fn default() -> Self {
        Self::Vec(Vec::new())
    }
}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Held::Vec(bytes))
    }
}

impl Deref for Content {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match &self.0 {
            Held::Vec(bytes) => bytes,
            #[cfg(unix)]
            Held::Pages(pages, range) => pages.get(range.clone()).unwrap_or_default(),
        }
    }
}

impl DerefMut for Content {
    fn deref_mut(&mut self) -> &mut [u8] {
        match &mut self.0 {
            Held::Vec(bytes) => bytes,
            #[cfg(unix)]
            Held::Pages(pages, range) => pages.get_mut(range.clone()).unwrap_or_default(),
        }
    }
}

/// Files may hold secrets, so only the size is told.
impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Content({} bytes)", self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn room_begins_with_a_huge_page_and_is_as_large_as_asked_for() {
        for size in [1, HUGE_PAGE - 1, HUGE_PAGE + 1, 3 * HUGE_PAGE] {
            let mut room = Content::zeroed(size).unwrap();
            assert_eq!((room.len(), room.as_ptr().addr() % HUGE_PAGE), (size, 0));
            assert!(room.iter().all(|byte| *byte == 0));
            room.fill(7);
            assert!(room.iter().all(|byte| *byte == 7));
        }
        assert!(Content::zeroed(usize::MAX / 2).is_err());
    }

    #[test]
    fn no_byte_of_a_file_is_shown() {
        assert_eq!(format!("{:?}", Content::from(b"secret".to_vec())), "Content(6 bytes)");
        assert!(Content::default().is_empty());
    }
}
