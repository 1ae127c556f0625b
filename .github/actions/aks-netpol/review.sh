#!/usr/bin/env bash
# Reviews the change. The step passes, so that the report is uploaded; the last step of the action tells the verdict.
set -uo pipefail

export AKS_NETPOL_OUTPUT="$RUNNER_TEMP/aks-netpol-report-${AKS_NETPOL_KEY//[^A-Za-z0-9_.-]/_}"
"$RUNNER_TEMP/aks-netpol/node_modules/.bin/aks-netpol-review" github
code=$?

{
  echo "exit-code=$code"
  for pair in report=report.md sarif=lint.sarif; do
    file="$AKS_NETPOL_OUTPUT/${pair#*=}"
    [ -f "$file" ] && echo "${pair%%=*}=$file"
  done
  echo "folder=$AKS_NETPOL_OUTPUT"
} >>"$GITHUB_OUTPUT"
exit 0
