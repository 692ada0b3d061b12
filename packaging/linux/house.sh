# shellcheck shell=bash disable=SC2034
# Sourced by app/run.sh, tests/run.sh and .ci/run: what the project needs on Debian and Ubuntu, and
# how it is built. Everything said here goes to stderr: stdout belongs to the program that runs
# afterwards. Standard input is left alone for the same reason.

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
build=$root/build

# The same names in Debian 12, Debian 13 and Ubuntu 24.04.
# Qt6HttpServer's CMake file looks for Qt6WebSockets, without the package depending on it.
build_packages=(g++ cmake ninja-build pkgconf qt6-base-dev qt6-httpserver-dev qt6-websockets-dev
    qt6-svg-dev qt6-tools-dev qt6-l10n-tools qtkeychain-qt6-dev libmd4c-dev libsource-highlight-dev)
# What Gemini's certificate is checked against, and what keeps usage and chats.
run_packages=(ca-certificates libqt6sql6-sqlite)
# Qt's reader of SVG files, which the theme is drawn with, lies in a package of its own from Debian 13 on.
# shellcheck disable=SC1091
if (. /etc/os-release && [ "$ID" = debian ] && [ "${VERSION_ID:-sid}" != 12 ]) 2>/dev/null; then
    run_packages+=(qt6-svg-plugins)
fi
test_packages=(curl)
# To make DEBs, RPMs and the portable archive.
package_packages=(dpkg-dev file gzip patchelf qt6-wayland rpm)

say() { printf '==> %s\n' "$*" >&2; }

fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# Those of the packages that are not installed, one a line.
missing_packages() {
    local installed
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null) || true
    local package
    for package in "$@"; do
        grep -qxF "installed $package" <<<"$installed" || echo "$package"
    done
}

# Installs what is missing of the packages; needs no apt, network or sudo where nothing is.
install_packages() {
    if ! command -v dpkg-query apt-get >/dev/null; then
        say "This is neither Debian nor Ubuntu: not looking for the packages $*"
        return
    fi
    local missing
    mapfile -t missing < <(missing_packages "$@")
    [ ${#missing[@]} -gt 0 ] || return 0

    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300)
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null ||
            fail "packages are missing, and sudo too. As root: apt-get install ${missing[*]}"
        apt=(sudo "${apt[@]}")
    fi
    [ -t 2 ] || apt+=(-q)

    say "Installing ${missing[*]}"
    # One dead third-party source fails the update, and need not stop the installation.
    "${apt[@]}" update </dev/null >&2 || say "apt-get update failed (see above); trying without"
    "${apt[@]}" install -y --no-install-recommends "${missing[@]}" </dev/null >&2 ||
        fail "apt-get could not install: ${missing[*]} (the reason stands above; on Ubuntu they are in \"universe\")"
}

# Whether build/ was configured here, by the tool that the steps below rely on.
is_configured() {
    [ -f "$build/build.ninja" ] &&
        grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$build/CMakeCache.txt" 2>/dev/null &&
        grep -qxF 'CMAKE_GENERATOR:INTERNAL=Ninja' "$build/CMakeCache.txt"
}

# Configures build/ as Release unless that was done. GEMINI_DESK_CMAKE_FLAGS holds further flags.
configure() {
    [ -z "${GEMINI_DESK_CMAKE_FLAGS-}" ] && is_configured && return
    is_configured || rm -rf "$build/CMakeCache.txt" "$build/CMakeFiles"
    say "Configuring $build"
    local flags
    read -ra flags <<<"${GEMINI_DESK_CMAKE_FLAGS-}"
    (cd "$root" && cmake --preset release "${flags[@]}") </dev/null >&2 ||
        fail "cmake could not configure the build; the reason stands above"
}

# Builds a target of build/; silent where nothing is to be done.
build_target() {
    if [[ $(ninja -C "$build" -n "$1" 2>&1 </dev/null) == *"no work to do"* ]]; then
        return
    fi
    say "Building"
    ninja -C "$build" "$1" </dev/null >&2 || fail "the build failed; the reason stands above"
}
