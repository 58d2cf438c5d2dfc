#!/bin/sh
# Brings nginx and Caddy, with which the configurations in docs/serving are tried, from Debian's packages where we may
# install them. Elsewhere the tests of one that is not there are skipped, and say so.
set -u

missing=""
for server in nginx caddy; do
    PATH="$PATH:/usr/sbin:/usr/local/bin:/opt/homebrew/bin" command -v "$server" >/dev/null 2>&1 || missing="$missing $server"
done
[ -n "$missing" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || exit 0
echo "Installing from Debian's packages:$missing"
# What comes with them must not start: a policy that says no, for as long as they are installed.
policy=/usr/sbin/policy-rc.d
[ -e "$policy" ] || { printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy" && trap 'rm -f "$policy"' EXIT; }
apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $missing >/dev/null
exit 0
