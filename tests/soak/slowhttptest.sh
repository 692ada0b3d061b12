#!/usr/bin/env bash
# 200 connections that send their heads or bodies slowly, or read slowly, by slowhttptest; meanwhile
# a probe asks GET /health twenty times a second:
#   tests/soak/slowhttptest.sh
# Passes if every slow connection is closed by the proxy's deadlines (the defaults, but 20 s instead
# of 30 s for an idle body and of 60 s for a client that does not read), and the probe's p99 stays
# below 100 ms. Takes about two minutes.
set -u
# shellcheck source=packaging/linux/house.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../packaging/linux/house.sh"

install_packages "${build_packages[@]}" "${run_packages[@]}" "${test_packages[@]}" slowhttptest
configure
build_target gemini-proxy

work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$work"' EXIT
printf '[limits]\nbody-idle-seconds=20\nstall-seconds=20\n' >"$work/proxy.conf"
"$build/bin/gemini-proxy" serve --demo --demo-pace 0 --port 0 --config "$work/proxy.conf" \
    --log-level error >"$work/line" &
proxy=$!
until grep -q listening "$work/line"; do
    kill -0 "$proxy" 2>/dev/null || fail "gemini-proxy did not start"
    sleep 0.1
done
url=$(sed 's/.* on //' "$work/line")

probe() {
    while [ ! -e "$work/done" ]; do
        curl -s -o /dev/null --max-time 10 -w '%{time_total} %{http_code}\n' "$url/health"
        sleep 0.05
    done >"$1"
}

# How many descriptors the proxy holds beyond those of its start. A client that does not even take the end of its
# connection is left to the kernel, and holds no descriptor any more.
quiet=$(find "/proc/$proxy/fd" -type l | wc -l)
open_connections() {
    echo $(($(find "/proc/$proxy/fd" -type l | wc -l) - quiet))
}

failed=0
scenario() { # NAME SECONDS-IN-WHICH-ALL-MUST-BE-CLOSED ARGUMENT...
    local name=$1 deadline=$2 attacker probing begun figures left most=0
    shift 2
    rm -f "$work/done"
    probe "$work/times" &
    probing=$!
    begun=$SECONDS
    # -l: how long it goes on by itself; what counts is that the proxy ends it earlier.
    slowhttptest -c 200 -r 200 -p 5 -l 90 "$@" >"$work/$name.log" 2>&1 &
    attacker=$!
    while kill -0 "$attacker" 2>/dev/null && [ $((SECONDS - begun)) -lt 85 ]; do
        sleep 1
        left=$(open_connections)
        [ "$left" -le "$most" ] || most=$left
        [ "$left" -gt 3 ] || [ $((SECONDS - begun)) -lt 5 ] || break # the probe, the demo
    done
    local took=$((SECONDS - begun))
    kill "$attacker" 2>/dev/null
    wait "$attacker" 2>/dev/null
    touch "$work/done"
    wait "$probing"
    figures=$(sort -n "$work/times" | awk '
        { times[NR] = $1; if ($2 != 200) bad++ }
        END { printf "%d %d %.1f %.1f %.1f", NR, bad, times[int((NR + 1) / 2)] * 1000,
              times[int(NR * 0.99 + 0.5)] * 1000, times[NR] * 1000 }')
    # shellcheck disable=SC2086 # five words
    set -- $figures
    printf '%-12s %3d connections, all closed after %2d s; probe: %d requests, %d failed, p50 %s ms, p99 %s ms, at most %s ms\n' \
        "$name" "$most" "$took" "$1" "$2" "$3" "$4" "$5"
    if [ "$most" -lt 150 ] || [ "$took" -gt "$deadline" ] || [ "$2" -gt 0 ] ||
        awk -v p99="$4" 'BEGIN { exit p99 < 100 }'; then
        failed=1
    fi
}

scenario slow-headers 20 -H -i 2 -t GET -u "$url/health" -x 24
scenario slow-body 35 -B -i 2 -s 8192 -t POST -u "$url/gemini-proxy" -x 10 -f text/plain
scenario slow-read 60 -X -i 2 -w 8 -y 16 -n 5 -z 4 -k 1 -t GET -u "$url/"

kill -0 "$proxy" 2>/dev/null || { say "the proxy died"; failed=1; }
[ "$failed" -eq 0 ] && echo "slowhttptest: passed" || echo "slowhttptest: FAILED"
exit "$failed"
