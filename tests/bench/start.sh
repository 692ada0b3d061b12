#!/usr/bin/env bash
# Measures how long gemini-proxy takes from exec to "listening" and gemini-desk to the first painted frame, and how much
# resident memory they have a second later, the proxy also with 50 streams. Prints medians of several starts, over
# loopback only. The window runs under an X server without a screen.
# start.sh [ROUNDS]     needs build/bin/gemini-desk, gemini-proxy and streamload; Xvfb for the window
set -eu -o pipefail
here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=packaging/linux/house.sh
. "$here/../../packaging/linux/house.sh"
rounds=${1:-9}
BIN=${BIN:-$build/bin}
WORK=$(mktemp -d)
xvfb=
trap 'kill ${xvfb:+"$xvfb"} 2>/dev/null || true; rm -rf "$WORK"' EXIT
export BIN WORK HOME=$WORK XDG_CONFIG_HOME=$WORK/config XDG_DATA_HOME=$WORK/data XDG_STATE_HOME=$WORK/state \
    XDG_RUNTIME_DIR=$WORK QT_QPA_PLATFORM=xcb no_proxy='*' GEMINI_API_KEY=bench

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# The upstream's address asks for TLS, as everyone's does, but nothing listens there.
proxy=("$BIN/streamload" start listening "$BIN/gemini-proxy" --port 0 --upstream https://127.0.0.1:9)
desk=("$BIN/streamload" start 'first paint' "$BIN/gemini-desk" --port 0 --demo --log-level debug)

if [ -x "$BIN/gemini-desk" ] && command -v Xvfb >/dev/null; then
    mkfifo "$WORK/display"
    Xvfb -displayfd 3 -screen 0 1400x900x24 -nolisten tcp 3>"$WORK/display" 2>/dev/null &
    xvfb=$!
    DISPLAY=:$(head -n 1 "$WORK/display")
    export DISPLAY
fi
for ((round = 0; round < rounds; ++round)); do
    "${proxy[@]}" >>"$WORK/proxy"
    [ -z "$xvfb" ] || "${desk[@]}" >>"$WORK/desk"
    "$BIN/streamload" --milliseconds 1000 paced-50 "$here/peers/gemini-proxy.sh" 2>/dev/null |
        sed -n 's/.*"rss_kib": \([0-9]*\).*/\1/p' >>"$WORK/streams"
done

row() { # NAME FILE WITH-STREAMS
    printf '| %s | %.0f ms | %.0f ms | %.1f MiB | %s |\n' "$1" "$(cut -d' ' -f1 "$2" | median)" \
        "$(cut -d' ' -f2 "$2" | median)" "$(cut -d' ' -f3 "$2" | median | awk '{ print $1 / 1024 }')" "$3"
}
echo "| median of $rounds starts | until then | processor time | resident | with 50 streams |"
echo "|---|--:|--:|--:|--:|"
row 'gemini-proxy, to "listening"' "$WORK/proxy" "$(median <"$WORK/streams" | awk '{ printf "%.1f MiB", $1 / 1024 }')"
[ -z "$xvfb" ] || row 'gemini-desk, to the first painted frame' "$WORK/desk" '–'
