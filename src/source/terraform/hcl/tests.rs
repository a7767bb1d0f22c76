//! Reading folders, in both syntaxes, with everything that can be wrong with them.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;

use super::module::ModuleId;
use super::*;

/// A folder with the given files.
pub(crate) fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn read(files: &[(&str, &str)]) -> (Configuration, ModuleId) {
    let folder = folder(files);
    let mut configuration = Configuration::new(folder.path());
    let id = configuration.open(folder.path()).unwrap();
    (configuration, id)
}

fn titles(configuration: &Configuration) -> Vec<String> {
    configuration
        .diagnostics
        .iter()
        .map(|diagnostic| {
            let file = diagnostic.source.as_ref().map_or("", |source| &source.name);
            let (line, column) = diagnostic.place.unwrap_or_default();
            format!("{file}:{line}:{column}: {}", diagnostic.title)
        })
        .collect()
}

fn line(configuration: &Configuration, span: Span) -> String {
    let location = configuration.files.location(span).unwrap();
    let region = location.region.unwrap();
    format!("{}:{}:{}", location.file, region.start_line, region.start_column)
}

/// What an attribute says, without the space around it.
fn value(body: &Body, name: &str) -> String {
    body.attribute(name).unwrap().expression.to_string().trim().to_owned()
}

const NATIVE: &str = r#"# ä
resource "aws_db_instance" "main" {
  storage_encrypted = var.encrypted

  timeouts {
    create = "1h"
  }
  dynamic "ingress" {
    for_each = []
    content { from_port = 1 }
  }
}
locals { a = 1 }
module "x" { source = "./x" }
"#;

