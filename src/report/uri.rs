//! The URI of a file in a report: relative to the repository, percent-encoded, never with a scheme.
//!
//! Code scanning refuses a log in which a URI has a scheme or begins with a segment that looks like one
//! (github/codeql-action#754), and an absolute path would tell the runner's folders.

use std::fmt::Write as _;

use super::text::clean;

/// What stands for a document that came through standard input.
const STDIN: &str = "stdin.json";

/// The URI of a path as the user gave it. A path that is absolute or leads out of the working folder becomes its file name.
pub(super) fn relative(path: &str) -> String {
    from_repository(path, encode)
}

/// The path of a file as those write it who do not read URIs: relative like [`relative`], not encoded, and with nothing that
/// steers a viewer.
pub(super) fn plain(path: &str) -> String {
    from_repository(path, |segment| clean(segment).into_owned())
}

fn from_repository(path: &str, write: impl Fn(&str) -> String) -> String {
    if path == "-" {
        return STDIN.to_owned();
    }
    let path = path.replace('\\', "/");
    let segments = match is_absolute(&path) {
        true => None,
        false => inside(&path),
    };
    let segments = segments.unwrap_or_else(|| file_name(&path));
    let segments: Vec<String> = segments.into_iter().map(write).collect();
    match segments.is_empty() {
        true => "unnamed".to_owned(),
        false => segments.join("/"),
    }
}

/// The URI of a path that is made of names of any sort, each of which stays one segment and leads nowhere else.
pub(super) fn of_segments(names: &[&str]) -> String {
    let segment = |name: &&str| match *name {
        "" | "." | ".." => "-".to_owned(),
        name => encode(name),
    };
    names.iter().map(segment).collect::<Vec<_>>().join("/")
}

/// Whether [`relative`] tells all of a path.
pub(super) fn is_told(path: &str) -> bool {
    let path = path.replace('\\', "/");
    !is_absolute(&path) && inside(&path).is_some()
}

fn is_absolute(path: &str) -> bool {
    let drive = path.as_bytes().get(1) == Some(&b':') && path.starts_with(|first: char| first.is_ascii_alphabetic());
    path.starts_with('/') || (drive && path.as_bytes().get(2).is_none_or(|third| *third == b'/'))
}

/// The segments without `.` and `..`; `None` when the path leads out.
fn inside(path: &str) -> Option<Vec<&str>> {
    let mut segments = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop()?;
            }
            segment => segments.push(segment),
        }
    }
    Some(segments)
}

fn file_name(path: &str) -> Vec<&str> {
    path.rsplit('/').find(|segment| !matches!(*segment, "" | "." | "..")).into_iter().collect()
}

/// Percent-encodes everything but the unreserved characters of RFC 3986, section 2.3; a colon too, since a first segment
/// with one would read as a scheme.
fn encode(segment: &str) -> String {
    let mut encoded = String::with_capacity(segment.len());
    for byte in segment.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            // Writing to a string cannot fail.
            byte => drop(write!(encoded, "%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_in_the_repository_stays_as_it_is() {
        assert_eq!(relative("plans/prod/tfplan.json"), "plans/prod/tfplan.json");
        assert_eq!(relative("./plans/../tfplan.json"), "tfplan.json");
    }

    #[test]
    fn a_path_outside_tells_only_the_file_name() {
        assert_eq!(relative("/home/ci/work/tfplan.json"), "tfplan.json");
        assert_eq!(relative("../../secret-project/tfplan.json"), "tfplan.json");
        assert_eq!(relative("C:\\ci\\tfplan.json"), "tfplan.json");
        assert_eq!(relative("/"), "unnamed");
    }

    #[test]
    fn a_plain_path_is_relative_too() {
        assert_eq!(plain("./envs/prod eu/../main.tf"), "envs/main.tf");
        assert_eq!(plain("/home/ci/a b.tf"), "a b.tf");
        assert_eq!(plain("a\n::error::b/main.tf"), "a\\n::error::b/main.tf");
    }

    #[test]
    fn standard_input_has_a_name() {
        assert_eq!(relative("-"), "stdin.json");
    }

    #[test]
    fn a_name_is_one_segment_and_leads_nowhere() {
        assert_eq!(of_segments(&["live", "", "..", "../../a:b c"]), "live/-/-/..%2F..%2Fa%3Ab%20c");
    }

    #[test]
    fn nothing_reads_as_a_scheme_or_breaks_the_syntax() {
        assert_eq!(relative("arn:aws:rds/db.json"), "arn%3Aaws%3Ards/db.json");
        assert_eq!(relative("a b/100%/ü#?.json"), "a%20b/100%25/%C3%BC%23%3F.json");
    }
}
