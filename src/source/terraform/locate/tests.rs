//! From an attribute of a resource to the line that sets it.

use std::collections::HashMap;
use std::fs;

use super::choose::Wanted;
use super::*;
use crate::model::Location;

/// Where an attribute of a resource is, in a repository with the given files whose root module is `root/`.
fn place(files: &[(&str, &str)], address: &str, attribute: &str, key: Option<&str>) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join("repository").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let mut configuration = Configuration::new(&folder.path().join("repository"));
    let root = configuration.root(&folder.path().join("repository/root")).unwrap();
    let path = Names::of(address).path;
    let calls = HashMap::from([(path.clone(), configuration.follow(&root, &path))]);
    let locator = Locator::new(&configuration, &calls);
    let wanted = Wanted { key: key.map(Into::into), ..Wanted::plain(address, attribute) };
    let place = locator.of_resource(address, Some(&wanted));
    let line = |location: &Location| format!("{}:{}", location.file, location.region.unwrap().start_line);
    let main = place.location.as_ref().map_or("nowhere".to_owned(), line);
    let related = place.related.iter().map(|related| format!("< {}", line(&related.location)));
    let note = place.note.iter().map(|note| format!("! {note}"));
    std::iter::once(main).chain(related).chain(note).collect()
}

const DB: &str = "resource \"aws_db_instance\" \"db\" {\n  multi_az = var.multi_az\n}\nvariable \"multi_az\" {}\n";

#[test]
fn two_modules_of_one_name_are_two_modules() {
    let files = [
        ("root/main.tf", "module \"a\" {\n  source = \"./a\"\n}\nmodule \"b\" {\n  source = \"./b\"\n}\n"),
        ("root/a/main.tf", "module \"db\" {\n  source = \"./db\"\n  multi_az = false\n}\n"),
        ("root/b/main.tf", "\n\nmodule \"db\" {\n  source = \"../../db\"\n  multi_az = true\n}\n"),
        ("root/a/db/main.tf", DB),
        ("db/main.tf", DB),
    ];
    let of = |address| place(&files, address, "multi_az", None);
    assert_eq!(of("module.a.module.db[0].aws_db_instance.db"), ["root/a/main.tf:3", "< root/a/db/main.tf:2"]);
    assert_eq!(of("module.b.module.db.aws_db_instance.db[\"x\"]"), ["root/b/main.tf:5", "< db/main.tf:2"]);
}

#[test]
fn a_module_that_is_not_downloaded_is_anchored_at_its_call() {
    let files = [
        ("root/main.tf", "module \"a\" {\n  source = \"./a\"\n}\n"),
        ("root/a/main.tf", "\nmodule \"rds\" {\n  source = \"x/rds/aws\"\n}\n"),
    ];
    let of = |address| place(&files, address, "multi_az", None);
    assert_eq!(
        of("module.a.module.rds.module.inner.aws_db_instance.db"),
        [
            "root/a/main.tf:2",
            "! the source of `module.a.module.rds` is not here: it is not downloaded: \
             `.terraform/modules/modules.json` is not here"
        ]
    );
    // A call that a module of the repository does not make says that the source is that of another plan.
    assert_eq!(
        of("module.a.module.db.aws_db_instance.db"),
        ["nowhere", "! the source of `module.a.module.db` is not here: `root/a` has no `module \"db\"`"]
    );
    assert_eq!(of("aws_db_instance.db"), ["nowhere", "! `root` declares no `aws_db_instance.db`"]);
}

#[test]
fn a_module_outside_the_repository_is_anchored_inside() {
    let files = [
        ("root/main.tf", "module \"a\" {\n  source = \"../../outside\"\n  multi_az = false\n}\n"),
        ("../outside/main.tf", DB),
    ];
    assert_eq!(
        place(&files, "module.a.aws_db_instance.db", "multi_az", None),
        ["root/main.tf:3"],
        "the argument is the team's own"
    );
    assert_eq!(
        place(&files, "module.a.aws_db_instance.db", "storage_encrypted", None),
        [
            "root/main.tf:1",
            "! `storage_encrypted` is not set, in `../outside/main.tf`, which is no part of this repository"
        ]
    );
}

#[test]
fn a_value_is_followed_only_as_far_as_it_is_certain() {
    let of = |expression: &str, rest: &str| {
        let text = format!("resource \"aws_db_instance\" \"db\" {{\n  multi_az = {expression}\n  {rest}\n}}\n");
        let more = "locals {\n  one = false\n  map = {\n    a = { az = false }\n  }\n  made = merge({}, {})\n}\n";
        place(&[("root/main.tf", &text), ("root/x.tf", more)], "aws_db_instance.db[\"a\"]", "multi_az", None).join(" ")
    };
    assert_eq!(of("local.one", ""), "root/x.tf:2 < root/main.tf:2");
    assert_eq!(of("!local.one", ""), "root/x.tf:2 < root/main.tf:2");
    assert_eq!(of("(local.map.a.az)", ""), "root/x.tf:4 < root/main.tf:2");
    assert_eq!(of("local.map[\"a\"].az", ""), "root/x.tf:4 < root/main.tf:2");
    assert_eq!(of("local.one && local.map.a.az", ""), "root/main.tf:2");
    assert_eq!(of("var.from_the_command_line", ""), "root/main.tf:2");
    assert_eq!(of("each.value.az", "for_each = local.map"), "root/x.tf:4 < root/main.tf:3 < root/main.tf:2");
    assert_eq!(of("each.value.az", "for_each = local.made"), "root/main.tf:2");
    assert_eq!(of("each.value", "for_each = toset([\"a\"])"), "root/main.tf:2");
    assert_eq!(of("local.gone", ""), "root/main.tf:2");
}

#[test]
fn values_that_lead_in_a_circle_end() {
    let files =
        [("root/main.tf", "resource \"a\" \"b\" {\n  c = local.x\n}\nlocals {\n  x = local.y\n  y = local.x\n}\n")];
    assert!(place(&files, "a.b", "c", None).len() > 2);
}

#[test]
fn tags_and_parameters_are_found_by_their_keys() {
    let native = "resource \"g\" \"g\" {\n  tags = {\n    \"Owner\" = \"a\"\n    tier = \"b\"\n  }\n  parameter {\n    \
                  name = \"a\"\n    value = 1\n  }\n  parameter {\n    name = \"b\"\n    value = 2\n  }\n}\n";
    let json = "{\"resource\": {\"g\": {\"j\": {\n\"tags\": {\"Owner\": \"a\",\n\"tier\": \"b\"},\n\"parameter\": \
                [\n{\"name\": \"a\",\n\"value\": 1}]}}}}";
    let of = |address, attribute, key| {
        let files = [("root/main.tf", native), ("root/main.tf.json", json)];
        place(&files, address, attribute, Some(key)).join(" ")
    };
    assert_eq!(of("g.g", "tags", "Owner"), "root/main.tf:3");
    assert_eq!(of("g.g", "tags", "tier"), "root/main.tf:4");
    assert_eq!(of("g.g", "tags", "gone"), "root/main.tf:2 ! `gone` is not set here");
    assert_eq!(of("g.g", "parameter", "b"), "root/main.tf:12");
    assert_eq!(of("g.g", "parameter", "c"), "root/main.tf:1 ! no `parameter` block sets `c` here");
    assert_eq!(of("g.j", "tags", "tier"), "root/main.tf.json:3");
    assert_eq!(of("g.j", "parameter", "a"), "root/main.tf.json:6");
}
