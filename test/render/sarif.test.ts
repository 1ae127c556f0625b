import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import Ajv from 'ajv';
import { RULES } from '../../lib/lint/catalogue';
import type { LintFinding } from '../../lib/model/finding';
import type { LintAnswer, LintRenderOptions } from '../../lib/render/lint-answer';
import { renderSarif } from '../../lib/render/sarif';
import { ANSWER, finding, SILENT } from './lint-answer';

/** The schema of the standard's committee, without the names of its own dialect, of which it uses nothing else. */
const { $schema, id, ...schema } = JSON.parse(
  readFileSync(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'),
);
const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false })
  .addFormat('uri', URL.canParse)
  .addFormat('uri-reference', (text) => URL.canParse(text, 'file:///') && !/[\s\\]/.test(text))
  .addFormat('date-time', (text) => !Number.isNaN(Date.parse(text)));
const isSarif = ajv.compile(schema);

/** The one run of an answer, which is checked on the way. */
function run(answer: LintAnswer, options?: LintRenderOptions) {
  const log = JSON.parse([...renderSarif(answer, options)].join(''));
  isSarif(log);
  expect(isSarif.errors ?? []).toEqual([]);
  return log.runs[0];
}

const found = (...findings: readonly LintFinding[]) => run({ ...SILENT, findings }).results;

test('the schema is the one of SARIF 2.1.0, and finds mistakes', () => {
  expect([$schema, id]).toEqual([
    'http://json-schema.org/draft-04/schema#',
    expect.stringContaining('sarif-2.1.0'),
  ]);
  const log = JSON.parse([...renderSarif(ANSWER)].join(''));
  log.runs[0].results[0].level = 'fatal';
  log.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri = 'a b';
  expect(isSarif(log)).toBe(false);
  expect(isSarif.errors).toHaveLength(2);
});

test('an empty answer is a run without results, and with every rule', () => {
  const { results, tool, invocations } = run(SILENT);
  expect(results).toEqual([]);
  expect(invocations).toMatchObject([{ executionSuccessful: true }]);
  expect(tool.driver.rules.map((rule: { id: string }) => rule.id)).toEqual(RULES.map((rule) => rule.id));
  const described = tool.driver.rules.find((rule: { id: string }) => rule.id === 'selects-no-workload');
  expect(described).toMatchObject({
    shortDescription: { text: 'A policy selects no workload of its namespace.' },
    help: { text: expect.stringContaining('Instead: '), markdown: expect.stringMatching(/^# /) },
    defaultConfiguration: { level: 'warning' },
  });
});

test('every result names its rule by its place among the rules', () => {
  const { results, tool } = run(ANSWER);
  for (const { ruleId, ruleIndex } of results) {
    expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
  }
});

test('a result stands at the line of the program, with the manifest beside it', () => {
  const [result] = found(finding());
  expect(result).toMatchObject({
    level: 'warning',
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'main.ts', uriBaseId: '%SRCROOT%' },
          region: { startLine: 40, startColumn: 3 },
        },
        logicalLocations: [
          { name: 'lonely', fullyQualifiedName: 'NetworkPolicy shop/lonely' },
          { fullyQualifiedName: 'shop/lonely' },
        ],
      },
    ],
    relatedLocations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'dist/shop.k8s.yaml', uriBaseId: '%SRCROOT%' },
          region: { startLine: 12 },
        },
      },
    ],
  });
});

test.each([
  { file: './dist/../a b/ü#.yaml', uri: 'a%20b/%C3%BC%23.yaml', uriBaseId: '%SRCROOT%' },
  { file: `${process.cwd()}/dist/x.yaml`, uri: 'dist/x.yaml', uriBaseId: '%SRCROOT%' },
  { file: '/elsewhere/x y.yaml', uri: pathToFileURL('/elsewhere/x y.yaml').href, uriBaseId: undefined },
])('a manifest at $file is $uri', ({ file, uri, uriBaseId }) => {
  const [{ locations, relatedLocations }] = found(finding({ source: { file, line: 2, column: 5 } }));
  expect(locations[0].physicalLocation).toEqual({
    artifactLocation: uriBaseId === undefined ? { uri } : { uri, uriBaseId },
    region: { startLine: 2, startColumn: 5 },
  });
  expect(relatedLocations).toBeUndefined();
});

test.each([
  { why: 'standard input', source: { file: '-', line: 3 } },
  { why: 'a construct whose manifest is not known', source: { construct: 'shop/lonely' } },
  { why: 'nothing, as of the cluster as a whole', source: undefined },
])(
  'what stands in $why is shown where it can be accepted, because GitHub takes no result without a file',
  ({ source }) => {
    const { source: _, ...bare } = finding();
    const standing = source === undefined ? bare : { ...bare, source };
    const [{ locations, relatedLocations }] = found(standing);
    expect(locations).toMatchObject([
      {
        physicalLocation: {
          artifactLocation: { uri: 'aks-netpol.yaml', uriBaseId: '%SRCROOT%' },
          region: { startLine: 1 },
        },
        logicalLocations: [
          { fullyQualifiedName: 'NetworkPolicy shop/lonely' },
          ...(source?.construct ? [{}] : []),
        ],
      },
    ]);
    expect(relatedLocations).toBeUndefined();
    const [{ locations: told }] = run(
      { ...SILENT, findings: [standing] },
      { config: 'ci/lint.yaml' },
    ).results;
    expect(told[0].physicalLocation.artifactLocation.uri).toBe('ci/lint.yaml');
  },
);

