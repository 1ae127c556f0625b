import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { type schemaOf, validatorOf } from '../render/schemas';
import { expectHarmless, expectWords as words } from '../support/harmless-text';
import {
  brokenShop,
  COMMANDS,
  type HostileFolder,
  hostileShop,
  hostileText,
  writeHostile,
} from '../support/hostile';
import { type Format, READ } from '../support/output-readers';
import { useRecordedKubectl } from '../support/recorded-kubectl';
import { cli } from '../support/run-cli';
import { synthesizeModule } from '../support/run-module';
import { policy } from '../support/shop';

const { answerBut } = useRecordedKubectl();
const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Of what is wanted some is of Cilium's kinds, which the cluster has. */
beforeEach(() => {
  answerBut((answers) => {
    const resources = ['ciliumnetworkpolicies', 'ciliumclusterwidenetworkpolicies'].map((name) => ({ name }));
    answers['get --raw /apis/cilium.io/v2'] = {
      stdout: JSON.stringify({ resources }),
      stderr: '',
      status: 0,
    };
  });
});

const EXAMPLES = COMMANDS.map((text): [string] => [text]);

const PICTURES = ['mermaid', 'dot', 'svg', 'matrix'] as const;

type Line = (place: HostileFolder) => string[];

/** Every verb that reads manifests, with its outputs and, where it has one, the schema of its JSON. */
const VERBS: readonly { line: Line; formats: readonly Format[]; schema?: Parameters<typeof schemaOf>[0] }[] =
  [
    {
      line: ({ manifests }) => ['connections', '--wide', manifests],
      formats: ['table', 'json', 'csv', 'markdown', ...PICTURES],
      schema: 'connections',
    },
    {
      line: ({ manifests }) => ['exposure', manifests],
      formats: ['table', 'json', 'csv', 'markdown', ...PICTURES],
      schema: 'exposures',
    },
    {
      line: ({ manifests }) => ['reach', 'shop/web', 'shop/db', '80', manifests],
      formats: ['table', 'json', 'csv', 'markdown'],
      schema: 'verdicts',
    },
    {
      line: ({ manifests }) => ['explain', 'shop/web', 'shop/db', '80', manifests],
      formats: ['text', 'json'],
      schema: 'verdicts',
    },
    {
      line: ({ manifests, before }) => ['diff', '--wide', before, manifests],
      formats: ['table', 'json', 'csv', 'markdown', ...PICTURES],
      schema: 'changes',
    },
    {
      line: ({ manifests, config }) => ['lint', '--config', config, manifests],
      formats: ['human', 'json', 'sarif', 'junit', 'github', 'gcc', 'markdown'],
      schema: 'lint',
    },
    {
      line: ({ manifests }) => ['show', 'shop/db-ingress', manifests],
      formats: ['text', 'json', 'yaml'],
      schema: 'policy',
    },
    { line: ({ manifests }) => ['import', manifests], formats: ['typescript', 'json'], schema: 'import' },
    {
      line: ({ manifests }) => ['convert', '--to', 'cilium', manifests],
      formats: ['yaml', 'json'],
      schema: 'convert',
    },
    { line: ({ manifests }) => ['apply', '--dry-run', manifests], formats: ['text', 'json'] },
    {
      line: ({ manifests }) => ['drift', manifests],
      formats: ['text', 'json', ...PICTURES],
      schema: 'drift',
    },
  ];

const CASES = VERBS.flatMap(({ line, formats, schema }) =>
  formats.map((format) => ({
    verb: line({ manifests: '', before: '', config: '' })[0],
    line,
    format,
    schema,
  })),
);

describe.each([
  { what: 'what a server takes', objectsOf: hostileShop },
  { what: 'what no server takes', objectsOf: brokenShop },
])('$what', ({ objectsOf }) => {
  test.each(CASES)('is no command in what $verb writes as $format', async ({ line, format, schema }) => {
    const isValid = schema === undefined || format !== 'json' ? undefined : validatorOf(schema);
    await fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        const place = writeHostile(mkdtempSync(join(folder, 'run-')), text, objectsOf(text));
        const chosen = format === 'typescript' ? 'text' : format;
        const { out, err } = await cli(...line(place), '--format', chosen);
        expectHarmless(out);
        expectHarmless(err);
        words(err);
        expect(err).not.toMatch(/^ +at /m);
        // Manifests that are broken are compared with no cluster.
        expect(out === '').toBe(objectsOf === brokenShop && /^(apply|drift)$/.test(line(place)[0] as string));
        if (out !== '') {
          await READ[format](out);
          expect(isValid === undefined || isValid(JSON.parse(out)) || isValid.errors).toBe(true);
        }
      }),
      { numRuns: 6, examples: EXAMPLES },
    );
  });
});

