#!/bin/sh
# Starts the kiosk's browser: sandbox on, a user and a profile of its own, one page, no way out.
# INFOLETT_URL comes from /etc/infolett-kiosk.conf, for instance https://infolett.example.ee/ or …/display
set -eu

: "${INFOLETT_URL:?set INFOLETT_URL in /etc/infolett-kiosk.conf}"
: "${CHROMIUM:=/usr/bin/chromium}"
PROFILE="${STATE_DIRECTORY:-$HOME}/profile"

if [ "$(id -u)" -eq 0 ]; then
  echo 'The kiosk never runs as root: its browser would have no sandbox.' >&2
  exit 1
fi

# What a visitor may have left behind goes at every start. The device's own cookie and the kept page stay: without them
# the screen would have to be paired again, and would be blank while the server is away.
rm -rf "$PROFILE/Default/Local Storage" "$PROFILE/Default/Session Storage" "$PROFILE/Default/Sessions" \
  "$PROFILE/Default/IndexedDB" "$PROFILE/Default/History" "$PROFILE/Default/Cache"

# shellcheck disable=SC2086 # the options are several words
exec "$CHROMIUM" \
  --kiosk \
  --user-data-dir="$PROFILE" \
  --no-first-run \
  --no-default-browser-check \
  --disable-session-crashed-bubble \
  --hide-crash-restore-bubble \
  --noerrdialogs \
  --disable-pinch \
  --overscroll-history-navigation=0 \
  --touch-events=enabled \
  --autoplay-policy=no-user-gesture-required \
  --disable-background-networking \
  --disable-component-update \
  --disable-sync \
  --password-store=basic \
  ${CHROMIUM_OPTIONS:-} \
  "$INFOLETT_URL"
