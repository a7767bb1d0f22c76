//! Root modules, evaluated from files.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::source::terraform::eval::Files;
use crate::source::terraform::eval::{Evaluated, Inputs, VariableFile, evaluate};
use crate::source::terraform::hcl::Configuration;
use crate::source::terraform::{Attributes, TerraformResource};

pub(super) struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _: &str) -> Option<Arc<[u8]>> {
        None
    }

    fn list(&self, _: &str) -> Option<Vec<String>> {
        None
    }
}

/// What some files evaluate to; the root module is in `main.tf`.
fn evaluated(files: &[(&str, &str)], inputs: &Inputs) -> Evaluated {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let mut configuration = Configuration::new(folder.path());
    let root = configuration.root(folder.path()).unwrap();
    let tree = configuration.tree(&root);
    evaluate(&configuration, &tree, inputs, &NoFiles, &|_| true)
}

pub(super) fn main(text: &str) -> Evaluated {
    evaluated(&[("main.tf", text)], &Inputs::default())
}

impl Evaluated {
    fn get(&self, address: &str) -> &TerraformResource {
        self.resources.iter().find(|resource| resource.address.as_ref() == address).unwrap_or_else(|| {
            panic!("no {address} among {:?}", self.addresses());
        })
    }

    fn addresses(&self) -> Vec<&str> {
        self.resources.iter().map(|resource| resource.address.as_ref()).collect()
    }

    fn values(&self, address: &str) -> Json {
        self.parts(address, |after, name| after.value(name).cloned())
    }

    fn unknown(&self, address: &str) -> Json {
        self.parts(address, |after, name| Some(after.unknown_in(name).clone()).filter(|mark| !mark.is_null()))
    }

    fn sensitive(&self, address: &str) -> Json {
        self.parts(address, |after, name| Some(after.sensitive_in(name).clone()).filter(|mark| !mark.is_null()))
    }

    fn parts(&self, address: &str, part: impl Fn(&Attributes, &str) -> Option<Json>) -> Json {
        let after = self.get(address).after.as_ref().unwrap();
        Json::Object(after.names().filter_map(|name| Some((name.to_owned(), part(after, name)?))).collect())
    }

    /// Resources, instances and others that an attribute refers to.
    fn references(&self, address: &str, attribute: &str) -> String {
        let references = self.get(address).after.as_ref().unwrap().references(attribute).expect("the attribute is set");
        [&references.led.resources, &references.led.instances, &references.led.others]
            .map(|list| list.join(" "))
            .join(" | ")
    }

    fn messages(&self) -> String {
        self.problems.iter().fold(String::new(), |mut all, problem| {
            writeln!(all, "{:?}: {}", problem.severity, problem.message).unwrap();
            all
        })
    }
}

#[test]
fn attributes_and_blocks_have_the_shape_of_a_plan() {
    let found = main(
        r#"
        locals { days = 7 }
        resource "aws_db_instance" "db" {
          identifier = "db-${local.days}"
          backup_retention_period = local.days
          kms_key_id = null
          tags = { env = "prod" }
          restore_to_point_in_time { use_latest_restorable_time = true }
          timeouts { create = "1h" }
          lifecycle { prevent_destroy = true }
        }
        "#,
    );
    assert_eq!(
        found.values("aws_db_instance.db"),
        json!({
            "identifier": "db-7", "backup_retention_period": 7, "tags": {"env": "prod"},
            "restore_to_point_in_time": [{"use_latest_restorable_time": true}], "timeouts": {"create": "1h"},
        })
    );
    assert_eq!(found.messages(), "");
    assert!(found.get("aws_db_instance.db").declared);
}

