#!/usr/bin/env bash
# Writes a software bill of materials (CycloneDX, JSON) of what is compiled into the binary: target/dbkeel.cdx.json
set -euo pipefail
cd "$(dirname "$0")/.."

VERSION=0.5.9
TOOL=target/tools/bin/cargo-cyclonedx
OUT=target/dbkeel.cdx.json

if [ "$("$TOOL" cyclonedx --version 2>/dev/null | awk '{ print $NF }')" != "$VERSION" ]; then
	cargo install --quiet --locked --root target/tools --version "$VERSION" cargo-cyclonedx
fi
# It writes beside Cargo.toml, whatever it is told of folders.
trap 'rm -f dbkeel-sbom.json' EXIT
PATH="target/tools/bin:$PATH" cargo cyclonedx --quiet --format json --spec-version 1.5 --override-filename dbkeel-sbom
mv dbkeel-sbom.json "$OUT"
echo "wrote $OUT: $(jq '.components | length' "$OUT") components"
