#!/usr/bin/env python3
"""Asks the installed terraform what the expressions of functions.txt evaluate to, and writes its answers beside them.

    testdata/terraform/record_functions.py [functions.txt ...]

The form of the file, of which the lines with `>` are written by hand and the others by this script:

    # a comment
    > max(1, 2)
    = 2
    > max("x")
    ! error

The answer is what `terraform console` prints, each of its lines after `= `. The console runs in a copy of `functions/`, so the files
there can be read, and `terraform_data.u.id` (text) and `terraform_data.u.output` (any type) are known only after apply.

The console prints the last result only of what it reads from a pipe, so many expressions go into one list, with marks between
them; `can` says first which ones fail.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
BATCH = 40


def console(directory, expression):
    """What the console prints; None if it fails."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TF_")}
    environment["TF_CLI_CONFIG_FILE"] = os.devnull
    answer = subprocess.run(
        ["terraform", "console", "-no-color"],
        cwd=directory, input=(expression + "\n").encode(), capture_output=True, env=environment,
    )
    # Bytes, because reading text would make one line break of `\\r\\n`.
    return answer.stdout.decode().rstrip("\n") if answer.returncode == 0 else None


def succeed(directory, expressions):
    """Which of the expressions evaluate. `can` does not see what is wrong before evaluation, so a list is halved until it shows."""
    answer = console(directory, "[" + ", ".join(f"can({one})" for one in expressions) + "]")
    if answer is not None:
        # `(known after apply)` is an expression that depends on what is not known.
        return [line.strip() != "false," for line in answer.split("\n")[1:-1]]
    if len(expressions) == 1:
        return [False]
    half = len(expressions) // 2
    return succeed(directory, expressions[:half]) + succeed(directory, expressions[half:])


def evaluate(directory, expressions):
    """The printed values; None for what fails after all."""
    listed = ", ".join(f'"@@{index}", {one}' for index, one in enumerate(expressions))
    answer = console(directory, f"[{listed}]") if expressions else "[\n]"
    if answer is None:
        if len(expressions) == 1:
            return [None]
        half = len(expressions) // 2
        return evaluate(directory, expressions[:half]) + evaluate(directory, expressions[half:])
    values, current = [], []
    for line in answer.split("\n")[1:-1]:
        if line == f'  "@@{len(values)}",':
            current = []
            values.append(current)
        else:
            current.append(line[2:])
    return [alone("\n".join(value)) for value in values]


def alone(text):
    """As it would be printed outside of the list: without its comma, and a text of several lines without its indent mark."""
    text = text.removesuffix(",")
    return "<<" + text[3:] if text.startswith("<<-") else text


def record(path, directory):
    lines = [line for line in path.read_bytes().decode().rstrip("\n").split("\n") if not line.startswith(("= ", "=", "!"))]
    expressions = [line[2:] for line in lines if line.startswith("> ")]
    answers = {}
    for start in range(0, len(expressions), BATCH):
        batch = expressions[start:start + BATCH]
        good = [one for one, fine in zip(batch, succeed(directory, batch)) if fine]
        answers.update(zip(good, evaluate(directory, good)))
    written = []
    for line in lines:
        written.append(line)
        if line.startswith("> "):
            answer = answers.get(line[2:])
            written += ["! error"] if answer is None else ["= " + one if one else "=" for one in answer.split("\n")]
    path.write_bytes(("\n".join(written) + "\n").encode())
    failed = sum(answers.get(one) is None for one in expressions)
    print(f"{path.name}: {len(expressions)} expressions, {failed} of them errors", file=sys.stderr)


def main():
    paths = [pathlib.Path(name) for name in sys.argv[1:]] or [HERE / "functions.txt"]
    with tempfile.TemporaryDirectory() as scratch:
        directory = pathlib.Path(scratch) / "functions"
        shutil.copytree(HERE / "functions", directory)
        for path in paths:
            record(path, directory)


if __name__ == "__main__":
    main()