#[test]
fn references_lead_to_resources_whether_or_not_their_attributes_are_known() {
    let found = main(
        r#"
        resource "aws_kms_key" "k" { count = 2 }
        resource "aws_db_parameter_group" "p" { name = "pg" }
        data "aws_vpc" "v" {}
        locals { group = aws_db_parameter_group.p.name }
        resource "aws_db_instance" "db" {
          kms_key_id = aws_kms_key.k[1].arn
          parameter_group_name = local.group
          subnet_ids = [for k in aws_kms_key.k : k.id]
          all = aws_kms_key.k[*].id
          vpc = data.aws_vpc.v.id
        }
        "#,
    );
    let db = "aws_db_instance.db";
    assert_eq!(
        found.values(db),
        json!({"parameter_group_name": "pg", "subnet_ids": [null, null], "all": [null, null]})
    );
    assert_eq!(
        found.unknown(db),
        json!({"kms_key_id": true, "subnet_ids": [true, true], "all": [true, true], "vpc": true})
    );
    assert_eq!(found.references(db, "kms_key_id"), "aws_kms_key.k | aws_kms_key.k[1] | ");
    assert_eq!(found.references(db, "parameter_group_name"), "aws_db_parameter_group.p |  | ");
    assert_eq!(found.references(db, "all"), "aws_kms_key.k | aws_kms_key.k[0] aws_kms_key.k[1] | ");
    assert_eq!(found.references(db, "vpc"), " |  | data.aws_vpc.v");
    assert_eq!(found.messages(), "");
}

