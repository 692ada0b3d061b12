# shellcheck shell=bash
# Sourced by run.sh: fresh Debian roots, and copies of them that are thrown away.
# A base is made once and kept in the user's cache; what happens in a copy goes into a layer over it.

cache=${XDG_CACHE_HOME:-$HOME/.cache}/gemini-desk

# The mirrors to get Debian from, first the one that this machine uses, if it uses any.
mirrors() {
    # shellcheck disable=SC2016 # apt's own placeholder
    apt-get indextargets --format '$(REPO_URI)' 'Identifier: Packages' 'Origin: Debian' \
        'Label: Debian' 2>/dev/null | head -n 1
    echo http://deb.debian.org/debian
}

# Prints the folder of the fresh Debian root; $1 is 12 or 13.
fresh_base() {
    local base=$cache/fresh-$1 suite mirror
    case $1 in
    12) suite=bookworm ;;
    13) suite=trixie ;;
    *) fail "knows Debian 12 and 13, not $1" ;;
    esac
    if [ ! -e "$base/complete" ]; then
        for mirror in $(mirrors); do
            rm -rf "$base"
            mkdir -p "$base"
            say "Making a Debian $1 root from $mirror"
            # A mount namespace of its own: whatever happens, no mount is left behind.
            unshare --mount debootstrap --variant=minbase "$suite" "$base/root" "$mirror" >&2 || continue
            touch "$base/complete"
            break
        done
        [ -e "$base/complete" ] || fail "could not make a Debian $1 root; the reason stands above"
    fi
    echo "$base/root"
}

# in_copy BASE LAYER [--offline] COMMAND...: runs a command of this machine that finds a copy of the
# root at $ROOT, with the folder $SHARED of this machine at $ROOT/shared. What changes in the copy
# stays in LAYER for the next call. Mounts, processes and, offline, the network end with the command.
in_copy() {
    local base=$1 layer=$2 spaces=(--mount --pid --fork --kill-child)
    shift 2
    if [ "$1" = --offline ]; then
        spaces+=(--net)
        shift
    fi
    mkdir -p "$layer"/{upper,work,root} "$cache/apt-archives-${base//[^0-9]/}"
    # One at a time for each Debian: they share what apt has fetched.
    # shellcheck disable=SC2016 # expanded by the inner shell
    flock "$cache/apt-archives-${base//[^0-9]/}" unshare "${spaces[@]}" bash -c '
        set -eu
        base=$1 layer=$2 archives=$3 shared=$4
        shift 4
        export ROOT=$layer/root
        mount -t overlay overlay -o "lowerdir=$base,upperdir=$layer/upper,workdir=$layer/work" "$ROOT"
        mkdir -p "$ROOT/shared" "$ROOT/tmp/.X11-unix"
        mount -t proc proc "$ROOT/proc"
        mount --rbind /dev "$ROOT/dev"
        mount --rbind /sys "$ROOT/sys"
        mount --bind "$archives" "$ROOT/var/cache/apt/archives"
        mount --bind "$shared" "$ROOT/shared"
        ip link set lo up 2>/dev/null || true
        cp -L /etc/resolv.conf "$ROOT/etc/resolv.conf"
        apt-config dump | grep -iE "^Acquire::https?::Proxy" >"$ROOT/etc/apt/apt.conf.d/99machine-proxy" || true
        "$@"' - "$base" "$layer" "$cache/apt-archives-${base//[^0-9]/}" "$SHARED" "$@" </dev/null
}

# Within in_copy: a command in the root, as root or as a user of it.
inside() {
    local pass=() name
    for name in http_proxy https_proxy no_proxy CMAKE_CXX_COMPILER_LAUNCHER; do
        [ -z "${!name-}" ] || pass+=("$name=${!name}")
    done
    chroot "$ROOT" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
        DEBIAN_FRONTEND=noninteractive "${pass[@]}" "$@"
}

inside_as() {
    local user=$1
    shift
    chroot "$ROOT" runuser -u "$user" -- env -i HOME="/home/$user" USER="$user" PATH=/usr/bin:/bin LANG=C.UTF-8 "$@"
}
