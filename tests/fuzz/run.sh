#!/usr/bin/env bash
# Feeds the parsers with what nobody would send: tests/fuzz/run.sh [SECONDS [NAME...]]
# Each of the fuzzers here (all by default) runs for 60 seconds by default, two at a time. What
# makes one crash lies in build/fuzz/crashes; mend it, and keep it as a row of a test.
set -u
# shellcheck source=packaging/linux/house.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../packaging/linux/house.sh"

seconds=${1:-60}
[[ $seconds =~ ^[0-9]+$ ]] || fail "usage: tests/fuzz/run.sh [SECONDS [NAME...]]"
shift || true
names=("$@")
[ ${#names[@]} -gt 0 ] || names=(requesthead responsehead responsereader chunked eventstreamparser generatecontentreader target rewrite
    tokenusage memberscanner interaction interactionreader facejson messagesrequest responsesrequest chatrequest faceanswers)

install_packages "${build_packages[@]}" clang
fuzz=$build/fuzz
(cd "$root" && cmake --preset fuzz) </dev/null >&2 || fail "cmake could not configure; the reason stands above"
ninja -C "$fuzz" "${names[@]/#/fuzz_}" </dev/null >&2 || fail "the build failed; the reason stands above"

mkdir -p "$fuzz/crashes"
failed=0
one() {
    # The seeds stay as they are; what is found goes to the build folder.
    mkdir -p "$fuzz/corpus/$1"
    "$fuzz/fuzz/fuzz_$1" -max_total_time="$seconds" -max_len=4096 -timeout=10 -print_final_stats=1 \
        -artifact_prefix="$fuzz/crashes/$1-" "$fuzz/corpus/$1" "$root/tests/fuzz/corpus/$1" \
        >"$fuzz/$1.log" 2>&1
}
for ((i = 0; i < ${#names[@]}; i += 2)); do
    running=()
    for name in "${names[@]:i:2}"; do
        one "$name" &
        running+=("$!:$name")
    done
    for entry in "${running[@]}"; do
        name=${entry#*:}
        if wait "${entry%%:*}"; then
            say "$name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$fuzz/$name.log") inputs, nothing found"
        else
            tail -n 40 "$fuzz/$name.log" >&2
            say "$name: FAILED; the input lies in $fuzz/crashes"
            failed=1
        fi
    done
done
exit $failed
