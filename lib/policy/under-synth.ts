import { readFileSync } from 'node:fs';

// The command line of cdk8s sets it before the program starts, and nobody else does.
const isSynth = process.env.CDK8S_OUTDIR !== undefined;

/** Whether `cdk8s synth` runs this program. */
export function isUnderSynth(): boolean {
  return isSynth;
}

/**
 * Whether `cdk8s synth` hands the manifests to our validation plugin afterwards, which prints the findings as well.
 * That some plugin follows is in the environment; which ones, only in the file that `cdk8s` itself reads.
 */
export function isJudgedBySynth(): boolean {
  if (!isSynth || process.env.CDK8S_RECORD_CONSTRUCT_METADATA !== 'true') {
    return false;
  }
  try {
    return /^[^#]*\bNetworkPolicyValidation\b/m.test(readFileSync('cdk8s.yaml', 'utf8'));
  } catch {
    return false;
  }
}
