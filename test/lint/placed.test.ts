import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import type { LintOptions } from '../../lib/lint/context';
import { lint } from '../../lib/lint/lint-cluster';
import type { ManifestInput } from '../../lib/manifests/inputs';
import { readManifests } from '../../lib/manifests/read-manifests';
import { parse } from '../../lib/yaml/parser';
import { policyYaml } from '../manifests/read';
import { deployment, policy } from '../support/shop';

jest.mock('../../lib/yaml/parser', () => {
  const actual = jest.requireActual<typeof import('../../lib/yaml/parser')>('../../lib/yaml/parser');
  return { ...actual, parse: jest.fn(actual.parse) };
});

const FILE = 'a.yaml';
const WEB = `${dump(deployment('web'))}---\n`;

/** The findings of a rule, each at its place. */
function placesOf(
  rule: string,
  text: string,
  { file = FILE, ...options }: LintOptions & { readonly file?: string } = {},
) {
  const { cluster, fieldPlaces } = readManifests([{ file, text }]);
  return lint(cluster, { fieldPlaces, ...options })
    .findings.filter((finding) => finding.rule === rule)
    .map(({ field, source: { line, column } = {} }) => ({ field, line, column }));
}

/** Where words stand in a text, for the eye. */
function placeOf(words: string, text: string) {
  const before = text.slice(0, text.indexOf(words));
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') };
}

/** One document in which a key stands twice has every other near it read by itself. */
const TWICE = 'apiVersion: v1\nkind: ConfigMap\ndata: {a: x, a: y}\n';

/** A warning and an info. */
const GONE =
  'podSelector: {}\ningress: [{from: [{podSelector: {matchLabels: {app: lost}}}, {namespaceSelector: {}}]}]';

const PEERS = `podSelector: {matchLabels: {app: web}}
policyTypes: [Ingress]
ingress:
- from:
  - podSelector: {matchLabels: {app: web}}
- from:
  - podSelector: {matchLabels: {app: web}}
  - podSelector: {matchLabels: {app: gone}}
`;

const named = (app: string) => ({ podSelector: { matchLabels: { app } } });
const DB = policy('db', {
  podSelector: { matchLabels: { app: 'web' } },
  policyTypes: ['Ingress'],
  ingress: [{ from: [named('web')] }, { from: [named('web'), named('gone')] }],
});
const LIST = { kind: 'List', apiVersion: 'v1', items: [deployment('web'), DB] };

test.each([
  { why: 'in the text of a file', text: WEB + policyYaml(PEERS) },
  { why: 'behind a comment', text: `${WEB}# who\n# comes\n\n${policyYaml(PEERS)}` },
  { why: 'of an object that is indented', text: WEB + policyYaml(PEERS).replaceAll(/^(?=.)/gm, '  ') },
  { why: 'behind a document whose key stands twice', text: `${WEB}${TWICE}---\n${policyYaml(PEERS)}` },
  {
    why: 'of a List in JSON',
    text: JSON.stringify(LIST),
    words: '"podSelector":{"matchLabels":{"app":"gone"}}',
  },
  {
    why: 'of a List in YAML',
    text: dump(LIST),
    words: 'podSelector:\n                matchLabels:\n                  app: gone',
  },
])(
  'a finding stands at the field that it is about, $why',
  ({ text, words = 'podSelector: {matchLabels: {app: gone}}' }) => {
    expect(text).toContain(words);
    expect(placesOf('peer-matches-nothing', text)).toEqual([
      { field: 'spec.ingress[1].from[1].podSelector', ...placeOf(words, text) },
    ]);
  },
);

test('a field behind an alias stands where it is written', () => {
  const text =
    WEB +
    policyYaml(
      'podSelector: {matchLabels: {app: web}}\npolicyTypes: [Ingress]\ningress:\n' +
        '- &rule {from: [{podSelector: {matchLabels: {app: gone}}}]}\n- *rule',
    );
  const written = placeOf('podSelector: {matchLabels: {app: gone}}', text);
  expect(placesOf('peer-matches-nothing', text)).toEqual([
    { field: 'spec.ingress[0].from[0].podSelector', ...written },
    { field: 'spec.ingress[1].from[0].podSelector', ...written },
  ]);
});

test('a finding about an object as a whole stands at its first word, in a List, too', () => {
  const open = { podSelector: {}, policyTypes: ['Ingress' as const], ingress: [{}] };
  const [a, b] = [policy('a', open), policy('b', { podSelector: {}, ingress: [{}] })];
  const apart = `${dump(a)}---\n# b\n${dump(b)}`;
  const together = dump({ kind: 'List', apiVersion: 'v1', items: [a, b] });
  for (const [text, column] of [
    [apart, 1],
    [together, 5],
  ] as const) {
    const { line } = placeOf('apiVersion: networking.k8s.io/v1\n', text.slice(text.indexOf('name: a')));
    const from = text.slice(0, text.indexOf('name: a')).split('\n').length - 1;
    expect(placesOf('shadowed-policy', text)).toEqual([{ field: undefined, line: from + line, column }]);
  }
});

test('without a text a finding has what is known of its object', () => {
  const source = (sources: readonly ManifestInput[]) => {
    const { cluster, fieldPlaces } = readManifests(sources);
    const { findings } = lint(cluster, { fieldPlaces });
    return findings.find(({ rule }) => rule === 'peer-matches-nothing')?.source;
  };
  expect(source([deployment('web'), DB])).toEqual({});
});

test('a text is read once more for all findings about it, and no text without one is', () => {
  const lonely = (name: string) => policyYaml(GONE, name);
  const text = [WEB + lonely('a'), lonely('b')].join('---\n');
  const { cluster, fieldPlaces } = readManifests([{ file: FILE, text }]);
  const parsing = jest.mocked(parse).mockClear();
  const { findings } = lint(cluster);
  const told = findings.flatMap(({ object }) => (object.kind === 'NetworkPolicy' ? object.name : []));
  expect(told.join(' ')).toMatch(/a.*b.*a.*b/);
  expect(parsing).not.toHaveBeenCalled();
  lint(cluster, { fieldPlaces });
  // The policies, which two rules speak of; the Deployment has no finding.
  expect(parsing).toHaveBeenCalledTimes(2);
});

test('what has become of a file since it was read does not matter', () => {
  const folder = mkdtempSync(join(tmpdir(), 'placed-'));
  try {
    const file = join(folder, FILE);
    writeFileSync(file, WEB + policyYaml(PEERS));
    const { cluster, fieldPlaces } = readManifests([file]);
    rmSync(file);
    const found = lint(cluster, { fieldPlaces }).findings.find(({ rule }) => rule === 'peer-matches-nothing');
    expect(found?.source).toMatchObject({
      file,
      ...placeOf('podSelector: {matchLabels: {app: gone}}', WEB + policyYaml(PEERS)),
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
