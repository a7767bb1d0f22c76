//! The `dbkeel` command.

fn main() {}