test.each([
  { why: 'a link', message: '[here](https://a.b)', text: '[here\\](https://a.b)' },
  { why: 'a link to a place', message: '[a](1)', text: '[a\\](1)' },
  { why: 'a line of its own', message: 'a\u2028b', text: 'a\\u2028b' },
  { why: 'a field', message: 'spec.egress[0] (a)', text: 'spec.egress[0] (a)' },
])('what others write is text in a message: $why', ({ message, text }) => {
  const { source: _, field: _field, ...bare } = finding({ message });
  const [result] = found(bare);
  expect(result.message.text.split('\n')[0]).toBe(text);
});

test('a name with half a character is a URI, too', () => {
  const [{ locations }] = found(finding({ source: { file: 'a\ud800/b', line: 1 } }));
  expect(locations[0].physicalLocation.artifactLocation.uri).toBe('a%EF%BF%BD/b');
});

test('what is accepted is suppressed with the reason, and everything else is said to be open', () => {
  const { results } = run(ANSWER);
  expect(results.map(({ suppressions }: { suppressions: object[] }) => suppressions)).toEqual([
    [],
    [],
    [
      {
        kind: 'external',
        status: 'accepted',
        justification: 'waits for the next release (the operator, aks-netpol.yaml:2:5, until 2026-12-31)',
      },
    ],
  ]);
});

test('what is accepted in the program is suppressed in the source', () => {
  const acknowledgement = {
    rule: 'selects-no-workload' as const,
    reason: 'waits',
    source: { construct: 'shop/lonely' },
  };
  const acceptedBy = { voice: 'program', program: { name: 'main.ts', file: 'dist/x' } } as const;
  const { results } = run({ ...SILENT, acknowledged: [{ ...finding(), acknowledgement, acceptedBy }] });
  expect(results[0].suppressions).toMatchObject([
    { kind: 'inSource', justification: 'waits (program main.ts (dist/x), shop/lonely)' },
  ]);
});

test('what could not be read makes the run unsuccessful; a rule that could not judge is a note', () => {
  expect(run(ANSWER).invocations).toEqual([
    {
      executionSuccessful: false,
      toolExecutionNotifications: [
        {
          level: 'error',
          message: { text: expect.stringContaining('must be an object') },
          descriptor: { id: 'type-mismatch' },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: 'policies/broken.yaml', uriBaseId: '%SRCROOT%' },
                region: { startLine: 4, startColumn: 16 },
              },
            },
          ],
        },
      ],
      toolConfigurationNotifications: [
        {
          level: 'note',
          message: { text: 'acknowledgement-unused could not judge: the engine is not known.' },
          associatedRule: { id: 'acknowledgement-unused', index: expect.any(Number) },
        },
        expect.anything(),
        expect.objectContaining({ descriptor: { id: 'pods-made-elsewhere' } }),
      ],
    },
  ]);
});

describe('the fingerprint of a finding', () => {
  const of = (...findings: readonly LintFinding[]) =>
    found(...findings).map(
      (result: { partialFingerprints: Record<string, string> }) =>
        result.partialFingerprints['aksNetpolFinding/v1'],
    );
  const source = finding().source;
  const [own] = of(finding());

  test.each([
    {
      why: 'lines move',
      other: finding({ source: { ...source, line: 99, code: { file: 'main.ts', line: 7, column: 1 } } }),
    },
    { why: 'a file is renamed', other: finding({ source: { ...source, file: 'dist/other.yaml' } }) },
    { why: 'words change', other: finding({ message: 'other', fix: 'other', severity: 'error' }) },
  ])('stays when $why', ({ other }) => {
    expect(of(other)).toEqual([own]);
  });

  test.each([
    { why: 'rule', other: finding({ rule: 'rules-of-unlisted-type' }) },
    { why: 'object', other: finding({ object: { kind: 'NetworkPolicy', namespace: 'shop', name: 'b' } }) },
    { why: 'construct', other: finding({ source: { ...source, construct: 'shop/other' } }) },
    { why: 'field', other: finding({ field: 'spec.egress' }) },
    { why: 'witness', other: finding({ witness: 'shop/a → shop/b 80/TCP is denied' }) },
  ])('is another for another $why', ({ other }) => {
    expect(of(other)).not.toEqual([own]);
  });

  test('is nobody else’s, not even of a finding alike in all that it is made of', () => {
    const all = of(finding(), finding({ message: 'again' }), finding());
    expect(new Set(all).size).toBe(3);
    expect(all[0]).toBe(own);
  });
});
