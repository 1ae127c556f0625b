/** Whether a command line prints the manifests on standard output. */
export function asksForManifests(words: readonly string[]): boolean {
  return (
    words.some((word) => word === 'synth' || word === 'synthesize') &&
    words.some((word) => /^(--stdout(=true)?|-[a-z]*p)$/.test(word))
  );
}

/**
 * `cdk8s synth --stdout` prints the reports of plugins before the manifests, where `kubectl apply` would read them as one.
 * From here on `console.log` prints to standard error; the manifests are not written through `console`. The first line is
 * printed before a plugin runs, so this depends on the command line.
 */
export function keepStdoutForManifests(isAsked = asksForManifests(process.argv.slice(2))): void {
  if (isAsked) {
    console.log = console.error;
  }
}
