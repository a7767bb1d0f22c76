//! A repository of Terraform code, and the plan of its root module `platform`: the same databases twice.
//!
//! A file holds one team's databases: three instances with their parameter group, subnet group, key, secret, security group
//! and its rules. Values come from variables, local values and other resources as often as people write them so; some are
//! bad, some are left out. A service is a root module of its own that calls the module `modules/database`.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use serde_json::{Map, Value, json};

use super::integration::fleet::dice::Dice;

/// How many resources a file holds.
pub(super) const PER_FILE: usize = 10;

/// How many files of databases a service has; another one calls modules, and a third one declares variables.
const PER_SERVICE: usize = 8;

const PROVIDER: &str = "registry.terraform.io/hashicorp/aws";

/// What is written.
pub(super) struct Tree {
    /// The files of databases in the root module `platform`.
    pub(super) platform: usize,
    /// The root modules in `services`.
    pub(super) services: usize,
    pub(super) seed: u64,
}

/// What was written.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) files: usize,
    pub(super) blocks: usize,
    pub(super) bytes: usize,
}

impl Tree {
    /// Writes the code into a folder, and the plan beside it.
    pub(super) fn write(&self, folder: &Path, plan: &Path) -> io::Result<Written> {
        let mut written = Written::default();
        let platform = folder.join("platform");
        let mut resources = Vec::new();
        for number in 0..self.platform {
            let databases = databases(number, self.seed);
            written.file(&platform.join(format!("databases_{number:04}.tf")), &databases)?;
            resources.extend(databases);
        }
        written.text(&platform.join("variables.tf"), &variables("platform"))?;
        for number in 0..self.services {
            self.service(&folder.join(format!("services/{number:04}")), number, &mut written)?;
        }
        written.text(&folder.join("modules/database/main.tf"), MODULE)?;
        fs::write(plan, plan_of(&resources).to_string())?;
        Ok(written)
    }

    fn service(&self, folder: &Path, number: usize, written: &mut Written) -> io::Result<()> {
        for file in 0..PER_SERVICE {
            let databases = databases(self.platform + number * PER_SERVICE + file, self.seed);
            written.file(&folder.join(format!("databases_{file}.tf")), &databases)?;
        }
        let mut calls = String::new();
        for name in ["orders", "audit", "stock", "mail", "risk", "media", "search"] {
            let call = attributes(&[
                ("source", "\"../../modules/database\""),
                ("name", &format!("\"{name}-${{var.environment}}\"")),
                ("tags", "local.tags"),
            ]);
            let _ = writeln!(calls, "module \"{name}\" {{\n{call}}}\n");
        }
        written.text(&folder.join("main.tf"), calls.trim_end())?;
        written.text(&folder.join("variables.tf"), &variables(&format!("service-{number}")))
    }
}

impl Written {
    fn file(&mut self, path: &Path, resources: &[Resource]) -> io::Result<()> {
        self.blocks += resources.len();
        let blocks: Vec<String> = resources.iter().map(Resource::block).collect();
        self.text(path, &blocks.join("\n\n"))
    }

    fn text(&mut self, path: &Path, text: &str) -> io::Result<()> {
        fs::create_dir_all(path.parent().expect("a file in a folder"))?;
        self.files += 1;
        self.bytes += text.len() + 1;
        fs::write(path, format!("{text}\n"))
    }
}

/// A resource as it is written and as it is planned.
struct Resource {
    kind: &'static str,
    name: String,
    /// Name, expression, and the planned value if it is known.
    attributes: Vec<(&'static str, String, Option<Value>)>,
    /// Nested blocks of one kind.
    blocks: (&'static str, Vec<Vec<(&'static str, Value)>>),
}

impl Resource {
    fn new(kind: &'static str, name: String) -> Self {
        Self { kind, name, attributes: Vec::new(), blocks: ("", Vec::new()) }
    }

    /// An attribute that is written as its value.
    fn literal(self, name: &'static str, value: impl Into<Value>) -> Self {
        let value = value.into();
        self.set(name, value.to_string(), Some(value))
    }

    /// An attribute that is written as an expression; without a value it is known after apply.
    fn set(mut self, name: &'static str, expression: impl Into<String>, value: Option<Value>) -> Self {
        self.attributes.push((name, expression.into(), value));
        self
    }

