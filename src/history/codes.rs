//! Words as small numbers. A year of verdicts is millions of rows, so these are not stored as text.
//!
//! The numbers are part of the file's layout: a word may be added, none may get another number.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

use crate::model::{Severity, Verdict};

/// Something that is stored as a number.
pub(super) trait Coded: Copy + PartialEq + 'static {
    /// Every value with its number.
    const CODES: &'static [(Self, i64)];

    fn code(self) -> i64 {
        Self::CODES.iter().find(|(value, _)| *value == self).map_or(-1, |(_, code)| *code)
    }

    fn of_code(code: i64) -> Option<Self> {
        Self::CODES.iter().find(|(_, known)| *known == code).map(|(value, _)| *value)
    }
}

impl Coded for Verdict {
    const CODES: &'static [(Self, i64)] = &[
        (Self::Pass, 0),
        (Self::Fail, 1),
        (Self::Unknown, 2),
        (Self::Error, 3),
        (Self::Waived, 4),
        (Self::NotApplicable, 5),
    ];
}

impl Coded for Severity {
    const CODES: &'static [(Self, i64)] =
        &[(Self::Info, 0), (Self::Low, 1), (Self::Medium, 2), (Self::High, 3), (Self::Critical, 4)];
}

/// A coded value in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Code<T>(pub(super) T);

impl<T: Coded> ToSql for Code<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.0.code()))
    }
}

impl<T: Coded> FromSql for Code<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let code = value.as_i64()?;
        T::of_code(code).map(Self).ok_or(FromSqlError::OutOfRange(code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_a_number_of_its_own() {
        for verdict in Verdict::ALL {
            assert_eq!(Verdict::of_code(verdict.code()), Some(*verdict));
        }
        for severity in Severity::ALL {
            assert_eq!(Severity::of_code(severity.code()), Some(*severity));
        }
        assert_eq!((Verdict::of_code(-1), Severity::of_code(9)), (None, None));
    }
}
