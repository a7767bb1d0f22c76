use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::{Policy, foreign_accounts, public};
use crate::facts::testing::{known, set};
use crate::model::{FactState, Unknown};

/// A policy of one statement that allows everything to everyone, with changes.
fn everyone(changes: Json) -> Json {
    let mut statement = json!({"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*"});
    for (name, value) in changes.as_object().unwrap() {
        statement[name] = value.clone();
    }
    json!({"Version": "2012-10-17", "Statement": [statement]})
}

fn with_condition(condition: Json) -> Json {
    everyone(json!({"Condition": condition}))
}

fn policy(document: &Json) -> Policy {
    Policy::parse(&document.to_string()).unwrap_or_else(|| panic!("{document} is a policy"))
}

fn accounts(document: &Json) -> Vec<String> {
    policy(document).accounts().into_iter().collect()
}

#[track_caller]
fn assert_public(documents: &[Json]) {
    for document in documents {
        assert!(policy(document).is_public(), "{document}");
    }
}

#[track_caller]
fn assert_not_public(documents: &[Json]) {
    for document in documents {
        assert!(!policy(document).is_public(), "{document}");
    }
}

#[test]
fn everyone_is_public_however_it_is_spelt() {
    let spelt = [
        json!("*"),
        json!({"AWS": "*"}),
        json!({"AWS": ["arn:aws:iam::111122223333:root", "*"]}),
        json!({"AWS": "arn:aws:iam::*:root"}),
        json!({"Service": "*"}),
        json!({"Federated": "*"}),
    ];
    assert_public(&spelt.map(|principal| everyone(json!({"Principal": principal}))));
}

#[test]
fn a_statement_may_stand_alone_and_its_other_elements_do_not_matter() {
    let alone = json!({"Statement": {"Effect": "Allow", "Principal": "*", "NotAction": "kms:Delete*"}});
    assert_public(&[alone, everyone(json!({"Action": ["kms:Decrypt"]})), everyone(json!({"Sid": "x"}))]);
}

