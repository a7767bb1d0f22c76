#!/usr/bin/env bash
# Says where dbkeel is: the one that is asked for, the one on the PATH, or one that is built of the source that this action
# lies in, which is the version that the workflow pins.
set -euo pipefail

source=${GITHUB_ACTION_PATH:?is set by the runner}/../..

found() {
	"$1" --version >&2 || { echo "::error title=dbkeel::\`$1\` does not run" >&2; exit 2; }
	echo "path=$1" >>"$GITHUB_OUTPUT"
	exit 0
}

if [ -n "${DBKEEL:-}" ]; then
	path=$(command -v "$DBKEEL") || { echo "::error title=dbkeel::there is no \`$DBKEEL\` on this runner" >&2; exit 2; }
	found "$path"
fi
if path=$(command -v dbkeel); then
	found "$path"
fi
[ -f "$source/Cargo.toml" ] || {
	echo "::error title=dbkeel::dbkeel is not on the PATH, and its source is not beside this action: install it in a step before, or give the input \`dbkeel\`" >&2
	exit 2
}
echo "building dbkeel, which takes some minutes: install it in a step before to save them" >&2
cargo install --locked --quiet --path "$source" --root "${RUNNER_TEMP:?is set by the runner}/dbkeel"
found "$RUNNER_TEMP/dbkeel/bin/dbkeel"
