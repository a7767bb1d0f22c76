//! The user's own rules beside ours: the same checks, and every name by which a rule may be called.

use std::fs;
use std::path::Path;

use super::command::{AS_OF, Ran, Scanned, dbkeel, list, text};
use super::inputs::SAMPLE;

const RULE: &str = r#"# METADATA
# title: Databases are small enough to restore in a night
# description: A restore takes as long as the storage is large, and the business waits for it.
# custom:
#   id: ACME-RET-002
#   aliases: [ACME-RET-001, small]
#   severity: high
#   parameters:
#     max_storage_gib: {type: integer, unit: GiB, default: 10}
#   remediation:
#     text: Split the database, or agree on a longer recovery time.
package dbkeel.retention.small_enough

violations contains message if {
	input.allocated_storage_gib > data.parameters.max_storage_gib
	message := sprintf("has %d GiB; %s asks for at most %d", [
		input.allocated_storage_gib,
		data.baseline.tier,
		data.parameters.max_storage_gib,
	])
}
"#;

/// The names by which the rule may be called: id, earlier id, earlier name, name.
const NAMES: [&str; 4] = ["ACME-RET-002", "ACME-RET-001", "small", "small_enough"];

/// A folder with the rule, in which other files can be put.
struct Own(tempfile::TempDir);

impl Own {
    fn new() -> Self {
        let own = Self(tempfile::tempdir().expect("a folder"));
        own.put("rules/retention/small_enough.rego", RULE);
        own
    }

    fn path(&self, path: &str) -> String {
        self.0.path().join(path).to_str().expect("a path").to_owned()
    }

    fn put(&self, path: &str, text: &str) -> String {
        let path = self.path(path);
        fs::create_dir_all(Path::new(&path).parent().expect("a folder")).expect("made");
        fs::write(&path, text).expect("written");
        path
    }

    fn run(&self, words: &[&str]) -> Ran {
        let rules = self.path("rules");
        dbkeel(words.iter().copied().chain(["--policy", &rules]))
    }

    fn scan(&self, words: &[&str]) -> Scanned {
        let ran = self.run(&[&["scan", SAMPLE, "--as-of", AS_OF, "--no-source", "--output", "json"], words].concat());
        Scanned::read(&ran.judged().stdout)
    }
}

#[test]
fn a_rule_of_ones_own_runs_beside_ours() {
    let scanned = Own::new().scan(&[]);
    let verdicts: Vec<(&str, &str)> = scanned.of_rule("small_enough").collect();
    assert!(verdicts.iter().any(|(_, verdict)| *verdict == "fail"), "{verdicts:?}");
    assert!(scanned.of_rule("backup_retention").next().is_some());
    let rule = list(&scanned.document["rules"]).iter().find(|rule| rule["name"] == "small_enough").expect("it is told");
    assert_eq!((text(&rule["id"]), rule["user"].as_bool()), ("ACME-RET-002", Some(true)));
}

#[test]
fn a_baseline_calls_a_rule_by_its_id_or_an_earlier_one() {
    let own = Own::new();
    for name in &NAMES[..3] {
        let text = format!(
            "name: b\nrules:\n  exclude: [{name}]\ntiers: {{all: {{}}}}\nassign: [{{tier: all, default: true}}]\n"
        );
        let baseline = own.put("b.yaml", &text);
        assert_eq!(own.scan(&["--baseline", &baseline]).of_rule("small_enough").count(), 0, "{name}");
        let baseline = own.put("b.yaml", &text.replace("exclude", "include"));
        let scanned = own.scan(&["--baseline", &baseline]);
        assert_eq!(list(&scanned.document["rules"]).len(), 1, "{name}");
    }
}

#[test]
fn a_parameter_of_ones_own_rule_is_set_by_the_baseline() {
    let own = Own::new();
    let text = "name: b\nrules: {include: [ACME-RET-002]}\nparameters: {max_storage_gib: 100000}\ntiers: {all: {}}\nassign: [{tier: all, default: true}]\n";
    let baseline = own.put("b.yaml", text);
    let scanned = own.scan(&["--baseline", &baseline]);
    assert!(scanned.of_rule("small_enough").all(|(_, verdict)| verdict != "fail"));
}

#[test]
fn a_waiver_calls_a_rule_by_any_of_its_names() {
    let own = Own::new();
    for name in NAMES {
        let waivers =
            format!("waivers:\n  - {{id: W-1, rule: {name}, resource: '*', reason: known, expires: 2027-01-01}}\n");
        let waivers = own.put("waivers.yaml", &waivers);
        let scanned = own.scan(&["--waivers", &waivers]);
        let verdicts: Vec<&str> = scanned.of_rule("small_enough").map(|(_, verdict)| verdict).collect();
        assert!(verdicts.contains(&"waived") && !verdicts.contains(&"fail"), "{name}: {verdicts:?}");
        let lint = own.run(&["waiver", "lint", &waivers, "--as-of", AS_OF]);
        assert_eq!(lint.status, 0, "{name}: {}", lint.stderr);
    }
}

