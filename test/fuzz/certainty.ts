import fc from 'fast-check';
import { diffConnections } from '../../lib/diff/diff-connections';
import { lint } from '../../lib/lint/lint-cluster';
import { type ReadManifests, readManifests } from '../../lib/manifests/read-manifests';
import { qualifiedName } from '../../lib/model/cluster';
import type { EngineName } from '../../lib/model/engine-profile';
import { Reachability } from '../../lib/reachability/reachability';
import { expectThat } from './expect-that';
import type { ChangedShop } from './shops';

const PODS = ['shop/web', 'shop/db', 'mon/probe', 'shop/once'];
const OTHERS = ['any', 'shop/*', 'shop/app=web', 'internet', '10.0.0.7'];
const PORTS = ['5432', '53/UDP', undefined];

/** What is asked. A pod always reaches itself, which no set counts whose pods nobody knows: no two ends hold the same pod. */
const QUESTIONS = [
  ...PODS.flatMap((from) => [...PODS, ...OTHERS].map((to) => [from, to] as const)),
  ...OTHERS.flatMap((from) => PODS.map((to) => [from, to] as const)),
  ['any', 'internet'] as const,
  ['internet', 'shop/*'] as const,
  ['internet', '10.0.0.7'] as const,
]
  .flatMap(([from, to]) => PORTS.map((port) => ({ from, to, ...(port === undefined ? {} : { port }) })))
  .filter(
    ({ from, to }) =>
      from !== to &&
      !['any', 'shop/*', '10.0.0.7'].some(
        (set) => [from, to].includes(set) && [from, to].includes('shop/once'),
      ),
  );

/** What may enforce the policies; undefined: the specification judges. */
export const engine = fc.constantFrom(undefined, 'azure', 'cilium', 'calico', 'byo-calico');

/**
 * No answer is more certain than its problems. An object is changed until it cannot be read, and still begins by saying what
 * it is; all others are as they were. So what could not be read may be what stood there before, and the manifests from before
 * are one of the cases for which an answer about those after has to hold: what it is certain of is so before, a difference
 * of the two is certain of nothing, and what is found was found before.
 *
 * Where the changed object can be read, whole or in part, or was lost without a problem, nothing is said: then it is
 * another one, for which another answer may be right.
 *
 * @returns whether something was said
 * @throws when something does not hold
 */
export function checkCertainty(engine: EngineName | undefined, shop: ChangedShop): boolean {
  const [was, is, others] = [shop.before, shop.after, shop.others].map((text) =>
    readManifests([{ file: 'a.yaml', text }]),
  ) as [ReadManifests, ReadManifests, ReadManifests];
  if (!shop.isNamed || is.problems.length === 0 || known(is) !== known(others)) {
    return false;
  }
  const profile = engine === undefined ? {} : { engine };
  const [once, now] = [was, is].map(({ cluster }) => Reachability.of(cluster, { profile })) as [
    Reachability,
    Reachability,
  ];
  const missing = PODS.filter((pod) => !is.cluster.workloads.some((each) => qualifiedName(each) === pod));
  for (const question of QUESTIONS.filter(
    ({ from, to }) => !missing.includes(from) && !missing.includes(to),
  )) {
    const [truth, told] = [once, now].map((each) => each.outcome(question));
    expectThat(
      told === 'unknown' || told === truth,
      `${question.from} to ${question.to} on ${question.port}: ${told}, and was ${truth}`,
    );
  }
  for (const [one, other] of [
    [once, now],
    [now, once],
  ] as const) {
    for (const { change, from, to } of diffConnections(one, other)) {
      expectThat(change === 'unknown', `${change}: ${JSON.stringify([from, to])}`);
    }
  }
  const [found, find] = [was, is].map(({ cluster }) => lint(cluster, { profile }).findings);
  for (const { rule, object, message } of find ?? []) {
    expectThat(
      found?.some((each) => each.rule === rule && JSON.stringify(each.object) === JSON.stringify(object)) ===
        true,
      `found: ${rule}: ${message}`,
    );
  }
  return true;
}

/** What the manifests say for sure, but for the names of namespaces, for places, and for how many there are. */
function known({
  cluster: { unreadable: _, inventory: __, namespaces, ...rest },
  skipped,
}: ReadManifests): string {
  const declared = namespaces.filter((each) => each.declared);
  return JSON.stringify([rest, declared, skipped], (key, value) => (key === 'source' ? undefined : value));
}
