//! Replies, whole and broken.

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::{Flaw, reply};
use crate::source::aws::operations::{DISCOVERY, OPERATIONS, find};

fn read(call: &str, body: &str) -> Result<Json, Flaw> {
    reply(find(call).unwrap(), body.as_bytes())
}

const INSTANCES: &str = include_str!("../../../../testdata/aws/replies/rds.DescribeDBInstances.xml");

#[test]
fn a_reply_becomes_what_the_cli_prints_and_what_is_not_known_is_kept() {
    let expected = json!({
        "DBInstances": [{
            "DBInstanceIdentifier": "orders & more A",
            "AllocatedStorage": 20,
            "MultiAZ": false,
            "InstanceCreateTime": "2024-02-29T12:30:00.123Z",
            "PendingModifiedValues": {},
            "ReadReplicaDBInstanceIdentifiers": [],
            "VpcSecurityGroups": [{"VpcSecurityGroupId": "sg-1"}],
            "Tomorrow": {"A": ["1", "2"], "B": ""},
            "NewList": ["x"],
        }],
        "Marker": "next",
    });
    assert_eq!(read("rds:DescribeDBInstances", INSTANCES), Ok(expected));
}

#[test]
fn ec2_has_no_result_element() {
    let body = include_str!("../../../../testdata/aws/replies/ec2.DescribeSecurityGroups.xml");
    let expected = json!({"NextToken": "", "SecurityGroups": [{"GroupId": "sg-1", "IpPermissions": [
        {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}]});
    assert_eq!(read("ec2:DescribeSecurityGroups", body), Ok(expected));
}

#[test]
fn json_instants_become_text_and_nulls_go() {
    let body = include_str!("../../../../testdata/aws/replies/kms.DescribeKey.json");
    let expected = json!({"KeyMetadata": {"KeyId": "1", "CreationDate": "2023-11-14T22:13:20.123Z", "New": {"A": 1}}});
    assert_eq!(read("kms:DescribeKey", body), Ok(expected));
}

#[test]
fn what_is_no_whole_reply_is_refused() {
    let wrap = |inner: &str| {
        format!(
            "<DescribeDBInstancesResponse><DescribeDBInstancesResult>{inner}</DescribeDBInstancesResult></DescribeDBInstancesResponse>"
        )
    };
    let refused = |body: &str| read("rds:DescribeDBInstances", body).unwrap_err().to_string();
    for (body, flaw) in [
        (String::new(), "the reply is empty"),
        (" \n".to_owned(), "the reply is empty"),
        ("<html><body>502</body></html>".to_owned(), "the reply is another document"),
        ("<!DOCTYPE html><html></html>".to_owned(), "the reply is another document"),
        ("plain text".to_owned(), "the reply is another document"),
        ("{}".to_owned(), "the reply is another document"),
        ("<DescribeDBClustersResponse></DescribeDBClustersResponse>".to_owned(), "the reply is another document"),
        ("<DescribeDBInstancesResponse/>".to_owned(), "the reply is another document"),
        (
            "<DescribeDBInstancesResponse><DescribeDBClustersResult/></DescribeDBInstancesResponse>".to_owned(),
            "the reply is another document",
        ),
        (wrap("<DBInstances>").replace("</DescribeDBInstancesResult>", ""), "the reply is not well-formed"),
        (wrap("<DBInstances><DBInstance></oops></DBInstances>"), "the reply is not well-formed"),
        (wrap("<DBInstances/>") + "<More/>", "something follows the end of the reply"),
        (wrap("<DBInstances/>") + "more", "something follows the end of the reply"),
        (wrap("<DBInstances/>text"), "text stands between elements"),
        (wrap("<DBInstances/><DBInstances/>"), "`DBInstances` stands there twice"),
        (
            wrap("<DBInstances><DBInstance><MultiAZ>trXe</MultiAZ></DBInstance></DBInstances>"),
            "`MultiAZ` has another type than the service's model says",
        ),
        (
            wrap("<DBInstances><DBInstance><AllocatedStorage/></DBInstance></DBInstances>"),
            "`AllocatedStorage` has another type than the service's model says",
        ),
        (
            wrap("<DBInstances><DBInstance><Engine><x/></Engine></DBInstance></DBInstances>"),
            "`Engine` has elements where the service's model has text",
        ),
        (wrap("&bomb;"), "the reply is not well-formed"),
        (wrap(&"<a>".repeat(60)), "the reply is nested too deep"),
    ] {
        assert_eq!(refused(&body), flaw, "{body}");
    }
    assert!(reply(find("rds:DescribeDBInstances").unwrap(), b"<Describe\xff").is_err());
}

#[test]
fn json_of_another_form_is_refused() {
    let refused = |body: &str| read("kms:DescribeKey", body).unwrap_err().to_string();
    for (body, flaw) in [
        ("", "the reply is empty"),
        ("[]", "the reply is another document"),
        ("<html/>", "the reply is not well-formed"),
        (r#"{"KeyMetadata": {"#, "the reply is cut short"),
        (r#"{"KeyMetadata": {}} x"#, "the reply is not well-formed"),
        (r#"{"KeyMetadata": []}"#, "`KeyMetadata` has another type than the service's model says"),
        (r#"{"KeyMetadata": {"Enabled": "yes"}}"#, "`Enabled` has another type than the service's model says"),
        (r#"{"KeyMetadata": {"CreationDate": 1e300}}"#, "`CreationDate` is no instant"),
    ] {
        assert_eq!(refused(body), flaw, "{body}");
    }
}

#[test]
fn every_call_has_a_shape_that_holds_its_list() {
    for operation in OPERATIONS.iter().chain(DISCOVERY.iter().copied()) {
        let shape = super::shape_of(operation);
        assert!(!shape.0.is_empty(), "{operation}: run tools/aws-shapes.py");
        assert!(shape.0.windows(2).all(|pair| pair[0].0 < pair[1].0), "{operation}");
        if let Some(list) = operation.list {
            assert!(shape.0.iter().any(|(_, name, _)| *name == list), "{operation} has no {list}");
        }
    }
    assert!(super::shapes::REPLIES.windows(2).all(|pair| pair[0].0 < pair[1].0));
}

#[test]
fn a_reply_cut_anywhere_is_never_taken_for_a_whole_one() {
    let whole = INSTANCES.trim_end();
    for end in 0..whole.len() {
        assert!(read("rds:DescribeDBInstances", &whole[..end]).is_err(), "{end}");
    }
}

#[test]
fn errors_give_their_code_and_nothing_else() {
    use crate::source::aws::services::Protocol;
    let query = Protocol::Query { version: "" };
    let json = Protocol::Json { target: "" };
    let code = |protocol, kind, body: &str| super::code(protocol, kind, body.as_bytes());
    let xml = "<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code></Error></ErrorResponse>";
    assert_eq!(code(query, None, xml).as_deref(), Some("Throttling"));
    let ec2 = "<Response><Errors><Error><Code>UnauthorizedOperation</Code></Error></Errors></Response>";
    assert_eq!(code(query, None, ec2).as_deref(), Some("UnauthorizedOperation"));
    assert_eq!(code(json, None, r#"{"__type": "a.b#NotFoundException"}"#).as_deref(), Some("NotFoundException"));
    assert_eq!(code(json, Some("AccessDeniedException:http://x/"), "").as_deref(), Some("AccessDeniedException"));
    assert_eq!(code(query, None, "<html><Error><Code>a b</Code></Error></html>"), None);
    assert_eq!(code(query, None, "<html>"), None);
}

proptest! {
    #[test]
    fn any_text_in_a_member_arrives_as_it_was(text in "[^\u{0}-\u{1f}\u{7f}-\u{9f}\u{fffe}\u{ffff}]{0,40}") {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let body = format!("<DescribeDBInstancesResponse><DescribeDBInstancesResult><DBInstances><DBInstance><DBName>{escaped}</DBName></DBInstance></DBInstances></DescribeDBInstancesResult></DescribeDBInstancesResponse>");
        let read = read("rds:DescribeDBInstances", &body).unwrap();
        prop_assert_eq!(read["DBInstances"][0]["DBName"].as_str(), Some(text.as_str()));
    }

    #[test]
    fn one_byte_lost_or_changed_is_an_error_or_changes_only_values(at in 0usize..1200, byte: u8) {
        let mut bytes = INSTANCES.as_bytes().to_vec();
        let at = at % bytes.len();
        bytes[at] = byte;
        if let Ok(read) = reply(find("rds:DescribeDBInstances").unwrap(), &bytes) {
            prop_assert!(read.is_object());
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        for call in ["rds:DescribeDBInstances", "ec2:DescribeSubnets", "kms:DescribeKey"] {
            let _ = reply(find(call).unwrap(), &bytes);
        }
    }
}
