#!/usr/bin/env bash
# An import script in shell: every post of a folder, as Hugo has it, into another folder. jq makes and reads the JSON.
#
# usage: import.sh POSTS TARGET
set -euo pipefail
posts=$1 target=$2
mkdir -p "$target"

# One line for each post: its path, and its text.
requests() {
    for post in "$posts"/*; do
        jq -cRs --arg path "$post" '{path: $path, text: .}' "$post"
    done
}

status=0
# postferry fails if any post does; what is wrong with it stands in its line.
while IFS= read -r answer; do
    path=$(jq -r .path <<<"$answer")
    if jq -e 'has("error")' <<<"$answer" >/dev/null; then
        jq -r '"\(.path):\(.error.line):\(.error.column): \(.error.message)"' <<<"$answer" >&2
        status=1
    else
        name=$(basename "${path%.*}").md
        jq -j .text <<<"$answer" >"$target/$name"
        jq -r '.path as $path | .report[] | select(.severity != "note") | "\($path):\(.line): \(.message)"' <<<"$answer" >&2
    fi
done < <(requests | postferry convert --ndjson --to hugo)
exit $status
