#!/usr/bin/env bash
# One step of run.sh, on this machine, with a copy of a Debian root at $ROOT and the packages in
# /shared there. A function a step; run.sh says when each is called.
set -eu -o pipefail
here=$(cd -P "$(dirname "$0")" && pwd -P)
# shellcheck source=packaging/linux/house.sh
. "$here/../../packaging/linux/house.sh"
# shellcheck source=tests/packages/roots.sh
. "$here/roots.sh"

user=tester
port=8080
settings_port=8123
desk_port=8124
programs=/usr/bin

apt_install() {
    inside apt-get install -y -q --no-install-recommends "$@" >>"$ROOT/shared/apt.log" 2>&1 ||
        fail "apt-get could not install $*: $(tail -n 5 "$ROOT/shared/apt.log")"
}

install_debs() { # folder in the root
    local debs=("$ROOT$1"/*.deb)
    apt_install "${debs[@]#"$ROOT"}"
}

# All files of the system but those that apt and dpkg keep for themselves.
list_files() {
    (cd "$ROOT" && find . -xdev \( -path ./proc -o -path ./sys -o -path ./dev -o -path ./shared -o -path ./tmp \
        -o -path ./var/cache -o -path ./var/lib/apt -o -path ./var/lib/dpkg -o -path ./var/log -o -path ./home \) \
        -prune -o -print | LC_ALL=C sort)
}

list_home() {
    (cd "$ROOT/home/$user" && find . -type f ! -name '*.log' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum)
}

expect_version() { # version package...
    local version=$1 package got
    shift
    for package in "$@"; do
        # shellcheck disable=SC2016 # dpkg's own placeholder
        got=$(inside dpkg-query -W -f '${Version}' "$package")
        [[ $got == "$version"-* ]] || fail "$package should be $version, and is $got"
    done
}

# Waits until a file holds a text: what a program prints when it is ready.
wait_for() { # file text
    local i
    for ((i = 0; i < 300; i++)); do
        grep -qF -- "$2" "$1" 2>/dev/null && return
        sleep 0.1
    done
    fail "nothing says \"$2\" in $1: $(tail -n 5 "$1")"
}

pids=()
start_program() { # log program argument...
    local log=$1 program=$2
    shift 2
    # Not inside_as: the process itself is needed, to end it.
    chroot --userspec="$user" "$ROOT" env -i HOME="/home/$user" PATH=/usr/bin:/bin LANG=C.UTF-8 ${DISPLAY:+DISPLAY="$DISPLAY"} \
        ${GEMINI_API_KEY:+GEMINI_API_KEY="$GEMINI_API_KEY"} "$programs/$program" "$@" >"$log" 2>&1 &
    pids+=($!)
}

stop_program() { # the last one; it must end well
    local pid=${pids[-1]} code=0
    unset 'pids[-1]'
    kill -TERM "$pid"
    wait "$pid" || code=$?
    [ "$code" -eq 0 ] || fail "SIGTERM ended a program with $code"
}

answers() { # port
    curl -sSf --noproxy '*' -N --max-time 20 -X POST -H 'Content-Type: text/plain' -d 'Write a haiku' \
        "http://127.0.0.1:$1/gemini-proxy"
}

demo_answers() {
    start_program "$SHARED/proxy.log" gemini-proxy --demo --demo-pace 1
    wait_for "$SHARED/proxy.log" "gemini-proxy listening on http://127.0.0.1:$1"
    answers "$1" | grep -q '"finishReason":"STOP"' || fail "gemini-proxy --demo gave no whole answer"
    stop_program
}

# Qt's plugins, which no library links. A window paints without them, but its ticks are missing, for instance.
plugins_are_there() { # folder in the root, as a pattern
    local name
    for name in platforms/libqxcb imageformats/libqsvg iconengines/libqsvgicon sqldrivers/libqsqlite tls/libqopensslbackend; do
        compgen -G "$ROOT$1/$name.so" >/dev/null || fail "Qt's plugin $name is missing"
    done
}

# The window is painted when a picture of the screen holds more than a few colours.
window_paints() { # picture port
    mkfifo "$SHARED/display"
    Xvfb -displayfd 3 -screen 0 1200x800x24 -dpi 96 -nolisten tcp 3>"$SHARED/display" 2>/dev/null &
    local screen=$!
    DISPLAY=:$(head -n 1 "$SHARED/display")
    rm "$SHARED/display"
    export DISPLAY
    mount --bind /tmp/.X11-unix "$ROOT/tmp/.X11-unix"
    start_program "$SHARED/desk.log" gemini-desk --demo --demo-pace 1
    wait_for "$SHARED/desk.log" "listening on http://127.0.0.1:$2"
    answers "$2" >/dev/null
    local i colours=0
    for ((i = 0; i < 100 && colours < 100; i++)); do
        sleep 0.2
        import -display "$DISPLAY" -window root "$1"
        colours=$(identify -format %k "$1")
    done
    [ "$colours" -ge 100 ] || fail "the window stays blank: $colours colours in $1"
    say "the window paints: $colours colours"
    stop_program
    kill "$screen"
    wait "$screen" || true
    umount "$ROOT/tmp/.X11-unix"
}

case $1 in
build) # in the build root: the DEBs, and older ones of the same programs
    # shellcheck disable=SC2016 # expanded by the inner shell
    inside bash -c '
        cd /src/main
        . packaging/linux/house.sh
        install_packages ccache "${build_packages[@]}" "${run_packages[@]}" "${package_packages[@]}"
        GEMINI_DESK_CMAKE_FLAGS=-DGEMINI_DESK_TESTS=OFF
        configure
        ninja -C build >&2
        cd build
        cpack -G DEB -B /shared
        cpack -G DEB -B /shared/old -D CPACK_PACKAGE_VERSION=0.0.9' ;;

install-old) # with the network
    inside apt-get update -q >"$SHARED/apt.log" 2>&1 || fail "apt-get update: $(tail -n 5 "$SHARED/apt.log")"
    inside useradd --create-home "$user"
    list_files >"$SHARED/before"
    install_debs /shared/old
    expect_version 0.0.9 gemini-proxy gemini-desk ;;

use-old) # offline: settings of both programs, and usage
    inside_as "$user" mkdir -p "/home/$user/.config/gemini-desk"
    inside_as "$user" sh -c "echo port=$settings_port >~/.config/gemini-desk/gemini-proxy.conf"
    # The demo stands in for Gemini behind a second proxy, which counts usage; one with --demo itself would count
    # nothing.
    start_program "$SHARED/upstream.log" gemini-proxy --demo --demo-pace 1 --port 8090
    wait_for "$SHARED/upstream.log" listening
    GEMINI_API_KEY=any start_program "$SHARED/proxy.log" gemini-proxy --upstream http://127.0.0.1:8090
    wait_for "$SHARED/proxy.log" "listening on http://127.0.0.1:$settings_port"
    answers "$settings_port" >/dev/null
    stop_program
    stop_program
    inside_as "$user" gemini-proxy usage --json >"$SHARED/usage.before"
    grep -q '"model"' "$SHARED/usage.before" || fail "nothing was counted: $(cat "$SHARED/usage.before")"
    inside_as "$user" sh -c "printf '[proxy]\nport=$desk_port\n' >~/.config/gemini-desk/gemini-desk.conf"
    window_paints "$SHARED/old.png" "$desk_port"
    list_home >"$SHARED/home.before" ;;

upgrade)
    install_debs /shared
    expect_version "$2" gemini-proxy gemini-desk
    plugins_are_there '/usr/lib/*/qt6/plugins'
    list_home | diff "$SHARED/home.before" - || fail "the upgrade changed the user's files" ;;

use-new)
    [ "$(inside_as "$user" gemini-proxy --version)" = "gemini-proxy $2" ] || fail "gemini-proxy --version does not say $2"
    inside_as "$user" gemini-proxy usage --json | diff "$SHARED/usage.before" - || fail "the usage was lost"
    demo_answers "$settings_port"
    window_paints "$3" "$desk_port"
    list_home >"$SHARED/home.before" ;;

remove)
    inside apt-get remove -y -q gemini-proxy gemini-desk >>"$SHARED/apt.log" 2>&1 || fail "apt-get remove failed"
    left=$(list_files | grep -i gemini || true)
    [ -z "$left" ] || fail "apt-get remove leaves $left"
    list_home | diff "$SHARED/home.before" - || fail "removal touched the user's files"
    # Not apt-get: it has forgotten packages that came from a file and left nothing to purge.
    inside dpkg --purge gemini-proxy gemini-desk >>"$SHARED/apt.log" 2>&1 || fail "dpkg --purge failed"
    ! inside dpkg-query -W gemini-proxy gemini-desk >/dev/null 2>&1 || fail "dpkg still knows the packages after purge"
    inside apt-get autoremove --purge -y -q >>"$SHARED/apt.log" 2>&1
    list_files | diff "$SHARED/before" - >"$SHARED/left" || true ;;

