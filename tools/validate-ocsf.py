#!/usr/bin/env python3
"""Validates files of OCSF events, one a line, against the schema that the package `ocsf-json-schema` brings, and checks what a
schema cannot say: that the ids and the words of an event agree, and that no event is told twice.

    validate-ocsf.py FILE...
"""

import json
import sys

from jsonschema import Draft202012Validator
from ocsf_json_schema import OcsfJsonSchemaEmbedded, get_ocsf_schema

VERSION = "1.5.0"
OTHER = 99


def captions(schema, owner, attribute):
    """The words of an enumeration, by id."""
    values = (schema["classes"].get(owner) or schema["objects"][owner])["attributes"][attribute]["enum"]
    return {int(number): value["caption"] for number, value in values.items()}


class Checker:
    def __init__(self):
        schema = get_ocsf_schema(version=VERSION)
        event = OcsfJsonSchemaEmbedded(schema).get_class_schema(class_name="compliance_finding", profiles=["cloud"])
        self.validator = Draft202012Validator(event)
        self.words = {
            ("", "activity"): captions(schema, "compliance_finding", "activity_id"),
            ("", "severity"): captions(schema, "compliance_finding", "severity_id"),
            ("", "status"): captions(schema, "compliance_finding", "status_id"),
            ("compliance", "status"): captions(schema, "compliance", "status_id"),
        }
        self.accounts = captions(schema, "account", "type_id")

    def errors(self, event):
        for error in self.validator.iter_errors(event):
            yield f"{'/'.join(map(str, error.path))}: {error.message[:200]}"
        if event["type_uid"] != event["class_uid"] * 100 + event["activity_id"]:
            yield "type_uid is not class_uid * 100 + activity_id"
        for (part, name), words in self.words.items():
            holder = event[part] if part else event
            number, word = holder[f"{name}_id"], holder.get("activity_name" if name == "activity" else name)
            if number == OTHER and not word or number != OTHER and word != words.get(number):
                yield f"{part or 'event'}: {name}_id {number} is not called {word!r}"
        account = event["cloud"].get("account")
        if account and self.accounts.get(account["type_id"]) != account["type"]:
            yield f"account type {account['type_id']} is not called {account['type']!r}"
        if "unmapped" in event:
            yield "something is unmapped"


def main(paths):
    checker, wrong = Checker(), 0
    for path in paths:
        seen = set()
        with open(path, encoding="utf-8", newline="\n") as lines:
            for number, line in enumerate(lines, 1):
                event = json.loads(line)
                errors = list(checker.errors(event))
                if event["metadata"]["uid"] in seen:
                    errors.append("the same event as an earlier one")
                seen.add(event["metadata"]["uid"])
                for error in errors:
                    print(f"{path}:{number}: {error}", file=sys.stderr)
                wrong += bool(errors)
        print(f"{path}: {len(seen)} events")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
