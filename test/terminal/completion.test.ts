import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Argument, type Command, Option } from 'commander';
import { outlineOf } from '../../lib/cli/completion/outline';
import { oneLine } from '../../lib/cli/completion/places';
import { COMPLETIONS } from '../../lib/cli/completion/shells';
import { NASTY, nastyProgram, OUTLINE, optionsOf, PROGRAM, verbsOf } from '../support/outlined';
import { succeed } from '../tools/run';
import { type Offer, SHELLS } from './support/offers';
import { environment, need, newFolder, writeProgram } from './support/programs';

const here = newFolder();
for (const name of ['my folder', 'dist']) {
  mkdirSync(join(here, name));
}
for (const name of ['my file.yaml', 'prod.yaml']) {
  writeFileSync(join(here, name), '');
}
const FILES = ['dist', 'my file.yaml', 'my folder', 'prod.yaml'];
const programs = newFolder();
writeProgram(
  programs,
  'kubectl',
  `test "$*" = 'config get-contexts -o name' && printf 'prod\\nuser@shop:west\\n'`,
);
const where = { cwd: here, env: environment(newFolder(), programs) };

interface Row {
  readonly line: string;
  readonly offers: readonly string[];
}

const VERBS = verbsOf(PROGRAM).map((verb) => verb.name());
const verb = (name: string) => verbsOf(PROGRAM).find((each) => each.name() === name) as Command;
const longOptions = (each: Command) => optionsOf(each).flatMap(({ long }) => long ?? []);

const ENDS = ['any', 'internet'];

