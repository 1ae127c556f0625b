/** Whether a command line asks for the manifests on standard output. */
export function asksForManifests(words: readonly string[]): boolean {
  return (
    words.some((word) => word === 'synth' || word === 'synthesize') &&
    words.some((word) => /^(--stdout(=true)?|-[a-z]*p)$/.test(word))
  );
}

/**
 * `cdk8s synth --stdout` prints what plugins report before the manifests, on the same output, where `kubectl apply`
 * would take it for one. From here on everything that is printed goes to standard error; the manifests are written
 * past `console`. The first line comes before a plugin is asked, so the command line has to tell.
 */
export function keepStdoutForManifests(isAsked = asksForManifests(process.argv.slice(2))): void {
  if (isAsked) {
    console.log = console.error;
  }
}
