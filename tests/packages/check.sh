#!/usr/bin/env bash
# What the tools of each trade say of the packages and of what is in them. Fails on an error or warning
# that is not explained below. Makes DEBs and RPMs to look at, and installs the tools that are missing.
set -eu -o pipefail
here=$(cd -P "$(dirname "$0")" && pwd -P)
# shellcheck source=packaging/linux/house.sh
. "$here/../../packaging/linux/house.sh"

install_packages "${build_packages[@]}" "${run_packages[@]}" "${package_packages[@]}" \
    appstream desktop-file-utils fish groff-base lintian man-db rpmlint shellcheck systemd yamllint zsh
cd "$root"
configure
build_target app/all
build_target packaging/all
packages=$(mktemp -d)
trap 'rm -rf "$packages"' EXIT
(cd "$build" && cpack -G "DEB;RPM" -B "$packages") >&2
failures=0

check() { # name command...: silent where all is well
    local name=$1 said
    shift
    if said=$("$@" 2>&1) && [ -z "$said" ]; then
        say "$name: nothing to say"
    else
        say "$name FAILED"
        printf '%s\n' "$said" >&2
        failures=$((failures + 1))
    fi
}

quiet() { # what a tool says when all is well does not count
    local said
    said=$("$@" 2>&1) || { printf '%s\n' "$said" && return 1; }
}

# lintian: overrides, each with its reason.
lintian_debs() {
    local suppressed=(
        # A package of the project, not of Debian: there is no bug that asks for it.
        initial-upload-closes-no-bugs
    )
    local IFS=,
    lintian --allow-root --suppress-tags "${suppressed[*]}" --fail-on error,warning "$packages"/*.deb
}

# rpmlint prints a summary; what counts are its errors and warnings.
rpmlint_rpms() {
    local said
    said=$(rpmlint --config "$here/rpmlint.toml" "$packages"/*.rpm 2>&1) || true
    ! grep -E ': [EW]: ' <<<"$said" && grep -q ' 0 errors, 0 warnings' <<<"$said"
}

desktop_entry() { desktop-file-validate packaging/linux/gemini-desk.desktop; }
metainfo() { quiet appstreamcli validate --no-net "$build"/packaging/*.metainfo.xml; }

manual_pages() {
    local page
    for page in "$build"/packaging/gemini-*/*.1; do
        { LC_ALL=C.UTF-8 MANWIDTH=80 man --warnings -E UTF-8 -l -Tutf8 -Z "$page" >/dev/null; } 2>&1
    done
}

unit_verify() {
    # Its program need not be installed here, and no session be open.
    sed "s|/usr/bin/gemini-proxy|$build/bin/gemini-proxy|" packaging/linux/gemini-proxy.service >"$packages/gemini-proxy.service"
    XDG_RUNTIME_DIR=$packages systemd-analyze --user verify "$packages/gemini-proxy.service"
}

unit_security() { # at most 2.0
    local level
    level=$(systemd-analyze security --no-pager --offline=true packaging/linux/gemini-proxy.service 2>&1 |
        sed -n 's/.*exposure level for gemini-proxy.service: \([0-9.]*\).*/\1/p')
    say "exposure of the unit: ${level:-unknown}"
    [ -n "$level" ] && awk "BEGIN { exit !($level <= 2.0) }"
}

scripts() {
    local files
    mapfile -t files < <(git ls-files -z | xargs -0 grep -lE '^#!.*\b(ba)?sh$|^# shellcheck shell=' --)
    shellcheck -x "${files[@]}"
}

completions() {
    local file
    for file in packaging/linux/completions/*; do
        case $file in
        *.bash) bash -n "$file" ;;
        *.fish) fish --no-execute "$file" ;;
        *) zsh -n "$file" ;;
        esac
    done
}

workflows() {
    local rules='line-length: {max: 120}, comments: {min-spaces-from-content: 1}, document-start: disable'
    yamllint --strict -d "{extends: default, rules: {$rules, truthy: {check-keys: false}}}" .github packaging/flatpak
    # In no Debian, so it runs only where it is there already.
    ! command -v actionlint >/dev/null || actionlint
}

check "lintian" lintian_debs
check "rpmlint" rpmlint_rpms
check "desktop-file-validate" desktop_entry
check "appstreamcli" metainfo
check "man --warnings" manual_pages
check "systemd-analyze verify" unit_verify
check "shellcheck" scripts
check "completions" completions
check "yamllint" workflows
unit_security || failures=$((failures + 1))
[ "$failures" -eq 0 ] || fail "$failures checks failed"