#[test]
fn everyone_but_some_is_public() {
    let document = json!({"Statement": [{
        "Effect": "Allow", "NotPrincipal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "*"}]});
    assert_public(&[document]);
}

#[test]
fn those_who_log_in_elsewhere_are_anybody_unless_the_token_has_to_be_for_somebody() {
    let google =
        |condition: Json| everyone(json!({"Principal": {"Federated": "accounts.google.com"}, "Condition": condition}));
    assert_public(&[google(json!({})), google(json!({"StringLike": {"accounts.google.com:aud": "*"}}))]);
    assert_not_public(&[google(json!({"StringEquals": {"accounts.google.com:aud": "my-app"}}))]);
}

#[test]
fn named_principals_are_not_everyone() {
    let named = [
        json!({"AWS": "111122223333"}),
        json!({"AWS": "arn:aws:iam::111122223333:role/app"}),
        json!({"AWS": "AROAEXAMPLEEXAMPLE"}),
        json!({"Service": ["rds.amazonaws.com", "backup.amazonaws.com"]}),
        json!({"Federated": "arn:aws:iam::111122223333:saml-provider/corp"}),
        json!({"AWS": []}),
    ];
    assert_not_public(&named.map(|principal| everyone(json!({"Principal": principal}))));
}

#[test]
fn a_denial_lets_nobody_in() {
    assert_not_public(&[everyone(json!({"Effect": "Deny"})), json!({"Statement": []})]);
}

#[test]
fn conditions_on_who_asks_narrow_it_down() {
    let narrow = [
        json!({"StringEquals": {"kms:CallerAccount": "111122223333", "kms:ViaService": "rds.eu-west-1.amazonaws.com"}}),
        json!({"StringEquals": {"aws:SourceAccount": ["111122223333", "444455556666"]}}),
        json!({"StringEqualsIgnoreCase": {"AWS:PRINCIPALACCOUNT": "111122223333"}}),
        json!({"StringEquals": {"aws:PrincipalAccount": "${aws:ResourceAccount}"}}),
        json!({"StringEquals": {"aws:ResourceAccount": "${aws:PrincipalAccount}"}}),
        json!({"StringEquals": {"aws:ResourceOrgID": "${aws:PrincipalOrgID}"}}),
        json!({"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}),
        json!({"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/*"}}),
        json!({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/*"}}),
        json!({"ArnLike": {"aws:SourceArn": "arn:aws:rds:*:111122223333:db:*"}}),
        json!({"ArnEquals": {"aws:SourceArn": "arn:aws:s3:::one-bucket"}}),
        json!({"StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}),
        json!({"StringEquals": {"aws:SourceVpc": ["vpc-1", "vpc-2"]}}),
        json!({"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "198.51.100.7", "2001:db8::/32"]}}),
        json!({"StringLike": {"aws:userid": "AROAEXAMPLE:*"}}),
        json!({"Bool": {"aws:PrincipalIsAWSService": "true"}}),
        json!({"Bool": {"aws:PrincipalIsAWSService": true}}),
    ];
    assert_not_public(&narrow.map(with_condition));
}

#[test]
fn conditions_that_strangers_meet_do_not_narrow_it_down() {
    let wide = [
        json!({}),
        json!({"StringEquals": {"kms:ViaService": "rds.eu-west-1.amazonaws.com"}}),
        json!({"Bool": {"aws:SecureTransport": "true"}}),
        json!({"Bool": {"aws:MultiFactorAuthPresent": "true"}}),
        json!({"Bool": {"aws:PrincipalIsAWSService": "false"}}),
        json!({"BoolIfExists": {"aws:PrincipalIsAWSService": "true"}}),
        json!({"StringLike": {"aws:SourceAccount": "*"}}),
        json!({"StringLike": {"aws:PrincipalAccount": ["111122223333", "4444*"]}}),
        json!({"StringEquals": {"aws:PrincipalTag/team": "data"}}),
        json!({"StringEquals": {"aws:username": "admin"}}),
        json!({"StringEquals": {"aws:SourceAccount": "${aws:PrincipalTag/account}"}}),
        json!({"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}),
        json!({"ForAllValues:StringEquals": {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/"}}),
        json!({"StringLike": {"aws:PrincipalOrgID": "o-*"}}),
        json!({"StringNotEquals": {"aws:SourceAccount": "111122223333"}}),
        json!({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/app"}}),
        json!({"ArnLike": {"aws:SourceArn": "arn:aws:s3:::*"}}),
        json!({"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}}),
        json!({"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "128.0.0.0/1"]}}),
        json!({"IpAddress": {"aws:SourceIp": "2000::/3"}}),
        json!({"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/8"}}),
        json!({"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}),
        json!({"StringLike": {"aws:userid": "*:i-*"}}),
        json!({"Null": {"aws:PrincipalOrgID": "false"}}),
        json!({"StringEquals": {"aws:SourceAccount": []}}),
    ];
    assert_public(&wide.map(with_condition));
}

#[test]
fn a_denial_beside_it_fences_everyone_out_but_the_known() {
    let beside = |denial: Json| {
        let mut document = everyone(json!({}));
        document["Statement"].as_array_mut().unwrap().push(denial);
        document
    };
    let deny = |condition: Json| json!({"Effect": "Deny", "Principal": "*", "Action": "kms:*", "Condition": condition});
    assert_not_public(&[
        beside(deny(json!({"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}))),
        beside(deny(json!({
            "StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
            "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}))),
        beside(deny(json!({"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}))),
        beside(json!({"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "*"})),
        beside(json!({"Effect": "Deny", "NotPrincipal": {"AWS": "111122223333"}, "Action": "*"})),
    ]);
    assert_public(&[
        // Only some of what is allowed, only some of those who are let in, or only under a condition that strangers choose.
        beside(json!({"Effect": "Deny", "Principal": "*", "Action": "kms:Decrypt"})),
        beside(json!({"Effect": "Deny", "Principal": {"AWS": "444455556666"}, "Action": "*"})),
        beside(deny(json!({"Bool": {"aws:SecureTransport": "false"}}))),
        beside(deny(json!({"StringNotLike": {"aws:PrincipalAccount": "*"}}))),
        beside(deny(json!({
            "StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}, "Bool": {"aws:SecureTransport": "false"}}))),
    ]);
}

#[test]
fn accounts_are_told_by_principals_and_by_conditions() {
    let principals = everyone(json!({"Principal": {
        "AWS": ["111122223333", "arn:aws:iam::444455556666:role/app", "AIDAEXAMPLE"], "Service": "rds.amazonaws.com"}}));
    assert_eq!(accounts(&principals), ["111122223333", "444455556666"]);
    assert_eq!(
        accounts(&with_condition(json!({"StringEquals": {"aws:SourceAccount": "777788889999"}}))),
        ["777788889999"]
    );
    let arn = json!({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::777788889999:role/*"}});
    assert_eq!(accounts(&with_condition(arn)), ["777788889999"]);
    let both = json!({"StringEquals": {"kms:CallerAccount": ["1".repeat(12), "2".repeat(12)], "aws:SourceAccount": "2".repeat(12)}});
    assert_eq!(accounts(&with_condition(both)), ["2".repeat(12)]);
    assert_eq!(accounts(&with_condition(json!({"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}))), [""; 0]);
    assert_eq!(accounts(&everyone(json!({"Effect": "Deny", "Principal": {"AWS": "111122223333"}}))), [""; 0]);
    let mut fenced = everyone(json!({}));
    fenced["Statement"].as_array_mut().unwrap().push(json!({"Effect": "Deny", "Principal": "*", "Action": "*",
        "Condition": {"StringNotEquals": {"aws:PrincipalAccount": "777788889999"}}}));
    assert_eq!(accounts(&fenced), ["777788889999"]);
}

#[test]
fn foreign_are_all_accounts_but_its_own() {
    let two = policy(&everyone(json!({"Principal": {"AWS": ["111122223333", "444455556666"]}})));
    assert_eq!(foreign_accounts(&two, Some("111122223333")), known(set(&["444455556666"])));
    assert!(matches!(foreign_accounts(&two, None), FactState::Unknown(Unknown::NotCollected(_))));
    assert_eq!(foreign_accounts(&policy(&json!({"Statement": []})), None), known(set(&[])));
    assert_eq!(public(&two), known(false));
}

#[test]
fn a_denial_for_everyone_forbids_an_action() {
    let deny = |changes: Json| {
        let mut document =
            everyone(json!({"Effect": "Deny", "Action": ["backup:DeleteRecoveryPoint", "backup:Update*"]}));
        for (name, value) in changes.as_object().unwrap() {
            document["Statement"][0][name] = value.clone();
        }
        policy(&document)
    };
    let plain = deny(json!({}));
    assert!(plain.denies_everyone("backup:DeleteRecoveryPoint"));
    assert!(plain.denies_everyone("backup:UpdateRecoveryPointLifecycle"));
    assert!(!plain.denies_everyone("backup:PutBackupVaultAccessPolicy"));
    let but_break_glass = json!({"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/break-glass"}});
    assert!(deny(json!({"Condition": but_break_glass})).denies_everyone("backup:DeleteRecoveryPoint"));
    let of_strangers = json!({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/app"}});
    assert!(!deny(json!({"Condition": of_strangers})).denies_everyone("backup:DeleteRecoveryPoint"));
    assert!(!deny(json!({"Principal": {"AWS": "111122223333"}})).denies_everyone("backup:DeleteRecoveryPoint"));
    assert!(!deny(json!({"Effect": "Allow"})).denies_everyone("backup:DeleteRecoveryPoint"));
}

#[test]
fn what_is_no_policy_document_is_none() {
    let no_policies = [
        "",
        "{}",
        "[]",
        "not JSON",
        r#"{"Statement": "x"}"#,
        r#"{"Statement": [{"Effect": "Allow"}]}"#,
        r#"{"Statement": [{"Effect": "Perhaps", "Principal": "*", "Action": "*"}]}"#,
        r#"{"Statement": [{"Effect": "Allow", "Principal": 7, "Action": "*"}]}"#,
        r#"{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Condition": []}]}"#,
        // A policy of a user, not of a resource.
        r#"{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}"#,
    ];
    for text in no_policies {
        assert_eq!(Policy::parse(text), None, "{text}");
    }
}

#[test]
fn no_document_breaks_the_reader() {
    let words =
        ["*", "Allow", "Deny", "arn:aws:iam::1:root", "aws:SourceIp", "o-", "10.0.0.0/999", "${aws:", ":", "é*é"];
    let elements = ["Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Condition"];
    let mut seen = BTreeSet::new();
    for (first, one) in elements.iter().enumerate() {
        for (second, other) in elements.iter().enumerate() {
            for word in words {
                let value = if first % 2 == 0 { json!(word) } else { json!({ word: { word: [word] } }) };
                let statement =
                    json!({*one: value, *other: {"AWS": word, word: [word, word]}, "Effect": "Allow", "x": second});
                let read = Policy::parse(&json!({"Statement": statement}).to_string());
                seen.insert(read.map(|policy| (policy.is_public(), policy.accounts(), policy.denies_everyone(word))));
            }
        }
    }
    assert!(seen.len() > 1);
}

#[test]
fn patterns_match_as_in_iam() {
    let matches = super::condition::matches;
    assert!(
        matches("backup:*", "backup:DeleteRecoveryPoint")
            && matches("*", "")
            && matches("BACKUP:delete*", "backup:DeleteX")
    );
    assert!(matches("a*b*c", "a-b-b-c") && matches("a?c", "abc") && matches("é*", "éa"));
    assert!(
        !matches("a*b*c", "a-b-b")
            && !matches("a?c", "ac")
            && !matches("kms:Decrypt", "kms:DecryptAll")
            && !matches("", "a")
    );
}
