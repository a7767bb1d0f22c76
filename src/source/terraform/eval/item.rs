//! What is evaluated by itself, once: locals, variables, outputs, attributes.

/// Something that is evaluated by itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Item {
    /// The position of its module instance.
    pub(crate) module: usize,
    /// Its name in that module: `local.x`, `aws_db_instance.x[0].engine`.
    pub(crate) name: std::sync::Arc<str>,
}
