#!/usr/bin/env python3
"""Asks DuckDB what stands in a folder of tables that `--output parquet=DIR` wrote.

    ask-parquet.py rows LAKE RESULTS.json     the tables have the verdicts, the drift and the gaps of the JSON of the same run
    ask-parquet.py facts LAKE RESULTS.json    and each fact that a verdict rests on is in the tables with its value
    ask-parquet.py questions LAKE PAGE.md     every question of a page has an answer, and its columns have the types that it says
"""

import json
import os
import re
import sys
import tempfile
from collections import Counter

import duckdb

HIVE = "hive_partitioning = true, hive_types = {'date': DATE, 'account': VARCHAR}"


def main():
    match sys.argv[1:]:
        case ["rows" | "facts" as what, lake, results]:
            with open(results, encoding="utf-8") as file:
                compare(lake, json.load(file), with_facts=what == "facts")
        case ["questions", lake, page]:
            with open(page, encoding="utf-8") as file:
                page = file.read()
            questions(lake, re.findall(r"```sql\n(.*?)```", page, re.DOTALL), page)
        case _:
            sys.exit(__doc__)


def compare(lake, results, with_facts):
    day = results["run"]["as_of"][:10]

    def table(name, columns):
        files = os.path.join(lake, name, f"date={day}", "*", "*.parquet")
        query = f"SELECT {columns} FROM read_parquet(?, {HIVE})"
        return duckdb.execute(query, [files]).fetchall()

    same("verdicts", Counter(table("verdicts", "rule, verdict, resource, account_id")), verdicts(results))
    gaps = Counter((gap["place"], gap["reason"]) for gap in results["gaps"])
    same("gaps", Counter(table("gaps", "place, reason")), gaps)
    drift = Counter((row["class"], row["against"], row["resource"]["id"], row["rule"]) for row in results["drift"])
    same("drift", Counter(table("drift", "class, against, resource, rule")), drift)
    facts = {
        (resource, fact if key is None else (fact, key)): (state, value)
        for resource, fact, key, state, value in table("facts", "resource, fact, key, state, value")
    }
    rested = rests_on(results) if with_facts else {}
    looked = [(place, said) for place, said in rested.items() if place in facts]
    for place, said in looked:
        assert facts[place] == said, f"{place!r}: {facts[place]!r} is not {said!r}"
    assert not with_facts or len(looked) > 100, f"only {len(looked)} facts could be compared"
    print(f"{lake}: {verdicts(results).total()} verdicts, {len(facts)} facts ({len(looked)} compared), {drift.total()} drifts")


def same(what, told, expected):
    assert told == expected, f"{what}: {list((told - expected).items())[:3]} too many, {list((expected - told).items())[:3]} missing"


def each_verdict(results):
    """Every row of `verdicts` with each of its resources."""
    for row in results["verdicts"]:
        for first, last in row["resources"]:
            for position in range(first, last + 1):
                yield row, results["resources"][position]


def verdicts(results):
    found = ((row["rule"], row["verdict"], one["id"], one.get("account")) for row, one in each_verdict(results))
    return Counter(found)


def rests_on(results):
    """The state and the value of each fact as a whole, and of each key, that a verdict rests on; by resource."""
    facts, torn = {}, set()
    for row, resource in each_verdict(results):
        for path, fact in row["facts"].items():
            key = re.fullmatch(r'(\w+)(?:\.(\w+)|\["(.*)"\])?', path, re.DOTALL)
            if not key or path.startswith("before.") or fact["state"] not in ("known", "partial"):
                continue
            value = fact["value"]
            if isinstance(value, dict):
                continue
            name = key[1] if key[2] is None and key[3] is None else (key[1], key[2] or key[3])
            said = (fact["state"], json.dumps(value, separators=(",", ":"), ensure_ascii=False))
            if facts.setdefault((resource["id"], name), said) != said:
                # Two sources of one run say different things of one address.
                torn.add((resource["id"], name))
    return {place: said for place, said in facts.items() if place not in torn}


def questions(lake, blocks, page):
    lake = os.path.abspath(lake)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        os.symlink(lake, "lake")
        database = duckdb.connect()
        asked = 0
        for block in blocks:
            statements = [statement.strip() for statement in block.split(";") if statement.strip()]
            for statement in statements:
                answer = database.execute(statement)
                if statement.upper().startswith(("CREATE", "SET")):
                    continue
                rows = answer.fetchall()
                asked += 1
                names = [column[0] for column in answer.description]
                print(f"  {names}: {rows[0] if rows else 'nothing'}{f' and {len(rows) - 1} more' if len(rows) > 1 else ''}")
                assert rows, f"no answer:\n{statement}"
        for table in re.split(r"^### ", page, flags=re.MULTILINE)[1:]:
            name = re.match(r"`(\w+)`", table)[1]
            said = dict(re.findall(r"^\| `(\w+)` \| ([A-Z ]+) \|", table, re.MULTILINE))
            is_so = {column: ty for column, ty, *_ in database.execute(f"DESCRIBE {name}").fetchall() if column not in ("date", "account")}
            assert said == is_so, f"{name}: {sorted(set(said.items()) ^ set(is_so.items()))}"
        assert asked >= 8, f"the page asks {asked} questions"
        os.chdir(os.path.dirname(lake))


if __name__ == "__main__":
    main()
