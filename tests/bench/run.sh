#!/usr/bin/env bash
# Measures gemini-proxy beside nginx, HAProxy, Node, stock QNetworkAccessManager and no proxy, over loopback only:
#   tests/bench/run.sh [--peers "NAME..."] [--scenarios "NAME..."] [--rounds N] [--results FOLDER]
#   tests/bench/run.sh --smoke      two seconds, to see that it works
# Installs what is missing, takes about 10 minutes and wants the machine for itself. The tables and plots
# go to tests/bench/results/ unless peers or scenarios were chosen: then only to a folder that was named.
set -eu -o pipefail
here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=packaging/linux/house.sh
. "$here/../../packaging/linux/house.sh"

all_peers="direct gemini-proxy nginx haproxy node qnam"
all_scenarios="paced-1 paced-5 paced-50 paced-200 paced-1000 messages-50 messages-200 responses-50 responses-200 flood burst-200 burst-1000 body-1 body-20
    unary-kept unary-new tls"
peers=$all_peers scenarios=$all_scenarios rounds=3 results='' smoke=''
while [ $# -gt 0 ]; do
    case $1 in
    --smoke) smoke=yes peers="direct gemini-proxy" scenarios="paced-5 messages-5 responses-5 burst-20 body-1 unary-new" rounds=1 ;;
    --peers) peers=$2 && shift ;;
    --scenarios) scenarios=$2 && shift ;;
    --rounds) rounds=$2 && shift ;;
    --results) results=$2 && shift ;;
    *) sed -n '2,6s/^# //p' "$0" >&2 && exit 64 ;;
    esac
    shift
done
[ "$peers" != "$all_peers" ] || [ "$scenarios" != "$all_scenarios" ] || results=${results:-$here/results}

# If BIN names the folder of the programs, as for a build with sanitizers, nothing is built here.
if [ -z "${BIN-}" ]; then
    packages=()
    [ -n "$smoke" ] || packages=(nginx-light haproxy nodejs python3)
    install_packages "${build_packages[@]}" "${run_packages[@]}" "${packages[@]}"
    configure
    build_target gemini-proxy
    build_target streamload
    [[ $peers != *qnam* ]] || build_target bench_qnam
    BIN=$build/bin
fi
[ "$(ulimit -Hn)" = unlimited ] || [ "$(ulimit -Hn)" -ge 8192 ] || [ -n "$smoke" ] ||
    fail "at most $(ulimit -Hn) files may be open; 1,000 streams take 8192 (ulimit -Hn)"

WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
cp "$root/tests/data/tls/good.pem" "$WORK/server.pem"
cp "$root/tests/data/tls/server.key" "$WORK/server.key"
chmod 755 "$WORK" # if root starts nginx, it serves as another user
CA_FILE=$root/tests/data/tls/ca.pem
export BIN WORK CA_FILE

# Adds a line of JSON for one scenario through one peer to runs.json. If that fails, shows what the tool said.
measure() { # PEER SCENARIO ROUND
    local options=(--peer "$1" --round "$3" --terminator "$here/peers/terminator.sh") command=()
    [ "$1" = direct ] || command=("$here/peers/$1.sh")
    case $2 in
    paced-* | messages-* | responses-*) options+=(--milliseconds 2500) ;;
    *) options+=(--milliseconds 1200) ;;
    esac
    [ -z "$smoke" ] || options+=(--milliseconds 150 --settle-milliseconds 20)
    "$BIN/streamload" "${options[@]}" "$2" "${command[@]}" 2>"$WORK/said" >>"$WORK/runs.json" || {
        printf '%s through %s, round %d: failures\n' "$2" "$1" "$3" >&2
        cat "$WORK/said" >&2
        failed=yes
    }
}

failed=
for ((round = 1; round <= rounds; ++round)); do
    for scenario in $scenarios; do
        [ -n "$smoke" ] || printf '%d:%02d round %d of %d: %s\n' \
            $((SECONDS / 60)) $((SECONDS % 60)) "$round" "$rounds" "$scenario" >&2
        for peer in $peers; do
            # Only gemini-proxy translates other APIs.
            case "$scenario $peer" in
            *" gemini-proxy" | paced-* | flood* | burst-* | body-* | unary-* | "tls "[!d]*) ;;
            *) continue ;;
            esac
            measure "$peer" "$scenario" "$round"
        done
    done
done

if [ -n "$smoke" ]; then
    [ -z "$failed" ] && say "the benchmark works"
    exit
fi
if [ -n "$results" ]; then
    mkdir -p "$results"
    cp "$WORK/runs.json" "$results/runs.json"
fi
python3 -B "$here/report.py" "$WORK/runs.json" ${results:+"$results"}
