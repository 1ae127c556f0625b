import type { LintOptions } from '../../lib/lint/context';
import { lint } from '../../lib/lint/lint-cluster';
import { readManifests } from '../../lib/manifests/read-manifests';
import { deployment, policy } from '../support/shop';

/** Two rules that open what the other does not, each to pods that nobody has. */
const db = policy('db', {
  podSelector: { matchLabels: { app: 'orders' } },
  policyTypes: ['Ingress'],
  ingress: ['a', 'b'].map((app) => ({ from: [{ podSelector: { matchLabels: { app } } }] })),
});

const { cluster } = readManifests([deployment('orders'), db]);
const line = { file: 'main.ts', line: 7, column: 1 };

/** Where each finding about a rule is to be mended. */
function linesWith(options: LintOptions) {
  return lint(cluster, options)
    .findings.filter(({ field }) => field?.startsWith('spec.ingress'))
    .map(({ field, source }) => [field, source?.code]);
}

test('a finding about a rule that was added later has its line, and any other that of its policy', () => {
  const found = linesWith({ ruleLines: new Map([['shop/db', { 'spec.ingress[1]': line }]]) });
  expect(found).toEqual([
    ['spec.ingress[0].from[0].podSelector', undefined],
    ['spec.ingress[1].from[0].podSelector', line],
  ]);
});

test.each([
  { why: 'of another rule', policy: 'shop/db', place: 'spec.ingress[10]' },
  { why: 'of another policy', policy: 'shop/web', place: 'spec.ingress[1]' },
])('a line $why is none of its', ({ policy: name, place }) => {
  expect(linesWith({ ruleLines: new Map([[name, { [place]: line }]]) })).toEqual(linesWith({}));
});
