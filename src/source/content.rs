//! What a file holds, in memory.

use std::fmt;
use std::ops::{Deref, DerefMut};

#[cfg(unix)]
use std::io;

/// The bytes of a file that is read as a whole.
#[derive(Default)]
pub struct Content(Held);

enum Held {
    Vec(Vec<u8>),
    /// Memory of its own, straight from the system.
    #[cfg(unix)]
    Pages(memmap2::MmapMut),
}

impl Content {
    /// Room for so many bytes, all zero, and at least one.
    ///
    /// It comes from the system, which gives each page when it is first written to: so the threads that fill it make it together,
    /// and nothing is zeroed twice. Huge pages were tried, and took as much longer to make as they were fewer.
    ///
    /// # Errors
    ///
    /// When there is not so much memory.
    #[cfg(unix)]
    pub(super) fn zeroed(size: usize) -> io::Result<Self> {
        memmap2::MmapMut::map_anon(size).map(|pages| Self(Held::Pages(pages)))
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
            Held::Pages(pages) => pages,
        }
    }
}

impl DerefMut for Content {
    fn deref_mut(&mut self) -> &mut [u8] {
        match &mut self.0 {
            Held::Vec(bytes) => bytes,
            #[cfg(unix)]
            Held::Pages(pages) => pages,
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
    fn room_is_as_large_as_asked_for_and_can_be_filled() {
        for size in [1, 4095, 4097, 3 << 20] {
            let mut room = Content::zeroed(size).unwrap();
            assert_eq!(room.len(), size);
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
