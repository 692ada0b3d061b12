#!/usr/bin/env bash
# What can be said of the Windows programs without Windows: all sources that CMake lists there compile
# without a warning, nothing of ours is missing when they are linked, the resource scripts and the
# installer's script hold. By MinGW, against the headers of Debian 12's Qt: see windows.cmake. Nothing of it runs.
set -eu -o pipefail
here=$(cd -P "$(dirname "$0")" && pwd -P)
# shellcheck source=packaging/linux/house.sh
. "$here/../../packaging/linux/house.sh"

install_packages "${build_packages[@]}" binutils-mingw-w64-x86-64 g++-mingw-w64-x86-64-posix nsis
configure
build_target makeicons
windows=$build/windows
others=$windows/libothers.dll.a
tool=x86_64-w64-mingw32
packages=$(pkg-config --variable=libdir Qt6Core)/cmake

mkdir -p "$windows"
touch "$others"
cmake -G Ninja -S "$root" -B "$windows" \
    -D CMAKE_SYSTEM_NAME=Windows -D CMAKE_SYSTEM_PROCESSOR=x86_64 \
    -D CMAKE_CXX_COMPILER=$tool-g++-posix -D CMAKE_RC_COMPILER=$tool-windres \
    -D CMAKE_BUILD_TYPE=Debug -D CMAKE_CXX_FLAGS_DEBUG=-O0 \
    -D CMAKE_PROJECT_INCLUDE="$here/windows.cmake" \
    -D QT_HOST_PATH=/usr -D QT_HOST_PATH_CMAKE_DIR="$packages" -D Qt6_DIR="$packages/Qt6" \
    -D GEMINI_DESK_MAKEICONS="$build/bin/makeicons" \
    -D GEMINI_DESK_SOURCE_HIGHLIGHT=OFF -D GEMINI_DESK_TESTS=OFF -D GEMINI_DESK_WARNINGS_AS_ERRORS=ON >&2
cd "$windows"

mapfile -t objects < <(ninja -t targets all | sed -n 's/: \(CXX\|RC\)_COMPILER.*//p')
ninja -k 0 "${objects[@]}" >&2 || fail "some files do not compile for Windows; the reasons stand above"

# What the objects ask of Qt, QtKeychain and md4c is there; all else must be ours, Windows' or the compiler's.
names='__imp_(_Z.*|q.*)|(_Z(Thn[0-9]+_|T[ISV])?(NK?)?[0-9]+[Qq][A-Z].*|md_parse)'
{
    echo EXPORTS WinMain
    $tool-nm -u "${objects[@]}" | sed -nE "s/^ +U ($names)\$/\2\3/p" | sort -u
} >others.def
$tool-dlltool -D others.dll -d others.def -l "$others"
ninja >&2 || fail "the programs for Windows do not link; what is missing stands above"

cpack -G NSIS -B installer >&2 ||
    fail "makensis refuses the installer's script: $(tail -n 4 installer/_CPack_Packages/*/NSIS/NSISOutput.log)"
makensis -V2 -WX installer/_CPack_Packages/*/NSIS/project.nsi >&2 || fail "makensis warns of the installer's script"
say "${#objects[@]} files compile for Windows, two programs link, the installer is made"
