#!/usr/bin/env python3
"""Writes baselines/controls.json: what the project needs of the control catalogue of its peers.

    python3 baselines/update_controls.py [CATALOGUE] [--check]

CATALOGUE is the research file (default: ../shared/controls/catalogue.json), made from the sources that SNAPSHOTS names. What
is kept: our own id and title of each control, what it is about, where it can be answered, which checks of which peer
look for it, and which numbers of which framework the named source attaches to those checks. No text of a peer is kept.

Numbers are written as the framework itself numbers its controls: a statement letter is cut off (`AC-3(3)(b)(1)` is
`AC-3(3)`), two spellings of one number become one. A number that does not exist in its framework is kept as it was
published; `baselines/frameworks/` says what becomes of it.
"""

import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
CATALOGUE = HERE.parent.parent / "shared" / "controls" / "catalogue.json"
OUT = HERE / "controls.json"

# The frameworks by the names that our files have; those of other providers come with the provider.
FRAMEWORKS = {
    "CIS AWS Foundations 3.0": "cis-aws-3.0",
    "CIS AWS Foundations 4.0": "cis-aws-4.0",
    "CIS AWS Foundations 5.0": "cis-aws-5.0",
    "CIS AWS Foundations 6.0": "cis-aws-6.0",
    "CIS AWS Foundations 7.0": "cis-aws-7.0",
    "FedRAMP Moderate r4": "fedramp-moderate-r4",
    "GDPR": "gdpr",
    "HIPAA": "hipaa",
    "ISO 27001:2022": "iso-27001-2022",
    "NIST 800-53 r5": "nist-800-53-r5",
    "NIST CSF 1.1": "nist-csf-1.1",
    "NIST CSF 2.0": "nist-csf-2.0",
    "PCI DSS 4.0": "pci-dss-4.0",
    "SOC 2": "soc-2",
}

# Which state of each source the mappings were read from (the catalogue's own record).
SNAPSHOTS = {
    "aws-guard-rules-registry": "aws-cloudformation/aws-guard-rules-registry, 2024-03-22",
    "cnspec": "mondoohq/cnspec content @62835b1, 2026-08-22",
    "powerpipe": "turbot/steampipe-mod-aws-compliance @a1d0b44, 2025-12-06 (-azure-, -gcp-: 2026-05-28)",
    "prowler": "prowler-cloud/prowler @3e000fa, 2026-08-21",
}

NIST_800_53 = re.compile(r"([A-Z]{2}-\d+)((?:\(\d+\))*)")


def numbers(framework, published):
    """The framework's own numbers for one published number."""
    if framework in ("nist-800-53-r5", "fedramp-moderate-r4"):
        found = NIST_800_53.match(published)
        control, enhancements = found.group(1), re.findall(r"\d+", found.group(2))
        # `AU-6(1)(3)` names two enhancements; `AC-3(12)(a)` one, with a statement.
        return [f"{control}({number})" for number in enhancements] or [control]
    if framework == "pci-dss-4.0":
        return [re.sub(r"^appendix\.a", "A", published)]
    return [published]


def frameworks(control):
    kept = {}
    for name, by_source in control["frameworks"].items():
        framework = FRAMEWORKS.get(name)
        if framework is None:
            continue
        for source, published in by_source.items():
            found = {number for one in published for number in numbers(framework, one)}
            kept.setdefault(framework, {})[source] = sorted(found)
    return kept


def row(control):
    return {
        "id": control["id"],
        "title": control["title"],
        "domain": control["domain"],
        "provider": control["provider"],
        "engines": control["engine_scope"],
        "assessable_from": control["assessable_from"],
        "terraform": sorted({entry["resource"] for entry in control["terraform"]}),
        "peers": {peer: sorted(ids) for peer, ids in sorted(control["peers"].items())},
        "frameworks": {name: dict(sorted(of.items())) for name, of in sorted(frameworks(control).items())},
    }


def render(catalogue):
    rows = sorted((row(control) for control in catalogue), key=lambda control: control["id"])
    lines = ",\n".join(json.dumps(control, ensure_ascii=False) for control in rows)
    head = json.dumps({"sources": SNAPSHOTS}, ensure_ascii=False, indent=1)[:-2]
    return f'{head},\n "controls": [\n{lines}\n]\n}}\n'


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--check"]
    catalogue = json.loads(Path(arguments[0] if arguments else CATALOGUE).read_text("utf-8"))
    text = render(catalogue)
    if "--check" in sys.argv:
        sys.exit(0 if OUT.read_text("utf-8") == text else "baselines/controls.json is stale; run this without --check")
    OUT.write_text(text, "utf-8")
    print(f"{OUT.name}: {len(catalogue)} controls, {len(text.encode())} bytes")


main()
