#!/usr/bin/env bash
# Renews docs/dashboard.png: trains the default recipe with two workers and photographs its dashboard with Debian's chromium.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v chromium >/dev/null || { echo "there is no chromium: install Debian's package" >&2; exit 1; }
dotnet build -c Release src/Coordinator -clp:ErrorsOnly
program=$PWD/src/Coordinator/bin/Release/net10.0/coordinator.dll
picture=$PWD/docs/dashboard.png
folder=$(mktemp -d)
trap 'kill "$run" 2>/dev/null; wait "$run" 2>/dev/null; rm -rf "$folder"' EXIT
(cd "$folder" && exec dotnet "$program" --workers 2 --epochs 30 --validation-split 0.1 --dashboard 127.0.0.1:0) >"$folder/out" 2>"$folder/err" &
run=$!
metrics=$folder/runs/scratch-mlp-1/metrics.jsonl
until [ "$(grep -c '"type":"epoch"' "$metrics" 2>/dev/null)" -ge 6 ] 2>/dev/null; do
  kill -0 "$run" 2>/dev/null || { cat "$folder/err" >&2; exit 1; }
  sleep 0.2
done
address=$(grep -om1 'http://127.0.0.1:[0-9]*/' "$folder/err")
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$folder/browser" --window-size=1180,900 --timeout=3000 \
  --screenshot="$picture" "$address" >"$folder/browser.log" 2>&1
echo "$picture: $(stat -c %s "$picture") bytes"
