#!/usr/bin/env bash
# Checks each draft of $DRAFTS against $SOURCES; prints the reports and appends them to the summary of the job.
# Exit status: 0 if no draft has a fault, 1 if one has, 2 if a check could not be made.
set -uo pipefail
shopt -s globstar nullglob
claims=()
[ "${CLAIMS:-false}" = true ] && claims=(--claims)
# Unquoted on purpose: the lists are separated by white space, and their patterns are expanded.
# shellcheck disable=SC2206
drafts=($DRAFTS) sources=($SOURCES)
if [ "${#drafts[@]}" -eq 0 ] || [ "${#sources[@]}" -eq 0 ]; then
    echo "no draft or no source: drafts \"$DRAFTS\", sources \"$SOURCES\"" >&2
    exit 2
fi
worst=0
for draft in "${drafts[@]}"; do
    report=$(nutgraf verify -t md "${claims[@]}" "$draft" "${sources[@]}")
    code=$?
    printf '%s\n\n' "$report"
    [ -n "${GITHUB_STEP_SUMMARY:-}" ] && printf '%s\n\n' "$report" >>"$GITHUB_STEP_SUMMARY"
    [ "$code" -gt "$worst" ] && worst=$code
done
exit "$worst"
