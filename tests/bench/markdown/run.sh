#!/usr/bin/env bash
# Measures how a 1 MB answer streams into the window, how long setMarkdown() on everything takes beside that, and how a
# long conversation opens. Prints a table, and writes it and a plot into FOLDER (by default build/bench).
#   tests/bench/markdown/run.sh [FOLDER]
# It sets QT_QPA_PLATFORM=offscreen unless that is set already. Under Xvfb: QT_QPA_PLATFORM=xcb xvfb-run -a ...
set -euo pipefail
# shellcheck source=packaging/linux/house.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../../packaging/linux/house.sh"

install_packages "${build_packages[@]}"
configure
build_target bench_markdown
folder=${1:-$build/bench}
mkdir -p "$folder"
export QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen}
exec "$build/bin/bench_markdown" "$folder"
