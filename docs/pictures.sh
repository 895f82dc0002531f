#!/usr/bin/env bash
# Renews docs/dashboard.png and docs/terminal.svg by real runs, with Debian's chromium and script; the tests that make them check what they show.
# Another folder may be given: docs/pictures.sh FOLDER
set -euo pipefail
cd "$(dirname "$0")/.."
for program in chromium script; do
  command -v "$program" >/dev/null || { echo "there is no $program: install Debian's chromium and bsdutils" >&2; exit 1; }
done
export DISTRIBUTED_PICTURES=$(realpath -m "${1:-docs}")
dotnet build -c Release tests/Browser -clp:ErrorsOnly
dotnet tests/Browser/bin/Release/net10.0/Distributed.Browser.dll -class "*PictureTests"
ls -l "$DISTRIBUTED_PICTURES"/dashboard.png "$DISTRIBUTED_PICTURES"/terminal.svg
