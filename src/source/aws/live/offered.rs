//! Where a service of databases is not offered. Written by tools/aws-shapes.py from the endpoints of botocore
//! 1.44.5, which are Copyright Amazon.com, Inc. or its affiliates and licensed under the Apache License 2.0.
//! Do not edit.

/// Regions by service. A region that is newer than the list is in none.
pub(super) static NOT_OFFERED: &[(&str, &[&str])] = &[
    (
        "dax",
        &[
            "eu-isoe-west-1",
            "eusc-de-east-1",
            "me-central-1",
            "me-south-1",
            "us-iso-east-1",
            "us-iso-west-1",
            "us-isob-east-1",
            "us-isob-west-1",
            "us-isof-east-1",
            "us-isof-south-1",
        ],
    ),
    (
        "memorydb",
        &[
            "af-south-1",
            "ap-east-2",
            "ap-northeast-3",
            "ap-south-2",
            "ap-southeast-3",
            "ap-southeast-4",
            "ap-southeast-5",
            "ap-southeast-6",
            "ap-southeast-7",
            "ca-west-1",
            "eu-central-2",
            "eu-isoe-west-1",
            "eusc-de-east-1",
            "il-central-1",
            "me-central-1",
            "me-south-1",
            "mx-central-1",
            "us-iso-east-1",
            "us-iso-west-1",
            "us-isob-east-1",
            "us-isob-west-1",
            "us-isof-east-1",
            "us-isof-south-1",
        ],
    ),
    ("redshift-serverless", &["me-south-1", "us-iso-east-1", "us-iso-west-1", "us-isob-east-1", "us-isob-west-1"]),
];
