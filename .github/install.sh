#!/usr/bin/env bash
# Puts nutgraf on the path of a job, unless it is there: the program of a release, after its checksum.
#
# VERSION selects a release (default: the newest), REPOSITORY is OWNER/NAME, GH_TOKEN is for gh. Exit status: 2 if there is
# no program for this system.
set -euo pipefail
command -v nutgraf >/dev/null && exit 0
case "$RUNNER_OS-$RUNNER_ARCH" in
Linux-X64) target=x86_64-unknown-linux-musl ;;
Linux-ARM64) target=aarch64-unknown-linux-musl ;;
macOS-ARM64) target=aarch64-apple-darwin ;;
macOS-X64) target=x86_64-apple-darwin ;;
Windows-X64) target=x86_64-pc-windows-msvc ;;
*)
    echo "no release has a program for $RUNNER_OS on $RUNNER_ARCH; build it and put it on the path" >&2
    exit 2
    ;;
esac
name="nutgraf-$target"
folder="$RUNNER_TEMP/nutgraf"
mkdir -p "$folder"
cd "$folder"
tag=()
[ -n "${VERSION:-}" ] && tag=("v${VERSION#v}")
gh release download "${tag[@]}" --repo "$REPOSITORY" --pattern "$name.tar.gz" --pattern "$name.tar.gz.sha256" --clobber
if command -v sha256sum >/dev/null; then
    sha256sum --check --quiet "$name.tar.gz.sha256"
else
    shasum --algorithm 256 --check --quiet "$name.tar.gz.sha256"
fi
tar xzf "$name.tar.gz"
printf '%s\n' "$folder/$name" >>"$GITHUB_PATH"
