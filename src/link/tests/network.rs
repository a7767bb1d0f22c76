use serde_json::json;

use super::db;
use crate::facts::catalogue::*;
use crate::facts::testing::*;
use crate::model::{ChangeAction, FactState, Unknown};

#[test]
fn ingress_is_the_union_of_all_rules_that_reach_the_port() {
    let group = creates(
        "aws_security_group.db",
        json!({"ingress": [
        {"protocol": "tcp", "from_port": 5432, "to_port": 5432, "cidr_blocks": ["10.0.0.0/8"], "ipv6_cidr_blocks": []},
        {"protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_blocks": ["192.0.2.0/24"], "ipv6_cidr_blocks": []},
        {"protocol": "udp", "from_port": 0, "to_port": 65535, "cidr_blocks": ["198.51.100.0/24"]}]}),
    );
    let rule = |name: &str, values: serde_json::Value| {
        creates(&format!("aws_security_group_rule.{name}"), values).refers(
            "security_group_id",
            &["aws_security_group.db.id", "aws_security_group.db"],
            &["aws_security_group.db"],
        )
    };
    let all_ports = rule(
        "all",
        json!({"type": "ingress", "protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]}),
    );
    let egress = rule(
        "out",
        json!({"type": "egress", "protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["203.0.113.0/24"]}),
    );
    let single = creates(
        "aws_vpc_security_group_ingress_rule.v6",
        json!({"ip_protocol": "tcp", "from_port": 5000, "to_port": 6000,
        "cidr_ipv6": "2001:DB8::/32"}),
    )
    .refers("security_group_id", &["aws_security_group.db.id"], &["aws_security_group.db"]);
    let db = db(json!({"engine": "postgres"})).unknown(json!({"port": true})).refers(
        "vpc_security_group_ids",
        &["aws_security_group.db.id", "aws_security_group.db"],
        &["aws_security_group.db"],
    );
    let db = linked_one(&[db, group, all_ports, egress, single], "aws_db_instance.db");
    assert_eq!(state(&db, INGRESS_CIDRS), FactState::Known(set(&["0.0.0.0/0", "10.0.0.0/8", "2001:db8::/32"])));
}

#[test]
fn ingress_is_known_in_part_when_a_group_or_a_range_is_not_known() {
    let group = creates(
        "aws_security_group.db",
        json!({"id": "sg-1", "ingress": [
        {"protocol": "tcp", "from_port": 5432, "to_port": 5432, "cidr_blocks": ["10.0.0.0/8"]}]}),
    );
    let with = |groups: serde_json::Value, group: &Sketch| {
        let db = db(json!({"engine": "postgres", "port": 5432, "vpc_security_group_ids": groups}));
        state(&linked_one(&[db, group.clone()], "aws_db_instance.db"), INGRESS_CIDRS)
    };
    assert_eq!(with(json!(["sg-1"]), &group), FactState::Known(set(&["10.0.0.0/8"])));
    assert_eq!(
        with(json!(["sg-1", "sg-2"]), &group),
        FactState::Partial(set(&["10.0.0.0/8"]), Unknown::NotCollected("`sg-2` is not in this document".into()))
    );
    let partly = group.clone().unknown(json!({"ingress": [{"ipv6_cidr_blocks": [true]}]}));
    assert_eq!(with(json!(["sg-1"]), &partly), FactState::Partial(set(&["10.0.0.0/8"]), Unknown::KnownAfterApply));
    assert!(matches!(with(json!([]), &group), FactState::Unknown(Unknown::NotCollected(_))));
}

#[test]
fn groups_that_come_in_by_a_variable_may_not_be_all_of_them() {
    let group = creates("aws_security_group.db", json!({"ingress": []}));
    let db = db(json!({"engine": "postgres", "port": 5432})).refers(
        "vpc_security_group_ids",
        &["aws_security_group.db.id", "var.more"],
        &["aws_security_group.db"],
    );
    assert_eq!(
        state(&linked_one(&[db, group], "aws_db_instance.db"), INGRESS_CIDRS),
        FactState::Unknown(Unknown::KnownAfterApply)
    );
}

#[test]
fn a_rule_that_may_belong_to_any_group_leaves_all_in_doubt() {
    let group = creates("aws_security_group.db", json!({"id": "sg-1", "ingress": []}));
    let stray = creates(
        "aws_security_group_rule.r",
        json!({"type": "ingress", "protocol": "-1", "cidr_blocks": ["0.0.0.0/0"]}),
    )
    .refers("security_group_id", &["local.group"], &[]);
    let db = db(json!({"engine": "postgres", "port": 5432, "vpc_security_group_ids": ["sg-1"]}));
    assert!(matches!(
        state(&linked_one(&[db.clone(), group.clone(), stray], "aws_db_instance.db"), INGRESS_CIDRS),
        FactState::Unknown(_)
    ));
    let elsewhere = creates(
        "aws_security_group_rule.r",
        json!({"type": "ingress", "protocol": "-1", "cidr_blocks": ["0.0.0.0/0"],
        "security_group_id": "sg-9"}),
    );
    assert_eq!(
        state(&linked_one(&[db, group, elsewhere], "aws_db_instance.db"), INGRESS_CIDRS),
        FactState::Known(set(&[]))
    );
}

/// A subnet group over all instances of `aws_subnet.s`, with one public and one private subnet.
fn subnets() -> Vec<Sketch> {
    let route_table =
        |name: &str, route: serde_json::Value| creates(&format!("aws_route_table.{name}"), json!({"route": [route]}));
    let tied = |index: usize, table: &str| {
        creates(&format!("aws_route_table_association.a[{index}]"), json!({}))
            .refers("subnet_id", &["aws_subnet.s.id", "aws_subnet.s", "count.index"], &["aws_subnet.s"])
            .refers("route_table_id", &[&format!("{table}.id"), table], &[table])
    };
    let subnet =
        |index: usize, zone: &str| creates(&format!("aws_subnet.s[{index}]"), json!({"availability_zone": zone}));
    vec![
        subnet(0, "eu-west-1a"),
        subnet(1, "eu-west-1b"),
        route_table("public", json!({"cidr_block": "0.0.0.0/0"}))
            .unknown(json!({"route": [{"gateway_id": true}]}))
            .configured("route", &["aws_internet_gateway.g.id"], &["aws_internet_gateway.g"]),
        route_table("private", json!({"cidr_block": "0.0.0.0/0", "nat_gateway_id": "nat-1", "gateway_id": ""})),
        tied(0, "aws_route_table.public"),
        tied(1, "aws_route_table.private"),
        creates("aws_db_subnet_group.g", json!({"name": "g"})).refers(
            "subnet_ids",
            &["aws_subnet.s"],
            &["aws_subnet.s"],
        ),
        db(json!({"engine": "postgres", "db_subnet_group_name": "g"})),
    ]
}

#[test]
fn a_subnet_is_public_when_its_route_table_leads_to_an_internet_gateway() {
    let all = subnets();
    let db = linked_one(&all, "aws_db_instance.db");
    assert_eq!(state(&db, SUBNETS_WITH_INTERNET_ROUTE), FactState::Known(set(&["aws_subnet.s[0]"])));
    let group = linked_one(&all, "aws_db_subnet_group.g");
    assert_eq!(state(&group, SUBNET_ZONES), FactState::Known(set(&["eu-west-1a", "eu-west-1b"])));
}

#[test]
fn a_subnet_without_a_route_table_of_its_own_is_not_known_to_be_private() {
    let mut all = subnets();
    all.retain(|sketch| &*sketch.map().ties.place.address != "aws_route_table_association.a[1]");
    let state = state(&linked_one(&all, "aws_db_instance.db"), SUBNETS_WITH_INTERNET_ROUTE);
    assert!(matches!(state, FactState::Partial(known, Unknown::NotCollected(_)) if known == set(&["aws_subnet.s[0]"])));
}

#[test]
fn a_route_of_its_own_makes_a_table_public() {
    let mut all = subnets();
    all.push(creates("aws_route.out", json!({"destination_cidr_block": "0.0.0.0/0", "gateway_id": "igw-1"})).refers(
        "route_table_id",
        &["aws_route_table.private.id"],
        &["aws_route_table.private"],
    ));
    let db = linked_one(&all, "aws_db_instance.db");
    assert_eq!(state(&db, SUBNETS_WITH_INTERNET_ROUTE), FactState::Known(set(&["aws_subnet.s[0]", "aws_subnet.s[1]"])));
}

#[test]
fn resources_come_out_in_the_same_order_however_they_go_in() {
    let mut all = subnets();
    let forth = linked(&all);
    all.reverse();
    assert_eq!(linked(&all), forth);
    assert!(forth.is_sorted_by(|left, right| left.id < right.id));
}

#[test]
fn a_rule_of_unknown_direction_leaves_its_group_in_doubt() {
    let group = creates("aws_security_group.db", json!({"id": "sg-1", "ingress": []}));
    let rule = creates(
        "aws_security_group_rule.r",
        json!({"security_group_id": "sg-1", "protocol": "-1", "cidr_blocks": ["0.0.0.0/0"]}),
    )
    .unknown(json!({"type": true}))
    .refers("type", &["var.type"], &[]);
    let db = db(json!({"engine": "postgres", "port": 5432, "vpc_security_group_ids": ["sg-1"]}));
    let ranges = state(&linked_one(&[db, group, rule], "aws_db_instance.db"), INGRESS_CIDRS);
    assert!(matches!(ranges, FactState::Unknown(_) | FactState::Partial(..)), "{ranges:?}");
    assert_ne!(ranges.known(), Some(&crate::model::Value::set([crate::model::Value::from("0.0.0.0/0")])));
}

fn rule_for(cidr: &str) -> serde_json::Value {
    json!({"type": "ingress", "protocol": "tcp", "from_port": 5432, "to_port": 5432, "cidr_blocks": [cidr],
        "security_group_id": "sg-1"})
}

/// The ranges that reach a database whose group records two, beside one rule that is a resource of its own.
fn ranges_with(rule: Sketch, group: impl FnOnce(Sketch) -> Sketch) -> FactState {
    let recorded = json!({"id": "sg-1", "ingress": [
        {"protocol": "tcp", "from_port": 5432, "to_port": 5432, "cidr_blocks": ["0.0.0.0/0", "10.0.0.0/8"]}]});
    let recorded = updates("aws_security_group.db", recorded.clone(), recorded).omits("ingress");
    let db = db(json!({"engine": "postgres", "port": 5432, "vpc_security_group_ids": ["sg-1"]}));
    state(&linked_one(&[db, group(recorded), rule], "aws_db_instance.db"), INGRESS_CIDRS)
}

#[test]
fn a_rule_that_the_plan_takes_away_is_not_in_its_groups_record_any_more() {
    let as_is = |group| group;
    let gone = deletes("aws_security_group_rule.r", rule_for("0.0.0.0/0"));
    assert_eq!(ranges_with(gone.clone(), as_is), FactState::Known(set(&["10.0.0.0/8"])));
    let narrower = updates("aws_security_group_rule.r", rule_for("0.0.0.0/0"), rule_for("10.1.0.0/16"));
    let narrowed = FactState::Known(set(&["10.0.0.0/8", "10.1.0.0/16"]));
    assert_eq!(ranges_with(narrower.clone(), as_is), narrowed);
    assert_eq!(ranges_with(narrower.action(ChangeAction::DeleteThenCreate), as_is), narrowed);
    let single = json!({"ip_protocol": "tcp", "from_port": 5432, "to_port": 5432, "cidr_ipv4": "0.0.0.0/0",
        "security_group_id": "sg-1"});
    let single = deletes("aws_vpc_security_group_ingress_rule.r", single);
    assert_eq!(ranges_with(single, as_is), FactState::Known(set(&["10.0.0.0/8"])));
}

#[test]
fn a_groups_rules_stay_when_others_than_the_plans_hold_them() {
    let all = FactState::Known(set(&["0.0.0.0/0", "10.0.0.0/8"]));
    let gone = || deletes("aws_security_group_rule.r", rule_for("0.0.0.0/0"));
    // The group's own configuration says so.
    assert_eq!(ranges_with(gone(), |group| group.configured("ingress", &[], &[])), all);
    // What Terraform forgets stays where it is.
    assert_eq!(ranges_with(gone().action(ChangeAction::Forget), |group| group), all);
    let mut other_port = rule_for("0.0.0.0/0");
    other_port["to_port"] = json!(5433);
    assert_eq!(ranges_with(deletes("aws_security_group_rule.r", other_port), |group| group), all);
    let mut other_group = rule_for("0.0.0.0/0");
    other_group["security_group_id"] = json!("sg-2");
    assert_eq!(ranges_with(deletes("aws_security_group_rule.r", other_group), |group| group), all);
}

#[test]
fn rules_that_move_from_resources_of_their_own_into_dynamic_blocks_stay() {
    let ingress = |ranges: &[&str]| {
        let rule =
            |range: &&str| json!({"protocol": "tcp", "from_port": 5432, "to_port": 5432, "cidr_blocks": [range]});
        json!({"id": "sg-1", "ingress": ranges.iter().map(rule).collect::<Vec<_>>()})
    };
    let gone = || deletes("aws_security_group_rule.r", rule_for("0.0.0.0/0"));
    for before in [&["0.0.0.0/0"][..], &[]] {
        // What `dynamic` makes is not in the configuration of a plan.
        let moved = |_| {
            updates("aws_security_group.db", ingress(before), ingress(&["0.0.0.0/0", "10.0.0.0/8"])).omits("ingress")
        };
        assert_eq!(ranges_with(gone(), moved), FactState::Known(set(&["0.0.0.0/0", "10.0.0.0/8"])), "{before:?}");
    }
}

#[test]
fn a_route_that_the_plan_takes_away_is_not_in_its_tables_record_any_more() {
    let route = |gateway: &str| json!({"destination_cidr_block": "0.0.0.0/0", "gateway_id": gateway, "route_table_id": "rtb-1"});
    let public = |route: Sketch, edit: fn(Sketch) -> Sketch| {
        let table = json!({"id": "rtb-1", "route": [{"cidr_block": "0.0.0.0/0", "gateway_id": "igw-1"}]});
        let db = json!({"engine": "postgres", "db_subnet_group_name": "g"});
        let all = [
            route,
            edit(updates("aws_route_table.t", table.clone(), table).omits("route")),
            creates("aws_subnet.s", json!({"id": "subnet-1"})),
            creates("aws_route_table_association.a", json!({"subnet_id": "subnet-1", "route_table_id": "rtb-1"})),
            creates("aws_db_subnet_group.g", json!({"name": "g", "subnet_ids": ["subnet-1"]})),
            super::db(db),
        ];
        state(&linked_one(&all, "aws_db_instance.db"), SUBNETS_WITH_INTERNET_ROUTE)
    };
    let (none, one) = (FactState::Known(set(&[])), FactState::Known(set(&["subnet-1"])));
    assert_eq!(public(deletes("aws_route.r", route("igw-1")), |table| table), none);
    assert_eq!(public(updates("aws_route.r", route("igw-1"), route("nat-1")), |table| table), none);
    assert_eq!(public(updates("aws_route.r", route("nat-1"), route("igw-1")), |table| table), one);
    assert_eq!(public(deletes("aws_route.r", route("igw-1")), |table| table.configured("route", &[], &[])), one);
}
