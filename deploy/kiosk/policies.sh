#!/bin/sh
# Prints Chromium's policies for one office:   ./policies.sh https://infolett.example.ee/
# Allowed is the office's own address alone. Without the point before the host Chromium would allow hosts under it too, and
# without a port whatever else listens on that machine.
set -eu
URL="${1:?usage: policies.sh URL}"
HERE=$(cd "$(dirname "$0")" && pwd)

SCHEME=${URL%%://*}
REST=${URL#*://}
HOST=${REST%%/*}
case "$SCHEME" in
  https) PORT=443 ;;
  http) PORT=80 ;;
  *) echo "an address begins with https:// or http://, not like $URL" >&2; exit 1 ;;
esac
case "$HOST" in
  *]) FILTER="$SCHEME://$HOST:$PORT" ;;
  *:[0-9]*) FILTER="$SCHEME://.$HOST" ;;
  *) FILTER="$SCHEME://.$HOST:$PORT" ;;
esac

sed -e "s#@OFFICE@#$SCHEME://$HOST#g" -e "s#@OFFICE_ALONE@#$FILTER#g" "$HERE/policies.json"
