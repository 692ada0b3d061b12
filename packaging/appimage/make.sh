#!/usr/bin/env bash
# An AppImage of the portable archive: one file that runs after chmod +x.
#   make.sh ARCHIVE.tar.gz [OUT.AppImage]
# Needs appimagetool, in PATH or named by APPIMAGETOOL. With APPDIR_ONLY=FOLDER it stops at the folder
# that goes into the image, whose AppRun can be tried as it is.
set -eu -o pipefail
archive=$(realpath "$1")
out=${2:-${archive%.tar.gz}.AppImage}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
appdir=${APPDIR_ONLY:-$scratch/AppDir}
mkdir -p "$appdir/usr"
tar -C "$appdir/usr" --strip-components=1 -xzf "$archive"

cat >"$appdir/AppRun" <<'RUN'
#!/bin/sh
# The program by the name that this was called by, or by the first argument: gemini-proxy in a terminal.
here=$(dirname "$(readlink -f "$0")")
case ${ARGV0##*/} in
gemini-proxy*) exec "$here/usr/bin/gemini-proxy" "$@" ;;
esac
if [ "${1-}" = gemini-proxy ]; then
    shift
    exec "$here/usr/bin/gemini-proxy" "$@"
fi
exec "$here/usr/bin/gemini-desk" "$@"
RUN
chmod +x "$appdir/AppRun"
ln -sf usr/share/applications/gemini-desk.desktop "$appdir/gemini-desk.desktop"
ln -sf usr/share/icons/hicolor/256x256/apps/gemini-desk.png "$appdir/gemini-desk.png"
ln -sf gemini-desk.png "$appdir/.DirIcon"
[ -z "${APPDIR_ONLY-}" ] || exit 0

ARCH=$(uname -m) "${APPIMAGETOOL:-appimagetool}" "$appdir" "$out"
(cd "$(dirname "$out")" && sha256sum "$(basename "$out")" >"$(basename "$out").sha256")
