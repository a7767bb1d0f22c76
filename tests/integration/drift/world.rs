//! What moto 5.2.5 does not tell as AWS does, put right in its replies, for the undisturbed fleet and the disturbed one
//! alike; and what somebody cannot do through its API, written into the replies of the disturbed one.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use crate::integration::collect::{Asked, Edit};

/// What AWS tells of every database, and moto of none (RDS.md section 2.1).
const ALWAYS: &[(&str, &str)] = &[
    ("BackupTarget", "region"),
    ("CustomerOwnedIpEnabled", "false"),
    ("DatabaseInsightsMode", "standard"),
    ("DedicatedLogVolume", "false"),
    ("EngineLifecycleSupport", "open-source-rds-extended-support"),
    ("NetworkType", "IPV4"),
    ("PerformanceInsightsEnabled", "false"),
];

/// A member of an object of a reply, whose ARN ends so: `us-east-1:123456789012:db:db-01`.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) arn: String,
    pub(super) member: &'static str,
    pub(super) inner: String,
}

/// The ids that databases have for life, by ARN prefix and the instant at which they were made.
#[derive(Default)]
struct Ids {
    by_birth: BTreeMap<String, String>,
    by_name: BTreeMap<String, usize>,
}

/// A fleet whose databases keep their ids through a renaming, and get another one when they are made again.
#[derive(Clone, Default)]
pub(super) struct World {
    ids: Arc<Mutex<Ids>>,
}

impl World {
    /// The edits of replies, with what is told otherwise.
    pub(super) fn edit(&self, told: Vec<Told>) -> Edit {
        let world = self.clone();
        Arc::new(move |asked: &Asked, body: String| match asked.action.as_str() {
            "DescribeDBInstances" => each(&body, "DBInstance", |object| {
                let object = set(&object, "DbiResourceId", &world.id(&object));
                let object = ALWAYS.iter().fold(object, |object, (member, inner)| match get(&object, member) {
                    Some(_) => object,
                    None => set(&object, member, inner),
                });
                let object = set(&object, "PreferredMaintenanceWindow", "sun:04:00-sun:04:30");
                let object = set(&object, "PreferredBackupWindow", "02:00-02:30");
                applied(object, "DBInstanceArn", &told)
            }),
            "DescribeDBClusters" => each(&body, "DBCluster", |object| {
                let object = set(&object, "PreferredMaintenanceWindow", "sun:04:00-sun:04:30");
                let object = set(&object, "PreferredBackupWindow", "02:00-02:30");
                applied(object, "DBClusterArn", &told)
            }),
            _ => body,
        })
    }

    /// moto gives every database the same id.
    fn id(&self, object: &str) -> String {
        let arn = get(object, "DBInstanceArn").expect("an ARN");
        let (place, _) = arn.rsplit_once(':').expect("an ARN has parts");
        let birth = format!("{place} {}", get(object, "InstanceCreateTime").expect("it was made"));
        let mut ids = self.ids.lock().expect("the ids");
        if let Some(id) = ids.by_birth.get(&birth) {
            return id.clone();
        }
        let times = ids.by_name.entry(arn.to_owned()).or_default();
        *times += 1;
        let of: String = arn.split(':').skip(3).collect::<Vec<_>>().concat();
        let letters: String = of.chars().filter(char::is_ascii_alphanumeric).collect();
        let id = format!("db-{}LIFE{times}", letters.to_uppercase());
        ids.by_birth.insert(birth, id.clone());
        id
    }
}

fn applied(object: String, arn: &str, told: &[Told]) -> String {
    let arn = get(&object, arn).expect("an ARN").to_owned();
    let of_object = told.iter().filter(|told| arn.ends_with(&told.arn));
    of_object.fold(object, |object, told| set(&object, told.member, &told.inner))
}

/// The body with each of its elements of a name edited.
fn each(body: &str, element: &str, edit: impl Fn(String) -> String) -> String {
    let (open, close) = (format!("<{element}>"), format!("</{element}>"));
    let mut parts = body.split(&open);
    let mut edited = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (object, rest) = part.split_once(&close).expect("an element ends");
        edited.push_str(&format!("{open}{}{close}{rest}", edit(object.to_owned())));
    }
    edited
}

fn get<'a>(object: &'a str, member: &str) -> Option<&'a str> {
    let rest = object.split_once(&format!("<{member}>"))?.1;
    Some(rest.split_once(&format!("</{member}>"))?.0)
}

/// The object with a member set, be it there or not.
fn set(object: &str, member: &str, inner: &str) -> String {
    let (open, close) = (format!("<{member}>"), format!("</{member}>"));
    let whole = format!("{open}{inner}{close}");
    match (object.split_once(&open), object.split_once(&format!("<{member}/>"))) {
        (Some((before, rest)), _) => {
            let (_, after) = rest.split_once(&close).expect("an element ends");
            format!("{before}{whole}{after}")
        }
        (None, Some((before, after))) => format!("{before}{whole}{after}"),
        (None, None) => format!("{object}{whole}"),
    }
}
