//! Sources: what yields an inventory. The kind of a file is detected from its content, never from its name.

pub mod terraform;
