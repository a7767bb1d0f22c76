//! Compiled programs as text, so that the binary need not compile its own rules in every run.

use data_encoding::BASE64;
use regorus::rvm::program::{DeserializationResult, Program};

/// Reads a program; `None` when it was written by another version of regorus.
pub(super) fn read(text: &str) -> Option<Program> {
    match Program::deserialize_binary(&BASE64.decode(text.as_bytes()).ok()?).ok()? {
        DeserializationResult::Complete(program) => Some(program),
        DeserializationResult::Partial(_) => None,
    }
}

/// Writes a program, the same bytes for the same rule: without the hour of its compilation, and without its sources, which
/// only listings show.
#[cfg(test)]
pub(super) fn write(program: &Program) -> String {
    let mut program = program.clone();
    program.metadata.compiled_at.clear();
    program.sources.clear();
    program.instruction_spans = vec![None; program.instructions.len()];
    BASE64.encode(&program.serialize_binary().unwrap())
}
