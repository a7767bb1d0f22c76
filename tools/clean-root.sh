#!/usr/bin/env bash
# Does by hand what ci/Dockerfile does after its build: puts the binary and the certificates into an empty root, and runs it
# there as user 65532 with nothing else in sight. Takes root, for chroot.
#
#   tools/clean-root.sh target/x86_64-unknown-linux-musl/release/dbkeel
set -euo pipefail

binary=${1:?usage: clean-root.sh BINARY}
# An environment without anything has no PATH to find it by.
chroot=$(PATH=$PATH:/usr/sbin:/sbin command -v chroot)
cd "$(dirname "$0")/.."
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

# The lines of the Dockerfile that make the image.
install -D -m 0755 "$binary" "$root/usr/bin/dbkeel"
[ ! -f /etc/ssl/certs/ca-certificates.crt ] || install -D -m 0644 /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
install -d -m 1777 "$root/tmp"
install -d -o 65532 -g 65532 "$root/work"
chmod 0755 "$root"
install -D -m 0644 testdata/sample/tfplan.json "$root/work/tfplan.json"

inside() {
	env -i SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt SOURCE_DATE_EPOCH=1795305600 \
		"$chroot" --userspec=65532:65532 "$root" /usr/bin/dbkeel "$@"
}

! file "$binary" 2>/dev/null | grep -q 'dynamically linked' || { echo "$binary is not static" >&2; exit 1; }
inside --version
status=0
inside scan /work/tfplan.json --output json=/work/night.json --output table >"$root/work/table" || status=$?
[ "$status" = 1 ] || { echo "the scan of the sample ended with status $status" >&2; exit 1; }
# What it writes is its user's, and what it says is what it says elsewhere.
[ "$(stat -c %u "$root/work/night.json")" = 65532 ]
jq -e '.summary.total.fail > 0 and .schema == "dbkeel.results/v1"' "$root/work/night.json" >/dev/null
# It reaches for a network, finds none, and says so instead of falling over.
status=0
told=$(env -i AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x AWS_REGION=eu-west-1 AWS_ENDPOINT_URL=https://127.0.0.1:9 \
	"$chroot" --userspec=65532:65532 "$root" /usr/bin/dbkeel collect aws --region eu-west-1 --to /work/n.jsonl 2>&1) || status=$?
[ "$status" = 2 ] || { echo "collecting without a network ended with status $status: $told" >&2; exit 1; }
echo "$(du -h --apparent-size "$binary" | cut -f1) static, $(find "$root" -type f -not -path '*/work/*' | wc -l) files in the image"
