#!/bin/sh
# Puts the frozen program into an application bundle and a disk image: make_dmg.sh VERSION. Unverified: it has not run on macOS yet.
# SIGN_IDENTITY names a Developer ID; without one, the application bundle is signed ad hoc, and a user must open it with a right click.
set -eu
version=$1
here=$(cd "$(dirname "$0")" && pwd)
out=$here/../out
bundle="$out/BreakHis Desktop.app"

rm -rf "$bundle"
mkdir -p "$bundle/Contents/MacOS" "$bundle/Contents/Resources" "$out/packages"
cp -R "$out/dist/breakhis-desktop/" "$bundle/Contents/MacOS/"
cp "$here/../../resources/icons/breakhis-desktop.svg" "$bundle/Contents/Resources/"
sed "s/@VERSION@/$version/" "$here/Info.plist" > "$bundle/Contents/Info.plist"
codesign --force --deep --options runtime --entitlements "$here/entitlements.plist" --sign "${SIGN_IDENTITY:--}" "$bundle"
hdiutil create -volname "BreakHis Desktop" -srcfolder "$bundle" -ov -format UDZO \
    "$out/packages/breakhis-desktop-$version-macos-$(uname -m)-unverified.dmg"
