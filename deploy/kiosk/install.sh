#!/bin/sh
# Makes this computer an Infolett kiosk (Debian 13 or later; as root):
#   ./install.sh https://infolett.example.ee/ Fuajee
set -eu
URL="${1:?usage: install.sh URL NAME}"
NAME="${2:?usage: install.sh URL NAME}"
HERE=$(cd "$(dirname "$0")" && pwd)

apt-get install -y --no-install-recommends chromium cage wlr-randr curl fonts-noto-core
id infolett-kiosk >/dev/null 2>&1 || useradd --system --create-home --shell /usr/sbin/nologin infolett-kiosk

install -d /etc/chromium/policies/managed /opt/infolett-kiosk
"$HERE/policies.sh" "$URL" >/etc/chromium/policies/managed/infolett.json
install -m 0755 "$HERE/launch.sh" "$HERE/watchdog.sh" "$HERE/screen.sh" /opt/infolett-kiosk/
install -m 0644 "$HERE"/*.service /etc/systemd/system/
install -m 0644 "$HERE/90-infolett-kiosk.rules" /etc/udev/rules.d/
printf 'INFOLETT_URL=%s\nINFOLETT_NAME=%s\n' "$URL" "$NAME" >/etc/infolett-kiosk.conf
chmod 0644 /etc/infolett-kiosk.conf

systemctl daemon-reload
udevadm control --reload
systemctl set-default graphical.target
systemctl enable infolett-kiosk.service infolett-kiosk-watchdog.service
echo 'Restart the computer. The screen then shows a code for the console.'
