#!/bin/bash
# Signs the bundle with the hardened runtime where MACOS_SIGNING_IDENTITY names an identity in the
# keychain; for this machine alone ("ad hoc", which Apple's processors ask for) where it does not.
#   sign.sh "Gemini Desk.app"
set -eu -o pipefail
bundle=$1
here=$(cd -P "$(dirname "$0")" && pwd -P)
identity=${MACOS_SIGNING_IDENTITY:--}

flags=(--force --sign "$identity")
if [ "$identity" != - ]; then
    flags+=(--timestamp --options runtime --entitlements "$here/entitlements.plist")
fi
# From the inside out: a bundle is signed after all that it holds.
find "$bundle/Contents" \( -name '*.dylib' -o -name '*.so' \) -type f -exec codesign "${flags[@]}" {} +
if [ -d "$bundle/Contents/Frameworks" ]; then
    find "$bundle/Contents/Frameworks" -name '*.framework' -maxdepth 1 -exec codesign "${flags[@]}" {} +
fi
codesign "${flags[@]}" "$bundle/Contents/MacOS/gemini-proxy"
codesign "${flags[@]}" "$bundle"
codesign --verify --deep --strict "$bundle"
