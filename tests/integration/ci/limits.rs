//! What GitHub takes: a comment of 65,536 characters, a summary of 1 MiB.

use serde_json::{Value, json};

use super::super::command::{AS_OF, dbkeel};

const DATABASES: usize = 5_000;

/// A plan of databases each of which fails, one of them the worst way.
fn plan() -> Vec<u8> {
    let attributes = |number: usize| {
        json!({"identifier": format!("database-{number:05}-of-a-team-with-a-long-name"), "engine": "postgres", "engine_version": "16.4",
            "instance_class": "db.t4g.medium", "storage_encrypted": number.is_multiple_of(2), "publicly_accessible": number == 4_321,
            "backup_retention_period": 0, "skip_final_snapshot": true, "deletion_protection": false})
    };
    let address = |number: usize| format!("aws_db_instance.database[{number}]");
    let change = |number: usize| {
        json!({"address": address(number), "mode": "managed", "type": "aws_db_instance", "name": "database", "index": number,
            "provider_name": "registry.terraform.io/hashicorp/aws",
            "change": {"actions": ["create"], "before": null, "after": attributes(number), "after_unknown": {"id": true, "arn": true},
                "before_sensitive": false, "after_sensitive": {}}})
    };
    let planned = |number: usize| {
        json!({"address": address(number), "mode": "managed", "type": "aws_db_instance", "name": "database", "index": number,
            "provider_name": "registry.terraform.io/hashicorp/aws", "schema_version": 2, "values": attributes(number),
            "sensitive_values": {}})
    };
    let all = 0..DATABASES;
    let plan = json!({"format_version": "1.2", "terraform_version": "1.11.4",
        "planned_values": {"root_module": {"resources": all.clone().map(planned).collect::<Vec<Value>>()}},
        "resource_changes": all.map(change).collect::<Vec<Value>>(), "configuration": {"root_module": {}}});
    serde_json::to_vec(&plan).unwrap()
}

#[test]
fn a_comment_and_a_summary_of_5000_failing_databases_keep_the_worst_and_say_how_many_are_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(place("tfplan.json"), plan()).unwrap();
    let (comment, summary) = (place("comment.md"), place("summary.md"));
    let ran = dbkeel([
        "scan",
        &place("tfplan.json"),
        "--no-source",
        "--as-of",
        AS_OF,
        "--category",
        "plan/infra/prod",
        "--output",
        &format!("pr-comment={comment}"),
        "--output",
        &format!("markdown={summary}"),
        "--output",
        &format!("json={}", place("all.json")),
    ]);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    let document: Value = serde_json::from_str(&std::fs::read_to_string(place("all.json")).unwrap()).unwrap();
    let failed = document["summary"]["total"]["fail"].as_u64().unwrap() as usize;
    assert!(failed > 5 * DATABASES, "{failed}");
    for (file, limit) in [(&comment, 60_000), (&summary, 900 * 1024)] {
        let text = std::fs::read_to_string(file).unwrap();
        assert!(text.len() < limit && text.chars().count() < limit, "{file}: {}", text.len());
        assert!(text.contains(&format!("✗ {failed} failed")), "{file} counts all of them");
        // The one that is on the internet, which is the worst here.
        assert!(text.contains("database[4321]"), "{file} keeps the worst");
        assert!(text.contains(" more\n"), "{file} says how many are left out");
    }
    let first = std::fs::read_to_string(&comment).unwrap();
    assert_eq!(first.lines().next(), Some("<!-- dbkeel:plan/infra/prod -->"), "the marker survives the cutting");
}
