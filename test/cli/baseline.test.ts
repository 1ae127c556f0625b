import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { dump } from 'js-yaml';
import { baselineText } from '../../lib/cli/lint-baseline';
import { readLintConfig } from '../../lib/manifests/lint-config';
import { COMMANDS, hostileText } from '../support/hostile';
import { cli } from '../support/run-cli';
import { deployment, policy } from '../support/shop';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baseline-'));
  write('lonely.yaml', LONELY, WEB);
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);
function write(name: string, ...content: readonly (object | string)[]): void {
  writeFileSync(
    at(name),
    content.map((each) => (typeof each === 'string' ? each : dump(each))).join('---\n'),
  );
}

const WEB = deployment('web');
const lonely = (name: string, peers = 1) =>
  policy(name, {
    podSelector: { matchLabels: { app: 'gone' } },
    policyTypes: ['Ingress'],
    ingress: [{ from: Array(peers).fill({ podSelector: { matchLabels: { app: 'lost' } } }) }],
  });
const LONELY = lonely('lonely');

const strictly = (...words: string[]) => cli('lint', '--fail-on', 'info', ...words, folder);
const FILE = 'baseline.yml.txt';
const baseline = () => strictly('--write-baseline', at(FILE));
const judged = (...words: string[]) => strictly('--config', at(FILE), ...words);
const read = () => readFileSync(at(FILE), 'utf8');

describe('right after it is written', () => {
  test('the gate passes, and the run that wrote it says so', async () => {
    expect((await strictly()).exitCode).toBe(1);
    const { out, err, exitCode } = await baseline();
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^No findings; \d accepted\.\n/);
    expect(err).toMatch(/baseline\.yml\.txt now accepts \d findings, new ones until \d{4}-\d\d-\d\d; /);
    expect(await judged()).toMatchObject({ out, exitCode: 0 });
  });

  test.each([
    { why: 'another object', files: { 'new.yaml': lonely('new') } },
    { why: 'the same object', files: { 'lonely.yaml': lonely('lonely', 2) } },
  ])('a new finding about $why fails it', async ({ files }) => {
    await baseline();
    for (const [name, object] of Object.entries(files)) {
      write(name, object, WEB);
    }
    const { out, exitCode } = await judged();
    expect(exitCode).toBe(1);
    expect(out).toContain('peer-matches-nothing');
  });

  test('every run tells in one sentence that the reasons are to be written', async () => {
    await baseline();
    const { err } = await judged();
    expect(err.replaceAll(folder, 'FOLDER')).toMatch(
      /^FOLDER\/baseline\.yml\.txt:6:5: acknowledge: \d reasons are not written yet; got "TODO: why is this all right\?"; .* \[reason-missing\]\n$/,
    );
    writeFileSync(at(FILE), read().replaceAll(/TODO: [^"]*/g, 'a partner'));
    expect((await judged()).err).toBe('');
  });

  test('it is over after some time', async () => {
    await baseline();
    writeFileSync(at(FILE), read().replaceAll(/until: .*/g, 'until: 2026-01-01'));
    expect(await judged()).toMatchObject({
      exitCode: 1,
      out: expect.stringContaining('acknowledgement-expired'),
    });
  });
});

test('a second run keeps what somebody has written, accepts what is new, and drops what is mended', async () => {
  await baseline();
  writeFileSync(at(FILE), read().replaceAll(/TODO: [^"]*/g, 'a partner'));
  write('lonely.yaml', lonely('other'), WEB);
  write('kept.yaml', policy('lonely', { podSelector: { matchLabels: { app: 'gone' } } }));
  expect((await strictly('--config', at(FILE), '--write-baseline', at(FILE))).exitCode).toBe(0);
  const { acknowledgements } = readLintConfig(at(FILE)).intent;
  const about = (object: string) => acknowledgements.filter((each) => each.object === object);
  expect(about('shop/lonely')).toMatchObject([{ rule: 'selects-no-workload', reason: 'a partner' }]);
  expect(about('shop/other').map(({ rule }) => rule)).toEqual([
    'peer-matches-nothing',
    'selects-no-workload',
  ]);
});

test('it stands beside what is expected, and accepts none of it', async () => {
  write('expected.yml.txt', 'mustReach: [{ from: internet, to: shop/gone }]\nfailOn: info\n');
  const words = ['--config', at('expected.yml.txt')];
  const { err, exitCode } = await cli('lint', ...words, '--write-baseline', at(FILE), folder);
  expect(exitCode).toBe(1);
  expect(err).toContain('no baseline accepts 1 finding of must-reach: mend what is expected');
  expect(read()).not.toContain('must-reach');
  const { out } = await cli('lint', ...words, '--config', at(FILE), '--format', 'json', folder);
  expect(JSON.parse(out).findings).toMatchObject([{ rule: 'must-reach' }]);
});

describe('a file that somebody else has written stays as it is:', () => {
  test.each([
    { why: 'no baseline', text: 'failOn: error\n', says: 'it is no baseline' },
    { why: 'a baseline with more in it', change: 'failOn: info\n', says: 'says more than what is accepted' },
    { why: 'a baseline with a mistake', change: 'failOn: x\n', says: 'there is no such value' },
  ])('$why', async ({ text, change = '', says }) => {
    await baseline();
    const before = text ?? read() + change;
    writeFileSync(at(FILE), before);
    const { out, err, exitCode } = await baseline();
    expect({ out, exitCode }).toEqual({ out: '', exitCode: 2 });
    expect(err).toContain(says);
    expect(err).toContain('--force [file-exists]');
    expect(read()).toBe(before);
    expect((await strictly('--write-baseline', at(FILE), '--force')).exitCode).toBe(0);
    expect(read()).toMatch(/^# Written by aks-netpol lint --write-baseline/);
  });

  test('nor is anything left beside it, or where nothing can be written', async () => {
    await baseline();
    expect(readdirSync(folder).sort()).toEqual([FILE, 'lonely.yaml']);
    expect((await strictly('--write-baseline', at('lonely.yaml/x'))).exitCode).toBe(2);
    expect(existsSync(at('lonely.yaml'))).toBe(true);
  });
});

test.each([
  { why: 'to be judged by another commit at once', words: ['--acknowledgements-from', 'main'] },
  { why: 'to explain a rule', words: ['--explain', 'no-engine'] },
])('it is wrong usage $why', async ({ words }) => {
  expect(await strictly('--write-baseline', at(FILE), ...words)).toMatchObject({ out: '', exitCode: 2 });
  expect(existsSync(at(FILE))).toBe(false);
});

test('whatever an object is called, the file says just that', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const object = text.replaceAll(/\*|\p{Cs}/gu, '');
      const said = [...baselineText([{ rule: 'blank-selector', object, reason: 'waits' }])].join('');
      const { intent, problems } = readLintConfig({ text: said, file: FILE });
      expect(problems).toEqual([]);
      expect(intent.acknowledgements).toMatchObject([{ rule: 'blank-selector', object }]);
    }),
    { examples: COMMANDS.map((text): [string] => [text]) },
  );
});

test('where nothing is found it accepts nothing, and is read as such', async () => {
  write('lonely.yaml', policy('deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }), WEB);
  await baseline();
  expect(readLintConfig(at(FILE))).toMatchObject({
    intent: { acknowledgements: [] },
    problems: [],
    remarks: [],
  });
});
