//! Configuration judged without a plan: the verdicts of the plan, or `unknown`, never the opposite.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::command::{AS_OF, FORMATS, Ran, Scanned, dbkeel, list, text};

fn scan(path: &str, more: &[&str]) -> Ran {
    let words = ["scan", path, "--as-of", AS_OF, "--no-source", "--output", "json"];
    dbkeel(words.iter().chain(more).copied())
}

/// The verdicts by rule and address.
fn verdicts(ran: Ran) -> BTreeMap<(String, String), String> {
    Scanned::read(&ran.judged().stdout).verdicts
}

/// What a folder's verdict may be, when the plan's is this one. Rules about changes have nothing to say without a plan.
fn agrees(planned: &str, declared: Option<&str>) -> bool {
    match declared {
        None | Some("unknown" | "not_applicable") => true,
        // What the plan could not know, the configuration may say: a plan leaves unknown what it computes anew.
        Some(declared) => planned == declared || planned == "unknown",
    }
}

fn assert_agreement(folder: &str, plan: &str, more: &[&str]) {
    let (planned, declared) = (verdicts(scan(plan, &[])), verdicts(scan(folder, more)));
    let mut known = 0;
    for ((rule, resource), verdict) in &planned {
        let here = declared.get(&(rule.clone(), resource.clone())).map(String::as_str);
        assert!(agrees(verdict, here), "{rule} on {resource}: {verdict} by the plan, {here:?} by the folder");
        known += usize::from(here == Some(verdict) && matches!(here, Some("pass" | "fail")));
    }
    let told = planned.values().filter(|verdict| matches!(verdict.as_str(), "pass" | "fail")).count();
    eprintln!("folders: {folder}: {known} of {told} passes and failures of the plan are those of the folder");
    assert!(known * 2 > told, "{known} of {told}: a folder that says nothing agrees with everything");
}

#[test]
fn the_sample_is_judged_as_by_its_plan() {
    let subnets = r#"private_subnet_ids=["subnet-0a11c0ffee0000001", "subnet-0a11c0ffee0000002"]"#;
    assert_agreement("testdata/sample", "testdata/sample/tfplan.json", &["--var", subnets]);
}

#[test]
fn modules_overrides_and_for_each_are_judged_as_by_their_plan() {
    assert_agreement("testdata/locate", "testdata/locate/tfplan.json", &[]);
}

#[test]
fn every_finding_of_a_folder_has_its_line() {
    let ran = dbkeel(["scan", "testdata/locate", "--as-of", AS_OF, "--output", "json", "--quiet"]).judged();
    let document: Value = serde_json::from_slice(&ran.stdout).expect("JSON");
    let places = list(&document["places"]);
    let failed = document["summary"]["total"]["fail"].as_u64().expect("a count");
    assert!(places.len() as u64 >= failed && failed > 0);
    for place in places {
        let file = text(&place["location"]["file"]);
        assert!(Path::new(file).is_file(), "{file}");
        assert!(place["location"]["region"]["start_line"].as_u64() >= Some(1));
    }
}

#[test]
fn root_modules_are_found_and_judged_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = |name: &str, days: &str| {
        format!(
            "variable \"days\" {{ default = {days} }}\nresource \"aws_db_instance\" \"{name}\" {{\n  engine = \"postgres\"\n  backup_retention_period = var.days\n}}\n"
        )
    };
    for (root, days) in [("one", "1"), ("two", "35")] {
        fs::create_dir_all(folder.path().join(root)).expect("a folder");
        fs::write(folder.path().join(root).join("main.tf"), database(root, days)).expect("a file");
    }
    let path = folder.path().to_str().expect("text");
    let ran = scan(path, &["--var", "days=7"]).judged();
    let document: Value = serde_json::from_slice(&ran.stdout).expect("JSON");
    let sources: Vec<&str> = list(&document["sources"]).iter().map(|source| text(&source["path"])).collect();
    assert_eq!(sources.len(), 2, "{sources:?}");
    assert!(list(&document["sources"]).iter().all(|source| source["kind"] == "terraform-configuration"));
    assert_eq!(list(&document["resources"]).len(), 2);
    // One folder sets what the other does not: each has its own verdict, by its own default.
    let ran = scan(path, &[]).judged();
    let read = Scanned::read(&ran.stdout);
    let of_rule: Vec<&str> = read.of_rule("backup_retention").map(|(resource, _)| resource).collect();
    assert_eq!(of_rule, ["aws_db_instance.one", "aws_db_instance.two"]);
    let verdict =
        |name: &str| read.of_rule("backup_retention").find(|(id, _)| id.ends_with(name)).map(|(_, one)| one.to_owned());
    assert_eq!((verdict("one").as_deref(), verdict("two").as_deref()), (Some("fail"), Some("pass")));
}

#[test]
fn a_file_of_variables_that_cannot_be_read_decides_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("live");
    fs::create_dir(&root).expect("a folder");
    let text = "variable \"enc\" {\n  default = true\n}\nresource \"aws_db_instance\" \"a\" {\n  storage_encrypted = var.enc\n}\n";
    fs::write(root.join("main.tf"), text).expect("a file");
    let path = folder.path().to_str().expect("text");
    let encrypted = |ran: Ran| verdicts(ran)[&("storage_encrypted".to_owned(), "aws_db_instance.a".to_owned())].clone();
    for (variables, verdict) in
        [("\u{feff}enc = false\r\n".as_bytes(), "fail"), (b"enc = false # caf\xe9\n", "unknown")]
    {
        fs::write(root.join("terraform.tfvars"), variables).expect("a file");
        assert_eq!(encrypted(scan(path, &[])), verdict);
    }
    let ran = scan(path, &[]).judged();
    assert_eq!(ran.status, 3, "{}", ran.stderr);
    assert!(ran.stderr.contains("live/terraform.tfvars` cannot be read: the file is not UTF-8"), "{}", ran.stderr);
}

