#!/usr/bin/env bash
# Runs the fuzz targets, ten minutes each, or the number of seconds that is asked for:
#
#     fuzz/run.sh                 every target, 600 seconds each
#     fuzz/run.sh 60 plan state   these, 60 seconds each
#
# Needs no nightly toolchain: RUSTC_BOOTSTRAP lets the stable compiler take the flags that coverage needs. The project
# forbids unsafe code, so the address sanitizer, which makes everything slower, stays off; panics, overflows, hangs and
# memory without end are what is looked for.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-600}
[ $# -gt 0 ] && shift
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(plan state metadata baseline framework hcl waivers inventory aws_xml)

command -v cargo-fuzz >/dev/null || cargo install --locked cargo-fuzz@0.13.2
export RUSTC_BOOTSTRAP=1

# What the fuzzer starts from: the project's own inputs, and the corpus beside it when it is there.
seeds() {
	local into=fuzz/corpus/$1
	mkdir -p "$into"
	case $1 in
	plan) find testdata ../shared/corpus/plan -name '*.json' -size -48k 2>/dev/null ;;
	state) find testdata ../shared/corpus/state -name '*.tfstate' -size -48k 2>/dev/null ;;
	metadata) find policies testdata -name '*.rego' ;;
	baseline) find baselines testdata -name '*.yaml' ! -name waivers.yaml -size -48k ;;
	framework) find baselines/frameworks -name '*.yaml' -size -48k ;;
	waivers) find testdata -name waivers.yaml ;;
	aws_xml) find testdata/aws/replies -type f ;;
	inventory) find testdata/inventory ../shared/corpus/live -type f -size -48k 2>/dev/null ;;
	hcl) find testdata ../shared/corpus \( -name '*.tf' -o -name '*.tf.json' \) -size -48k 2>/dev/null ;;
	esac | while IFS= read -r file; do
		cp "$file" "$into/$(printf '%s' "$file" | sha256sum | cut -c1-16)"
	done
}

for target in "${targets[@]}"; do
	seeds "$target"
	echo "== $target: $(find "fuzz/corpus/$target" -type f | wc -l) inputs to start from, $seconds seconds"
	cargo fuzz run --sanitizer none "$target" -- -max_total_time="$seconds" -timeout=20 -rss_limit_mb=4096 \
		-dict="fuzz/$target.dict" -max_len=65536 -print_final_stats=1 2>&1 | grep -vE '^(#[0-9]+|INFO|\s*(NEW|REDUCE))' | tail -n 40
done
