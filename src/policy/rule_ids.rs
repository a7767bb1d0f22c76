//! The ids of the rules in the binary are for ever: `policies/rule-ids.lock` holds them, and these tests hold the rules to it.
//!
//! A line of the lock is never changed: what it says is the rule's first path and the first version and day that had it. A
//! rule that is renamed keeps its old name under `aliases`, a rule that another one takes in leaves its id there.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{embedded, load};
use crate::model::Rule;

const LOCK: &str = include_str!("../../policies/rule-ids.lock");

/// What adds the rules that are new.
const COMMAND: &str = "DBKEEL_WRITE_LOCK=1 cargo test --lib rule_ids";

const HEADER: &str = "\
# Every id that a rule ever had: the id, the rule's first path, the first version and day. Ids are for ever: no line is ever
# changed or removed. `DBKEEL_WRITE_LOCK=1 cargo test --lib rule_ids` adds the lines of new rules.
";

/// One id.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    id: String,
    /// `retention/backup_retention`.
    path: String,
    /// The first version and day.
    since: String,
}

fn read(lock: &str) -> Result<Vec<Line>, String> {
    let lines = lock.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let read = |line: &str| match line.split_whitespace().collect::<Vec<_>>().as_slice() {
        [id, path, version, day] if day.parse::<jiff::civil::Date>().is_ok() => {
            Ok(Line { id: (*id).to_owned(), path: (*path).to_owned(), since: format!("{version} {day}") })
        }
        _ => Err(format!("`{line}` is no line of the lock: id, path, version, day")),
    };
    lines.map(read).collect()
}

fn write(lines: &[Line]) -> String {
    let mut text = HEADER.to_owned();
    for Line { id, path, since } in lines {
        let _ = writeln!(text, "{id} {path} {since}");
    }
    text
}

fn path_of(rule: &Rule) -> String {
    format!("{}/{}", rule.domain, rule.name)
}

/// What is wrong with the rules, by the lock.
fn problems<'r>(lines: &[Line], rules: &[&'r Rule]) -> Vec<String> {
    let mut by_id: BTreeMap<&str, &'r Rule> = BTreeMap::new();
    for rule in rules {
        by_id.insert(&rule.id, rule);
        by_id.extend(rule.aliases.iter().map(|alias| (alias.as_ref(), *rule)));
    }
    let mut problems = Vec::new();
    for (number, Line { id, path, .. }) in lines.iter().enumerate() {
        if lines.iter().take(number).any(|earlier| earlier.id == *id) {
            problems.push(format!("{id} is in the lock twice"));
        }
        let Some(rule) = by_id.get(id.as_str()) else {
            problems.push(format!(
                "{id} ({path}) is gone; ids are for ever: bring the rule back, or name {id} under `aliases` of the rule that \
                 stands for it now"
            ));
            continue;
        };
        let name = path.rsplit_once('/').map_or(path.as_str(), |(_, name)| name);
        let is_renamed = rule.aliases.iter().any(|alias| **alias == *name);
        if *rule.id == **id && path_of(rule) != *path && *rule.name != *name && !is_renamed {
            problems.push(format!(
                "{id} was {path} and is {} now; an id never changes its rule: give the new rule another id, or, if it is the \
                 same rule renamed, name `{name}` under its `aliases`",
                path_of(rule)
            ));
        }
    }
    for rule in rules {
        if !lines.iter().any(|line| *line.id == *rule.id) {
            problems.push(format!("{} ({}) is not in the lock; `{COMMAND}` adds it", rule.id, path_of(rule)));
        }
    }
    problems
}

/// The lock with the rules that it does not have.
fn with_new(mut lines: Vec<Line>, rules: &[&Rule], since: &str) -> Vec<Line> {
    for rule in rules {
        if !lines.iter().any(|line| *line.id == *rule.id) {
            lines.push(Line { id: rule.id.to_string(), path: path_of(rule), since: since.to_owned() });
        }
    }
    lines.sort_by(|a, b| a.id.cmp(&b.id));
    lines
}

