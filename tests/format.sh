#!/usr/bin/env bash
# Fails where a C++ file is not formatted as .clang-format says: tests/format.sh
# With --fix it formats them. The version counts: this is Debian 12's, 14; others differ in details.
set -eu
# shellcheck source=packaging/linux/house.sh
. "$(dirname "${BASH_SOURCE[0]}")/../packaging/linux/house.sh"

install_packages clang-format-14
cd "$root"
case ${1-} in
--fix) options=(-i) ;;
'') options=(--dry-run -Werror) ;;
*) fail "usage: tests/format.sh [--fix]" ;;
esac
git ls-files -z '*.cpp' '*.h' | xargs -0 -n 50 -P "$(nproc)" clang-format-14 "${options[@]}"