#[test]
fn show_explain_and_new_waivers_call_a_rule_by_any_of_its_names() {
    let own = Own::new();
    for name in NAMES {
        let shown = own.run(&["policy", "show", name]);
        assert!(shown.text().contains("ACME-RET-002"), "{name}: {}", shown.stderr);
        let explained = own.run(&["policy", "explain", name, "--on", SAMPLE, "--no-source", "--as-of", AS_OF]);
        assert!(explained.text().starts_with("ACME-RET-002 small_enough: "), "{name}: {}", explained.stderr);
        let waiver =
            own.run(&["waiver", "new", "--rule", name, "--resource", "a", "--reason", "r", "--expires", "2099-01-01"]);
        assert!(waiver.text().contains("rule: ACME-RET-002"), "{name}: {}{}", waiver.text(), waiver.stderr);
    }
}

#[test]
fn what_clashes_is_refused_with_both_places() {
    for (path, from, to, error, help) in [
        ("retention/other.rego", "", "", "`ACME-RET-002` is taken", "rules/retention/other.rego"),
        (
            "retention/backup_retention.rego",
            "",
            "",
            "`backup_retention` is taken",
            "policies/retention/backup_retention.rego",
        ),
        (
            "retention/other.rego",
            "ACME-RET-002\n#   aliases: [ACME-RET-001, small]",
            "ACME-RET-001",
            "`ACME-RET-001` is taken",
            "rules/retention/other.rego",
        ),
        (
            "retention/other.rego",
            "ACME-RET-002\n#   aliases: [ACME-RET-001, small]",
            "ACME-9\n#   aliases: [DBK-RET-001]",
            "`DBK-RET-001` is taken",
            "policies/retention/backup_retention.rego",
        ),
        (
            "retention/other.rego",
            "ACME-RET-002\n#   aliases: [ACME-RET-001, small]",
            "DBK-RET-900",
            "`DBK-RET-900` is not an id",
            "`DBK-` is dbkeel's own",
        ),
        (
            "access/small_enough.rego",
            "ACME-RET-002\n#   aliases: [ACME-RET-001, small]",
            "ACME-9",
            "`small_enough` is taken",
            "rules/access/small_enough.rego",
        ),
    ] {
        let own = Own::new();
        let (domain, file) = path.split_once('/').expect("a domain");
        let name = file.strip_suffix(".rego").expect("a rule");
        let other = RULE.replace(from, to).replace("retention.small_enough", &format!("{domain}.{name}"));
        own.put(&format!("rules/{path}"), &other);
        let ran = own.run(&["scan", SAMPLE]).refused();
        assert!(ran.stderr.contains(error) && ran.stderr.contains(help), "{path} {to}: {}", ran.stderr);
    }
}

#[test]
fn the_library_of_the_binary_can_be_used_and_not_replaced() {
    let own = Own::new();
    let with = RULE.replace(
        "package dbkeel.retention.small_enough\n",
        "package dbkeel.retention.small_enough\n\nimport data.dbkeel.lib.text\n",
    );
    let with = with
        .replace("has %d GiB", "has %s")
        .replace("[\n\t\tinput.allocated_storage_gib,", "[\n\t\ttext.counted(input.allocated_storage_gib, \"GiB\"),");
    own.put("rules/retention/small_enough.rego", &with);
    assert!(own.scan(&[]).of_rule("small_enough").any(|(_, verdict)| verdict == "fail"));
    own.put(
        "rules/lib/text.rego",
        "package dbkeel.lib.text\n\ncounted(number, word) := sprintf(\"%d %ss\", [number, word])\n",
    );
    let ran = own.run(&["scan", SAMPLE]).refused();
    assert!(ran.stderr.contains("there are two libraries `text`"), "{}", ran.stderr);
}

#[test]
fn several_folders_are_read_together_and_an_empty_one_is_refused() {
    let (own, more) = (Own::new(), Own::new());
    fs::remove_dir_all(more.path("rules/retention")).expect("removed");
    let ran = more.run(&["scan", SAMPLE]).refused();
    assert!(ran.stderr.starts_with("error: no `.rego` file is under `"), "{}", ran.stderr);
    let other =
        RULE.replace("ACME-RET-002\n#   aliases: [ACME-RET-001, small]", "ACME-9").replace("small_enough", "tiny");
    more.put("rules/retention/tiny.rego", &other);
    let both = own.scan(&["--policy", &more.path("rules")]);
    assert!(both.of_rule("tiny").next().is_some() && both.of_rule("small_enough").next().is_some());
}
