#!/usr/bin/env bash
# Times how a 1 MB answer streams into the window, beside setMarkdown() on everything, and how a long
# conversation opens. Prints a table; writes it and a plot into FOLDER (build/bench).
#   tests/bench/markdown/run.sh [FOLDER]
# QT_QPA_PLATFORM=offscreen unless it is set; under Xvfb: QT_QPA_PLATFORM=xcb xvfb-run -a ...
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
