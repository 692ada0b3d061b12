#!/usr/bin/env bash
# The packages in fresh Debian roots: they install with apt, work, upgrade, keep what is the user's, and
# go without a trace; the portable archive works where there is no Qt. Needs root; takes minutes.
# run.sh [12] [13] [portable]: all of them if none is named. Pictures: build/packages/pictures
set -eu -o pipefail
here=$(cd -P "$(dirname "$0")" && pwd -P)
# shellcheck source=packaging/linux/house.sh
. "$here/../../packaging/linux/house.sh"
# shellcheck source=tests/packages/roots.sh
. "$here/roots.sh"

[ "$(id -u)" -eq 0 ] || fail "needs root, to make and enter Debian roots"
install_packages debootstrap debian-archive-keyring curl xvfb imagemagick iproute2

version=$(sed -n 's/^project(.* VERSION \([0-9.]*\).*/\1/p' "$root/CMakeLists.txt")
pictures=$build/packages/pictures
mkdir -p "$pictures"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

step() { # base layer [--offline] step argument...
    local base=$1 layer=$2 offline=()
    shift 2
    [ "$1" != --offline ] || { offline=(--offline) && shift; }
    printf '\n==> [%02d:%02d] %s: %s\n' $((SECONDS / 60)) $((SECONDS % 60)) "$name" "$1" >&2
    in_copy "$base" "$layer" "${offline[@]}" "$here/steps.sh" "$@"
}

# Builds in a copy of the root that .ci/run keeps, whose compiler is there already, or of a fresh one.
build_debs() { # debian
    local base layer=$scratch/build-$1
    base=$(fresh_base "$1")
    [ ! -e "$cache/debian-$1/complete" ] || base=$cache/debian-$1/root
    mkdir -p "$layer/upper/src/main"
    tar -C "$root" --exclude=./.git --exclude='./build*' -c . | tar -C "$layer/upper/src/main" -x
    CMAKE_CXX_COMPILER_LAUNCHER=ccache step "$base" "$layer" build
    rm -rf "$layer" "$SHARED"/_CPack_Packages "$SHARED"/old/_CPack_Packages
}

check_debs() { # debian
    local base layer=$scratch/debian-$1
    base=$(fresh_base "$1")
    step "$base" "$layer" install-old
    step "$base" "$layer" --offline use-old
    step "$base" "$layer" upgrade "$version"
    step "$base" "$layer" --offline use-new "$version" "$pictures/debian-$1.png"
    step "$base" "$layer" remove
    # What Qt's own packages leave behind is not ours to take away, but it is reported.
    say "left by packages that came along: $(grep -c '^>' "$SHARED/left" || true) files, in" \
        "$(sed -n 's|^> \./\([^/]*/[^/]*\)/.*|\1|p' "$SHARED/left" | sort -u | tr '\n' ' ')"
    rm -rf "$layer"
}

here_is() { # debian
    # shellcheck disable=SC1091
    [ "$(. /etc/os-release && echo "$ID$VERSION_ID")" = "debian$1" ]
}

check_debian() { # debian
    local name="Debian $1"
    export SHARED=$scratch/shared-$1
    mkdir -p "$SHARED/old"
    if here_is "$1"; then # no root needed to build for what this machine is
        install_packages "${build_packages[@]}" "${run_packages[@]}" "${package_packages[@]}"
        configure
        ninja -C "$build" app/all packaging/all >&2
        (cd "$build" && cpack -G DEB -B "$SHARED" && cpack -G DEB -B "$SHARED/old" -D CPACK_PACKAGE_VERSION=0.0.9) >&2
    else
        build_debs "$1"
    fi
    cp "$SHARED"/*.deb "$build/packages/"
    check_debs "$1"
}

# Made on the oldest Debian, as what is built there runs on newer ones.
check_portable() {
    local name="Portable archive" base layer=$scratch/portable
    export SHARED=$scratch/shared-portable
    mkdir -p "$SHARED"
    here_is 12 || fail "the portable archive is made on Debian 12"
    configure
    ninja -C "$build" app/all packaging/all >&2
    (cd "$build" && cpack -G TGZ -B "$SHARED") >&2
    cp "$SHARED"/*.tar.gz "$build/packages/"
    local debian
    for debian in 12 13; do
        name="Portable archive, Debian $debian"
        base=$(fresh_base "$debian")
        step "$base" "$layer-$debian" install-desktop
        step "$base" "$layer-$debian" --offline use-portable "$version" "$pictures/portable-$debian.png"
        rm -rf "$layer-$debian"
    done
}

[ $# -gt 0 ] || set -- 12 13 portable
for what in "$@"; do
    case $what in
    12 | 13) check_debian "$what" ;;
    portable) check_portable ;;
    *) fail "unknown: $what (12, 13, portable)" ;;
    esac
done
say "All good. Pictures are in $pictures"