#[test]
fn count_and_for_each_make_instances() {
    let found = main(
        r#"
        variable "names" { default = { "eu.west" = 1, us = 2 } }
        resource "aws_db_instance" "c" {
          count = 2
          port = 5432 + count.index
        }
        resource "aws_db_instance" "e" {
          for_each = var.names
          identifier = each.key
          port = each.value
        }
        resource "aws_db_instance" "none" { count = 0 }
        "#,
    );
    assert_eq!(
        found.addresses(),
        [
            "aws_db_instance.c[0]",
            "aws_db_instance.c[1]",
            r#"aws_db_instance.e["eu.west"]"#,
            r#"aws_db_instance.e["us"]"#
        ]
    );
    assert_eq!(found.values("aws_db_instance.c[1]"), json!({"port": 5433}));
    assert_eq!(found.values(r#"aws_db_instance.e["us"]"#), json!({"identifier": "us", "port": 2}));
    assert_eq!(found.get(r#"aws_db_instance.e["us"]"#).index.as_deref(), Some(r#""us""#));
    assert_eq!(found.resources_seen, 4);
}

#[test]
fn where_the_number_is_not_known_one_instance_stands_for_all() {
    let found = main(
        r#"
        variable "create" { type = bool }
        data "aws_azs" "z" {}
        resource "aws_db_instance" "c" {
          count = var.create ? 1 : 0
          port = 5432
          identifier = "db-${count.index}"
        }
        resource "aws_db_instance" "e" {
          for_each = toset(data.aws_azs.z.names)
          availability_zone = each.key
        }
        resource "aws_route" "r" { target = aws_db_instance.c[0].port }
        "#,
    );
    assert_eq!(found.addresses(), ["aws_db_instance.c[*]", "aws_db_instance.e[*]", "aws_route.r"]);
    assert_eq!(found.values("aws_db_instance.c[*]"), json!({"port": 5432}));
    assert_eq!(found.references("aws_db_instance.c[*]", "identifier"), " |  | count.index var.create");
    assert_eq!(found.unknown("aws_route.r"), json!({"target": true}));
    assert_eq!(found.messages(), "Note: no value for `create`\n");
}

#[test]
fn modules_hand_values_down_and_up() {
    let files = [
        (
            "main.tf",
            r#"
            module "db" {
              for_each = { a = 1, b = 30 }
              source = "./db"
              days = each.value
              key = aws_kms_key.k.arn
            }
            resource "aws_kms_key" "k" {}
            resource "aws_alarm" "x" {
              target = module.db["b"].id
              days   = module.db["b"].days
            }
            "#,
        ),
        (
            "db/main.tf",
            r#"
            variable "days" { type = string }
            variable "key" {}
            resource "aws_db_instance" "this" {
              backup_retention_period = var.days
              kms_key_id = var.key
            }
            output "id" { value = aws_db_instance.this.id }
            output "days" { value = aws_db_instance.this.backup_retention_period }
            "#,
        ),
    ];
    let found = evaluated(&files, &Inputs::default());
    assert_eq!(found.messages(), "");
    let a = r#"module.db["a"].aws_db_instance.this"#;
    assert_eq!(found.values(a), json!({"backup_retention_period": "1"}));
    assert_eq!(found.references(a, "kms_key_id"), "aws_kms_key.k |  | ");
    assert_eq!(found.get(a).module_address.as_ref(), r#"module.db["a"]"#);
    let b = r#"module.db.aws_db_instance.this | module.db["b"].aws_db_instance.this | "#;
    assert_eq!(found.references("aws_alarm.x", "target"), b);
    assert_eq!(found.references("aws_alarm.x", "days"), b);
    assert_eq!(found.values("aws_alarm.x"), json!({"days": "30"}));
}

#[test]
fn a_module_that_is_not_there_makes_unknown_what_depends_on_it() {
    let found = main(
        r#"
        module "net" { source = "terraform-aws-modules/vpc/aws" }
        resource "aws_db_instance" "db" {
          port = 5432
          subnets = module.net.private_subnets
        }
        "#,
    );
    assert_eq!(found.values("aws_db_instance.db"), json!({"port": 5432}));
    assert_eq!(found.references("aws_db_instance.db", "subnets"), " |  | module.net (not there)");
    assert!(found.messages().starts_with("Note: `module.net` is not evaluated: "), "{}", found.messages());
}

#[test]
fn a_module_that_calls_itself_ends() {
    let found = evaluated(
        &[("main.tf", "module \"again\" {\n source = \"./\"\n}\nresource \"a_b\" \"c\" {}\n")],
        &Inputs::default(),
    );
    assert_eq!(found.addresses(), ["a_b.c"]);
    assert!(found.messages().contains("calls itself"), "{}", found.messages());
}

#[test]
fn variables_take_the_last_of_what_they_are_given() {
    let text = r#"
        variable "a" { default = "default" }
        variable "b" { default = "default" }
        variable "c" {}
        variable "d" { type = list(number) }
        variable "e" {
          type = object({ x = string, y = optional(number, 5), z = optional(bool) })
        }
        variable "f" {
          default = 1
          nullable = false
        }
        variable "g" { type = number }
        resource "x_y" "z" {
          values = [var.a, var.b, var.c, var.d, var.e, var.f, var.g]
        }
    "#;
    let inputs = Inputs {
        environment: [("TF_VAR_a", "env"), ("TF_VAR_b", "env"), ("TF_VAR_d", "[1, 2]"), ("TF_VAR_g", "7")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into(),
        var_files: vec![
            VariableFile { name: "terraform.tfvars".into(), text: Ok("\u{feff}b = \"file\"\ne = { x = 1 }\n".into()) },
            VariableFile { name: "x.auto.tfvars.json".into(), text: Ok(r#"{"c": "json", "f": null}"#.into()) },
        ],
        vars: vec![("c".to_owned(), "flag".to_owned())],
        workspace: None,
    };
    let found = evaluated(&[("main.tf", text)], &inputs);
    assert_eq!(found.messages(), "");
    assert_eq!(
        found.values("x_y.z"),
        json!({"values": ["env", "file", "flag", [1, 2], {"x": "1", "y": 5, "z": null}, 1, 7]})
    );
}

#[test]
fn a_file_that_cannot_be_read_may_set_every_variable() {
    let text = r#"
        variable "a" { default = "default" }
        variable "b" { default = "default" }
        variable "c" { default = "default" }
        resource "x_y" "z" {
          a = var.a
          b = var.b
          c = var.c
        }
    "#;
    for unread in [Ok("a = \"hunter2\"\nb =\n".into()), Err("it is not UTF-8".into())] {
        let inputs = Inputs {
            environment: [("TF_VAR_a".to_owned(), "env".to_owned())].into(),
            var_files: vec![VariableFile { name: "live/terraform.tfvars".into(), text: unread }],
            vars: vec![("c".to_owned(), "flag".to_owned())],
            workspace: None,
        };
        let found = evaluated(&[("main.tf", text)], &inputs);
        assert!(found.messages().contains("`live/terraform.tfvars` cannot be read"), "{}", found.messages());
        assert!(!found.messages().contains("hunter2"), "{}", found.messages());
        assert_eq!(found.values("x_y.z"), json!({"c": "flag"}));
        assert_eq!(found.unknown("x_y.z"), json!({"a": true, "b": true}));
    }
}

#[test]
fn a_wrong_type_is_a_problem_and_the_rest_is_judged() {
    let found = main(
        r#"
        variable "n" {
          type = number
          default = "many"
        }
        resource "x_y" "z" {
          a = var.n
          b = 1
          c = nothing.here
          d = 1 + true
        }
        "#,
    );
    assert_eq!(found.values("x_y.z"), json!({"b": 1}));
    assert_eq!(found.unknown("x_y.z"), json!({"a": true, "c": true, "d": true}));
    assert_eq!(
        found.messages(),
        "Error: the value of `n`: a number is required, not a string\n\
         Error: there is no resource `nothing.here` in this module\n\
         Error: a number is required, not a bool\n"
    );
}

#[test]
fn a_cycle_is_named_once() {
    let found = main(
        r#"
        locals {
          a = local.b
          b = [local.c]
          c = local.a
          d = local.c
          fine = 1
        }
        resource "x_y" "z" {
          one = local.d
          two = local.a
          three = local.fine
        }
        "#,
    );
    assert_eq!(found.messages(), "Error: a cycle: `local.a` needs `local.b` needs `local.c` needs `local.a`\n");
    assert_eq!(found.values("x_y.z"), json!({"three": 1}));
}

#[test]
fn dynamic_blocks_become_blocks() {
    let found = main(
        r#"
        variable "open" {}
        locals { rules = [{ port = 1, cidrs = ["a"] }, { port = 2, cidrs = [] }] }
        resource "aws_security_group" "g" {
          ingress { from_port = 0 }
          dynamic "ingress" {
            for_each = local.rules
            content {
              from_port = ingress.value.port
              index = ingress.key
              dynamic "nested" {
                for_each = ingress.value.cidrs
                iterator = cidr
                content { cidr = "${cidr.value}/${ingress.value.port}" }
              }
            }
          }
          dynamic "egress" {
            for_each = var.open
            content { from_port = 1 }
          }
        }
        "#,
    );
    assert_eq!(
        found.values("aws_security_group.g"),
        json!({"ingress": [
            {"from_port": 0},
            {"from_port": 1, "index": 0, "nested": [{"cidr": "a/1"}]},
            {"from_port": 2, "index": 1, "nested": []},
        ]})
    );
    assert_eq!(found.unknown("aws_security_group.g"), json!({"egress": true}));
    assert_eq!(found.references("aws_security_group.g", "egress"), " |  | var.open");
}

#[test]
fn secrets_are_withheld() {
    let found = main(
        r#"
        variable "secret" {
          default = "hunter2"
          sensitive = true
        }
        resource "aws_db_instance" "db" {
          password = "hunter2"
          other = "x${var.secret}"
          list = ["a", var.secret]
        }
        "#,
    );
    assert_eq!(found.values("aws_db_instance.db"), json!({"password": null, "other": null, "list": ["a", null]}));
    assert_eq!(found.sensitive("aws_db_instance.db"), json!({"password": true, "other": true, "list": [false, true]}));
}

#[test]
fn messages_hold_no_secret() {
    let text = r#"
        variable "pw" {
          sensitive = true
          default = "hunter2"
        }
        variable "by_key" {
          sensitive = true
          type = map(number)
          default = { hunter2 = "x" }
        }
        resource "x_y" "z" {
          a = cidrhost(var.pw, 1)
          b = lookup({}, var.pw)
          c = regex("[${var.pw}", "x")
          d = textencodebase64("x", var.pw)
          e = csvdecode("${var.pw},${var.pw}")
          f = formatdate(var.pw, "2020-01-01T00:00:00Z")
          g = var.by_key
          h = cidrhost("public", 1)
        }
    "#;
    let messages = main(text).messages();
    assert!(!messages.contains("hunter2"), "{messages}");
    assert!(messages.contains("the value of `by_key`, which is sensitive"), "{messages}");
    assert!(messages.contains("`public` is not a block of addresses"), "{messages}");
    assert_eq!(messages.matches("a sensitive argument does not fit").count(), 6, "{messages}");
}

#[test]
fn provider_settings_follow_aliases_through_modules() {
    let files = [
        (
            "main.tf",
            r#"
            terraform {
              required_providers {
                aws = {
                  source  = "hashicorp/aws"
                  version = "~> 5.0"
                }
              }
            }
            variable "region" { default = "eu-west-1" }
            provider "aws" {
              region = var.region
              allowed_account_ids = ["123456789012"]
              default_tags {
                tags = { owner = "dba" }
              }
            }
            provider "aws" {
              alias = "west"
              region = "us-west-2"
            }
            resource "aws_db_instance" "a" {}
            resource "aws_db_instance" "b" { provider = aws.west }
            module "m" {
              source = "./m"
              providers = { aws.other = aws.west }
            }
            module "n" {
              source = "./m"
              providers = { aws = aws.west }
            }
            "#,
        ),
        (
            "m/main.tf",
            "resource \"aws_db_instance\" \"c\" {}\nresource \"aws_db_instance\" \"d\" {\nprovider = aws.other\n}\n",
        ),
    ];
    let found = evaluated(&files, &Inputs::default());
    let region = |address: &str| found.get(address).provider.region.as_deref().map(str::to_owned);
    assert_eq!(region("aws_db_instance.a").as_deref(), Some("eu-west-1"));
    assert_eq!(region("aws_db_instance.b").as_deref(), Some("us-west-2"));
    assert_eq!(region("module.m.aws_db_instance.c").as_deref(), Some("eu-west-1"));
    assert_eq!(region("module.m.aws_db_instance.d").as_deref(), Some("us-west-2"));
    assert_eq!(region("module.n.aws_db_instance.c").as_deref(), Some("us-west-2"));
    assert_eq!(region("module.n.aws_db_instance.d"), None);
    let settings = &found.get("aws_db_instance.a").provider;
    assert_eq!(settings.account.as_deref(), Some("123456789012"));
    assert_eq!(settings.version_constraint.as_deref(), Some("~> 5.0"));
    assert_eq!(settings.default_tags, Some(BTreeMap::from([("owner".into(), "dba".into())])));
}

#[test]
fn too_much_ends_in_a_problem() {
    let chain: String = (0..2_000).map(|n| format!("  a{n} = [local.a{}]\n", n + 1)).collect();
    let text = format!(
        "locals {{\n{chain}  a2000 = 1\n}}\n\
         resource \"x_y\" \"many\" {{\n  count = 1000000000\n}}\n\
         resource \"x_y\" \"deep\" {{\n  a = local.a0\n}}\n\
         resource \"x_y\" \"fine\" {{\n  a = 1\n}}\n"
    );
    let found = main(&text);
    assert_eq!(found.values("x_y.fine"), json!({"a": 1}));
    assert!(found.addresses().contains(&"x_y.many[*]"));
    assert!(found.messages().contains("1000000000 instances"), "{}", found.messages());
    assert!(found.messages().contains("levels deep"), "{}", found.messages());
}

#[test]
fn a_long_chain_of_everything_does_not_fill_the_stack() {
    let link = |n: usize| {
        let inner = format!("local.a{}", n + 1);
        format!(
            "  a{n} = \"x${{try([for x in [true ? merge({{ y = {inner} }}, {{}}) : null] : x.y if true][0], 1)}}\"\n"
        )
    };
    let chain: String = (0..500).map(link).collect();
    let text = format!("locals {{\n{chain}  a500 = 1\n}}\nresource \"x_y\" \"deep\" {{\n  a = local.a0\n}}\n");
    assert!(main(&text).messages().contains("levels deep"));
}

#[test]
fn paths_and_the_workspace() {
    let files = [
        (
            "main.tf",
            "module \"m\" {\n source = \"./mods/m\"\n}\nresource \"x_y\" \"z\" {\n a = [path.module, path.root, terraform.workspace]\n b = path.cwd\n}\n",
        ),
        ("mods/m/main.tf", "resource \"x_y\" \"z\" {\n a = \"${path.module}/x\"\n}\n"),
    ];
    let found = evaluated(&files, &Inputs { workspace: Some("prod".into()), ..Inputs::default() });
    assert_eq!(found.values("x_y.z"), json!({"a": [".", ".", "prod"]}));
    assert_eq!(found.unknown("x_y.z"), json!({"b": true}));
    assert_eq!(found.values("module.m.x_y.z"), json!({"a": "mods/m/x"}));
}

#[test]
fn a_resource_knows_where_its_modules_come_from() {
    let database = "resource \"aws_db_instance\" \"db\" {}\n";
    let found = evaluated(
        &[
            (
                "main.tf",
                &format!("{database}module \"team\" {{\n  for_each = toset([\"a\"])\n  source = \"./team\"\n}}\n"),
            ),
            ("team/main.tf", "module \"rds\" {\n  source = \"../rds\"\n}\n"),
            ("rds/main.tf", database),
        ],
        &Inputs::default(),
    );
    let sources = |address: &str| found.get(address).module_sources.clone().unwrap().to_vec();
    assert_eq!(sources("aws_db_instance.db"), []);
    assert_eq!(sources("module.team[\"a\"].module.rds.aws_db_instance.db"), ["./team".into(), "../rds".into()]);
}
