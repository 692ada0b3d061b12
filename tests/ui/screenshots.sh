#!/usr/bin/env bash
# Makes the README's pictures out of the running program, on an X server without a screen: the welcome
# page, a chat, requests while three stream, and settings; light and dark, at scale 1 and 2.
# screenshots.sh [FOLDER]: into resources/screenshots if none is named.
set -eu -o pipefail
cd -P "$(dirname "$0")/../.."
# shellcheck source=packaging/linux/house.sh
. packaging/linux/house.sh
install_packages "${build_packages[@]}" xvfb xdotool imagemagick dbus gnome-keyring curl fonts-inter fonts-noto-cjk fonts-dejavu-core
configure
build_target app/all

# The welcome page is to be that of a desktop with a keychain
if [ -z "${GEMINI_DESK_IN_KEYRING-}" ]; then
    GEMINI_DESK_IN_KEYRING=1 exec tests/e2e/withkeyring.sh tests/ui/screenshots.sh "$@"
fi

folder=$(mkdir -p "${1:-resources/screenshots}" && cd "${1:-resources/screenshots}" && pwd -P)
work=$(mktemp -d)
pids=()
trap 'for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; rm -rf "$work"' EXIT

# A desktop's usual fonts, wherever this runs.
mkdir -p "$work/config/fontconfig" "$work/config/gemini-desk" "$work/run"
chmod 700 "$work/run"
cat >"$work/config/fontconfig/fonts.conf" <<'FONTS'
<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <alias><family>sans-serif</family><prefer><family>Inter</family><family>Noto Sans CJK SC</family></prefer></alias>
  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
</fontconfig>
FONTS
export HOME=$work XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data XDG_STATE_HOME=$work/state \
    XDG_RUNTIME_DIR=$work/run XDG_CACHE_HOME=$work/cache QT_QPA_PLATFORM=xcb no_proxy='*'
unset WAYLAND_DISPLAY GEMINI_API_KEY GOOGLE_API_KEY

start_screen() { # scale
    mkfifo "$work/display"
    Xvfb -displayfd 3 -screen 0 "$((1200 * $1))x$((800 * $1))x24" -dpi 96 -nolisten tcp 3>"$work/display" 2>/dev/null &
    pids+=($!)
    DISPLAY=:$(head -n 1 "$work/display")
    export DISPLAY
    rm "$work/display"
}

# Starts the program and waits until its proxy listens; sets pid, port and window.
start_desk() { # ARGUMENTS
    : >"$work/out"
    "$build/bin/gemini-desk" --port 0 "$@" >"$work/out" 2>"$work/err" &
    pid=$!
    pids+=("$pid")
    local tries
    for ((tries = 0; tries < 100; ++tries)); do
        grep -q listening "$work/out" && break
        sleep 0.1
    done
    port=$(sed -n 's/.*:\([0-9]*\)$/\1/p' "$work/out" | head -n 1)
    window=$(xdotool search --sync --onlyvisible --name '^Gemini Desk$' | head -n 1)
    xdotool windowfocus "$window"
}

stop_desk() {
    kill "$pid"
    wait "$pid" 2>/dev/null || true
}

picture() { # NAME
    sleep 0.5 # what has just been typed is painted, and no caret's blink or hover remains
    import -window "$window" -strip "$folder/$1.png"
    echo "$folder/$1.png" >&2
}

ask() { # MODEL PROMPT
    curl -sN -A "$3" -H 'Content-Type: text/plain' -d "$2" "http://127.0.0.1:$port/gemini-proxy?model=$1" >/dev/null || true
}

for scale in 1 2; do
    export QT_SCALE_FACTOR=$scale
    start_screen "$scale"
    for theme in light dark; do
        suffix=$theme
        [ "$scale" = 1 ] || suffix+="@${scale}x"
        printf '[desktop]\ntheme=%s\n' "$theme" >"$XDG_CONFIG_HOME/gemini-desk/gemini-desk.conf"

        start_desk # no key: the welcome page
        picture "welcome-$suffix"
        stop_desk

        rm -rf "$XDG_DATA_HOME/gemini-desk/chats.sqlite"*
        start_desk --demo --demo-pace 10
        sleep 1 # the models have come
        xdotool key --window "$window" ctrl+n type --window "$window" --delay 5 "Write a small program in Python"
        xdotool key --window "$window" Return
        sleep 3
        picture "chat-$suffix"
        stop_desk

        start_desk --demo --demo-pace 60
        xdotool key --window "$window" Escape
        ask demo-fast "Count" "python-requests/2.31"
        ask demo-key-invalid "Hello" "curl/7.88.1"
        ask demo-thinking "Why is the sky blue?" "zed/0.160"
        ask gemini-flash-latest "Write a haiku about rivers" "curl/7.88.1"
        ask demo-quota "Once more" "aider/0.64"
        for prompt in "Explain how AI works" "Write a commit message for this" "Write a haiku about rivers"; do
            ask gemini-flash-latest "$prompt" "curl/7.88.1" &
            pids+=($!)
        done
        sleep 1.5 # they stream now
        xdotool key --window "$window" ctrl+2
        xdotool key --window "$window" Down # one of them beside the table
        picture "requests-$suffix"
        xdotool key --window "$window" ctrl+comma
        picture "settings-$suffix"
        stop_desk
    done
done
