//! One file of a table: rows come in, columns go out, a row group at a time, so that a file of any size needs the memory of
//! one row group.

use std::fs::File;
use std::io;
use std::sync::Arc;

use ::parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, TimeUnit, Type as Physical, ZstdLevel};
use ::parquet::data_type::{BoolType, ByteArray, ByteArrayType, Int32Type, Int64Type};
use ::parquet::errors::ParquetError;
use ::parquet::file::metadata::KeyValue;
use ::parquet::file::properties::{EnabledStatistics, WriterProperties};
use ::parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use ::parquet::schema::types::Type;

use crate::model::RunInfo;

/// How many rows are held before they are written.
const ROW_GROUP: usize = 65_536;

/// How hard to pack: beyond this a file takes longer to write and is hardly smaller.
const ZSTD: i32 = 3;

/// A column of a table. Every column may be null.
#[derive(Debug)]
pub(super) struct Column {
    /// Its name.
    pub(super) name: &'static str,
    /// What it holds.
    pub(super) ty: ColumnType,
    /// What it means, for the documentation.
    #[cfg_attr(not(test), expect(dead_code, reason = "the documentation is made from it, by a test"))]
    pub(super) about: &'static str,
}

/// The columns of a table: those of the run, those of the resource, its own.
pub(super) type Columns = [&'static [Column]; 3];

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ColumnType {
    /// Text.
    Text,
    /// A whole number of 64 bits.
    Integer,
    /// True or false.
    Boolean,
    /// An instant, in milliseconds, UTC.
    Instant,
    /// A day.
    Day,
}

impl ColumnType {
    /// The word that SQL uses.
    #[cfg(test)]
    pub(super) const fn sql(self) -> &'static str {
        match self {
            Self::Text => "VARCHAR",
            Self::Integer => "BIGINT",
            Self::Boolean => "BOOLEAN",
            Self::Instant => "TIMESTAMP WITH TIME ZONE",
            Self::Day => "DATE",
        }
    }

    fn physical(self) -> Physical {
        match self {
            Self::Text => Physical::BYTE_ARRAY,
            Self::Integer | Self::Instant => Physical::INT64,
            Self::Boolean => Physical::BOOLEAN,
            Self::Day => Physical::INT32,
        }
    }

    fn logical(self) -> Option<LogicalType> {
        match self {
            Self::Text => Some(LogicalType::String),
            Self::Integer | Self::Boolean => None,
            Self::Instant => Some(LogicalType::timestamp(true, TimeUnit::MILLIS)),
            Self::Day => Some(LogicalType::Date),
        }
    }
}

/// One value of a row. A text is cheap to clone, so that what many rows share is made once.
#[derive(Clone, Debug, Default)]
pub(super) enum Cell {
    /// No value.
    #[default]
    None,
    /// Text.
    Text(ByteArray),
    /// A whole number, an instant in milliseconds, or a day since 1970.
    Number(i64),
    /// True or false.
    Bool(bool),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(ByteArray::from(text))
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<bool> for Cell {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl<T> From<Option<T>> for Cell
where
    Cell: From<T>,
{
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::None, Self::from)
    }
}

/// The values of a column in a row group; those that are null are left out, and `present` tells which.
struct Buffer {
    values: Values,
    /// 1 for a value, 0 for none.
    present: Vec<i16>,
}

enum Values {
    Text(Vec<ByteArray>),
    Long(Vec<i64>),
    Short(Vec<i32>),
    Bool(Vec<bool>),
}

impl Buffer {
    fn new(ty: ColumnType) -> Self {
        let values = match ty {
            ColumnType::Text => Values::Text(Vec::new()),
            ColumnType::Integer | ColumnType::Instant => Values::Long(Vec::new()),
            ColumnType::Day => Values::Short(Vec::new()),
            ColumnType::Boolean => Values::Bool(Vec::new()),
        };
        Self { values, present: Vec::new() }
    }

    /// Adds a value; `false` when the column does not hold such a one.
    fn push(&mut self, cell: Cell) -> bool {
        self.present.push(i16::from(!matches!(cell, Cell::None)));
        match (&mut self.values, cell) {
            (_, Cell::None) => {}
            (Values::Text(values), Cell::Text(text)) => values.push(text),
            (Values::Long(values), Cell::Number(number)) => values.push(number),
            (Values::Short(values), Cell::Number(number)) if i32::try_from(number).is_ok() => {
                values.push(number as i32)
            }
            (Values::Bool(values), Cell::Bool(value)) => values.push(value),
            _ => return false,
        }
        true
    }

