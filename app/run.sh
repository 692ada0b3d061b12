#!/usr/bin/env bash
# Installs what is missing, builds what changed, and starts the program with the arguments given:
# gemini-desk where there is a display, otherwise gemini-proxy. Nothing but the program itself
# writes to stdout.
set -u
# shellcheck source=packaging/linux/house.sh
. "$(dirname "${BASH_SOURCE[0]}")/../packaging/linux/house.sh"

install_packages "${build_packages[@]}" "${run_packages[@]}"
configure
build_target app/all

command=
case ${1-} in
serve | ask | key | usage) command=$1 ;;
esac

program=gemini-proxy
if [ -z "$command" ] && [ -n "${DISPLAY-}${WAYLAND_DISPLAY-}" ] && [ -x "$build/bin/gemini-desk" ]; then
    program=gemini-desk
fi

has_key() {
    local keys=${GEMINI_API_KEY-}${GOOGLE_API_KEY-}
    [ -n "${keys//[[:space:]]/}" ] || "$build/bin/gemini-proxy" key status >/dev/null 2>&1 </dev/null
}

# Whether a key is needed: only if neither the command nor the arguments already settle who answers.
needs_key() {
    case $command in
    key | usage) return 1 ;;
    esac
    [ -z "${GEMINI_PROXY_UPSTREAM-}" ] || return 1
    local argument
    for argument in "$@"; do
        case $argument in
        --) break ;;
        --demo | --upstream | --upstream=* | -h | --help | --version) return 1 ;;
        esac
    done
}

if needs_key "$@" && ! has_key; then
    echo "No key found (gemini-proxy key set, or GEMINI_API_KEY): the embedded demo answers, not Gemini." >&2
    # --demo goes after the command, but before everything else, which may be a prompt.
    [ -z "$command" ] || shift
    set -- ${command:+"$command"} --demo "$@"
fi

exec "$build/bin/$program" "$@"
