//! Makes imported objects look as collected ones do: instants in one form, secrets gone.

use jiff::Timestamp;
use serde_json::Value as Json;

use crate::source::aws::redact;

/// Tidies an object of a reply.
pub(super) fn tidy(value: &mut Json) {
    instants(value, "");
    redact(value);
}

/// Version 2 of the CLI prints `+00:00` where version 1 and the API say `Z`; services that speak JSON, and AWS Config,
/// give seconds or milliseconds.
fn instants(value: &mut Json, name: &str) {
    match value {
        Json::Object(members) => members.iter_mut().for_each(|(name, value)| instants(value, name)),
        Json::Array(items) => items.iter_mut().for_each(|item| instants(item, name)),
        Json::String(text) => {
            if let Some(instant) = with_offset(text) {
                *text = instant;
            }
        }
        Json::Number(number) if name.ends_with("Date") || name.ends_with("Time") => {
            if let Some(instant) = number.as_f64().and_then(from_epoch) {
                *value = instant.into();
            }
        }
        _ => {}
    }
}

fn with_offset(text: &str) -> Option<String> {
    let looks_so = (20..=40).contains(&text.len()) && text.as_bytes().get(10) == Some(&b'T') && !text.ends_with('Z');
    looks_so.then(|| text.parse::<Timestamp>().ok()).flatten().map(|instant| instant.to_string())
}

/// Numbers too small to be seconds of this century are durations, and those too large to be seconds are milliseconds.
#[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
fn from_epoch(number: f64) -> Option<String> {
    let milliseconds = match number {
        seconds if (9e8..1e11).contains(&seconds) => seconds * 1000.0,
        milliseconds if (1e11..1e14).contains(&milliseconds) => milliseconds,
        _ => return None,
    };
    Timestamp::from_millisecond(milliseconds.round() as i64).ok().map(|instant| instant.to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn instants_have_one_form() {
        let mut value = json!({
            "InstanceCreateTime": "2020-03-04T05:06:07.890000+00:00",
            "SnapshotCreateTime": "2020-03-04T05:06:07.890Z",
            "ClusterCreateTime": "2020-03-04T07:06:07+02:00",
            "CreationDate": 1583298367.25,
            "snapshotCreateTime": 1583298367890_i64,
            "PreferredBackupWindow": "05:00-06:00",
            "RetentionTime": 35,
            "Note": "2020-03-04T05:06:07 or so, give or",
        });
        tidy(&mut value);
        assert_eq!(
            value,
            json!({
                "InstanceCreateTime": "2020-03-04T05:06:07.89Z",
                "SnapshotCreateTime": "2020-03-04T05:06:07.890Z",
                "ClusterCreateTime": "2020-03-04T05:06:07Z",
                "CreationDate": "2020-03-04T05:06:07.25Z",
                "snapshotCreateTime": "2020-03-04T05:06:07.89Z",
                "PreferredBackupWindow": "05:00-06:00",
                "RetentionTime": 35,
                "Note": "2020-03-04T05:06:07 or so, give or",
            })
        );
    }
}
