#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# documented.sh PROGRAM MANUAL COMPLETION: each command, option and format that the program's help names stands in the
# manual and in the completion too.
set -euo pipefail
program=$1
manual=$(sed 's|\\f.||g; s|\\-|-|g' "$2")
completion=$(<"$3")
missing=0

says() { grep -qE -- "(^|[^[:alnum:]-])$1([^[:alnum:]-]|$)"; }
must_know() {
  says "$1" <<<"$manual" || { echo "the manual does not know $1"; missing=1; }
  says "$1" <<<"$completion" || { echo "the completion does not know $1"; missing=1; }
}
options() { grep -oE -- '(^|[ ,])--[a-z-]+' | tr -d ' ,' | sort -u; }

help=$("$program" --help)
commands=$(sed -nE 's/^ +stridescope ([a-z]+) .*/\1/p' <<<"$help" | sort -u)
(($(wc -w <<<"$commands") >= 5)) || { echo "the help lists too few commands: $commands"; exit 1; }
for word in $commands $(options <<<"$help"); do must_know "$word"; done
for command in $commands; do
  for word in $("$program" "$command" --help | options); do must_know "$word"; done
done
# must_know_endings "what stands before them in the help" LEAST COMMAND
must_know_endings() {
  local endings ending
  endings=$("$program" "$3" --help | tr -s ' \n' ' ' | grep -oE "$1"' ?\.[^;)-]+' | grep -oE '\.[a-z0-9]+' | tr -d . | sort -u)
  (($(wc -w <<<"$endings") >= $2)) || { echo "the help of $3 lists too few endings: $endings"; exit 1; }
  for ending in $endings; do
    grep -qiE -- "(^|[^[:alnum:]-])$ending([^[:alnum:]-]|$)" <<<"$manual" || { echo "the manual does not know $ending"; missing=1; }
    says "$ending" <<<"$completion" || { echo "the completion does not know $ending"; missing=1; }
  done
}
must_know_endings 'which format:' 2 render
must_know_endings 'which format:' 3 animate
must_know_endings 'Lesson files \(' 1 render
must_know_endings 'lesson file \(' 1 summary
exit "$missing"
