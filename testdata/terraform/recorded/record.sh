#!/bin/sh
# Records the documents beside this script. Needs terraform (1.11) and jq.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CHECKPOINT_DISABLE=1

cp -r "$here/first/." "$work"
cd "$work"
terraform init -no-color >/dev/null
terraform plan -no-color -out tfplan >/dev/null
terraform show -json tfplan | jq -c . >"$here/create.json"
terraform apply -no-color tfplan >/dev/null
terraform show -json | jq -c . >"$here/state.json"
jq . terraform.tfstate >"$here/raw_state.json"

cp -r "$here/second/." "$work"
terraform init -no-color >/dev/null
terraform plan -no-color -out tfplan >/dev/null
terraform show -json tfplan | jq -c . >"$here/change.json"
