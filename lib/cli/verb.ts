import type { Terminal } from './terminal';

/** What does the work of a verb, given its arguments and options as commander hands them over. */
export interface VerbWork<Words extends readonly unknown[]> {
  run(terminal: Terminal, ...words: Words): Promise<void>;
}

/** The action of a verb. Its work is loaded when it runs, so that `--help` and mistakes are answered at once. */
export function whenRun<Words extends readonly unknown[]>(terminal: Terminal, load: () => VerbWork<Words>) {
  return (...words: Words): Promise<void> => load().run(terminal, ...words);
}
