import { Testing } from 'cdk8s';
import { AksNetworkPolicy, CiliumNetworkPolicy } from 'cdk8s-aks-network-policy';
import fc from 'fast-check';
import { NetworkPolicyError } from '../../lib/model/problem';
import {
  built,
  composed,
  type DrawnPolicy,
  type DrawnTexts,
  drawnPolicy,
  PLAIN,
} from '../support/cilium-constructs';
import { sampleSeed } from '../support/sample-seed';
import { chart } from '../support/synth';
import { whomDbReaches, whoReachesDb } from './bed';
import { ask } from './oracle';

/** What the constructs write, Cilium's own code takes; what it would leave out, the constructs refuse. */

const RUNS = Number(process.env.CILIUM_RUNS ?? 2000);

const refusalOf = async (policy: object) =>
  (await ask({ policies: [policy], pods: [], probes: [], services: [] })).invalid[0];

test('Cilium takes every policy of plain texts, and no construct refuses it', async () => {
  await fc.assert(
    fc.asyncProperty(drawnPolicy(PLAIN), async (drawn) => {
      expect(await refusalOf(composed(drawn))).toBeNull();
    }),
    { numRuns: RUNS, seed: sampleSeed() },
  );
}, 600_000);

const pieces = (...texts: readonly string[]) =>
  fc.array(fc.constantFrom(...texts), { minLength: 0, maxLength: 7 }).map((list) => list.join(''));

/** Texts over the characters at which Cilium's checks and those of the constructs could part. */
const ODD: DrawnTexts = {
  labelKey: fc.oneof(
    PLAIN.labelKey,
    pieces('a', 'A', '0', '-', '_', '.', '/', 'io.cilium.', 'k8s', ':', 'reserved', 'host', 'x'.repeat(28)),
    fc.constantFrom(
      'io.kubernetes.pod.namespace',
      'io.cilium.k8s.policy.cluster',
      'x'.repeat(59),
      'x'.repeat(60),
    ),
    fc.constantFrom(`example.com/${'x'.repeat(63)}`, `${'a'.repeat(60)}.io/x`, `${'a.'.repeat(125)}io/x`),
  ),
  portName: fc.oneof(PLAIN.portName, pieces('a', 'Z', '0', '-', '_', '0x', '9'), fc.constant('a'.repeat(16))),
  hostName: fc.oneof(
    PLAIN.hostName,
    pieces('a', 'B', '0', '-', '_', '.', '*', '..', '**.', 'com', '/', ' ', 'é'),
    fc.constantFrom('*', '**', '*.', `${'a'.repeat(254)}b`, 'a'.repeat(256), `*${'a'.repeat(255)}`),
  ),
  pattern: fc.oneof(
    PLAIN.pattern,
    pieces(
      ...[
        'a',
        '/',
        '.',
        '*',
        '+',
        '?',
        '|',
        '(',
        ')',
        '(?:',
        '(?=',
        '(?i)',
        '(?<n>',
        '[',
        ']',
        '[^',
        '-',
        '^',
        '$',
      ],
      ...[
        '{2}',
        '{2,1}',
        '{1001}',
        '{600}',
        '{',
        '}',
        ',',
        '\\',
        '\\d',
        '\\-',
        '\\1',
        '\\z',
        '\\p{L}',
        '[:alpha:]',
      ],
      ...['[a-z]', '[z-a]', '[^/]+', '[\\d-x]', 'é', '\n', '\\_', '\\Q', '_'],
    ),
  ),
};

test('whatever the texts are, Cilium takes what the constructs do not refuse', async () => {
  let [taken, refused] = [0, 0];
  await fc.assert(
    fc.asyncProperty(drawnPolicy(ODD), async (drawn) => {
      let policy: object;
      try {
        policy = composed(drawn);
      } catch (error) {
        expect(error).toBeInstanceOf(NetworkPolicyError);
        refused += 1;
        return;
      }
      taken += 1;
      expect(await refusalOf(policy)).toBeNull();
    }),
    { numRuns: 3 * RUNS, seed: sampleSeed() },
  );
  expect(Math.min(taken, refused)).toBeGreaterThan(RUNS / 4);
}, 600_000);

/** Whether a NetworkPolicy can say it, and Cilium takes its peers for what they are there. */
function isOfBoth({ isClusterwide, rules }: DrawnPolicy): boolean {
  const isTheSame = rules.every(
    ({ does, peers, ports = [], http }) =>
      does !== 'deny' &&
      http === undefined &&
      peers.every(
        (peer) =>
          ['anywhere', 'own', 'block'].includes(peer.as) ||
          // Selectors of namespaces that only exclude also mean nodes and addresses there.
          (peer.as === 'other' && (peer.namespaces?.matchExpressions ?? []).length === 0),
      ) &&
      ports.every(({ as }) => as !== 'icmp'),
  );
  return !isClusterwide && isTheSame;
}

test('a rule means in a CiliumNetworkPolicy what Cilium makes of it in a NetworkPolicy', async () => {
  let open = 0;
  const drawnOfBoth = drawnPolicy(PLAIN).filter(isOfBoth);
  await fc.assert(
    fc.asyncProperty(drawnOfBoth, fc.constantFrom('80/TCP', '53/UDP'), async ({ rules }, on) => {
      const answers = [AksNetworkPolicy, CiliumNetworkPolicy].map(async (Policy) => {
        const shop = chart({ namespace: 'shop' });
        new Policy(shop, 'p', { podSelector: { matchLabels: { app: 'db' } }, rules: rules.map(built) });
        const bed = { policies: Testing.synth(shop), on } as const;
        return [await whoReachesDb(bed), await whomDbReaches(bed)];
      });
      const [inOne, inOther] = await Promise.all(answers);
      expect(inOther).toEqual(inOne);
      open += inOne?.some((side) => ('to' in side ? side.to : side.from).length > 1) ? 1 : 0;
    }),
    { numRuns: RUNS, seed: sampleSeed() },
  );
  expect(open).toBeGreaterThan(RUNS / 10);
}, 600_000);
