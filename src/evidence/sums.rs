//! `SHA256SUMS`: the digest of every file, as `sha256sum` writes and reads it.

use std::fmt::Write as _;

use super::names;

/// No bundle has more files, and a list of them in memory is small.
const MOST_FILES: usize = 100_000;

/// One file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) path: String,
    /// Lower-case hexadecimal.
    pub(super) sha256: String,
}

/// The text, sorted by path.
pub(super) fn write(mut sums: Vec<Sum>) -> String {
    sums.sort_by(|a, b| a.path.cmp(&b.path));
    let mut text = String::new();
    for Sum { path, sha256 } in sums {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{sha256}  {path}");
    }
    text
}

/// Reads the text; everything that is wrong with it.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Sum>, Vec<String>> {
    let text = std::str::from_utf8(bytes).map_err(|_| vec!["SHA256SUMS is not UTF-8".to_owned()])?;
    let mut sums: Vec<Sum> = Vec::new();
    let mut problems = Vec::new();
    for (number, line) in (1..).zip(text.split_terminator('\n')) {
        if number > MOST_FILES {
            problems.push(format!("SHA256SUMS lists more than {MOST_FILES} files"));
            break;
        }
        match sum(line) {
            Err(why) => problems.push(format!("SHA256SUMS:{number}: {why}")),
            Ok(sum) => {
                problems.extend(out_of_order(sums.last(), &sum).map(|why| format!("SHA256SUMS:{number}: {why}")));
                sums.push(sum);
            }
        }
    }
    if !text.ends_with('\n') {
        problems.push("SHA256SUMS does not end with a line feed: it was cut off".to_owned());
    }
    problems.extend(twins(&sums));
    if problems.is_empty() { Ok(sums) } else { Err(problems) }
}

fn sum(line: &str) -> Result<Sum, String> {
    let parts = line.split_at_checked(64).and_then(|(sha256, rest)| Some((sha256, rest.strip_prefix("  ")?)));
    let is_digest = |text: &str| text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let Some((sha256, path)) = parts.filter(|(sha256, _)| is_digest(sha256)) else {
        return Err("the line is not a digest in lower-case hexadecimal, two spaces and a name".to_owned());
    };
    match names::problem(path) {
        Some(why) => Err(format!("the name {:?} is refused: {why}", path.chars().take(200).collect::<String>())),
        None => Ok(Sum { path: path.to_owned(), sha256: sha256.to_owned() }),
    }
}

fn out_of_order(before: Option<&Sum>, sum: &Sum) -> Option<String> {
    let before = &before?.path;
    match before.cmp(&sum.path) {
        std::cmp::Ordering::Less => None,
        std::cmp::Ordering::Equal => Some(format!("`{}` is listed twice", sum.path)),
        std::cmp::Ordering::Greater => Some(format!("`{}` stands after `{before}`: the list is not sorted", sum.path)),
    }
}

/// Names that are one file where case does not matter.
fn twins(sums: &[Sum]) -> Vec<String> {
    let mut folded: Vec<(String, &str)> =
        sums.iter().map(|sum| (sum.path.to_ascii_lowercase(), sum.path.as_str())).collect();
    folded.sort();
    let pairs = folded.windows(2).filter_map(|pair| match pair {
        [(a, one), (b, other)] if a == b && one != other => Some(format!("`{one}` and `{other}` differ in case only")),
        _ => None,
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGEST: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    fn of(paths: &[&str]) -> String {
        paths.iter().map(|path| format!("{DIGEST}  {path}\n")).collect()
    }

    #[test]
    fn what_is_written_is_read_again() {
        let sum = |path: &str| Sum { path: path.to_owned(), sha256: DIGEST.to_owned() };
        let text = write(vec![sum("b"), sum("a/b"), sum("a")]);
        assert_eq!(text, of(&["a", "a/b", "b"]));
        assert_eq!(read(text.as_bytes()), Ok(vec![sum("a"), sum("a/b"), sum("b")]));
    }

    #[test]
    fn lines_that_are_not_as_they_are_written_are_refused() {
        for text in [
            of(&["b", "a"]),
            of(&["a", "a"]),
            of(&["A", "a"]),
            of(&["../a"]),
            of(&["/a"]),
            of(&["a\\b"]),
            format!("\\{}", of(&["a\\nb"])),
            of(&["a"]).trim_end().to_owned(),
            of(&["a"]).replace("  ", " *"),
            of(&["a"]).to_uppercase(),
            of(&["a"]).replace('\n', "\r\n"),
            "\n".to_owned(),
            "é".repeat(64),
        ] {
            assert!(read(text.as_bytes()).is_err(), "{text:?}");
        }
        assert!(read(&[0xff, b'\n']).is_err());
    }
}