/** The policy of the cluster as it is wanted, which is another. */
const WANTED = join(folder, 'wanted.json');
writeFileSync(WANTED, JSON.stringify(policy('db-ingress', { podSelector: { matchLabels: { app: 'db' } } })));

const LIVE: readonly { words: readonly string[]; formats: readonly Format[] }[] = [
  { words: ['list'], formats: ['table', 'json', 'csv', 'markdown'] },
  { words: ['drift', WANTED], formats: ['text', 'json', ...PICTURES] },
  { words: ['show', 'db-ingress'], formats: ['text', 'json', 'yaml'] },
  { words: ['delete', 'db-ingress', '--dry-run'], formats: ['text', 'json'] },
  { words: ['lint', '--cluster'], formats: ['human', 'json', 'sarif', 'junit', 'gcc', 'markdown'] },
  { words: ['import', '--cluster'], formats: ['typescript', 'json'] },
];

test.each(LIVE.flatMap(({ words: line, formats }) => formats.map((format) => ({ line, format }))))(
  'what a cluster says is no command in what $line writes as $format',
  async ({ line, format }) => {
    await fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        answerBut((answers) => {
          const key = Object.keys(answers).find((each) => each.includes('/networkpolicies?')) as string;
          const { items, ...list } = JSON.parse(answers[key]?.stdout as string);
          const [{ metadata, ...object }] = items;
          const said = {
            ...metadata,
            managedFields: [{ manager: text, operation: 'Apply' }],
            annotations: { note: text },
          };
          const stdout = JSON.stringify({ ...list, items: [{ ...object, metadata: said }] });
          answers[key] = { stdout, stderr: '', status: 0 };
        });
        const chosen = format === 'typescript' ? 'text' : format;
        const { out, err } = await cli(...line, '--format', chosen);
        expectHarmless(out + err);
        words(err);
        expect(out).not.toBe('');
        await READ[format](out);
      }),
      { numRuns: 6, examples: EXAMPLES },
    );
  },
);

test('what kubectl says when it fails is no command', async () => {
  await fc.assert(
    fc.asyncProperty(hostileText, async (text) => {
      answerBut((answers) => {
        for (const key of Object.keys(answers)) {
          answers[key] = { stdout: '', stderr: `error: ${text}\n${text}`, status: 1 };
        }
      });
      const { out, err } = await cli('list');
      expect(out).toBe('');
      expectHarmless(err);
      words(err);
      expect(err).toMatch(/^error: [^\n]*\n$/);
    }),
    { numRuns: 20, examples: EXAMPLES },
  );
});

test('a module without a command in it writes what was read', async () => {
  await fc.assert(
    fc.asyncProperty(hostileText, async (text) => {
      const { manifests } = writeHostile(mkdtempSync(join(folder, 'run-')), text, hostileShop(text));
      const { out } = await cli('import', manifests);
      expect(synthesizeModule(out)).toContainEqual(
        expect.objectContaining({
          metadata: expect.objectContaining({
            annotations: expect.objectContaining({ 'cdk8s-aks-network-policy/construct': text }),
          }),
        }),
      );
    }),
    { numRuns: 20, examples: EXAMPLES },
  );
});

test('a text that YAML would have to write as it stands is written as JSON, and says the same', async () => {
  const text = 'a\n::error::b\n##vso[task.complete]\u202e';
  const { manifests } = writeHostile(mkdtempSync(join(folder, 'run-')), 'x', hostileShop(text));
  const { out } = await cli('show', 'shop/db-ingress', manifests, '--format', 'yaml');
  expect(load(out)).toMatchObject({
    metadata: { annotations: { 'cdk8s-aks-network-policy/construct': text } },
  });
  expect(out).toMatch(/^\{\n/);
});
