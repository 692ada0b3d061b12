#!/bin/bash
# Has Apple notarise the disk image, and attaches the ticket. Does nothing, and says so, where the
# environment holds no account: APPLE_ID, APPLE_TEAM_ID and APPLE_APP_PASSWORD (an app-specific one).
#   notarise.sh IMAGE.dmg
set -eu -o pipefail
image=$1
if [ -z "${APPLE_ID-}" ] || [ -z "${APPLE_TEAM_ID-}" ] || [ -z "${APPLE_APP_PASSWORD-}" ]; then
    echo "not notarised: APPLE_ID, APPLE_TEAM_ID and APPLE_APP_PASSWORD are not all set" >&2
    exit 0
fi
[ -z "${MACOS_SIGNING_IDENTITY-}" ] || codesign --force --timestamp --sign "$MACOS_SIGNING_IDENTITY" "$image"
# The tool reads the password from a keychain of its own, so that no process list shows it.
keychain=$(mktemp -d)/notary.keychain-db
trap 'security delete-keychain "$keychain" 2>/dev/null || true' EXIT
secret=$(openssl rand -hex 16)
security create-keychain -p "$secret" "$keychain"
security unlock-keychain -p "$secret" "$keychain"
xcrun notarytool store-credentials gemini-desk --keychain "$keychain" --apple-id "$APPLE_ID" \
    --team-id "$APPLE_TEAM_ID" <<<"$APPLE_APP_PASSWORD"
xcrun notarytool submit "$image" --keychain "$keychain" --keychain-profile gemini-desk --wait
xcrun stapler staple "$image"
spctl --assess --type open --context context:primary-signature "$image"