#[test]
fn native_syntax_has_the_span_of_everything() {
    let (configuration, id) = read(&[("main.tf", NATIVE)]);
    let module = configuration.module(id);
    let block = module.resource("aws_db_instance", "main").unwrap();
    assert_eq!(configuration.files.text(block.header), r#"resource "aws_db_instance" "main""#);
    assert!(configuration.files.text(block.span).ends_with("}\n}"), "{:?}", configuration.files.text(block.span));
    let attribute = block.body.attribute("storage_encrypted").unwrap();
    assert_eq!(configuration.files.text(attribute.span), "storage_encrypted = var.encrypted");
    assert_eq!(configuration.files.text(attribute.value), "var.encrypted");
    assert_eq!(line(&configuration, attribute.span), "main.tf:3:3");
    assert_eq!(block.body.blocks[1].labels, [Arc::from("ingress")]);
    assert_eq!(module.locals.len() + module.calls.len(), 2);
    assert_eq!(titles(&configuration), [""; 0]);
}

#[test]
fn carriage_returns_and_a_byte_order_mark_change_no_place() {
    let text = format!("\u{feff}{}", NATIVE.replace('\n', "\r\n"));
    let (configuration, id) = read(&[("main.tf", &text)]);
    let block = configuration.module(id).resource("aws_db_instance", "main").unwrap();
    assert_eq!(line(&configuration, block.header), "main.tf:2:1");
    assert_eq!(line(&configuration, block.body.attribute("storage_encrypted").unwrap().span), "main.tf:3:3");
}

#[test]
fn json_syntax_becomes_the_same_blocks() {
    let json = r#"{
  "//": "a comment",
  "resource": {
    "aws_db_instance": {
      "main": {
        "storage_encrypted": "${var.encrypted}",
        "identifier": "db-${var.name}",
        "tags": {"Owner": "a"},
        "timeouts": {"create": "1h"},
        "ingress": [{"from_port": 1}, {"from_port": 2}],
        "depends_on": ["aws_vpc.main"],
        "provisioner": [{"local-exec": {"command": "true"}}],
        "dynamic": {"egress": {"for_each": [], "content": {"to_port": 1}}}
      }
    }
  },
  "variable": {"encrypted": {"type": "bool", "default": "${not.a.template}"}},
  "locals": {"a": 1, "b": {"c": [true, null]}},
  "module": {"x": {"source": "./x", "rules": [{"a": 1}], "providers": {"aws": "aws.eu"}}}
}"#;
    let (configuration, id) = read(&[("main.tf.json", json)]);
    assert_eq!(titles(&configuration), [""; 0]);
    let module = configuration.module(id);
    let block = module.resource("aws_db_instance", "main").unwrap();
    assert_eq!(configuration.files.text(block.header), r#""main""#);
    assert_eq!(value(&block.body, "storage_encrypted"), "var.encrypted");
    assert_eq!(value(&block.body, "identifier"), r#""db-${var.name}""#);
    assert_eq!(line(&configuration, block.body.attribute("storage_encrypted").unwrap().span), "main.tf.json:6:9");
    let kinds: Vec<String> =
        block.body.blocks.iter().map(|block| format!("{} {}", block.kind, block.labels.join(" "))).collect();
    assert_eq!(kinds, ["timeouts ", "ingress ", "ingress ", "provisioner local-exec", "dynamic egress"]);
    assert_eq!(line(&configuration, block.body.blocks[2].header), "main.tf.json:10:39");
    let x = module.calls.values().next().unwrap();
    assert_eq!(x.body.attributes.len(), 3);
    assert_eq!(value(&x.body, "providers"), r#"{"aws" = aws.eu,}"#);
    let encrypted = &module.variables["encrypted"];
    assert_eq!(encrypted.body.attribute("default").unwrap().expression.as_str(), Some("${not.a.template}"));
    assert!(encrypted.body.attribute("type").unwrap().expression.as_variable().is_some());
}

#[test]
fn override_files_replace_attributes_and_kinds_of_blocks() {
    let (configuration, id) = read(&[
        (
            "a.tf",
            r#"
resource "aws_db_instance" "main" {
  identifier = "a"
  multi_az   = false
  ingress {
    from_port = 1
  }
  ingress {
    from_port = 2
  }
  timeouts {
    create = "1h"
  }
  lifecycle {
    prevent_destroy       = true
    create_before_destroy = true
  }
}
locals {
  a = 1
  b = 2
}
"#,
        ),
        (
            "override.tf",
            r#"
resource "aws_db_instance" "main" {
  multi_az = true
  dynamic "ingress" {
    for_each = []
    content {}
  }
  lifecycle {
    prevent_destroy = false
  }
}
resource "aws_db_instance" "other" {}
locals {
  b = 3
}
"#,
        ),
        ("z_override.tf.json", r#"{"resource": {"aws_db_instance": {"main": {"identifier": "z"}}}}"#),
    ]);
    let module = configuration.module(id);
    let body = &module.resource("aws_db_instance", "main").unwrap().body;
    let lines: Vec<String> = body.attributes.iter().map(|one| line(&configuration, one.span)).collect();
    assert_eq!(lines, ["z_override.tf.json:1:44", "override.tf:3:3"]);
    let kinds: Vec<&str> = body.blocks.iter().map(|block| block.kind.as_ref()).collect();
    assert_eq!(kinds, ["timeouts", "lifecycle", "dynamic"]);
    assert_eq!(value(&body.blocks[1].body, "prevent_destroy"), "false");
    assert_eq!(value(&body.blocks[1].body, "create_before_destroy"), "true");
    assert_eq!(module.locals["b"].expression.to_string().trim(), "3");
    assert_eq!(titles(&configuration), ["override.tf:12:1: there is no `aws_db_instance.other` to override"]);
}

#[test]
fn a_broken_file_is_told_and_the_rest_of_the_folder_counts() {
    let folder = folder(&[
        ("a.tf", "resource \"x\" \"y\" {\n  a = \n}\n"),
        ("b.tf.json", "{\"locals\": {\"a\": 1,}}"),
        ("good.tf", "resource \"x\" \"y\" {}\nresource \"x\" {}\nresource \"x\" \"y\" {}\nwhat {}\na = 1\n"),
    ]);
    fs::write(folder.path().join("c.tf"), b"a = \"\xff\"").unwrap();
    fs::create_dir(folder.path().join("d.tf")).unwrap();
    let mut configuration = Configuration::new(folder.path());
    let id = configuration.open(folder.path()).unwrap();
    assert!(configuration.module(id).resource("x", "y").is_some());
    insta::assert_snapshot!(titles(&configuration).join("\n"), @r#"
    a.tf:2:7: this is not valid Terraform: invalid expression; expected `"`, `[`, `{`, `-`, `!`, `(`, `_`, `<`, letter or digit
    b.tf.json:1:19: this is not valid JSON: trailing commas are not allowed
    c.tf:1:6: the file is not UTF-8
    good.tf:5:1: `a` is set outside of a block
    good.tf:2:1: `resource` takes 2 labels, not 1
    good.tf:3:1: `x.y` is declared twice
    good.tf:4:1: Terraform has no block `what`
    "#);
}

#[test]
fn calls_resolve_by_their_whole_path() {
    let folder = folder(&[
        (
            "main.tf",
            "module \"a\" { source = \"./a\" }\nmodule \"b\" { source = \"./b\" }\nmodule \"r\" { source = \"x/y/z\" }\nmodule \"lost\" { source = \"q/y/z\" }\n",
        ),
        ("a/main.tf", "module \"db\" { source = \"./db\" }\n"),
        ("b/main.tf", "module \"db\" { source = \"../shared\" }\n"),
        ("a/db/main.tf", "locals { a = 1 }\n"),
        ("shared/main.tf", "locals { b = 1 }\n"),
        (".terraform/modules/r/main.tf", "module \"db\" { source = \"./modules/db\" }\n"),
        (".terraform/modules/r/modules/db/main.tf", "locals { c = 1 }\n"),
        (
            ".terraform/modules/modules.json",
            r#"{"Modules":[{"Key":"","Source":"","Dir":"."},{"Key":"r","Source":"registry.terraform.io/x/y/z","Version":"1.0.0","Dir":".terraform/modules/r"}]}"#,
        ),
    ]);
    let mut configuration = Configuration::new(folder.path());
    let root = configuration.root(folder.path()).unwrap();
    let tree = configuration.tree(&root);
    let mut told: Vec<String> = Vec::new();
    for node in &tree.nodes {
        let module = configuration.module(node.module);
        told.push(format!("{} -> {} own={}", node.path.join("."), module.name, configuration.is_own(node.module)));
        for (name, found) in &node.calls {
            if let Err(reason) = found {
                told.push(format!("{name}: {}", reason.0));
            }
        }
    }
    assert_eq!(
        told,
        [
            " -> . own=true",
            "lost: it is not downloaded: `.terraform/modules/modules.json` does not list it",
            "a -> a own=true",
            "b -> b own=true",
            "r -> .terraform/modules/r own=false",
            "a.db -> a/db own=true",
            "b.db -> shared own=true",
            "r.db -> .terraform/modules/r/modules/db own=false",
        ]
    );
    assert_eq!(configuration.discover(folder.path()), [folder.path().canonicalize().unwrap()]);
}

#[test]
fn a_module_that_calls_itself_ends_in_a_diagnostic() {
    let call = |to: &str| format!("module \"next\" {{\n  source = \"{to}\"\n}}\n");
    let folder = folder(&[("a/main.tf", &call("../b")), ("b/main.tf", &call("../a")), ("c/main.tf", &call("./"))]);
    let mut configuration = Configuration::new(folder.path());
    for name in ["a", "c"] {
        let root = configuration.root(&folder.path().join(name)).unwrap();
        configuration.tree(&root);
    }
    assert_eq!(
        titles(&configuration),
        [
            "b/main.tf:2:3: module `next` calls itself: its `source` leads back to a module that calls it",
            "c/main.tf:2:3: module `next` calls itself: its `source` leads back to a module that calls it",
        ]
    );
    // Of the circle, which nothing else calls, one is a root module, or its resources would be missed.
    let roots = ["a", "c"].map(|name| folder.path().join(name).canonicalize().unwrap());
    assert_eq!(configuration.discover(folder.path()), roots);
}

#[test]
fn calls_that_double_at_each_level_end() {
    let twice =
        |to: usize| format!("module \"x\" {{ source = \"../{to}\" }}\nmodule \"y\" {{ source = \"../{to}\" }}\n");
    let files: Vec<(String, String)> = (0..30).map(|level| (format!("{level}/main.tf"), twice(level + 1))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = folder(&files);
    let mut configuration = Configuration::new(folder.path());
    let root = configuration.root(&folder.path().join("0")).unwrap();
    assert!(configuration.tree(&root).nodes.len() <= 20_000);
}

#[test]
fn deep_nesting_is_a_diagnostic() {
    let deep = |open: &str, close: &str| format!("locals {{ a = {}1{} }}\n", open.repeat(10_000), close.repeat(10_000));
    let mut blocks = "a {\n".repeat(10_000);
    blocks.push_str(&"}\n".repeat(10_000));
    let names = ["[]", "()", "{}", "not", "minus", "conditional", "template", "index", "plus", "splat", "call", "dots"];
    let texts = [
        deep("[", "]"),
        deep("(", ")"),
        deep("{a=", "}"),
        deep("!", ""),
        deep("-", ""),
        deep("true ? 1 : ", ""),
        deep("\"${", "}\""),
        deep("a[", "]"),
        deep("1 + ", ""),
        deep("a", "[*].b"),
        deep("f(", ")"),
        deep("a", ".b"),
    ];
    for (name, text) in names.iter().zip(texts) {
        let (configuration, _) = read(&[("main.tf", &text), ("x.tf", "locals {}")]);
        let told = titles(&configuration);
        assert!(told.len() == 1 || matches!(*name, "splat" | "dots"), "{name}: {told:?}");
    }
    let (configuration, _) = read(&[("main.tf", &blocks)]);
    assert_eq!(titles(&configuration).len(), 1);
    let json = format!("{{\"locals\":{{\"a\":{}{}}}}}", "[".repeat(10_000), "]".repeat(10_000));
    let less = format!("{{\"locals\":{{\"a\":{}{}}}}}", "[".repeat(300), "]".repeat(300));
    for json in [json, less] {
        let (configuration, _) = read(&[("main.tf.json", &json)]);
        assert_eq!(titles(&configuration).len(), 1, "{:?}", titles(&configuration));
    }
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_circles_end() {
    let folder = folder(&[("a/main.tf", "locals {}"), ("b/main.tf", "locals {}")]);
    std::os::unix::fs::symlink(folder.path(), folder.path().join("a/up")).unwrap();
    std::os::unix::fs::symlink(folder.path().join("b"), folder.path().join("c")).unwrap();
    let base = folder.path().canonicalize().unwrap();
    let (found, refused) = super::discover::folders(folder.path(), &base);
    assert!(refused.is_empty(), "{refused:?}");
    let names: Vec<String> =
        found.iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
    assert_eq!(names, ["a", "b"]);
    assert!(Path::new(&found[0]).is_absolute());
}

#[cfg(unix)]
#[test]
fn links_that_lead_out_of_the_repository_are_not_followed() {
    let outside = folder(&[("o/main.tf", "locals {}"), ("secret.tf", "x = hunter2 +")]);
    let inside = folder(&[("main.tf", "locals {}")]);
    std::os::unix::fs::symlink(outside.path().join("o"), inside.path().join("o")).unwrap();
    std::os::unix::fs::symlink(outside.path().join("secret.tf"), inside.path().join("secret.tf")).unwrap();
    let mut configuration = Configuration::new(inside.path());
    assert_eq!(configuration.discover(inside.path()).len(), 1);
    let told: Vec<String> = configuration.diagnostics.iter().map(|diagnostic| diagnostic.render(false)).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("secret.tf") && told[0].contains("leads out of the repository"), "{told:?}");
    assert!(!told[0].contains("hunter2"), "{told:?}");
}

/// Reads a file in both syntaxes and shows what is wrong with it.
fn survives(bytes: &[u8]) {
    for name in ["main.tf", "main.tf.json", "override.tf"] {
        for diagnostic in crate::source::terraform::diagnose(name, bytes) {
            assert!(diagnostic.render(false).starts_with("error: "));
            assert!(diagnostic.place.is_none_or(|(line, column)| line > 0 && column > 0));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        survives(&bytes);
    }

    #[test]
    fn any_text_of_the_language_s_signs_is_read_or_refused(
        text in "(resource|locals|module|a| |\n|=|\\{|\\}|\\[|\\]|\"|\\$\\{|%\\{|<<E\n|E\n|ä|\r\n|\\.|\\?|:|#|/\\*|1){0,60}"
    ) {
        survives(text.as_bytes());
    }

    #[test]
    fn configuration_with_changed_bytes_is_read_or_refused(
        json in any::<bool>(),
        edits in proptest::collection::vec((any::<prop::sample::Index>(), prop::sample::select(&b"\"{}[]:,0t\n\\\xff $%=<"[..])), 1..4),
        cut in any::<Option<prop::sample::Index>>(),
    ) {
        let ledger = include_bytes!("../../../../testdata/locate/ledger.tf.json");
        let mut bytes = if json { ledger.to_vec() } else { NATIVE.as_bytes().to_vec() };
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        survives(&bytes);
    }
}

/// What Terraform 1.11 accepts (`terraform fmt` and `terraform validate` on each).
#[test]
fn syntax_that_people_write_is_read() {
    let texts = [
        "",
        "# only a comment",
        "/* a */ locals { /* b */ a = 1 } // c",
        "locals { a = 1 }",
        "locals {\n  a = x.*.id\n  b = x[*].id\n  c = x.0.id\n  d = x[0].id\n}\n",
        "locals {\n  a = 1e5\n  b = -1.5\n  c = !true\n  d = 1 + 2 * 3 % 4\n}\n",
        "locals {\n  a = <<EOT\nx ${b} %{ if c }d%{ else }e%{ endif }\nEOT\n  b = <<-EOT\n    y\n    EOT\n}\n",
        "locals {\r\n  a = <<EOT\r\nx\r\nEOT\r\n  b = 2\r\n}\r\n",
        "locals {\n  a = \"$${b} %%{c} \\\" \\n \\u00e4 ${\"nested ${d}\"}\"\n}\n",
        "locals {\n  a = { for k, v in x : k => v... if v != null }\n  b = [for i in range(3) : i]\n}\n",
        "locals {\n  a = {\n    b = 1, c : 2\n    \"d\" = 3\n    (e) = 4\n    \"${f}\" = 5\n  }\n}\n",
        "locals {\n  a = f(\n    1,\n    2...\n  )\n  b = provider::aws::arn_parse(x)\n}\n",
        "locals {\n  a = b ? c : d\n  e = (\n    1 +\n    2\n  )\n}\n",
        "locals {\n  größe = 1\n  a-b = 2\n}\n",
        "variable x {\n  type = object({ a = optional(string, \"b\"), c = list(any) })\n}\n",
        "resource \"a\" \"b\" {\n  c {}\n  d { e = 1 }\n  provisioner \"local-exec\" { command = \"true\" }\n}\n",
    ];
    for text in texts {
        let told = crate::source::terraform::diagnose("main.tf", text.as_bytes());
        assert!(told.is_empty(), "{text}\n{}", told[0].render(false));
    }
}
