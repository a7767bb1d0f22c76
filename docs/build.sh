#!/usr/bin/env bash
# Builds the book into target/book: the pages here, and those of rules and facts, which dbkeel writes. mdbook is installed
# under target/mdbook when no `mdbook` is on the path; that takes about three minutes of a processor, once.
set -euo pipefail
cd "$(dirname "$0")/.."

MDBOOK_VERSION=0.5.4
SOURCE=target/book-source/docs

main() {
	local mdbook dbkeel=${DBKEEL:-target/debug/dbkeel}
	mdbook=$(find_mdbook)
	[ -n "${DBKEEL:-}" ] || cargo build --quiet
	rm -rf "$(dirname "$SOURCE")" target/book
	mkdir -p "$(dirname "$SOURCE")"
	cp -R docs "$SOURCE"
	# What pages include lies beside them.
	cp -R policies "$(dirname "$SOURCE")/policies"
	mkdir -p "$(dirname "$SOURCE")/tests/integration"
	cp -R tests/integration/snapshots "$(dirname "$SOURCE")/tests/integration/snapshots"
	"$dbkeel" policy docs "$SOURCE" --quiet
	sed -i -e "/puts the generated pages here/{
		r $SOURCE/generated.md
		d
	}" "$SOURCE/SUMMARY.md"
	rm "$SOURCE/generated.md" "$SOURCE/build.sh"
	"$mdbook" build "$SOURCE" --dest-dir "$PWD/target/book"
	rm target/book/book.toml
	echo "target/book/index.html"
}

# The mdbook to use.
find_mdbook() {
	if command -v mdbook >/dev/null; then
		command -v mdbook
		return
	fi
	local here=target/mdbook
	if [ ! -x "$here/bin/mdbook" ]; then
		cargo install mdbook --version "$MDBOOK_VERSION" --locked --no-default-features --features search --root "$here" >&2
	fi
	echo "$here/bin/mdbook"
}

main "$@"
