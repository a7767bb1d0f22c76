#!/usr/bin/env bash
# Writes the report as a comment on the pull request, or brings the comment of an earlier run up to date. A comment that
# cannot be written is a warning: the gate is another step, and the report is in the summary of the job.
set -euo pipefail

: "${DBKEEL_COMMENT:?}" "${GITHUB_EVENT_PATH:?}" "${GITHUB_REPOSITORY:?}"
author=${DBKEEL_AUTHOR:-github-actions[bot]}

number=$(jq -r '.pull_request.number // empty' "$GITHUB_EVENT_PATH")
if [ -z "$number" ]; then
	echo 'not a pull request, so there is nothing to comment on'
	exit 0
fi
answers=$(mktemp -d)
trap 'rm -rf "$answers"' EXIT

# The first line of the report is how the next run finds the comment.
marker=$(head -n 1 "$DBKEEL_COMMENT")
case $marker in
'<!-- dbkeel:'*' -->') ;;
*) echo '::error title=dbkeel::the report does not begin with its marker' >&2; exit 2 ;;
esac

give_up() {
	local why
	why=$(tr -s '[:space:]' ' ' <"$answers/error" | head -c 300 | sed 's/ $//')
	if jq -e '.pull_request.head.repo.full_name != .pull_request.base.repo.full_name' "$GITHUB_EVENT_PATH" >/dev/null; then
		echo '::notice title=dbkeel::no comment: the token of a pull request from a fork may only read. The report is in the summary of this job'
	else
		echo "::warning title=dbkeel::no comment could be $1 ($why). Give the job \`permissions: pull-requests: write\`; the report is in its summary"
	fi
	exit 0
}

# Only our own comment is taken: whoever may comment can write the marker, and would then own the report.
gh api --paginate "repos/$GITHUB_REPOSITORY/issues/$number/comments?per_page=100" >"$answers/comments" 2>"$answers/error" ||
	give_up 'looked for'
earlier=$(jq -rs --arg marker "$marker" --arg author "$author" \
	'[.[][] | select(.user.login == $author and (.body | startswith($marker)))] | first | .id // empty' "$answers/comments")

jq -Rs '{body: .}' "$DBKEEL_COMMENT" >"$answers/body"
if [ -n "$earlier" ]; then
	gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$earlier" --input "$answers/body" --silent \
		2>"$answers/error" || give_up 'brought up to date'
	echo "brought comment $earlier up to date"
else
	gh api --method POST "repos/$GITHUB_REPOSITORY/issues/$number/comments" --input "$answers/body" --silent \
		2>"$answers/error" || give_up written
	echo 'commented'
fi
