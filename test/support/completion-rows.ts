import { optionsOf, PROGRAM, verbsOf } from './outlined';

/** What stands in the folder where somebody types. */
export const FILES = ['dist', 'my file.yaml', 'my folder', 'prod.yaml'];

/** What kubectl knows. */
export const CONTEXTS = ['prod', 'user@shop:west'];

export const ENDS = ['any', 'internet'];

export const VERBS = verbsOf(PROGRAM).map((verb) => verb.name());

/** The flags of a verb, as its help lists them; of which a word is the beginning. */
export function flagsOf(name: string, word = ''): string[] {
  const verb = verbsOf(PROGRAM).find((each) => each.name() === name);
  const flags = verb === undefined ? [] : optionsOf(verb).flatMap(({ short, long }) => [short, long]);
  return flags.flatMap((flag) => (flag?.startsWith(word) ? [flag] : []));
}

/** What somebody has typed behind the program's name, and the whole words that are offered. */
export const ROWS: readonly { readonly line: string; readonly offers: readonly string[] }[] = [
  { line: '', offers: VERBS },
  { line: 'li', offers: ['lint', 'list'] },
  { line: '--', offers: ['--version', '--help'] },
  { line: 'help dr', offers: ['drift'] },
  { line: 'nosuch ', offers: [] },
  { line: 'nosuch --', offers: [] },
  { line: 'list --nosuch=', offers: [] },
  { line: 'list --format j', offers: ['json'] },
  { line: 'list --format=j', offers: ['--format=json'] },
  { line: 'list --namespace lint --', offers: flagsOf('list', '--') },
  { line: 'list -n lint --format ', offers: ['table', 'json', 'csv', 'markdown'] },
  { line: 'list -n --format ', offers: FILES },
  { line: 'list --format=json --names', offers: ['--namespace'] },
  { line: 'list -', offers: flagsOf('list') },
  { line: 'list - my', offers: ['my file.yaml', 'my folder'] },
  { line: 'list -kd', offers: ['-kdist'] },
  { line: 'show db my', offers: ['my file.yaml', 'my folder'] },
  { line: 'reach shop/web ', offers: ENDS },
  { line: 'reach shop/web int', offers: ['internet'] },
  { line: 'reach --engine azure shop/web ', offers: ENDS },
  { line: 'show --namespace shop ', offers: [] },
  { line: 'show --namespace=shop db ', offers: FILES },
  { line: 'reach shop/web node:aks-1 ', offers: FILES },
  { line: 'reach node:aks-1 ', offers: ENDS },
  { line: 'reach shop/web shop/db 5432 p', offers: ['prod.yaml'] },
  { line: 'create -f prod.yaml ', offers: FILES },
  { line: 'create -f prod.yaml dist --fa', offers: ['--fail-on'] },
  { line: 'create --fail-on never -f prod.yaml --fail-on w', offers: ['warning'] },
  { line: 'completion zsh ', offers: flagsOf('completion') },
  { line: 'completion -- zsh ', offers: [] },
  { line: 'lint --format human --format sar', offers: ['sarif'] },
  { line: 'lint --format sarif=my', offers: ['sarif=my file.yaml', 'sarif=my folder'] },
  { line: 'lint --format=sarif=my', offers: ['--format=sarif=my file.yaml', '--format=sarif=my folder'] },
  { line: 'lint --rule webh', offers: ['webhook-cut-off'] },
  { line: 'apply --context ', offers: CONTEXTS },
  { line: 'apply --context u', offers: ['user@shop:west'] },
  { line: 'apply --context user@sh', offers: ['user@shop:west'] },
  { line: 'apply --context=user@shop:w', offers: ['--context=user@shop:west'] },
  { line: 'lint -- --', offers: [] },
];
