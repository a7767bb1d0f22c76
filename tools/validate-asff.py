#!/usr/bin/env python3
"""Validates files of ASFF findings against the model of BatchImportFindings that botocore brings, offline, and checks what
botocore leaves to the service: the lengths that the model's documentation states, enumerations, ids, the size of a finding.

    validate-asff.py FILE...
"""

import json
import re
import sys

from botocore.loaders import Loader
from botocore.model import ServiceModel
from botocore.validate import ParamValidator

# What one call of BatchImportFindings takes.
BATCH = 100
# What one finding may weigh.
MAX_BYTES = 240_000


def stated_lengths(shape, path=()):
    """The most characters or elements that the documentation of each member states, by path."""
    for name, member in shape.members.items():
        prose = re.sub(r"<[^>]+>", " ", member.documentation)
        stated = re.search(r"Maximum (?:length )?(?:number )?of (\d+)(?: length| items|)", prose)
        if stated and member.type_name in ("string", "list"):
            yield (*path, name), int(stated[1])
        if member.type_name == "structure" and len(path) < 3:
            yield from stated_lengths(member, (*path, name))
        if member.type_name == "list" and member.member.type_name == "structure" and not path:
            yield from stated_lengths(member.member, (*path, name, "*"))


def values_at(value, path):
    if not path:
        return [value]
    if value is None:
        return []
    if path[0] == "*":
        return [found for one in value for found in values_at(one, path[1:])]
    return values_at(value.get(path[0]), path[1:])


def outside_of_enumerations(value, shape, path=""):
    """botocore sends any text where the service takes a few."""
    if shape.type_name == "structure":
        for name, inner in value.items():
            yield from outside_of_enumerations(inner, shape.members[name], f"{path}.{name}")
    elif shape.type_name == "list":
        for inner in value:
            yield from outside_of_enumerations(inner, shape.member, f"{path}[]")
    elif getattr(shape, "enum", None) and value not in shape.enum:
        yield f"{path}: {value!r} is not one of {shape.enum}"
    elif shape.type_name == "string" and not value.strip():
        yield f"{path}: blank"


class Checker:
    def __init__(self):
        service = ServiceModel(Loader().load_service_model("securityhub", "service-2"), "securityhub")
        self.input = service.operation_model("BatchImportFindings").input_shape
        self.finding = self.input.members["Findings"].member
        self.lengths = dict(stated_lengths(self.finding))
        assert self.lengths[("Title",)] == 256, "the documentation of the model reads otherwise than it did"
        assert self.lengths[("Description",)] == 1024, "the documentation of the model reads otherwise than it did"
        self.types = set(service.shape_for("ResourceDetails").members)

    def of_batch(self, findings):
        report = ParamValidator().validate({"Findings": findings}, self.input)
        return [report.generate_report()] if report.has_errors() else []

    def errors(self, finding):
        for path, most in self.lengths.items():
            for value in values_at(finding, path):
                if value is not None and len(value) > most:
                    yield f"{'.'.join(path)}: {len(value)} is more than {most}"
        yield from outside_of_enumerations(finding, self.finding)
        if not re.fullmatch(r"\d{12}", finding["AwsAccountId"]):
            yield "AwsAccountId: not twelve digits"
        product = rf"arn:aws[a-z-]*:securityhub:{finding['Region']}:(\d{{12}}):product/\1/default"
        if (re.fullmatch(product, finding["ProductArn"]) or [""])[0] == "" or finding["AwsAccountId"] not in finding["ProductArn"]:
            yield f"ProductArn: {finding['ProductArn']} is not that of the account's own products"
        if not set(resource["Type"] for resource in finding["Resources"]) <= self.types:
            yield "Resources: a type that the service does not know"
        if len(finding.get("ProductFields", {})) > 50:
            yield "ProductFields: more than 50"
        for name, value in finding.get("ProductFields", {}).items():
            if len(name) > 128 or len(value) > 2048:
                yield f"ProductFields.{name}: too long"
        if len(json.dumps(finding, ensure_ascii=False).encode()) > MAX_BYTES:
            yield f"more than {MAX_BYTES} bytes"


def main(paths):
    checker, wrong = Checker(), 0
    for path in paths:
        with open(path, encoding="utf-8") as file:
            findings = json.load(file)
        errors = []
        for start in range(0, len(findings), BATCH):
            errors += checker.of_batch(findings[start : start + BATCH])
        for number, finding in enumerate(findings):
            errors += [f"[{number}] {error}" for error in checker.errors(finding)]
        if len({finding["Id"] for finding in findings}) != len(findings):
            errors.append("two findings have one id")
        for error in errors:
            print(f"{path}: {error}", file=sys.stderr)
        wrong += bool(errors)
        print(f"{path}: {len(findings)} findings")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
