#!/usr/bin/env bash
# Plans a Terraform root module, judges the plan, and leaves nothing of the plan behind: plans hold secrets in clear text.
#
#   ci/plan-and-scan.sh ROOT [OPTION OF dbkeel scan]…
#
# Ends with the exit status of `dbkeel scan` (docs/pipelines.md), or with 2 when there is no plan.
#
#   DBKEEL_GATE   `delta` (the default) fails on what this change makes worse, `all` on everything that fails
#   DBKEEL        the dbkeel to run (default: dbkeel)
#   TERRAFORM     the terraform to run, or tofu (default: terraform)
set -euo pipefail

root=${1:?usage: plan-and-scan.sh ROOT [OPTION OF dbkeel scan]…}
shift
dbkeel=${DBKEEL:-dbkeel} terraform=${TERRAFORM:-terraform}

for program in "$dbkeel" "$terraform"; do
	command -v "$program" >/dev/null || { echo "error: \`$program\` is not on this machine" >&2; exit 2; }
done
[ -d "$root" ] || { echo "error: \`$root\` is no folder" >&2; exit 2; }

# Only this user may read it, and it goes however the job ends.
umask 077
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

in_root() {
	"$terraform" -chdir="$root" "$@" && return 0
	echo "error: \`$terraform $1\` failed, so there is nothing to judge" >&2
	exit 2
}
in_root init -input=false -no-color >&2
# Without a lock: nothing is changed, and a plan must not keep others from applying. What it prints may hold secrets.
in_root plan -input=false -no-color -lock=false -out="$work/tfplan" >/dev/null
in_root show -json "$work/tfplan" >"$work/tfplan.json"

# Reports are for others to read, too.
umask 022
status=0
"$dbkeel" scan "$work/tfplan.json" --source "$root" --category "plan/$root" --gate "${DBKEEL_GATE:-delta}" "$@" || status=$?
exit "$status"
