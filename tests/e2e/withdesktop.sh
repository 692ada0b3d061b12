#!/bin/sh
# Runs a command on a desktop of its own, gone afterwards: an X server without a screen, a session bus,
# an unlocked keyring, an accessibility bus and a home: withdesktop.sh COMMAND...
set -eu
home=$(mktemp -d)
trap 'kill "$xvfb" 2>/dev/null || true; rm -rf "$home"' EXIT
# The server says its display's number when it is ready.
mkfifo "$home/display"
Xvfb -displayfd 3 -screen 0 1400x900x24 -nolisten tcp 3>"$home/display" 2>/dev/null &
xvfb=$!
DISPLAY=:$(head -n 1 "$home/display")
export DISPLAY
export QT_QPA_PLATFORM=xcb QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1
unset WAYLAND_DISPLAY
"$(dirname "$0")/withkeyring.sh" "$@"
