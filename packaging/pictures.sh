#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# packaging/pictures.sh [PROGRAM]: makes anew the pictures that README and the software centre show, in
# packaging/screenshots. Figures need no display; the window is shown on one of its own, which takes Xvfb, xdotool and
# ImageMagick, and is left as it was where one of them is missing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
program=${1:-build/release/app/stridescope}
program=$(realpath "$program")
to=packaging/screenshots
mkdir -p "$to"

"$program" animate first_collide --size 900x560 --scale 0.6 --fps 12 -o "$to/collide.gif"
"$program" render padding_strides_odd_transposed --size 1248x702 --scale 1 -o "$to/figure.png"

for tool in Xvfb xdotool import; do
  command -v "$tool" >/dev/null || { echo "$tool is not installed: $to/window.png stays as it is"; exit 0; }
done
home=$(mktemp -d)
mkdir -m 700 "$home/runtime"
started=()
trap 'kill "${started[@]}" 2>/dev/null || true; rm -rf "$home"' EXIT
Xvfb -displayfd 3 -screen 0 1248x702x24 3>"$home/display" >/dev/null 2>&1 &
started+=($!)
for ((i = 0; i < 200; ++i)); do [[ -s $home/display ]] && break || sleep 0.1; done
DISPLAY=:$(<"$home/display")
export DISPLAY HOME=$home XDG_CONFIG_HOME=$home XDG_RUNTIME_DIR=$home/runtime LC_ALL=C.UTF-8
unset QT_QPA_PLATFORM WAYLAND_DISPLAY
"$program" first_slide &
started+=($!)
window=$(timeout 20 xdotool search --sync --onlyvisible --name Stridescope | head -1)
xdotool windowmove "$window" 0 0 windowsize "$window" 1248 702 windowfocus "$window"
sleep 1
# Some steps into the sliding.
for ((step = 0; step < 12; ++step)); do xdotool key alt+Right; sleep 0.1; done
sleep 1
import -window root -strip -define png:compression-level=9 "$to/window.png"
