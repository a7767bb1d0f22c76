"""Reads the JUnit reports of a folder with junitparser, and counts what they hold against the results in JSON beside them.

Usage: read-junit.py FOLDER, which has `<run>.junit` and `<run>.json` for each run.
"""

import json
import pathlib
import sys

from junitparser import Error, Failure, JUnitXml, Skipped


def main(folder: pathlib.Path) -> int:
    reports = sorted(folder.glob("*.junit"))
    for path in reports:
        results = json.loads(path.with_suffix(".json").read_text())
        read, wanted = counts(JUnitXml.fromfile(str(path))), expected(results)
        if read != wanted:
            print(f"{path.name}: (tests, failures, errors, skipped) are {read}, and the results say {wanted}", file=sys.stderr)
            return 1
        print(f"{path.name}: {read[0]} tests, as the results say")
    return 0 if reports else 1


def counts(report: JUnitXml) -> tuple[int, int, int, int]:
    """What the test cases say, which must be what the suites and the report say of themselves."""
    cases = [case for suite in report for case in suite]
    having = [sum(any(isinstance(one, kind) for one in case.result) for case in cases) for kind in (Failure, Error, Skipped)]
    told = tuple(sum(getattr(suite, name) or 0 for suite in report) for name in ("tests", "failures", "errors", "skipped"))
    counted = (len(cases), *having)
    if told != counted:
        raise SystemExit(f"the suites say {told}, their test cases {counted}")
    return counted


def expected(results: dict) -> tuple[int, int, int, int]:
    """What the results hold: a test for each verdict, each drift and each gap."""
    total, gaps, drifts = results["summary"]["total"], len(results["gaps"]), results["drift"]
    failing = set(results.get("comparison", {}).get("fail_on", []))
    failed = sum(drift["class"] in failing for drift in drifts)
    return (
        sum(total.values()) + len(drifts) + gaps,
        total["fail"] + failed,
        total["error"] + gaps,
        total["waived"] + total["unknown"] + total["not_applicable"] + len(drifts) - failed,
    )


sys.exit(main(pathlib.Path(sys.argv[1])))
