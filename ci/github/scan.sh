#!/usr/bin/env bash
# Judges once, and writes everything that the later steps need. The gate is theirs: a comment and an upload are wanted most
# when it fails.
set -euo pipefail

: "${DBKEEL:?}" "${GITHUB_OUTPUT:?}" "${RUNNER_TEMP:?}"
# Each use of the action in a job has reports of its own.
out=$(mktemp -d "$RUNNER_TEMP/dbkeel-reports.XXXXXX")

# The lines of a text that are not empty.
lines() { grep -v '^[[:space:]]*$' <<<"$1" || true; }

mapfile -t paths < <(lines "${DBKEEL_PATHS:-}")
mapfile -t arguments < <(lines "${DBKEEL_ARGUMENTS:-}")
[ ${#paths[@]} -gt 0 ] || { echo "::error title=dbkeel::the input \`paths\` names nothing to judge" >&2; exit 2; }
[ -z "${DBKEEL_GATE:-}" ] || arguments+=(--gate "$DBKEEL_GATE")
[ -z "${DBKEEL_FAIL_ON:-}" ] || arguments+=(--fail-on "$DBKEEL_FAIL_ON")
[ -z "${DBKEEL_CATEGORY:-}" ] || arguments+=(--category "$DBKEEL_CATEGORY")

# What is judged has names that somebody made up, and the runner obeys what it reads in a log.
token=$(cat /proc/sys/kernel/random/uuid 2>/dev/null || uuidgen)
echo "::stop-commands::$token"
status=0
"$DBKEEL" scan "${arguments[@]}" \
	--output table --output "markdown=$out/summary.md" --output "pr-comment=$out/comment.md" --output "sarif-github=$out/dbkeel.sarif" \
	-- "${paths[@]}" || status=$?
echo "::$token::"
echo "status=$status" >>"$GITHUB_OUTPUT"

if [ -s "$out/summary.md" ]; then
	# Over 1 MiB GitHub drops the summary of a step in silence; dbkeel stays under 900 KiB.
	cat "$out/summary.md" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
	{
		echo "comment=$out/comment.md"
		echo "sarif=$out/dbkeel.sarif"
	} >>"$GITHUB_OUTPUT"
else
	# It could not run. What it said is in the log; the summary says where to look.
	{
		echo '## dbkeel could not run'
		echo 'The log of the step “Judge” says why.'
	} >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
	# A comment of an earlier commit would go on saying that all is well.
	if [[ ${DBKEEL_CATEGORY:-} =~ ^[A-Za-z0-9_./-]+$ ]]; then
		printf '<!-- dbkeel:%s -->\n## dbkeel could not run\nSo nothing is known of this commit. The log of the step “Judge” says why.\n' \
			"$DBKEEL_CATEGORY" >"$out/comment.md"
		echo "comment=$out/comment.md" >>"$GITHUB_OUTPUT"
	fi
fi
