#!/usr/bin/env bash
# healthcheck.sh HOST PORT: exit code 0 where GET /healthz is answered with 200. The image has neither curl nor wget.
exec 3<>"/dev/tcp/$1/$2" || exit 1
printf 'GET /healthz HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$1" >&3
read -r -t 4 _ status _ <&3
[ "$status" = 200 ]
