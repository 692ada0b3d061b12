#!/usr/bin/env bash
# Installs what is missing, builds what changed, and runs every test. Arguments go to ctest:
# ./tests/run.sh -R http
set -u
# shellcheck source=packaging/linux/house.sh
. "$(dirname "${BASH_SOURCE[0]}")/../packaging/linux/house.sh"

install_packages "${build_packages[@]}" "${run_packages[@]}" "${test_packages[@]}"
configure
build_target all

exec ctest --test-dir "$build" --output-on-failure -j2 "$@"
