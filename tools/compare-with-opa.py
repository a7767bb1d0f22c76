#!/usr/bin/env python3
"""Asks the real OPA what our rules were asked, and runs our Rego tests with it.

    DBKEEL_WRITE_QUESTIONS=target/opa/questions cargo test --lib questions
    target/opa/venv/bin/python tools/compare-with-opa.py target/opa/questions

`./run-tests` does both. OPA comes as a library in a Python package (`opa-golib-python-bindings`).
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

from opa_bindings import OpaEngine, OpaError

POLICIES = Path(__file__).resolve().parent.parent / "policies"
# So many differences are shown.
MOST = 20


def package_of(path: Path) -> str:
    return f"dbkeel.{path.parent.name}.{path.stem}"


def engine(files: dict[Path, str]) -> OpaEngine:
    made = OpaEngine()
    for path, text in files.items():
        made.add_policy(str(path.relative_to(POLICIES.parent)), text)
    return made


def run_tests(texts: dict[Path, str]) -> list[str]:
    """Our tests that OPA does not pass. All packages are one document: every question makes OPA compile everything."""
    failed, count = [], 0
    with engine(texts) as opa:
        said = opa.eval_document("dbkeel")
    for path, text in texts.items():
        tests = sorted({line.split()[0] for line in text.splitlines() if line.startswith("test_")})
        held = said.get(path.parent.name, {}).get(path.stem, {})
        count += len(tests)
        failed += [f"{package_of(path)}.{name}: OPA says {held.get(name)}" for name in tests if held.get(name) is not True]
    print(f"{count} Rego tests, {len(failed)} of which fail in OPA")
    return failed


class Rule:
    """One rule in OPA, with the libraries, so that little is compiled."""

    def __init__(self, path: Path, texts: dict[Path, str]) -> None:
        libraries = {other: text for other, text in texts.items() if other.parent.name == "lib" and "_test" not in other.stem}
        self.opa = engine({**libraries, path: texts[path]})
        all_text = texts[path] + "".join(libraries.values())
        # OPA takes its time with what is replaced, so only what is read is.
        self.roots = [root for root in ["parameters", "baseline", "now", "engines"] if f"data.{root}" in all_text]

    def ask(self, question: dict, data: dict) -> dict[str, list[str] | None]:
        """What OPA says; a rule that does not apply has no violations, whatever it would say."""
        data = {root: data[root] for root in self.roots if root in data}
        given = " ".join(f"with data.{root} as input.data.{root}" for root in sorted(data))
        names = ["not_applicable"] if question["says_not_applicable"] else []
        if question["asked"] == "everything":
            names.append("violations")
        query = "; ".join(
            f"{name} := data.{question['package']}.{name} with input as input.input {given}" for name in names
        )
        found = self.opa.eval_query(query, {"input": question["input"], "data": data})
        said = {name: sorted(found[0][name]) if found else None for name in names}
        if said.get("not_applicable"):
            said["violations"] = []
        return said


def difference(rule: Rule, question: dict, data: dict) -> str | None:
    """What OPA says otherwise, or `None`."""
    place = f"{question['package']} with {json.dumps(question['input'])} and {json.dumps(data.get('parameters'))}"
    try:
        said = rule.ask(question, data)
    except OpaError as error:
        return f"{place}: OPA raises {error}"
    ours = {name: sorted(question[name]) for name in said}
    return None if ours == said else f"{place}:\n    ours: {json.dumps(ours)}\n    OPA:  {json.dumps(said)}"


def questions(files: list[Path]) -> dict[str, list[tuple[dict, dict]]]:
    """Questions with their data, by package."""
    by_package = defaultdict(list)
    for file in files:
        data, count = {}, 0
        for line in file.open(encoding="utf-8"):
            row = json.loads(line)
            if "number" in row:
                data[row["number"]] = row["data"]
            else:
                count += 1
                by_package[row["package"]].append((row, data[row["data"]]))
        print(f"{file.name}: {count} questions")
    return by_package


def compare(files: list[Path], texts: dict[Path, str]) -> list[str]:
    """The questions to which OPA has another answer."""
    paths = {package_of(path): path for path in texts}
    differences = []
    by_package = questions(files)
    for package, asked in sorted(by_package.items()):
        rule = Rule(paths[package], texts)
        differences += filter(None, (difference(rule, question, data) for question, data in asked))
        rule.opa.close()
    print(f"{len(by_package)} rules, {len(differences)} answers that differ")
    return differences


def main() -> int:
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(POLICIES.rglob("*.rego"))}
    files = sorted(Path(sys.argv[1]).glob("*.jsonl"))
    if not files:
        print(f"no questions are in {sys.argv[1]}", file=sys.stderr)
        return 2
    wrong = run_tests(texts) + compare(files, texts)
    for line in wrong[:MOST]:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
