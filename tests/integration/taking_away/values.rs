//! Values that an attribute could have instead of the one that it has.

use serde_json::{Value, json};

/// Words that stand for something in one attribute or another. Where one means nothing, it is just another name.
const WORDS: [&str; 10] =
    ["", "other", "default", "admin", "gp2", "0", "mon:02:00-mon:06:00", "02:00-05:00", "db.t2.micro", "DISABLED"];
/// What others refer to it by.
const NAMES: [&str; 4] = ["name", "identifier", "cluster_identifier", "global_cluster_identifier"];
const NUMBERS: [u64; 9] = [0, 1, 5, 7, 20, 731, 3306, 5432, 100_000];

/// Values of the same type as the one that is there; null where a person may leave it out.
pub(super) fn possible_values(attribute: &str, current: &Value) -> Vec<Value> {
    let named = of_name(attribute);
    let mut values = match current {
        Value::Bool(_) => vec![json!(true), json!(false)],
        Value::Number(_) => NUMBERS.iter().map(|number| json!(number)).collect(),
        // All variants are in one plan: a thing that took the name of another's would be joined to it.
        Value::String(_) if NAMES.contains(&attribute) => Vec::new(),
        Value::String(_) => WORDS.iter().map(|word| json!(word)).collect(),
        Value::Array(items) => of_list(items),
        Value::Object(fields) => fields.keys().map(|key| without(current, key)).chain([json!({})]).collect(),
        // Nobody set it, or a reference does: only its name tells what it could be.
        Value::Null => Vec::new(),
    };
    values.extend(named);
    values
}

/// What the name tells, for attributes whose words matter.
fn of_name(attribute: &str) -> Vec<Value> {
    match attribute {
        "engine" => {
            vec![json!("mysql"), json!("postgres"), json!("mariadb"), json!("sqlserver-ex"), json!("aurora-mysql")]
        }
        "engine_version" => vec![json!("5.7.44"), json!("9.6.24"), json!("16.1"), json!("11.8.8"), json!("99.9")],
        "ca_cert_identifier" => vec![json!("rds-ca-2019")],
        "replicate_source_db" | "replication_source_identifier" | "snapshot_identifier" => vec![json!("another")],
        "kms_key_id" | "kms_key_arn" => vec![json!("arn:aws:kms:eu-central-1:123456789012:alias/aws/rds")],
        "publicly_accessible" | "storage_encrypted" | "deletion_protection" | "multi_az" => {
            vec![json!(true), json!(false)]
        }
        "shared_accounts" => vec![json!(["all"]), json!(["999999999999"])],
        "tags" | "tags_all" => vec![json!({"tier": "tier-3"}), json!({"tier": "tier-1"})],
        _ => Vec::new(),
    }
}

fn of_list(items: &[Value]) -> Vec<Value> {
    let mut lists = vec![json!([])];
    for (position, item) in items.iter().enumerate() {
        let replaced = |with: Value| {
            let mut items = items.to_vec();
            items[position] = with;
            Value::Array(items)
        };
        match item {
            Value::Object(fields) => {
                for (name, value) in fields {
                    lists.extend(of_field(value).into_iter().map(|value| {
                        let mut item = item.clone();
                        item[name] = value;
                        replaced(item)
                    }));
                }
            }
            _ => lists.push(replaced(json!("other"))),
        }
    }
    lists
}

fn of_field(value: &Value) -> Vec<Value> {
    match value {
        Value::Bool(value) => vec![json!(!value)],
        Value::Number(_) => vec![json!(0), json!(65_535)],
        Value::String(_) => {
            vec![json!(""), json!("0"), json!("0.0.0.0/0"), json!("igw-0123456789abcdef0"), json!("DISABLED")]
        }
        Value::Array(_) => vec![json!([]), json!(["0.0.0.0/0"])],
        _ => Vec::new(),
    }
}

fn without(map: &Value, key: &str) -> Value {
    let mut map = map.clone();
    if let Some(fields) = map.as_object_mut() {
        fields.remove(key);
    }
    map
}
