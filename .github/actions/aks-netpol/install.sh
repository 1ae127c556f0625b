#!/usr/bin/env bash
# Installs the one version that was named, beside the repository: nothing of a pull request decides what is installed.
set -euo pipefail

version="${AKS_NETPOL_VERSION:-}"
if ! [[ "$version" =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]]; then
  echo "the input version has to be exact, such as 1.2.3" >&2
  exit 2
fi
folder="$RUNNER_TEMP/aks-netpol"
mkdir -p "$folder"
cd "$folder"
npm install --prefix "$folder" --ignore-scripts --legacy-peer-deps --no-audit --no-fund --no-save \
  "cdk8s-aks-network-policy@$version"
