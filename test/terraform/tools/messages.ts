/** What terraform says in its JSON log. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail: string;
}

interface Line {
  readonly diagnostic?: Diagnostic;
  readonly '@testfile'?: string;
  readonly test_file?: { readonly progress: string; readonly status?: string };
}

/** The lines of `terraform … -json`. */
function lines(stdout: string): readonly Line[] {
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);
}

/** The errors and warnings of `terraform plan -json`. */
export function diagnostics(stdout: string): readonly Diagnostic[] {
  return lines(stdout).flatMap(({ diagnostic }) => (diagnostic === undefined ? [] : [diagnostic]));
}

/** How each test file of `terraform test -json` ended, and what was said about it. */
export function testFiles(
  stdout: string,
): Readonly<Record<string, { readonly status: string; readonly diagnostics: readonly Diagnostic[] }>> {
  const log = lines(stdout);
  const finished = log.filter(({ test_file }) => test_file?.progress === 'complete');
  return Object.fromEntries(
    finished.map(({ '@testfile': file = '', test_file }) => [
      file,
      {
        status: test_file?.status ?? '',
        diagnostics: log.flatMap((line) =>
          line['@testfile'] === file && line.diagnostic !== undefined ? [line.diagnostic] : [],
        ),
      },
    ]),
  );
}
