//! The rows of drift: the columns of a verdict as far as a drift has them, then its own.

use std::borrow::Cow;
use std::io;

use super::{Writer, cell, io_error};
use crate::model::{Drift, Kind, Mover, Value};
use crate::report::drift::{self, Effect};

/// Writes the row of a drift.
pub(super) fn write(drift: &Drift, writer: &mut Writer<'_>) -> io::Result<()> {
    let no_age: [Cow<'_, str>; super::OF_VERDICT] = Default::default();
    let cells = head(drift).into_iter().chain(place(drift)).chain(own(drift)).chain(no_age);
    writer.write_record(cells.map(|cell| cell.into_owned().into_bytes())).map_err(io_error)
}

/// From `rule` to `message`.
fn head(drift: &Drift) -> [Cow<'_, str>; 15] {
    let resource = &drift.resource;
    let optional = |text: &Option<std::sync::Arc<str>>| cell_of(text.as_deref().unwrap_or_default());
    [
        drift.rule_id().into(),
        "".into(),
        "".into(),
        drift.severity().map_or("", |severity| severity.as_str()).into(),
        "drift".into(),
        cell(&resource.id),
        cell(&resource.resource_type),
        resource.kind.map_or("", Kind::as_str).into(),
        resource.provider.as_str().into(),
        optional(&resource.scope.account),
        optional(&resource.scope.region),
        cell(&resource.tier),
        "".into(),
        "".into(),
        cell_of(&message(drift)),
    ]
}

/// What drifted, and what it does.
fn message(drift: &Drift) -> String {
    let effects = drift.effects.iter().map(|effect| drift::effect_on_rule(drift, effect));
    let texts = std::iter::once(drift::what(drift)).chain(drift::notes(drift)).chain(effects);
    texts.collect::<Vec<_>>().join("; ")
}

/// From `file` to `waiver_expires`.
fn place(drift: &Drift) -> [Cow<'_, str>; 6] {
    let location = drift.location();
    let note = drift.place.as_ref().and_then(|place| place.note.as_ref());
    [
        cell(&location.file),
        location.region.map(|region| region.start_line.to_string()).unwrap_or_default().into(),
        note.map_or("".into(), |note| cell(note.as_str())),
        drift.fingerprint().into(),
        "".into(),
        "".into(),
    ]
}

/// The columns that only a drift has.
fn own(drift: &Drift) -> [Cow<'_, str>; super::OF_DRIFT] {
    let value = |value: Option<&Value>| value.map_or("".into(), |value| cell_of(&value.to_string()));
    let failed = drift.effects.iter().filter(|effect| effect.is_worse()).map(|effect| effect.rule.as_ref());
    [
        drift.class.as_str().into(),
        drift.against.as_str().into(),
        cell_of(&drift.subject.to_string()),
        value(drift.declared.as_ref()),
        value(drift.recorded.as_ref()),
        value(drift.running.as_ref()),
        value(drift.pending.as_ref().map(|pending| &pending.value)),
        drift.pending_at.as_deref().unwrap_or_default().into(),
        drift.moved_by.map_or("", Mover::as_str).into(),
        Effect::of(drift).map_or("", Effect::as_str).into(),
        cell_of(&failed.collect::<Vec<_>>().join(" ")),
    ]
}

/// A cell of a text that was made for it.
fn cell_of(text: &str) -> Cow<'static, str> {
    Cow::Owned(cell(text).into_owned())
}
