//! The values of a column of a table as text: strings (also in views and dictionaries), integers, dates and times.
//!
//! Dates and times are written in ISO 8601. A time with a time zone is written with the zone's offset at that time, so
//! that an article published late in the evening keeps its date.

use arrow_array::cast::AsArray as _;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array as _, ArrayRef};
use arrow_schema::{DataType, TimeUnit};
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

/// The values of a column as text.
pub(crate) struct Cells<'a> {
    column: &'a ArrayRef,
    write: Writer<'a>,
}

/// Writes the value of a row as text; the value must not be null.
type Writer<'a> = Box<dyn Fn(usize) -> Option<String> + Send + Sync + 'a>;

impl<'a> Cells<'a> {
    /// Prepares a column of a type accepted by [`readable`]; the error says why the column cannot be read as text.
    pub(crate) fn new(column: &'a ArrayRef) -> Result<Self, String> {
        Ok(Self { column, write: writer(column)? })
    }

    /// Returns a value as text, or `None` if it is missing.
    pub(crate) fn text(&self, row: usize) -> Option<String> {
        if self.column.is_null(row) { None } else { (self.write)(row) }
    }
}

/// The kinds of columns that can be written as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Readable {
    Text,
    Integer,
    Time,
}

/// Returns the kind of a column of this type, or `None` if its values cannot be written as text.
pub(crate) fn readable(kind: &DataType) -> Option<Readable> {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null => {
            Some(Readable::Text)
        }
        DataType::Dictionary(_, values) => readable(values),
        DataType::Date32 | DataType::Date64 | DataType::Timestamp(..) => Some(Readable::Time),
        kind => kind.is_integer().then_some(Readable::Integer),
    }
}

fn writer(column: &ArrayRef) -> Result<Writer<'_>, String> {
    Ok(match column.data_type() {
        DataType::Utf8 => text(column.as_string::<i32>()),
        DataType::LargeUtf8 => text(column.as_string::<i64>()),
        DataType::Utf8View => text(column.as_string_view()),
        DataType::Null => Box::new(|_| None),
        DataType::Int8 => number::<Int8Type>(column),
        DataType::Int16 => number::<Int16Type>(column),
        DataType::Int32 => number::<Int32Type>(column),
        DataType::Int64 => number::<Int64Type>(column),
        DataType::UInt8 => number::<UInt8Type>(column),
        DataType::UInt16 => number::<UInt16Type>(column),
        DataType::UInt32 => number::<UInt32Type>(column),
        DataType::UInt64 => number::<UInt64Type>(column),
        DataType::Date32 => {
            let days = column.as_primitive::<Date32Type>();
            Box::new(|row| day(i64::from(days.value(row)) * SECONDS_OF_DAY))
        }
        DataType::Date64 => {
            let millis = column.as_primitive::<Date64Type>();
            Box::new(|row| day(millis.value(row).div_euclid(1000)))
        }
        DataType::Timestamp(unit, zone) => times(column, *unit, zone.as_deref())?,
        DataType::Dictionary(..) => dictionary(column)?,
        other => return Err(format!("{other} is not written as text")),
    })
}

fn text<'a>(
    column: impl arrow_array::ArrayAccessor<Item = &'a str> + Send + Sync + 'a,
) -> Writer<'a> {
    Box::new(move |row| Some(column.value(row).to_owned()))
}

fn number<T: ArrowPrimitiveType<Native: ToString>>(column: &ArrayRef) -> Writer<'_> {
    let values = column.as_primitive::<T>();
    Box::new(|row| Some(values.value(row).to_string()))
}

const SECONDS_OF_DAY: i64 = 86_400;

/// Writes the UTC date of a time, given in seconds.
fn day(seconds: i64) -> Option<String> {
    let moment = Timestamp::from_second(seconds).ok()?;
    Some(moment.to_zoned(TimeZone::UTC).date().to_string())
}

fn times<'a>(
    column: &'a ArrayRef,
    unit: TimeUnit,
    zone: Option<&str>,
) -> Result<Writer<'a>, String> {
    let zone = zone.map(time_zone).transpose()?;
    let write = move |moment: Option<Timestamp>| {
        Some(match &zone {
            Some(zone) => {
                moment?.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
            }
            None => moment?.to_zoned(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%S").to_string(),
        })
    };
    Ok(match unit {
        TimeUnit::Second => {
            let values = column.as_primitive::<TimestampSecondType>();
            Box::new(move |row| write(Timestamp::from_second(values.value(row)).ok()))
        }
        TimeUnit::Millisecond => {
            let values = column.as_primitive::<TimestampMillisecondType>();
            Box::new(move |row| write(Timestamp::from_millisecond(values.value(row)).ok()))
        }
        TimeUnit::Microsecond => {
            let values = column.as_primitive::<TimestampMicrosecondType>();
            Box::new(move |row| write(Timestamp::from_microsecond(values.value(row)).ok()))
        }
        TimeUnit::Nanosecond => {
            let values = column.as_primitive::<TimestampNanosecondType>();
            Box::new(move |row| {
                write(Timestamp::from_nanosecond(i128::from(values.value(row))).ok())
            })
        }
    })
}

/// Parses the name of a time zone (`Europe/Berlin`) or an offset (`+01:00`).
fn time_zone(name: &str) -> Result<TimeZone, String> {
    let offset = || {
        let (hours, minutes) = name.split_once(':')?;
        let sign = if hours.starts_with('-') { -1 } else { 1 };
        let minutes = hours.parse::<i32>().ok()? * 60 + sign * minutes.parse::<i32>().ok()?;
        Offset::from_seconds(minutes * 60).ok().map(TimeZone::fixed)
    };
    TimeZone::get(name).ok().or_else(offset).ok_or_else(|| format!("unknown time zone {name:?}"))
}

fn dictionary(column: &ArrayRef) -> Result<Writer<'_>, String> {
    let dictionary = column.as_any_dictionary();
    let values = Cells::new(dictionary.values())?;
    // A dictionary without values has no keys to normalize.
    let is_empty = dictionary.values().is_empty();
    let keys = if is_empty { Vec::new() } else { dictionary.normalized_keys() };
    Ok(Box::new(move |row| values.text(*keys.get(row)?)))
}
