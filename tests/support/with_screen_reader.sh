#!/bin/sh
# SPDX-License-Identifier: MIT
# with_screen_reader.sh PROGRAM…: runs it on a display and a bus of its own where a screen reader is said to listen.
set -eu
if [ "${inside_bus:-}" != yes ]; then
  for tool in xvfb-run dbus-run-session; do
    command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
  done
  # Without -noreset the display restarts when its last client leaves, and refuses one that comes just then.
  exec env inside_bus=yes QT_QPA_PLATFORM=xcb xvfb-run -a -s "-screen 0 1440x900x24 -noreset" dbus-run-session -- sh "$0" "$@"
fi
dbus-send --session --print-reply --dest=org.a11y.Bus /org/a11y/bus org.freedesktop.DBus.Properties.Set \
  string:org.a11y.Status string:IsEnabled variant:boolean:true >/dev/null
export SCREEN_READER_LISTENS=1
exec "$@"
