#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# mime_type.sh MIME.xml LESSON.stride: a desktop that has read our type knows a lesson by its file's name.
set -euo pipefail
command -v update-mime-database >/dev/null || { echo "shared-mime-info is not installed"; exit; }
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
mkdir -p "$home/mime/packages"
cp "$1" "$home/mime/packages/"
update-mime-database "$home/mime"
type=application/vnd.stridescope.lesson+json
grep -qxF "50:$type:*.stride" "$home/mime/globs2"
grep -qxF "$type application/json" "$home/mime/subclasses"
case $2 in *.stride) [ -f "$2" ] ;; esac
