#!/usr/bin/env bash
# How long gemini-desk takes from exec to the first painted frame, and gemini-proxy to "listening"; what
# each holds resident when it is idle. Medians of several starts, under an X server without a screen.
# start.sh [ROUNDS]
set -eu -o pipefail
cd -P "$(dirname "$0")/../.."
# shellcheck source=packaging/linux/house.sh
. packaging/linux/house.sh
rounds=${1:-9}
work=$(mktemp -d)
pid=
trap 'kill ${pid:+"$pid"} ${xvfb:+"$xvfb"} 2>/dev/null || true; rm -rf "$work"' EXIT
export HOME=$work XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data XDG_STATE_HOME=$work/state \
    XDG_RUNTIME_DIR=$work QT_QPA_PLATFORM=xcb no_proxy='*'
mkfifo "$work/display"
Xvfb -displayfd 3 -screen 0 1400x900x24 -nolisten tcp 3>"$work/display" 2>/dev/null &
xvfb=$!
DISPLAY=:$(head -n 1 "$work/display")
export DISPLAY

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# Starts a program until its standard output or error says WORD; the milliseconds of that go to FILE,
# what it holds a second later, in KiB, to FILE.kib.
measure() { # FILE WORD PROGRAM ARGUMENTS...
    local file=$1 word=$2 before
    shift 2
    before=$(date +%s%N)
    "$@" >"$work/out" 2>&1 &
    pid=$!
    until grep -q "$word" "$work/out"; do sleep 0.001; done
    echo $((($(date +%s%N) - before) / 1000000)) >>"$file"
    sleep 1
    awk '/^VmRSS/ { print $2 }' "/proc/$pid/status" >>"$file.kib"
    kill "$pid"
    wait "$pid" || true
    pid=
}

for ((round = 0; round < rounds; ++round)); do
    measure "$work/desk" 'first paint' "$build/bin/gemini-desk" --demo --port 0 --log-level debug
    measure "$work/proxy" listening "$build/bin/gemini-proxy" --demo --port 0
done
echo "| program | start, median of $rounds | resident, idle |"
echo "|---|---|---|"
echo "| gemini-desk, to the first painted frame | $(median <"$work/desk") ms | $(($(median <"$work/desk.kib") / 1024)) MiB |"
echo "| gemini-proxy, to \"listening\" | $(median <"$work/proxy") ms | $(($(median <"$work/proxy.kib") / 1024)) MiB |"
