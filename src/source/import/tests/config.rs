//! AWS Config's snapshots, histories and queries.

use super::*;

/// An instance as Config records it: names in either of its two styles.
fn recorded(name: &str, class: &str, captured: &str) -> Json {
    json!({
        "resourceType": "AWS::RDS::DBInstance",
        "awsAccountId": "111122223333",
        "awsRegion": "eu-west-1",
        "configurationItemStatus": "OK",
        "configurationItemCaptureTime": captured,
        "configuration": {
            "dBInstanceIdentifier": name,
            "dBInstanceArn": format!("arn:aws:rds:eu-west-1:111122223333:db:{name}"),
            "dbinstanceClass": class,
            "iAMDatabaseAuthenticationEnabled": true,
            "storageEncrypted": true,
            "dbiResourceId": "db-ABC",
            "cACertificateIdentifier": "rds-ca-rsa2048-g1",
            "vpcSecurityGroups": [{"vpcSecurityGroupId": "sg-1", "status": "active"}],
            "instanceCreateTime": 1583298367890_i64,
            "latestRestorableTime": 1583298367890_i64,
        },
        "tags": {"owner": "payments", "db-password": "hunter2"},
    })
}

#[test]
fn a_snapshot_gives_the_objects_of_the_api_and_the_last_state_counts() {
    let snapshot = json!({"fileVersion": "1.0", "configSnapshotId": "x", "configurationItems": [
        recorded("a", "db.t3.large", "2026-11-22T00:00:00Z"),
        recorded("a", "db.t3.micro", "2026-11-21T00:00:00Z"),
        {"resourceType": "AWS::S3::Bucket", "configuration": {}},
        {"resourceType": "AWS::RDS::DBInstance", "configurationItemStatus": "ResourceDeleted", "configuration": {"dBInstanceIdentifier": "gone"}},
        {
            "resourceType": "AWS::EC2::SecurityGroup", "awsAccountId": "111122223333", "awsRegion": "eu-west-1",
            "configuration": "{\"groupId\":\"sg-1\",\"ownerId\":\"111122223333\",\"ipPermissions\":[{\"fromPort\":5432,\"ipRanges\":[\"0.0.0.0/0\"],\"ipv4Ranges\":[{\"cidrIp\":\"0.0.0.0/0\"}],\"ipv6Ranges\":[{\"cidrIpv6\":\"::/0\"}]}],\"ipPermissionsEgress\":[{\"ipRanges\":[\"10.0.0.0/8\"]}]}",
        },
        {
            "resourceType": "AWS::KMS::Key", "awsAccountId": "111122223333", "awsRegion": "eu-west-1",
            "configuration": {"arn": "arn:aws:kms:eu-west-1:111122223333:key/k", "keyManager": "CUSTOMER"},
        },
    ]});
    let told = told(&imported(&[("snapshot.json", snapshot)]).unwrap());
    assert!(!told.contains("hunter2"));
    insta::assert_snapshot!(told);
}

#[test]
fn a_query_gives_its_rows() {
    let mut row = recorded("a", "db.t3.micro", "");
    row["accountId"] = row["awsAccountId"].take();
    row["tags"] = json!([{"key": "owner", "value": "payments", "tag": "owner=payments"}]);
    let results = json!({"QueryInfo": {"SelectFields": []}, "Results": [row.to_string()]});
    insta::assert_snapshot!(told(&imported(&[("query.json", results)]).unwrap()));
    let without_type = json!({"Results": [json!({"configuration": row["configuration"]}).to_string()]});
    let told_by_arn = told(&imported(&[("query.json", without_type)]).unwrap());
    assert!(told_by_arn.contains("rds:DescribeDBInstances") && told_by_arn.contains("eu-west-1"), "{told_by_arn}");
    let too_little = json!({"QueryInfo": {}, "Results": ["{\"resourceId\":\"a\"}"]});
    assert_eq!(imported(&[("query.json", too_little)]).unwrap_err().len(), 1);
}

#[test]
fn sharing_attributes_of_a_snapshot_are_a_call_of_their_own() {
    let item = json!({
        "resourceType": "AWS::RDS::DBClusterSnapshot", "awsAccountId": "111122223333", "awsRegion": "eu-west-1",
        "configuration": {"dbclusterSnapshotIdentifier": "s", "dbclusterSnapshotArn": "arn:aws:rds:eu-west-1:111122223333:cluster-snapshot:s"},
        "supplementaryConfiguration": {"DBClusterSnapshotAttributes": "[{\"attributeName\":\"restore\",\"attributeValues\":[\"all\"]}]"},
    });
    insta::assert_snapshot!(told(&imported(&[("x.json", json!({"configurationItems": [item]}))]).unwrap()));
}

#[test]
fn what_the_service_said_counts_more_than_what_was_recorded() {
    let live = json!({"DBInstances": [{
        "DBInstanceIdentifier": "a", "DBInstanceArn": "arn:aws:rds:eu-west-1:111122223333:db:a", "DeletionProtection": true,
    }]});
    let config = json!({"configurationItems": [recorded("a", "db.t3.micro", "")]});
    for names in [["1.json", "2.json"], ["2.json", "1.json"]] {
        let import = imported(&[(names[0], live.clone()), (names[1], config.clone())]).unwrap();
        let replies = &import.scopes[0];
        let call = replies.calls.iter().find(|call| call.operation.action == "DescribeDBInstances").unwrap();
        assert_eq!((replies.items.len(), &call.status), (1, &CallStatus::Complete));
        assert_eq!(replies.items[0].value["DeletionProtection"], true);
    }
}
