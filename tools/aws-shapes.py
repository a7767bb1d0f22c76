#!/usr/bin/env python3
"""Writes what the collector knows of AWS's services from their models, which botocore ships (Apache-2.0):

    src/source/aws/decode/shapes.rs      the shapes of the replies
    src/source/aws/live/offered.rs       the regions in which a service of databases is not offered
    testdata/aws/endpoints.json          the endpoints that botocore resolves, for a test

Usage: pip install botocore, then python3 tools/aws-shapes.py, from anywhere. A test of the crate fails when a call of
src/source/aws/operations.rs is not in the table; new members of known calls arrive by running this again, and until then
reach the inventory as elements without a shape.
"""

import gzip
import json
import pathlib
import re

import botocore
from botocore.endpoint_provider import EndpointProvider

ROOT = pathlib.Path(__file__).resolve().parent.parent
OPERATIONS = ROOT / "src/source/aws/operations.rs"
SHAPES = ROOT / "src/source/aws/decode/shapes.rs"
OFFERED = ROOT / "src/source/aws/live/offered.rs"
ENDPOINTS = ROOT / "testdata/aws/endpoints.json"
DATA = pathlib.Path(botocore.__file__).parent / "data"

# The prefix in IAM, and where botocore keeps the model.
SERVICES = {
    "application-autoscaling": ("application-autoscaling", "2016-02-06"),
    "backup": ("backup", "2018-11-15"),
    "dynamodb": ("dynamodb", "2012-08-10"),
    "dax": ("dax", "2017-04-19"),
    "dms": ("dms", "2016-01-01"),
    "ec2": ("ec2", "2016-11-15"),
    "elasticache": ("elasticache", "2015-02-02"),
    "guardduty": ("guardduty", "2017-11-28"),
    "kms": ("kms", "2014-11-01"),
    "logs": ("logs", "2014-03-28"),
    "memorydb": ("memorydb", "2021-01-01"),
    "organizations": ("organizations", "2016-11-28"),
    "rds": ("rds", "2014-10-31"),
    "redshift": ("redshift", "2012-12-01"),
    "redshift-serverless": ("redshift-serverless", "2021-04-21"),
    "secretsmanager": ("secretsmanager", "2017-10-17"),
    "sts": ("sts", "2011-06-15"),
    "tagging": ("resourcegroupstaggingapi", "2017-01-26"),
}
# The services that run databases: the words of src/source/aws/family.rs.
FAMILIES = ["dax", "dynamodb", "elasticache", "memorydb", "rds", "redshift", "redshift-serverless"]
SCALARS = {
    "string": "Text", "character": "Text", "blob": "Text", "boolean": "Bool", "integer": "Whole", "long": "Whole",
    "float": "Real", "double": "Real", "timestamp": "Time", "map": "Any",
}
REGIONS = ["us-east-1", "eu-west-1", "ap-southeast-7", "il-central-1", "cn-north-1", "us-gov-west-1", "us-iso-east-1",
           "us-isob-east-1", "eu-isoe-west-1", "us-isof-south-1", "eusc-de-east-1"]


def operations():
    """`service:Action` of every call in the Rust table, which stays the only list of them."""
    text = OPERATIONS.read_text()
    found = set(re.findall(r'"([a-z0-9-]+)",\s*"([A-Z][A-Za-z0-9]+)"', text))
    return sorted(found, key=lambda call: ":".join(call))


def constant(service, shape):
    words = re.sub(r"([a-z0-9])([A-Z])|([A-Z]+)([A-Z][a-z])", r"\1\3_\2\4", shape).upper()
    return f"{service.upper().replace('-', '_')}_{words}"


class Service:
    def __init__(self, name):
        folder, version = SERVICES[name]
        self.name = name
        self.model = json.loads(gzip.open(DATA / folder / version / "service-2.json.gz").read())
        self.shapes = {}

    def type_of(self, reference):
        shape = self.model["shapes"][reference["shape"]]
        kind = shape["type"]
        if kind in SCALARS:
            return SCALARS[kind]
        if kind == "structure":
            self.add(reference["shape"])
            return f"Of(&{constant(self.name, reference['shape'])})"
        assert kind == "list", (kind, reference)
        member = shape["member"]
        assert not (shape.get("flattened") or reference.get("flattened")), "flattened lists are not read"
        return f"List(&{self.type_of(member)})"

    def add(self, name):
        if name in self.shapes:
            return
        self.shapes[name] = None
        members = []
        for member, reference in self.model["shapes"][name]["members"].items():
            members.append((reference.get("locationName", member), member, self.type_of(reference)))
        self.shapes[name] = members

    def output(self, action):
        shape = self.model["operations"][action]["output"]["shape"]
        self.add(shape)
        return constant(self.name, shape)


