import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CROWDED, OPEN_CROWD } from '../support/crowded';
import { cli } from '../support/run-cli';
import { deployment, policy } from '../support/shop';

const folder = mkdtempSync(join(tmpdir(), 'wide-'));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, items: readonly object[]) => {
  writeFileSync(join(folder, name), JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  return join(folder, name);
};

const open = write('open.json', OPEN_CROWD);
const crowded = write('crowded.json', CROWDED);
const NAME = 'shop/app-099';

const VERBS = [
  { verb: 'connections', paths: [crowded] },
  { verb: 'diff', paths: [open, crowded] },
];

const MANY = Array.from({ length: 12 }, (_, i) => {
  return policy(`p${i}`, { podSelector: { matchLabels: { app: `gone-${i}` } }, policyTypes: ['Ingress'] });
});
const many = write('many.json', [deployment('web'), ...MANY]);

test.each([
  { format: 'human', counted: true },
  { format: 'markdown', counted: true },
  { format: 'json', counted: false },
  { format: 'gcc', counted: false },
])('lint counts many findings of a rule in $format without --wide: $counted', async ({ format, counted }) => {
  const lint = async (...words: string[]) => {
    const { out } = await cli('lint', '--rule', 'selects-no-workload', '--format', format, ...words, many);
    return new Set(out.match(/\bp\d+\b/g)).size;
  };
  expect(await lint()).toBe(counted ? 3 : 12);
  expect(await lint('--wide')).toBe(12);
});

test.each(VERBS)('$verb counts the many for a person', async ({ verb, paths }) => {
  for (const format of ['table', 'markdown']) {
    const { out } = await cli(verb, ...paths, '--format', format);
    expect(out).not.toContain(NAME);
    expect(out).toMatch(/ and \d+ more/);
    expect(out.split('\n').length).toBeLessThan(150);
  }
});

test.each(VERBS)('$verb names them all with --wide', async ({ verb, paths }) => {
  for (const format of ['table', 'markdown']) {
    const { out } = await cli(verb, ...paths, '--wide', '--format', format);
    expect(out).toContain(NAME);
    expect(out).not.toMatch(/ and \d+ more|some of|every workload/);
  }
});

test.each(VERBS)(
  '$verb names them all for a program, and --wide changes nothing there',
  async ({ verb, paths }) => {
    for (const format of ['json', 'csv']) {
      const told = await cli(verb, ...paths, '--format', format);
      expect(told.out).toContain(format === 'json' ? '"name":"app-099"' : NAME);
      expect(told.out).not.toMatch(/ and \d+ more|every workload/);
      expect(await cli(verb, ...paths, '--format', format, '--wide')).toEqual(told);
    }
  },
);