    fn block(&self) -> String {
        let lines: Vec<(&str, &str)> =
            self.attributes.iter().map(|(name, expression, _)| (*name, expression.as_str())).collect();
        let mut text = format!("resource \"{}\" \"{}\" {{\n{}", self.kind, self.name, attributes(&lines));
        for block in &self.blocks.1 {
            let lines: Vec<(&str, String)> = block.iter().map(|(name, value)| (*name, value.to_string())).collect();
            let lines: Vec<(&str, &str)> = lines.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let inner = attributes(&lines).replace("\n  ", "\n    ");
            let _ = write!(text, "\n  {} {{\n  {inner}  }}\n", self.blocks.0);
        }
        text + "}"
    }

    fn identity(&self) -> Map<String, Value> {
        let address = format!("{}.{}", self.kind, self.name);
        let json = json!({"address": address, "mode": "managed", "type": self.kind, "name": self.name,
            "provider_name": PROVIDER});
        json.as_object().cloned().unwrap_or_default()
    }

    fn change(&self) -> Value {
        let (mut after, mut unknown) = (Map::new(), Map::from_iter([("id".into(), true.into())]));
        for (name, _, value) in &self.attributes {
            match value {
                Some(value) => drop(after.insert((*name).into(), value.clone())),
                None => drop(unknown.insert((*name).into(), true.into())),
            }
        }
        if !self.blocks.0.is_empty() {
            let objects = self.blocks.1.iter().map(|block| {
                Value::Object(block.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
            });
            after.insert(self.blocks.0.into(), objects.collect());
        }
        let mut row = self.identity();
        row.insert(
            "change".into(),
            json!({"actions": ["create"], "before": null, "after": after, "after_unknown": unknown,
                "before_sensitive": false, "after_sensitive": {}}),
        );
        row.into()
    }

    fn configured(&self) -> Value {
        let mut expressions = Map::new();
        for (name, expression, value) in &self.attributes {
            let reference = expression.trim_matches(['[', ']']);
            let resource = reference.rsplit_once('.').map_or(reference, |(resource, _)| resource);
            let references = match expression.starts_with("var.") || expression.starts_with("local.") {
                true => json!({"references": [reference]}),
                false => json!({"references": [reference, resource]}),
            };
            let is_literal = serde_json::from_str::<Value>(expression).is_ok_and(|written| Some(written) == *value);
            let written = if is_literal { json!({"constant_value": value}) } else { references };
            expressions.insert((*name).into(), written);
        }
        let mut row = self.identity();
        row.remove("provider_name");
        row.insert("expressions".into(), expressions.into());
        row.insert("schema_version".into(), 2.into());
        row.into()
    }
}

/// Lines as `terraform fmt` lays them out.
fn attributes(lines: &[(&str, &str)]) -> String {
    let width = lines.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    lines.iter().map(|(name, expression)| format!("  {name:<width$} = {expression}\n")).collect()
}

fn variables(environment: &str) -> String {
    format!(
        r#"variable "environment" {{
  type    = string
  default = "{environment}"
}}

variable "multi_az" {{
  type    = bool
  default = true
}}

variable "backup_days" {{
  type    = number
  default = 14
}}

locals {{
  tags = {{
    environment = var.environment
    owner       = "team-platform"
  }}
}}"#
    )
}

const MODULE: &str = r#"variable "name" {
  type = string
}

variable "tags" {
  type    = map(string)
  default = {}
}

resource "aws_db_parameter_group" "this" {
  name   = var.name
  family = "postgres17"

  dynamic "parameter" {
    for_each = { "rds.force_ssl" = "1", log_connections = "1" }
    content {
      name  = parameter.key
      value = parameter.value
    }
  }
}

resource "aws_db_instance" "this" {
  for_each             = toset(["a", "b"])
  identifier           = "${var.name}-${each.key}"
  engine               = "postgres"
  engine_version       = "17.10"
  instance_class       = "db.m6g.large"
  storage_encrypted    = true
  parameter_group_name = aws_db_parameter_group.this.name
  tags                 = merge(var.tags, { name = var.name })
}"#;

