#!/usr/bin/env python3
"""Makes baselines/engines.yaml from a file of engine lifecycles.

    python3 baselines/update_engines.py LIFECYCLE_JSON > baselines/engines.yaml

The input holds one product per engine: `product`, `engine`, `source` and `releases` as endoflife.date publishes them
(`releaseCycle`, `releaseDate`, `eol`, `eoes`, `latest`, `latestReleaseDate`). Only the engines of AWS database
services are kept, under AWS's own words, and of their versions only what rules read. An end that is not announced
(`false`), or that the vendor does not offer (`true`, for Extended Support), has no key. Support that is over since a day
that nobody wrote down (`true`, for standard support) is `ended: true`.
"""

import datetime
import json
import sys

# product of the input -> the engine's name at AWS
PRODUCTS = {
    "amazon-rds-postgresql": "postgres",
    "amazon-rds-mysql": "mysql",
    "amazon-rds-mariadb": "mariadb",
    "amazon-aurora-postgresql": "aurora-postgresql",
    "amazon-documentdb": "docdb",
    "amazon-neptune": "neptune",
    # Of ElastiCache; MemoryDB has a calendar of its own, and its databases no major version here.
    "amazon-elasticache-redis": "redis",
}

# Releases of these are listed by minor or patch version; the fact `engine_major_version` has two parts.
TWO_PARTS = {"mysql", "neptune"}

# The input has no dates for Aurora MySQL that agree: two of its sources give 2027-04-30 and 2028-04-30 for version 3.
# Aurora's own release calendar settles it, so its table stands here.
AURORA_MYSQL = {
    "source": "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraMySQLReleaseNotes/AuroraMySQL.release-calendars.html",
    "note": [
        "Read in a copy of that page whose newest row is of 2026-09-03. A price list (infracost, 2026-08-21) still",
        "starts Extended Support of version 3 on 2027-05-01; the calendar says 1 May 2028 and is the vendor's own.",
        "The calendar gives April 2032, without a day, for 8.4: the last day of that month stands here.",
    ],
    "majors": {
        "8.4": {
            "released": "2026-05-21",
            "standard_support_ends": "2032-04-30",
            "newest_minor": "8.4.8",
            "newest_minor_released": "2026-09-03",
        },
        "3": {
            "released": "2021-11-18",
            "standard_support_ends": "2028-04-30",
            "extended_support_ends": "2029-07-31",
            "newest_minor": "3.13",
            "newest_minor_released": "2026-08-27",
        },
        "2": {
            "released": "2018-10-25",
            "standard_support_ends": "2024-10-31",
            "extended_support_ends": "2029-06-30",
            "newest_minor": "2.12",
            "newest_minor_released": "2023-07-25",
        },
        "1": {"standard_support_ends": "2023-02-28"},
    },
}

HEAD = """\
# Engine versions and the ends of their support, as rules read them in `data.engines`.
# Made by baselines/update_engines.py: do not edit by hand.
#
# Dates that come from https://endoflife.date are used under its licence:
#
#   Copyright 2020 endoflife.date contributors
#
#   Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
#   documentation files (the "Software"), to deal in the Software without restriction, including without limitation
#   the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to
#   permit persons to whom the Software is furnished to do so, subject to the following conditions:
#
#   The above copyright notice and this permission notice shall be included in all copies or substantial portions of
#   the Software.
#
#   THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO
#   THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
#   AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT,
#   TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
#   SOFTWARE.
"""


def date(value, where):
    """A date as text, or None when there is none."""
    if value is None or isinstance(value, bool):
        return None
    try:
        return datetime.date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        sys.exit(f"{where}: {value!r} is not a date")


def version(text):
    """A version in an order that counts: 8.4.10 after 8.4.9."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in text.split(".")]


def row(product, major, release):
    """What rules read of one release."""
    where = f"{product} {release['releaseCycle']}"
    newest = release.get("latest")
    if newest == major:
        newest = None  # the release stands for the whole line; which minor was its last is not said
    found = {
        "released": date(release.get("releaseDate"), where),
        "standard_support_ends": date(release["eol"], where),
        "extended_support_ends": date(release.get("eoes"), where),
        "ended": True if release["eol"] is True else None,
        # Neptune's `.R7` numbers a patch of the release, which `engine_version` does not show.
        "newest_minor": newest and newest.split(".R")[0],
        "newest_minor_released": date(release.get("latestReleaseDate"), where) if newest and ".R" not in newest else None,
    }
    return {key: value for key, value in found.items() if value is not None}


def merge(rows):
    """Releases of one major version: what its first and its newest release say."""
    rows = sorted(rows, key=lambda each: version(each.get("newest_minor", "0")))
    newest = dict(rows[-1])
    newest["released"] = min(each["released"] for each in rows)
    # A line is supported for as long as any of its releases is.
    newest["standard_support_ends"] = max(each["standard_support_ends"] for each in rows)
    return newest


def majors(engine, product):
    """Major version -> what rules read, newest first."""
    grouped = {}
    for release in product["releases"]:
        cycle = release["releaseCycle"]
        major = ".".join(cycle.split(".")[:2]) if engine in TWO_PARTS else cycle
        grouped.setdefault(major, []).append(row(product["product"], major, release))
    merged = {major: rows[0] if len(rows) == 1 else merge(rows) for major, rows in grouped.items()}
    return dict(sorted(merged.items(), key=lambda each: version(each[0]), reverse=True))


def write(engine, comments, table):
    """One engine as YAML. Everything is quoted: 8.0 is no number here, and no reader shall make dates of dates."""
    print(f"  # {comments[0]}")
    for comment in comments[1:]:
        print(f"  # {comment}")
    print(f"  {engine}:")
    for major, known in table.items():
        print(f'    "{major}":')
        for key, value in known.items():
            print(f"      {key}: {json.dumps(value)}")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:
        products = {product["product"]: product for product in json.load(file)["products"]}
    retrieved = max(products[name]["source"]["head_date"] for name in PRODUCTS)
    print(HEAD)
    print(f'retrieved: "{retrieved}"')
    print("engines:")
    for name, engine in PRODUCTS.items():
        product = products[name]
        source = product["source"]
        comments = [f"{source['repo']} {source['path']} at {source['commit'][:12]} ({source['head_date']}), MIT."]
        if source.get("upstream_page"):
            comments.append(source["upstream_page"])
        write(engine, comments, majors(engine, product))
    comments = [AURORA_MYSQL["source"], *AURORA_MYSQL["note"]]
    write("aurora-mysql", comments, AURORA_MYSQL["majors"])
    # Version 1 had an engine name of its own.
    write("aurora", [AURORA_MYSQL["source"]], {"1": AURORA_MYSQL["majors"]["1"]})


if __name__ == "__main__":
    main()
