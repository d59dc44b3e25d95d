#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# installed.sh CMAKE BUILD FOLDER LIST: installs into an empty folder; exactly the files of LIST arrive, and the program works
# from there.
set -euo pipefail
cmake=$1 build=$2 folder=$3 list=$4
rm -rf "$folder"
DESTDIR=$folder "$cmake" --install "$build" --prefix /usr >/dev/null
diff -u "$list" <(cd "$folder/usr" && find . -type f | sed 's|^\./||' | LC_ALL=C sort)

program=$folder/usr/bin/stridescope
"$program" --version
"$program" lessons | grep -q '^readers_puzzle'
"$program" render readers_puzzle -o "$folder/puzzle.svg"
grep -q '</svg>' "$folder/puzzle.svg"
gzip -t "$folder/usr/share/man/man1/stridescope.1.gz"
