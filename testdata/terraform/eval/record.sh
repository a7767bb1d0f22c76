#!/bin/sh
# Records what terraform plans of root/. Needs terraform (1.11) and jq.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CHECKPOINT_DISABLE=1 TF_VAR_from_environment='{ a = 1, b = "2" }'

cp -r "$here/root/." "$work"
cd "$work"
terraform init -no-color >/dev/null
terraform plan -no-color -out tfplan -var 'from_flag=[not an expression]' >/dev/null
terraform show -json tfplan |
  jq '[.resource_changes[] | {address, after: .change.after, unknown: .change.after_unknown, sensitive: .change.after_sensitive}]' \
    >"$here/plan.json"
