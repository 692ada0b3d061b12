#!/usr/bin/env bash
# What clang-tidy says of the C++ files; fails where it says anything. Needs a build of everything in build/, as
# tests/run.sh makes it, whose flags it takes.
#   tests/lint.sh              every file: it takes an hour
#   tests/lint.sh --changed    those that differ from the last release, or else from what there was a day before the
#                              newest commit; at most 40, those of the newest commits
#   tests/lint.sh FILE...
# The version counts: this is Debian 12's clang-tidy, 14; others know other checks.
set -eu -o pipefail
# shellcheck source=packaging/linux/house.sh
. "$(dirname "${BASH_SOURCE[0]}")/../packaging/linux/house.sh"
most=40

# The C++ files that changed, newest first.
changed() {
    local range newest
    newest=$(git log -1 --format=%ct)
    if range=$(git describe --tags --abbrev=0 2>/dev/null); then
        range=$range..HEAD
    else
        range=--since=$((newest - 86400))
    fi
    {
        git diff --name-only HEAD -- # not committed yet
        git log --format= --name-only "$range" --
    } | awk '/\.cpp$/ && !seen[$0]++' | while read -r file; do
        [ ! -f "$file" ] || printf '%s\n' "$file"
    done
}

install_packages clang-tidy-14
cd "$root"
[ -f "$build/compile_commands.json" ] || fail "there is no build to take the flags from: tests/run.sh makes it"
case ${1-} in
--changed)
    mapfile -t files < <(changed)
    if [ ${#files[@]} -gt $most ]; then
        say "${#files[@]} files have changed: looking at the newest $most of them"
        files=("${files[@]:0:$most}")
    fi
    ;;
'') mapfile -t files < <(git ls-files '*.cpp') ;;
-*) fail "usage: tests/lint.sh [--changed | FILE...]" ;;
*) files=("$@") ;;
esac
# Files that only another system compiles, and the fuzzers, have no command in build/.
known=()
for file in "${files[@]}"; do
    ! grep -qF "\"file\": \"$root/$file\"" "$build/compile_commands.json" || known+=("$file")
done
say "clang-tidy looks at ${#known[@]} files"
[ ${#known[@]} -eq 0 ] || printf '%s\0' "${known[@]}" |
    xargs -0 -n 1 -P "$(nproc)" clang-tidy-14 --quiet --warnings-as-errors='*' -p "$build"
