# shellcheck shell=bash
_gemini_proxy() {
    local current=$2 previous=$3
    local options="--listen --port --model --upstream --ca-file --demo --demo-pace --token --allowed-hosts --allowed-origins --usage --config
        --log-level --log-format --version --help"
    case $previous in
    --ca-file | --config) mapfile -t COMPREPLY < <(compgen -f -- "$current") && return ;;
    --usage) mapfile -t COMPREPLY < <(compgen -W "on off" -- "$current") && return ;;
    --log-level) mapfile -t COMPREPLY < <(compgen -W "debug info warning error" -- "$current") && return ;;
    --log-format) mapfile -t COMPREPLY < <(compgen -W "text json" -- "$current") && return ;;
    --listen | --port | --model | --upstream | --demo-pace | --token | --allowed-hosts | --allowed-origins | --since | --agent | --resume) return ;;
    esac
    local words=$options
    case ${COMP_WORDS[1]} in
    key) words="set status remove" ;;
    usage) words="--json --since" ;;
    connect) words="claude-code codex gemini-cli qwen-code opencode copilot aider continue kilo vscode zed --write --yes --test --new-token --token --listen --port --model --config" ;;
    disconnect) words="claude-code codex gemini-cli qwen-code opencode copilot aider continue kilo vscode zed --yes --config" ;;
    ask) words="--agent --resume --json $options" ;;
    *) [ "$COMP_CWORD" -ne 1 ] || words="serve ask key usage connect disconnect $options" ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}
complete -o filenames -F _gemini_proxy gemini-proxy