install-desktop) # what every desktop has; no Qt
    inside apt-get update -q >"$SHARED/apt.log" 2>&1
    apt_install libgl1 libegl1 libx11-xcb1 libfontconfig1 fonts-dejavu-core ca-certificates libwayland-client0
    inside useradd --create-home "$user"
    # shellcheck disable=SC2016 # dpkg's own placeholder
    qt=$(inside dpkg-query -W -f '${Package}\n' | grep -i qt || true)
    [ -z "$qt" ] || fail "this root should hold no Qt, but has $qt"
    inside mkdir -p /opt/some\ folder
    tar -C "$ROOT/opt/some folder" --strip-components=1 -xzf "$SHARED"/*.tar.gz ;;

use-portable)
    programs="/opt/some folder/bin"
    [ "$(inside_as "$user" "$programs/gemini-proxy" --version)" = "gemini-proxy $2" ] || fail "gemini-proxy --version does not say $2"
    plugins_are_there "/opt/some folder/plugins"
    # Code has colours here, though the system has none for it.
    [ ! -e "$ROOT/usr/share/source-highlight" ] || fail "this root has Source-highlight, and so proves nothing"
    [ -e "$ROOT/opt/some folder/share/source-highlight/lang.map" ] || fail "the definitions of languages are missing"
    demo_answers "$port"
    window_paints "$3" "$port" ;;
*) fail "no step $1" ;;
esac