#[test]
fn the_rule_ids_are_those_of_the_lock() {
    let policies = load(&embedded()).unwrap();
    let rules: Vec<&Rule> = policies.iter().map(|policy| policy.rule.as_ref()).collect();
    let mut lines = read(LOCK).unwrap();
    if std::env::var_os("DBKEEL_WRITE_LOCK").is_some() {
        let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
        lines = with_new(lines, &rules, &format!("{} {today}", env!("CARGO_PKG_VERSION")));
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/policies/rule-ids.lock"), write(&lines)).unwrap();
    } else {
        assert!(write(&lines) == LOCK, "policies/rule-ids.lock is not in its form: sorted, one space between words");
    }
    let problems = problems(&lines, &rules);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

mod tests {
    use super::super::samples::{BACKUP_RETENTION, file};
    use super::*;

    const LINES: &str = "DBK-RET-001 retention/backup_retention 0.1.0 2026-11-22\n";

    /// What the lock says of the sample rule when one of its texts is replaced by another.
    fn changed(lock: &str, from: &str, to: &str) -> Vec<String> {
        let text = BACKUP_RETENTION.replace(from, to);
        let package = text.lines().find_map(|line| line.strip_prefix("package dbkeel.")).unwrap();
        let path = format!("policies/{}.rego", package.replace('.', "/"));
        let policies = load(&[file(&path, &text)]).unwrap();
        let rules: Vec<&Rule> = policies.iter().map(|policy| policy.rule.as_ref()).collect();
        problems(&read(lock).unwrap(), &rules)
    }

    #[test]
    fn a_rule_that_is_as_it_was_is_fine() {
        assert_eq!(changed(LINES, "", ""), [""; 0]);
    }

    #[test]
    fn an_id_that_is_gone_is_found_unless_it_is_an_alias() {
        let found = changed(LINES, "id: DBK-RET-001", "id: DBK-RET-002");
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("DBK-RET-001 (retention/backup_retention) is gone; ids are for ever: "));
        assert_eq!(
            found[1],
            "DBK-RET-002 (retention/backup_retention) is not in the lock; `DBKEEL_WRITE_LOCK=1 cargo test --lib rule_ids` \
             adds it"
        );
        let both = format!("{LINES}DBK-RET-002 retention/backup_retention 0.1.0 2026-11-22\n");
        let alias = "id: DBK-RET-002\n#   aliases: [DBK-RET-001]";
        assert_eq!(changed(&both, "id: DBK-RET-001", alias), [""; 0]);
    }

    #[test]
    fn an_id_that_changes_its_rule_is_found_unless_its_old_name_is_an_alias() {
        let found = changed(LINES, "retention.backup_retention", "retention.another");
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("DBK-RET-001 was retention/backup_retention and is retention/another now; "));
        let text = BACKUP_RETENTION.replace("id: DBK-RET-001", "id: DBK-RET-001\n#   aliases: [backup_retention]");
        let renamed = text.replace("retention.backup_retention", "retention.another");
        let policies = load(&[file("policies/retention/another.rego", &renamed)]).unwrap();
        let rules: Vec<&Rule> = policies.iter().map(|policy| policy.rule.as_ref()).collect();
        assert_eq!(problems(&read(LINES).unwrap(), &rules), [""; 0]);
    }

    #[test]
    fn an_id_stands_in_the_lock_once_and_every_line_is_whole() {
        assert_eq!(changed(&LINES.repeat(2), "", ""), ["DBK-RET-001 is in the lock twice"]);
        assert_eq!(
            read("DBK-RET-001 retention/backup_retention 0.1.0 soon"),
            Err("`DBK-RET-001 retention/backup_retention 0.1.0 soon` is no line of the lock: id, path, version, day"
                .into())
        );
    }

    #[test]
    fn a_new_rule_is_added_and_no_line_is_touched() {
        let policies = load(&[file("policies/retention/backup_retention.rego", BACKUP_RETENTION)]).unwrap();
        let rules: Vec<&Rule> = policies.iter().map(|policy| policy.rule.as_ref()).collect();
        let old = read("DBK-ZZZ-001 zone/old 0.0.1 2025-01-01\n").unwrap();
        let lines = with_new(old, &rules, "0.1.0 2026-11-22");
        let text = write(&lines);
        assert_eq!(
            text.strip_prefix(HEADER),
            Some("DBK-RET-001 retention/backup_retention 0.1.0 2026-11-22\nDBK-ZZZ-001 zone/old 0.0.1 2025-01-01\n")
        );
        assert_eq!(with_new(read(&text).unwrap(), &rules, "9.9.9 2030-01-01"), lines);
    }
}
