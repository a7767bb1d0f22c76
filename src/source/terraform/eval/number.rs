//! Numbers of Terraform's language.

/// A number. It can be compared, calculated with, and printed as Terraform prints it.
#[derive(Clone, Debug, PartialEq, PartialOrd)]
pub(crate) struct Number(f64);

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "beyond 2^53 a plan holds no numbers that rules read")]
        Self(value as f64)
    }
}