def write_shapes():
    services = {}
    table = []
    for name, action in operations():
        service = services.setdefault(name, Service(name))
        table.append(f'    ("{name}:{action}", &{service.output(action)}),')
    lines = [
        "//! The shapes of the replies. Written by tools/aws-shapes.py from the service models of botocore",
        f"//! {botocore.__version__}, which are Copyright Amazon.com, Inc. or its affiliates and licensed under the Apache License 2.0;",
        "//! reduced to the names and types of what the collector reads. Do not edit.",
        "",
        "use super::shape::Shape;",
        "use super::shape::Type::*;",
        "",
        "/// By call. INVARIANT: sorted.",
        "pub(super) static REPLIES: &[(&str, &Shape)] = &[",
        *table,
        "];",
    ]
    for name, service in sorted(services.items()):
        for shape, members in sorted(service.shapes.items()):
            lines.append("")
            lines.append(f"static {constant(name, shape)}: Shape = Shape(&[")
            # Sorted by what is on the wire, for a binary search.
            for wire, member, kind in sorted(members):
                lines.append(f'    ("{wire}", "{member}", {kind}),')
            lines.append("]);")
    SHAPES.write_text("\n".join(lines) + "\n")


def write_offered():
    partitions = json.loads((DATA / "endpoints.json").read_text())["partitions"]
    lines = [
        "//! Where a service of databases is not offered. Written by tools/aws-shapes.py from the endpoints of botocore",
        f"//! {botocore.__version__}, which are Copyright Amazon.com, Inc. or its affiliates and licensed under the Apache License 2.0.",
        "//! Do not edit.",
        "",
        "/// Regions by service. A region that is newer than the list is in none.",
        "pub(super) static NOT_OFFERED: &[(&str, &[&str])] = &[",
    ]
    for name in FAMILIES:
        folder, version = SERVICES[name]
        model = json.loads(gzip.open(DATA / folder / version / "service-2.json.gz").read())
        label = model["metadata"]["endpointPrefix"]
        missing = []
        for partition in partitions:
            offered = partition["services"].get(label, {}).get("endpoints", {})
            missing += [region for region in partition["regions"] if region not in offered]
        if missing:
            lines.append(f'    ("{name}", &[')
            lines += [f'        "{region}",' for region in sorted(missing)]
            lines.append("    ]),")
    lines.append("];")
    OFFERED.write_text("\n".join(lines) + "\n")


def write_endpoints():
    partitions = json.loads((DATA / "partitions.json").read_text())
    found = []
    for name, (folder, version) in sorted(SERVICES.items()):
        rules = json.loads(gzip.open(DATA / folder / version / "endpoint-rule-set-1.json.gz").read())
        provider = EndpointProvider(rules, partitions)
        for region in REGIONS:
            for fips in (False, True):
                for dualstack in (False, True):
                    asked = {"Region": region, "UseFIPS": fips, "UseDualStack": dualstack, "UseGlobalEndpoint": False}
                    known = {parameter: asked[parameter] for parameter in asked if parameter in rules["parameters"]}
                    endpoint = provider.resolve_endpoint(**known)
                    signed = next(iter(endpoint.properties.get("authSchemes", [])), {}).get("signingRegion", region)
                    found.append({"service": name, "region": region, "fips": fips, "dualstack": dualstack,
                                  "url": endpoint.url, "signed": signed})
    ENDPOINTS.parent.mkdir(parents=True, exist_ok=True)
    ENDPOINTS.write_text("[\n" + ",\n".join(json.dumps(each) for each in found) + "\n]\n")


if __name__ == "__main__":
    SHAPES.parent.mkdir(parents=True, exist_ok=True)
    write_shapes()
    write_offered()
    write_endpoints()
