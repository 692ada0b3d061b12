#!/usr/bin/env bash
# Mixed load on a built gemini-proxy for some minutes, then a verdict:
#   tests/soak/run.sh [SECONDS] [SEED]     600 seconds by default
# Good clients, leavers, slow readers, slow heads and bodies, malformed requests and a failing
# upstream, all at once, over loopback only.
set -u
# shellcheck source=packaging/linux/house.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../packaging/linux/house.sh"

install_packages "${build_packages[@]}" "${run_packages[@]}" "${test_packages[@]}"
configure
build_target soak

exec "$build/bin/soak" "$@"