    fn write(&mut self, writer: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let present = Some(self.present.as_slice());
        match &self.values {
            Values::Text(values) => writer.typed::<ByteArrayType>().write_batch(values, present, None),
            Values::Long(values) => writer.typed::<Int64Type>().write_batch(values, present, None),
            Values::Short(values) => writer.typed::<Int32Type>().write_batch(values, present, None),
            Values::Bool(values) => writer.typed::<BoolType>().write_batch(values, present, None),
        }?;
        self.clear();
        Ok(())
    }

    fn clear(&mut self) {
        self.present.clear();
        match &mut self.values {
            Values::Text(values) => values.clear(),
            Values::Long(values) => values.clear(),
            Values::Short(values) => values.clear(),
            Values::Bool(values) => values.clear(),
        }
    }
}

/// A file that is being written.
pub(super) struct TableFile {
    columns: Vec<&'static Column>,
    buffers: Vec<Buffer>,
    rows: usize,
    writer: SerializedFileWriter<File>,
}

impl TableFile {
    pub(super) fn new(file: File, columns: Columns, run: &RunInfo) -> io::Result<Self> {
        let columns: Vec<&Column> = columns.into_iter().flatten().collect();
        let schema = Arc::new(schema(&columns).map_err(io_error)?);
        let properties = Arc::new(properties(run).map_err(io_error)?);
        let writer = SerializedFileWriter::new(file, schema, properties).map_err(io_error)?;
        let buffers = columns.iter().map(|column| Buffer::new(column.ty)).collect();
        Ok(Self { columns, buffers, rows: 0, writer })
    }

    /// Adds a row, with a cell for each column.
    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = Cell>) -> io::Result<()> {
        let mut cells = cells.into_iter();
        for (column, buffer) in self.columns.iter().zip(&mut self.buffers) {
            if !buffer.push(cells.next().unwrap_or_default()) {
                return Err(io::Error::other(format!("the column `{}` does not hold such a value", column.name)));
            }
        }
        self.rows += 1;
        if self.rows == ROW_GROUP { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.rows = 0;
        let mut group = self.writer.next_row_group().map_err(io_error)?;
        for buffer in &mut self.buffers {
            let Some(mut column) = group.next_column().map_err(io_error)? else { break };
            buffer.write(&mut column).map_err(io_error)?;
            column.close().map_err(io_error)?;
        }
        group.close().map_err(io_error)?;
        Ok(())
    }

    /// Writes what is left and the end of the file.
    pub(super) fn finish(mut self) -> io::Result<File> {
        if self.rows > 0 {
            self.flush()?;
        }
        self.writer.into_inner().map_err(io_error)
    }
}

/// The error that writing met, as it is where it is one of the file.
fn io_error(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(inner) => io::Error::other(inner),
        },
        error => io::Error::other(error),
    }
}

fn schema(columns: &[&Column]) -> Result<Type, ParquetError> {
    let field = |column: &&Column| {
        let field = Type::primitive_type_builder(column.name, column.ty.physical())
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(column.ty.logical())
            .with_converted_type(ConvertedType::NONE);
        field.build().map(Arc::new)
    };
    let fields = columns.iter().map(field).collect::<Result<Vec<_>, _>>()?;
    Type::group_type_builder("dbkeel").with_fields(fields).build()
}

fn properties(run: &RunInfo) -> Result<WriterProperties, ParquetError> {
    let about = |key: &str, value: &str| KeyValue::new(key.to_owned(), value.to_owned());
    Ok(WriterProperties::builder()
        .set_created_by(format!("dbkeel {}", run.version))
        .set_key_value_metadata(Some(vec![
            about("dbkeel.schema", super::SCHEMA),
            about("dbkeel.as_of", &run.as_of),
            about("dbkeel.baseline", &run.baseline),
            about("dbkeel.baseline_sha256", &run.baseline_sha256),
            about("dbkeel.policies_sha256", &run.policies_sha256),
        ]))
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(ZSTD)?))
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_offset_index_disabled(true)
        .build())
}