#[test]
fn what_is_wrong_is_told_with_its_line_and_the_rest_is_judged() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    write("broken.tf", "resource \"aws_db_instance\" \"a\" {\n  password = \"hunter2\n}\n");
    write("cycle.tf", "locals {\n  a = local.b\n  b = local.a\n}\n");
    write(
        "db.tf",
        "resource \"aws_db_instance\" \"b\" {\n  storage_encrypted = local.a\n  publicly_accessible = true\n}\n",
    );
    let path = folder.path().to_str().expect("text");
    let ran = dbkeel(["scan", path, "--as-of", AS_OF, "--color", "never"]).judged();
    assert_eq!(ran.status, 3, "part of the scope could not be read: {}", ran.stderr);
    for told in ["broken.tf:2", "a cycle: `local.a` needs `local.b`", "cycle.tf:2:7"] {
        assert!(ran.stderr.contains(told), "{told}\n{}", ran.stderr);
    }
    assert!(!ran.stderr.contains("hunter2") && !ran.text().contains("hunter2"), "{}", ran.stderr);
    assert!(ran.text().contains("has a public address"), "{}", ran.text());
}

#[test]
fn a_folder_without_configuration_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let ran = scan(folder.path().to_str().expect("text"), &[]).refused();
    assert!(ran.stderr.contains("no `.tf` or `.tf.json` file"), "{}", ran.stderr);
    let ran = scan("testdata/sample/main.tf", &[]).refused();
    assert!(ran.stderr.contains("give the folder"), "{}", ran.stderr);
    let ran = scan("testdata/sample", &["--var-file", "absent.tfvars"]).refused();
    assert!(ran.stderr.contains("absent.tfvars"), "{}", ran.stderr);
}

/// Places in configuration where a secret may stand in plain text, with `CANARY` for it.
const SECRETS: &[&str] = &[
    "resource \"aws_db_instance\" \"a\" {\n  password = \"CANARY\"\n}\n",
    "resource \"aws_db_instance\" \"a\" {\n  password = \"CANARY\"\n  count = nope.x\n}\n",
    "resource \"aws_db_instance\" \"a\" {\n  password = <<-EOT\n    CANARY\n  EOT\n  multi_az = nope.x\n}\n",
    "resource \"aws_db_instance\" \"a\" {\n  password = \"CANARY${nope.x}\"\n}\n",
    "resource \"aws_db_instance\" \"a\" {\n  password = \"CANARY\n}\nresource \"aws_db_instance\" \"b\" {}\n",
    "resource \"aws_rds_cluster\" \"a\" {\n  engine = \"aurora-mysql\"\n  master_password = upper(\"CANARY\")\n}\n",
    "variable \"p\" {\n  sensitive = true\n  default = \"CANARY\"\n}\nresource \"aws_db_instance\" \"a\" {\n  identifier = var.p\n  username = \"x-${var.p}\"\n}\n",
    "variable \"p\" {\n  sensitive = true\n  default = \"CANARY\"\n}\nresource \"aws_db_instance\" \"a\" {\n  tags = { owner = var.p, tier = var.p }\n}\n",
    "variable \"p\" {\n  sensitive = true\n  default = \"CANARY\"\n}\nresource \"aws_db_instance\" \"a\" {\n  engine_version = regex(\"(\", var.p)\n}\n",
    "variable \"p\" {\n  sensitive = true\n}\nresource \"aws_db_instance\" \"a\" {\n  backup_retention_period = var.p\n  engine = var.p\n}\n",
];

#[test]
fn a_secret_in_configuration_is_in_no_byte_of_any_output() {
    for (number, text) in SECRETS.iter().enumerate() {
        let canary = format!("canary-{number}-7f3a");
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("main.tf"), text.replace("CANARY", &canary)).expect("a file");
        let path = folder.path().to_str().expect("text");
        let given = format!("p={canary}");
        for format in FORMATS {
            for more in [&["--excerpts", "all"][..], &["--fix", "--dry-run"]] {
                let words = ["scan", path, "--as-of", AS_OF, "--output", format, "--var", &given];
                let ran = dbkeel(words.iter().chain(more).copied()).judged();
                assert!(!ran.stderr.contains(&canary), "{number} {format} {more:?}\n{}", ran.stderr);
                assert!(!ran.text().contains(&canary), "{number} {format} {more:?}\n{}", ran.text());
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_read_is_told_of_as_such() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let locked = folder.path().join("locked");
    fs::create_dir(&locked).expect("a folder");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).expect("permissions");
    if fs::read_dir(&locked).is_ok() {
        eprintln!("SKIPPED: this user may read every folder, so a locked one cannot be tested");
        return;
    }
    let ran = scan(locked.to_str().expect("text"), &[]).refused();
    assert!(ran.stderr.contains("cannot be read: Permission denied"), "{}", ran.stderr);
}
