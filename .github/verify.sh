#!/usr/bin/env bash
# Checks the drafts of $DRAFTS against $SOURCES, which are read once; prints the reports and appends them to the summary
# of the job.
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
named=()
for draft in "${drafts[@]}"; do named+=(--draft "$draft"); done
report=$(nutgraf verify -t md "${claims[@]}" "${named[@]}" "${sources[@]}")
code=$?
printf '%s\n' "$report"
[ -n "${GITHUB_STEP_SUMMARY:-}" ] && printf '%s\n' "$report" >>"$GITHUB_STEP_SUMMARY"
exit "$code"
