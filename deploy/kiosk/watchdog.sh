#!/bin/sh
# Restarts a kiosk whose screen stands still: the server answers, but says that this screen is not connected.
# Run every minute by infolett-kiosk-watchdog.timer. Two misses in a row restart the browser.
set -eu

: "${INFOLETT_URL:?}"
: "${INFOLETT_NAME:?set INFOLETT_NAME to the name this screen has in the console}"
MISSES=/run/infolett-kiosk/misses

ORIGIN=$(printf '%s' "$INFOLETT_URL" | sed -E 's#^(https?://[^/]+).*#\1#')
HEALTH=$(curl --silent --max-time 10 "$ORIGIN/healthz") || { rm -f "$MISSES"; exit 0; } # the server is away: not our fault

if printf '%s' "$HEALTH" | grep -Eq "\"kind\":\"(kiosk|display)\",\"name\":\"$INFOLETT_NAME\",\"state\":\"ok\""; then
  rm -f "$MISSES"
elif [ -e "$MISSES" ]; then
  rm -f "$MISSES"
  systemctl restart infolett-kiosk.service
else
  mkdir -p "$(dirname "$MISSES")"
  touch "$MISSES"
fi
