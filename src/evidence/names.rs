//! Names of the files of a bundle. Those that dbkeel writes need no quoting anywhere; any other is refused, whatever it would
//! lead to.

/// A longer name is none that dbkeel writes.
const LONGEST: usize = 512;

/// What is wrong with a name, if anything is.
pub(super) fn problem(name: &str) -> Option<&'static str> {
    let mut steps = name.split('/');
    match name {
        "" => Some("it is empty"),
        _ if name.len() > LONGEST => Some("it is longer than 512 bytes"),
        _ if name.chars().any(char::is_control) => Some("it has a control character"),
        _ if name.contains('\\') => Some("it has a backslash"),
        _ if name.starts_with('/') => Some("it is absolute"),
        _ if steps.clone().any(|step| step == "..") => Some("it leads out of its folder by `..`"),
        _ if steps.any(|step| step.is_empty() || step == "." || step.starts_with('-')) => {
            Some("it has a step that is empty, `.`, or begins with `-`")
        }
        _ if !name.chars().all(|character| character == '/' || is_plain(character)) => {
            Some("it has a character other than letters, digits, `.`, `_`, `-` and `/`")
        }
        _ => None,
    }
}

/// One step of a name made of any text.
pub(super) fn step(text: &str) -> String {
    let mut step: String =
        text.chars().take(100).map(|character| if is_plain(character) { character } else { '_' }).collect();
    if step.is_empty() || step.starts_with(['.', '-']) {
        step.insert(0, '_');
    }
    step
}

/// The last step of a path of the user's.
pub(super) fn last_step(path: &str) -> String {
    step(path.rsplit('/').next().unwrap_or(path))
}

fn is_plain(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '.' | '_' | '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_elsewhere_or_need_quoting_are_refused() {
        let long = "a".repeat(513);
        for name in [
            "",
            "/etc/passwd",
            "../x",
            "a/../../x",
            "a/..",
            "..",
            ".",
            "a//b",
            "a/./b",
            "a/",
            "a\\b",
            "a\nb",
            "a\u{1b}[2Jb",
            "C:x",
            "-rf",
            "a/-rf",
            "a b",
            "ä",
            "a\u{202e}b",
            &long,
        ] {
            assert!(problem(name).is_some(), "{name:?}");
        }
        for name in ["results.json", "policies/own/1/a_b-c.rego", "a/..b", "SHA256SUMS"] {
            assert_eq!(problem(name), None, "{name:?}");
        }
    }

    #[test]
    fn any_text_becomes_a_name() {
        for text in ["", ".", "..", "-rf", "a b/c", "ä\n", "\\", &"x".repeat(1_000)] {
            let step = step(text);
            assert_eq!(problem(&step), None, "{text:?} becomes {step:?}");
            assert!(!step.contains('/'));
        }
        assert_eq!(last_step("rules/of ours/x.rego"), "x.rego");
    }
}
