#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# one_name.sh PACKAGING ID: desktops find each other's files by one name; every place must say the same.
set -euo pipefail
packaging=$1 id=$2
says() { grep -qxF -- "$2" "$packaging/$id.$1" || { echo "$id.$1 does not say: $2"; exit 1; }; }

says desktop "Icon=$id"
says metainfo.xml "  <id>$id</id>"
says metainfo.xml "  <launchable type=\"desktop-id\">$id.desktop</launchable>"
says metainfo.xml "  <icon type=\"stock\">$id</icon>"

type=$(sed -nE 's/.*<mime-type type="([^"]*)".*/\1/p' "$packaging/$id.mime.xml")
says desktop "MimeType=$type;"
says metainfo.xml "    <mediatype>$type</mediatype>"
says mime.xml "    <icon name=\"${type/\//-}\"/>"
[ -f "$packaging/${type/\//-}.svg" ] || { echo "no icon for $type"; exit 1; }
