# shellcheck shell=bash
_gemini_desk() {
    local current=$2 previous=$3
    case $previous in
    --ca-file | --config) mapfile -t COMPREPLY < <(compgen -f -- "$current") && return ;;
    --usage) mapfile -t COMPREPLY < <(compgen -W "on off" -- "$current") && return ;;
    --log-level) mapfile -t COMPREPLY < <(compgen -W "debug info warning error" -- "$current") && return ;;
    --log-format) mapfile -t COMPREPLY < <(compgen -W "text json" -- "$current") && return ;;
    --listen | --port | --model | --upstream | --demo-pace | --token | --allowed-hosts | --allowed-origins) return ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "--minimized --new-chat --listen --port --model --upstream --ca-file
        --demo --demo-pace --token --allowed-hosts --allowed-origins --usage --config --log-level --log-format --version --help" -- "$current")
}
complete -o filenames -F _gemini_desk gemini-desk
