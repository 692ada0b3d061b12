#!/usr/bin/env bash
# The systemd user unit under a user's service manager, which needs no booted systemd: it starts in its sandbox,
# answers, counts usage, reloads, comes back after it was killed, ends well, and gives up on a wrong configuration.
# Needs root, for namespaces and a cgroup that end with it.
set -eu -o pipefail
here=$(cd -P "$(dirname "$0")" && pwd -P)
# shellcheck source=packaging/linux/house.sh
. "$here/../../packaging/linux/house.sh"

expect() { # property value
    local i
    for ((i = 0; i < 100; i++)); do
        [ "$(systemctl --user show gemini-proxy --property "$1" --value)" != "$2" ] || return 0
        sleep 0.1
    done
    systemctl --user status --no-pager gemini-proxy >&2 || true
    fail "$1 is not $2"
}

answers() {
    curl -sSf --noproxy '*' -d 'Write a haiku' http://127.0.0.1:8080/gemini-proxy | grep -q '"finishReason":"STOP"' ||
        fail "no whole answer"
}

case ${1-} in
--namespaces) # what a booted system has ready for a user's service manager
    ip link set lo up
    mount -t cgroup2 cgroup2 /sys/fs/cgroup
    mkdir /sys/fs/cgroup/user
    echo 0 >/sys/fs/cgroup/user/cgroup.procs
    mount -t tmpfs -o mode=755 tmpfs /run
    mkdir -p /run/source/tests/packages /run/source/packaging/linux
    cp "$here/unit.sh" /run/source/tests/packages/ # where everybody may read
    cp "$root"/packaging/linux/{house.sh,gemini-proxy.service} /run/source/packaging/linux/
    cp "$build/bin/gemini-proxy" /run/source/
    mount -t tmpfs -o mode=755 tmpfs /home
    mkdir -p /run/systemd/system /run/systemd/unit-root /run/user/65534 /home/nobody/.local/bin /home/nobody/.config/systemd/user
    cp /run/source/gemini-proxy /home/nobody/.local/bin/
    sed 's|/usr/bin/gemini-proxy|%h/.local/bin/gemini-proxy|' /run/source/packaging/linux/gemini-proxy.service \
        >/home/nobody/.config/systemd/user/gemini-proxy.service
    chown -R nobody /sys/fs/cgroup/user /run/user/65534 /home/nobody
    chmod 700 /run/user/65534
    cd /
    setpriv --reuid=nobody --regid=nogroup --clear-groups env -i PATH=/usr/bin:/bin HOME=/home/nobody USER=nobody \
        XDG_RUNTIME_DIR=/run/user/65534 /run/source/tests/packages/unit.sh --user
    ;;
--user)
    /lib/systemd/systemd --user 2>/dev/null &
    # The demo stands in for Gemini behind the unit's proxy, which counts usage; one with --demo itself would count
    # nothing.
    ~/.local/bin/gemini-proxy --demo --demo-pace 1 --port 8090 >/dev/null 2>&1 &
    mkdir -m 700 ~/.config/gemini-desk
    echo upstream=http://127.0.0.1:8090 >~/.config/gemini-desk/gemini-proxy.conf
    echo GEMINI_API_KEY=any >~/.config/gemini-desk/gemini-proxy.env
    for ((i = 0; i < 100; i++)); do
        [ ! -S "$XDG_RUNTIME_DIR/systemd/private" ] || break
        sleep 0.1
    done
    systemctl --user start gemini-proxy || expect ActiveState active
    answers
    systemctl --user reload gemini-proxy
    expect StatusText "Listening on http://127.0.0.1:8080"
    systemctl --user kill --signal=KILL gemini-proxy
    expect NRestarts 1
    expect ActiveState active
    answers
    systemctl --user stop gemini-proxy
    expect Result success
    ~/.local/bin/gemini-proxy usage --json | grep -q '"model"' || fail "nothing was counted"
    rm -r ~/.local/share && chmod 500 ~/.local # usage cannot be counted any more, which must stop nobody
    systemctl --user start gemini-proxy || expect ActiveState active
    answers
    systemctl --user stop gemini-proxy
    echo port=nonsense >~/.config/gemini-desk/gemini-proxy.conf
    ! systemctl --user start gemini-proxy 2>/dev/null || fail "a wrong configuration is taken"
    expect ActiveState failed
    expect ExecMainStatus 78
    ;;
*)
    [ "$(id -u)" -eq 0 ] || fail "needs root"
    install_packages "${build_packages[@]}" "${run_packages[@]}" curl iproute2 systemd
    configure
    build_target gemini-proxy
    cgroup=$(findmnt -n -o TARGET -t cgroup2 | head -n 1)/gemini-proxy-unit
    mkdir -p "$cgroup"
    trap 'find "$cgroup" -depth -type d -exec rmdir {} +' EXIT
    (
        echo "$BASHPID" >"$cgroup/cgroup.procs"
        unshare --mount --pid --fork --kill-child --cgroup --net --mount-proc "$0" --namespaces
    )
    say "The unit works under a user's service manager"
    ;;
esac