/// The databases of one file.
fn databases(number: usize, seed: u64) -> Vec<Resource> {
    let mut dice = Dice::new(seed, number as u64);
    let team = format!("team_{number:04}");
    let own = |kind: &str, attribute: &str| format!("{kind}.{team}.{attribute}");
    let tags = || ("local.tags", Some(json!({"environment": "platform", "owner": "team-platform"})));
    let (local_tags, tags_value) = tags();
    let mut resources = Vec::with_capacity(PER_FILE);
    for copy in ["main", "reports", "archive"] {
        let mut database = Resource::new("aws_db_instance", format!("{team}_{copy}"))
            .literal("identifier", format!("{team}-{copy}"))
            .literal("engine", "postgres")
            .literal("engine_version", dice.pick(&["17.10", "16.14", "13.15"]))
            .literal("instance_class", dice.pick(&["db.m6g.large", "db.r6g.xlarge", "db.t3.medium"]))
            .literal("allocated_storage", 100 + dice.below(9) * 50)
            .literal("storage_encrypted", !dice.chance(5))
            .literal("deletion_protection", !dice.chance(15))
            .literal("publicly_accessible", dice.chance(4))
            .set("multi_az", "var.multi_az", Some(true.into()))
            .set("backup_retention_period", "var.backup_days", Some(14.into()))
            .set("db_subnet_group_name", own("aws_db_subnet_group", "name"), Some(json!(team)))
            .set("parameter_group_name", own("aws_db_parameter_group", "name"), Some(json!(team)))
            .set("kms_key_id", own("aws_kms_key", "arn"), None)
            .set("vpc_security_group_ids", format!("[{}]", own("aws_security_group", "id")), None);
        if dice.chance(60) {
            database = database
                .literal("monitoring_interval", dice.pick(&[60, 30, 0]))
                .literal("auto_minor_version_upgrade", true)
                .literal("copy_tags_to_snapshot", !dice.chance(12));
        }
        resources.push(database.set("tags", local_tags, tags_value.clone()));
    }
    let parameter = |name: &str, value: &str| vec![("name", json!(name)), ("value", json!(value))];
    let mut group = Resource::new("aws_db_parameter_group", team.clone())
        .literal("name", team.clone())
        .literal("family", "postgres17")
        .set("tags", local_tags, tags_value.clone());
    group.blocks =
        ("parameter", vec![parameter("rds.force_ssl", dice.pick(&["1", "1", "0"])), parameter("log_connections", "1")]);
    resources.push(group);
    resources.push(Resource::new("aws_db_subnet_group", team.clone()).literal("name", team.clone()).set(
        "subnet_ids",
        r#"["subnet-0a11c0ffee0000001", "subnet-0a11c0ffee0000002"]"#,
        Some(json!(["subnet-0a11c0ffee0000001", "subnet-0a11c0ffee0000002"])),
    ));
    resources.push(
        Resource::new("aws_kms_key", team.clone())
            .literal("description", format!("Databases of {team}"))
            .literal("enable_key_rotation", !dice.chance(10))
            .literal("deletion_window_in_days", 30),
    );
    resources.push(
        Resource::new("aws_secretsmanager_secret", team.clone()).literal("name", format!("{team}/database")).set(
            "kms_key_id",
            own("aws_kms_key", "arn"),
            None,
        ),
    );
    resources.push(
        Resource::new("aws_security_group", team.clone())
            .literal("name", team.clone())
            .literal("vpc_id", "vpc-0d15ea5e000000001")
            .set("tags", local_tags, tags_value),
    );
    for (rule, range) in [("applications", "10.0.0.0/8"), ("office", dice.pick(&["192.168.0.0/16", "0.0.0.0/0"]))] {
        resources.push(
            Resource::new("aws_vpc_security_group_ingress_rule", format!("{team}_{rule}"))
                .set("security_group_id", own("aws_security_group", "id"), None)
                .literal("cidr_ipv4", range)
                .literal("ip_protocol", "tcp")
                .literal("from_port", 5432)
                .literal("to_port", 5432),
        );
    }
    resources
}

/// The plan, with the sections that are read.
fn plan_of(resources: &[Resource]) -> Value {
    let changes: Vec<Value> = resources.iter().map(Resource::change).collect();
    let configured: Vec<Value> = resources.iter().map(Resource::configured).collect();
    json!({
        "format_version": "1.2", "terraform_version": "1.11.4", "resource_changes": changes,
        "configuration": {
            "provider_config": {"aws": {"name": "aws", "full_name": PROVIDER,
                "expressions": {"region": {"constant_value": "eu-central-1"}}}},
            "root_module": {"resources": configured},
        },
        "timestamp": "2026-11-20T09:12:44Z", "applyable": true, "complete": true, "errored": false,
    })
}
