import { readFileSync } from 'node:fs';

// Only the command line of cdk8s sets this, before the program starts.
const isSynth = process.env.CDK8S_OUTDIR !== undefined;

/** Whether `cdk8s synth` runs the program. */
export function isUnderSynth(): boolean {
  return isSynth;
}

/**
 * Whether `cdk8s synth` runs our validation plugin afterwards, which prints the findings as well. The environment only
 * shows that some plugin follows; which one is in `cdk8s.yaml`.
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