/** What can stand in a place; `undefined` where a shell may offer what it likes. */
function valuesOf(place: Argument | Option): readonly string[] | undefined {
  if (place.argChoices !== undefined) {
    return place.argChoices;
  }
  const name = place instanceof Option ? /[<[](\w+)/.exec(place.flags)?.[1] : place.name();
  switch (name) {
    case 'file':
    case 'path':
    case 'before':
    case 'after':
      return FILES;
    case 'context':
      return ['prod', 'user@shop:west'];
    case 'end':
    case 'from':
    case 'to':
      return ENDS;
    case 'name':
    case 'labels':
    case 'text':
      return [];
    default:
      return undefined;
  }
}

/** A row for every verb, every option and every place of the program. */
const EVERY: readonly Row[] = verbsOf(PROGRAM).flatMap((each) => {
  const name = each.name();
  const values = optionsOf(each).flatMap((option) => {
    const offers = valuesOf(option);
    if (!(option.required || option.optional) || offers === undefined) {
      return [];
    }
    const { long, short } = option;
    return [
      ...[long, short].flatMap((flag) => (flag === undefined ? [] : [{ line: `${name} ${flag} `, offers }])),
      { line: `${name} ${long}=`, offers: offers.map((offer) => `${long}=${offer}`) },
    ];
  });
  const [first] = each.registeredArguments;
  const offers = first === undefined ? undefined : valuesOf(first);
  return [
    ...(name === 'help' ? [] : [{ line: `${name} --`, offers: longOptions(each) }]),
    ...values,
    ...(offers === undefined ? [] : [{ line: `${name} `, offers }]),
  ];
});

const SINGLE: readonly Row[] = [
  { line: '', offers: VERBS },
  { line: 'li', offers: ['lint', 'list'] },
  { line: '--', offers: ['--version', '--help'] },
  { line: 'help dr', offers: ['drift'] },
  { line: 'nosuch ', offers: [] },
  { line: 'list --format j', offers: ['json'] },
  { line: 'list --namespace lint --', offers: longOptions(verb('list')) },
  { line: 'list -n lint --format ', offers: ['table', 'json', 'csv', 'markdown'] },
  { line: 'list --format=json --names', offers: ['--namespace'] },
  { line: 'show db my', offers: ['my file.yaml', 'my folder'] },
  { line: 'show db my\\ fi', offers: ['my file.yaml'] },
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
  { line: 'lint --format human --format sar', offers: ['sarif'] },
  { line: 'lint --format sarif=my', offers: ['sarif=my file.yaml', 'sarif=my folder'] },
  { line: 'lint --format=sarif=my', offers: ['--format=sarif=my file.yaml', '--format=sarif=my folder'] },
  { line: 'lint --rule webh', offers: ['webhook-cut-off'] },
  { line: 'apply --context u', offers: ['user@shop:west'] },
  { line: 'lint -- --', offers: [] },
];

test('the table has every verb, options with choices, files, contexts, and places of which nobody knows', () => {
  expect(EVERY.length).toBeGreaterThan(100);
  expect(EVERY).toContainEqual({ line: 'lint --fail-on ', offers: ['error', 'warning', 'info', 'never'] });
  expect(EVERY).toContainEqual({ line: 'create -f ', offers: FILES });
  expect(EVERY).toContainEqual({ line: 'delete ', offers: [] });
});

const wordsOf = (offers: readonly Offer[] | undefined) => offers?.map(({ word }) => word).sort();

describe.each(Object.keys(SHELLS) as (keyof typeof SHELLS)[])('%s', (shell) => {
  const answers = new Map<string, readonly Offer[]>();
  beforeAll(() => {
    need(shell);
    const lines = [...EVERY, ...SINGLE]
      .map(({ line }) => `aks-netpol ${line}`)
      .concat('cdk8s-aks-network-policy li');
    const found = SHELLS[shell](COMPLETIONS[shell](OUTLINE), lines, where);
    lines.forEach((line, i) => {
      answers.set(line, found[i] ?? []);
    });
  });

  test('offers every verb, option, choice and file where it can stand, and nothing else', () => {
    const found = EVERY.map(({ line }) => ({ line, offers: wordsOf(answers.get(`aks-netpol ${line}`)) }));
    expect(found).toEqual(EVERY.map(({ line, offers }) => ({ line, offers: [...offers].sort() })));
  });

  test.each(SINGLE)('aks-netpol $line', ({ line, offers }) => {
    expect(wordsOf(answers.get(`aks-netpol ${line}`))).toEqual([...offers].sort());
  });

  test('offers no cluster, and says nothing, where there is no kubectl', () => {
    const bare = newFolder();
    for (const tool of [shell, 'cat', 'mktemp', 'rm', 'stty']) {
      symlinkSync(succeed('sh', ['-c', `command -v ${tool}`]).trim(), join(bare, tool));
    }
    const lines = ['aks-netpol list --context '];
    const env = { ...where.env, PATH: bare };
    expect(SHELLS[shell](COMPLETIONS[shell](OUTLINE), lines, { cwd: here, env })).toEqual([[]]);
  });

  test('knows the other name of the program', () => {
    expect(wordsOf(answers.get('cdk8s-aks-network-policy li'))).toEqual(['lint', 'list']);
  });

  test('tells what verbs and options are for, where the shell shows it', () => {
    const told = (line: string) =>
      Object.fromEntries(answers.get(line)?.map(({ word, description }) => [word, description]) ?? []);
    const descriptions = (each: readonly (Command | Option)[]) =>
      Object.fromEntries(
        each.map((one) => {
          const word = one instanceof Option ? one.long : one.name();
          return [word, shell === 'bash' ? '' : one instanceof Option ? one.description : one.description()];
        }),
      );
    expect(told('aks-netpol ')).toEqual(descriptions(verbsOf(PROGRAM)));
    expect(told('aks-netpol show --')).toEqual(descriptions(optionsOf(verb('show'))));
  });

  test('reads words and descriptions that break what is not quoted', () => {
    const lines = ['nasty ', 'nasty one --', 'nasty first --choose ', 'nasty one ', 'nasty first -o my'];
    const script = COMPLETIONS[shell](outlineOf(nastyProgram()));
    const [verbs, options, choices, operands, files] = SHELLS[shell](script, lines, where);
    expect(wordsOf(verbs)).toEqual(['first', 'help', 'one', 'second']);
    expect(wordsOf(options)).toEqual(['--choose', '--help', '--open']);
    const [first] = verbsOf(nastyProgram());
    const [, choose] = optionsOf(first as Command);
    expect(wordsOf(choices)).toEqual([...(choose?.argChoices ?? [])].sort());
    expect(wordsOf(operands)).toEqual([...(first?.registeredArguments[0]?.argChoices ?? [])].sort());
    expect(wordsOf(files)).toEqual(['my file.yaml', 'my folder']);
    const told = options?.find(({ word }) => word === '--open')?.description;
    expect(told).toBe(shell === 'bash' ? '' : oneLine(NASTY));
    expect(readdirSync(here).sort()).toEqual(FILES);
  });
});
