use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};

use crate::facts::api::Object;
use crate::facts::testing::{Sketch, creates, records, updates};
use crate::facts::{Document, SharedFacts};
use crate::model::{Before, Resource};
use crate::source::aws::Member;
use crate::source::terraform::ProviderSettings;

fn document() -> Document {
    Document { file: "plan.json".into(), source: 0, shared: SharedFacts::new() }
}

fn resource_in(sketch: &Sketch, document: &Document) -> Resource {
    *sketch.map_in(document).resource.expect("the type is judged")
}

/// Facts that were made of what differs are those that are made of the resource alone.
fn assert_same(sketches: &[Sketch]) -> Result<(), TestCaseError> {
    let together = document();
    for sketch in sketches {
        let (memoised, alone) = (resource_in(sketch, &together), resource_in(sketch, &document()));
        prop_assert_eq!(&memoised.facts, &alone.facts);
        match (&memoised.before, &alone.before) {
            (Before::Facts(memoised), Before::Facts(alone)) => prop_assert_eq!(memoised, alone),
            (memoised, alone) => prop_assert_eq!(memoised, alone),
        }
    }
    Ok(())
}

/// Attributes of an instance that decide about each other's facts, each with values to choose from.
const CHOICES: &[(&str, &[&str])] = &[
    ("engine", &["null", r#""postgres""#, r#""mysql""#, r#""aurora-postgresql""#, r#""sqlserver-se""#, "3"]),
    ("engine_version", &["null", r#""16.3""#, r#""8.0.36""#]),
    ("instance_class", &["null", r#""db.t3.micro""#, r#""db.m5.large""#]),
    ("backup_retention_period", &["null", "0", "7", r#""7""#]),
    ("storage_encrypted", &["null", "true", "false", r#""true""#]),
    ("kms_key_id", &["null", r#""""#, r#""arn:aws:kms:eu-west-1:123456789012:key/a""#]),
    ("replicate_source_db", &["null", r#""db-0""#]),
    ("snapshot_identifier", &["null", r#""snap""#]),
    ("parameter_group_name", &["null", r#""default.postgres16""#, r#""own""#]),
    ("monitoring_interval", &["null", "0", "60"]),
    ("publicly_accessible", &["null", "true", "false"]),
    ("tags", &["null", "{}", r#"{"owner": "a"}"#, r#"{"owner": null}"#]),
    ("tags_all", &["null", r#"{"owner": "b", "tier": "1"}"#]),
    ("enabled_cloudwatch_logs_exports", &["null", "[]", r#"["postgresql"]"#]),
    ("restore_to_point_in_time", &["null", "[]", r#"[{"use_latest_restorable_time": true}]"#]),
    ("multi_az", &["null", "true", "false"]),
    ("skip_final_snapshot", &["null", "true"]),
];

#[derive(Clone, Debug)]
struct Drawn {
    /// Of each attribute, the value, and what else is known of it.
    values: Vec<(usize, usize)>,
    form: usize,
    provider: usize,
    absent: usize,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    // Mostly what the neighbours have: the more that is the same, the more is remembered.
    let value = prop_oneof![3 => Just(1usize), 2 => 0usize..6];
    let mark = prop_oneof![8 => Just(0usize), 1 => 1usize..7];
    (prop::collection::vec((value, mark), CHOICES.len()), 0usize..4, 0usize..3, 0..CHOICES.len() + 8)
        .prop_map(|(values, form, provider, absent)| Drawn { values, form, provider, absent })
}

fn sketch(drawn: &Drawn, address: &str) -> Sketch {
    let mut values = Map::new();
    let mut marks: Vec<(&str, usize)> = Vec::new();
    for (position, ((name, choices), (value, mark))) in CHOICES.iter().zip(&drawn.values).enumerate() {
        if position == drawn.absent {
            continue;
        }
        let value = choices[value % choices.len()];
        values.insert((*name).to_owned(), serde_json::from_str(value).unwrap());
        marks.push((name, *mark));
    }
    let values = Json::Object(values);
    let mut sketch = match drawn.form {
        0 => records(address, values),
        1 => updates(address, json!({"backup_retention_period": 35, "engine": "postgres"}), values),
        2 => creates(address, values).without_configuration(),
        _ => creates(address, values),
    };
    let unknown: Map<String, Json> =
        marks.iter().filter(|(_, mark)| *mark == 1).map(|(name, _)| ((*name).to_owned(), Json::Bool(true))).collect();
    sketch = sketch.unknown(Json::Object(unknown));
    for (name, mark) in marks {
        sketch = match mark {
            2 if drawn.form == 3 => sketch.refers(name, &["aws_x.a.id", "aws_x.a"], &["aws_x.a"]),
            3 if drawn.form == 3 => sketch.refers(name, &["aws_x.b.id", "aws_x.b"], &["aws_x.b"]),
            4 if drawn.form == 3 => sketch.refers(name, &["var.given"], &[]),
            5 if drawn.form == 3 => sketch.configured(name, &["local.x"], &[]),
            6 => sketch.sensitive(json!({ name: true })),
            _ => sketch,
        };
    }
    match drawn.provider {
        0 => sketch,
        1 => sketch.provider(ProviderSettings { default_tags: None, ..ProviderSettings::default() }),
        _ => sketch.provider(ProviderSettings {
            version_constraint: Some("~> 5.0".into()),
            default_tags: Some([("team".into(), "x".into())].into()),
            ..ProviderSettings::default()
        }),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_is_remembered_is_what_is_made_anew(all in prop::collection::vec(drawn(), 1..24)) {
        let sketches: Vec<Sketch> =
            all.iter().enumerate().map(|(position, of)| sketch(of, &format!("aws_db_instance.db{position}"))).collect();
        assert_same(&sketches)?;
    }

    #[test]
    fn attributes_that_are_remembered_are_those_that_are_read_anew(all in prop::collection::vec(object(), 1..40)) {
        let worker = document();
        let api = crate::facts::terraform::mapping_of("aws_db_instance").unwrap().api;
        for object in all {
            let texts: Vec<(String, String)> =
                object.as_object().unwrap().iter().map(|(name, value)| (name.clone(), value.to_string())).collect();
            let members: Vec<Member<'_>> = texts.iter().map(|(name, raw)| Member::new(name, raw)).collect();
            let remembered =
                worker.shared.of_this_worker().unwrap().attributes(api, &Object::of(&members));
            let anew = api.attributes(&Object::parsed(&object), Vec::new());
            prop_assert_eq!(format!("{remembered:?}"), format!("{anew:?}"));
        }
    }
}

/// Members of an instance that decide about each other's attributes, each with values to choose from; none of them leaves the
/// member out.
const MEMBERS: &[(&str, &[&str])] = &[
    ("@recorder", &["", "", "", "", "", "", "", r#""AWS Config""#]),
    ("AutomaticRestartTime", &["", r#""2026-01-02T03:04:05Z""#, r#""soon""#]),
    ("BackupRetentionPeriod", &["0", "7", "14", ""]),
    ("DBInstanceIdentifier", &[r#""a""#, r#""b""#, r#""c""#]),
    ("DBInstanceStatus", &[r#""available""#, r#""stopped""#, r#""""#]),
    ("DBParameterGroups", &["[]", r#"[{"DBParameterGroupName": "g", "ParameterApplyStatus": "in-sync"}]"#, "3"]),
    ("DbInstancePort", &["0", "5432", ""]),
    ("Endpoint", &[r#"{"Port": 3306}"#, "null", "{}"]),
    ("KmsKeyId", &["", r#""key/1""#, r#""(withheld)""#]),
    ("LatestRestorableTime", &[r#""2026-11-21T23:55:00Z""#, "", r#""2026-11-21T23:50:00.123Z""#]),
    ("MultiAZ", &["true", "false"]),
    ("OptionGroupMemberships", &["[]", r#"[{"OptionGroupName": "o", "Status": "applying"}]"#]),
    ("StorageEncrypted", &["true", "false", ""]),
    ("StorageEncryptionType", &["", r#""none""#, r#""sse-kms""#]),
    ("TagList", &["[]", r#"[{"Key": "a", "Value": "b"}]"#, ""]),
];

fn object() -> impl Strategy<Value = Json> {
    let choice = prop_oneof![3 => Just(0usize), 2 => 0usize..8];
    prop::collection::vec(choice, MEMBERS.len()).prop_map(|drawn| {
        let members = MEMBERS.iter().zip(drawn).map(|((name, choices), drawn)| (*name, choices[drawn % choices.len()]));
        let given = members.filter(|(_, value)| !value.is_empty());
        Json::Object(given.map(|(name, value)| (name.to_owned(), serde_json::from_str(value).unwrap())).collect())
    })
}
