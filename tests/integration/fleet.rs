//! A made-up fleet: plans of any size, in the shape that `terraform show -json` writes, the same bytes for the same seed.
//!
//! The fleet is a row of **stacks**. A stack is one module call with one to four instances (`for_each`), and each
//! instance holds either a database with its parameter group or a cluster with two members. Most databases are in good
//! order, some are not, and some values are known only after apply. Teams share security groups, a key and a subnet
//! group in the root module. The attributes and their states follow what the AWS provider 6 writes for new resources.

mod databases;
pub(crate) mod dice;
mod planned;

use std::io::{self, Write};

use serde_json::{Value, json};

use databases::{a_cluster, an_instance, shared};
use dice::Dice;
use planned::{PROVIDER, Planned};

const KEYS: [&str; 4] = ["eu", "us", "ap", "sa"];
const TEAMS: [&str; 12] =
    ["orders", "billing", "search", "identity", "reports", "stock", "pricing", "mail", "ads", "risk", "media", "audit"];

/// How many databases (instances, clusters and members) a fleet has, and from which seed it is made.
pub(crate) struct Fleet {
    pub(crate) databases: usize,
    pub(crate) seed: u64,
}

/// One module call with all of its instances.
struct Stack {
    call: String,
    keys: Vec<&'static str>,
    resources: Vec<(&'static str, Planned)>,
}

impl Fleet {
    /// Writes the plan as `terraform show -json` does: one line, sections in Terraform's order.
    pub(crate) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(
            br#"{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{"root_module":{"resources":["#,
        )?;
        join(out, shared().iter(), |out, planned| to_json(out, &planned.planned_value("")))?;
        out.write_all(br#"],"child_modules":["#)?;
        join(out, self.stacks().flat_map(child_modules), |out, module| to_json(out, &module))?;
        out.write_all(br#"]}},"resource_changes":["#)?;
        join(out, shared().iter(), |out, planned| to_json(out, &planned.resource_change("")))?;
        for stack in self.stacks() {
            for (key, planned) in &stack.resources {
                out.write_all(b",")?;
                to_json(out, &planned.resource_change(&stack.address(key)))?;
            }
        }
        out.write_all(br#"],"configuration":"#)?;
        self.write_configuration(out)?;
        out.write_all(
            b",\"timestamp\":\"2026-11-20T09:12:44Z\",\"applyable\":true,\"complete\":true,\"errored\":false}\n",
        )
    }

    fn write_configuration(&self, out: &mut impl Write) -> io::Result<()> {
        let provider = json!({"aws": {"name": "aws", "full_name": PROVIDER, "version_constraint": "~> 6.0",
            "expressions": {"region": {"constant_value": "eu-central-1"}}}});
        write!(out, r#"{{"provider_config":{provider},"root_module":{{"resources":["#)?;
        join(out, shared().iter(), |out, planned| to_json(out, &planned.configured()))?;
        out.write_all(br#"],"module_calls":{"#)?;
        join(out, self.stacks(), |out, stack| {
            write!(out, "{}:", Value::from(stack.call.as_str()))?;
            to_json(out, &stack.module_call())
        })?;
        out.write_all(b"}}}")
    }

    fn stacks(&self) -> impl Iterator<Item = Stack> + '_ {
        let mut left = self.databases;
        (0..).map_while(move |number| {
            if left == 0 {
                return None;
            }
            let stack = Stack::new(number, Dice::new(self.seed, number), left);
            left -= stack.databases();
            Some(stack)
        })
    }
}

impl Stack {
    fn new(number: u64, mut dice: Dice, most: usize) -> Self {
        let team = dice.pick(&TEAMS);
        let call = format!("{team}_{number:05}");
        let cluster = dice.chance(35);
        let wanted = 1 + dice.below(KEYS.len() as u64) as usize;
        let mut stack = Self { call, keys: Vec::new(), resources: Vec::new() };
        for key in KEYS.into_iter().take(wanted) {
            let mut resources = if cluster {
                a_cluster(team, number, key, &mut dice)
            } else {
                an_instance(team, number, key, &mut dice)
            };
            resources.truncate(most.saturating_sub(stack.databases()));
            if resources.is_empty() {
                break;
            }
            stack.keys.push(key);
            stack.resources.extend(resources.into_iter().map(|planned| (key, planned)));
        }
        stack
    }

    fn databases(&self) -> usize {
        self.resources.iter().filter(|(_, planned)| planned.kind != "aws_db_parameter_group").count()
    }

    fn address(&self, key: &str) -> String {
        format!("module.{}[\"{key}\"]", self.call)
    }

    fn module_call(&self) -> Value {
        let mut seen: Vec<(&str, &str)> = Vec::new();
        let mut resources = Vec::new();
        for (_, planned) in &self.resources {
            if !seen.contains(&(planned.kind, planned.name)) {
                seen.push((planned.kind, planned.name));
                resources.push(planned.configured());
            }
        }
        json!({
            "source": "./modules/database",
            "expressions": {
                "name": {"references": ["each.key"]},
                "kms_key_arn": {"references": ["aws_kms_key.databases.arn", "aws_kms_key.databases"]},
                "subnet_group_name": {"references": ["aws_db_subnet_group.private.name", "aws_db_subnet_group.private"]},
                "security_group_ids": {"references": ["aws_security_group.databases.id", "aws_security_group.databases"]},
                "settings": {"references": ["each.value"]}, "tags": {"references": ["local.tags"]},
            },
            "for_each_expression": {"references": [format!("local.{}", self.call)]},
            "module": {
                "outputs": {"id": {"expression": {"references": ["local.id"]}}},
                "resources": resources,
                "variables": {"name": {}, "kms_key_arn": {}, "subnet_group_name": {}, "security_group_ids": {}, "settings": {}, "tags": {}},
            },
        })
    }
}

fn child_modules(stack: Stack) -> Vec<Value> {
    let module = |key: &&'static str| {
        let address = stack.address(key);
        let of_key = stack.resources.iter().filter(|(of, _)| of == key);
        let resources: Vec<Value> = of_key.map(|(_, planned)| planned.planned_value(&address)).collect();
        json!({"resources": resources, "address": address})
    };
    stack.keys.iter().map(module).collect()
}
fn to_json(out: &mut impl Write, value: &Value) -> io::Result<()> {
    serde_json::to_writer(out, value).map_err(io::Error::from)
}

fn join<W: Write, T>(
    out: &mut W,
    items: impl IntoIterator<Item = T>,
    mut write: impl FnMut(&mut W, T) -> io::Result<()>,
) -> io::Result<()> {
    for (position, item) in items.into_iter().enumerate() {
        if position > 0 {
            out.write_all(b",")?;
        }
        write(out, item)?;
    }
    Ok(())
}
