import { readManifests } from '../../lib/manifests/read-manifests';
import { validateNetworkPolicy } from '../../lib/model/check-policy';
import { describeManifestProblem } from '../../lib/model/manifest-problem';
import { describeProblem } from '../../lib/model/problem';
import { readDocuments } from '../../lib/yaml/documents';
import { expectThat } from './expect-that';
import { inTime } from './patience';

/**
 * What must hold of any text whatever: it is read in time, without an exception, and not in silence: each
 * object and each document that is not read has its problem, and each problem says where it is.
 *
 * @throws when something does not hold
 */
export async function checkReading(text: string): Promise<void> {
  const { cluster, problems, skipped, otherKinds } = await inTime(() =>
    readManifests([{ file: 'a.yaml', text }], { comments: true }),
  );
  for (const problem of problems) {
    const { line = 0, column = 0 } = problem.source;
    expectThat(line >= 1 && column >= 1, `no place: ${describeManifestProblem(problem)}`);
    expectThat(line <= text.split('\n').length, `no such line: ${describeManifestProblem(problem)}`);
  }
  expectThat(problems.length > 0 || cluster.unreadable.length === 0, 'unreadable without a problem');
  for (const { problem } of cluster.unreadable) {
    expectThat(
      problems.some(({ code }) => code === problem.code),
      `kept silent: ${describeProblem(problem)}`,
    );
  }
  for (const { written } of cluster.policies) {
    // That a status stands beside it is told, and is no problem.
    const refused = validateNetworkPolicy(written).filter(({ code }) => code !== 'status-superfluous');
    expectThat(refused.length === 0, 'a policy that the API server refuses');
  }
  if (problems.length === 0) {
    checkNothingMissing(text, cluster.policies.length, { ...skipped, ...otherKinds });
  }
}

/**
 * Without a problem, every policy that is read of the text must be in the cluster.
 *
 * @param counts how many objects are told of, by kind
 */
function checkNothingMissing(text: string, policies: number, counts: Readonly<Record<string, number>>): void {
  const objects = [...readDocuments(text)].flatMap(({ value }) => flatten(value));
  const written = new Set(
    objects
      .filter((each) => each?.kind === 'NetworkPolicy')
      // Of two that leave their name to the server, each becomes one.
      .map((policy, i) => JSON.stringify([sortKeys(policy), isUnnamed(policy) ? i : 0])),
  );
  expectThat(policies === written.size, `${written.size} policies became ${policies}`);
  for (const object of objects) {
    expectThat(object == null || typeof object.kind === 'string', 'an object without a kind');
    expectThat(
      object == null ||
        READ.includes(object.kind as string) ||
        Object.keys(counts).some((key) => key === object.kind || key.startsWith(`${object.kind}.`)),
      `${String(object?.kind)} is not counted`,
    );
  }
}

const READ = [
  'Namespace',
  'Node',
  'Pod',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Job',
  'CronJob',
  'Service',
  'Ingress',
  'NetworkPolicy',
];

type Loose = Record<string, unknown> | null | undefined;

function flatten(document: unknown): Loose[] {
  const object = document as Loose;
  if (
    typeof object?.kind !== 'string' ||
    !object.kind.endsWith('List') ||
    (object.kind !== 'List' && !('items' in object) && !READ.includes(object.kind.slice(0, -4)))
  ) {
    return [object];
  }
  const stem = object.kind.slice(0, -4);
  return ((object.items ?? []) as Loose[]).flatMap((item) =>
    flatten(
      item?.kind === undefined && stem !== '' ? { kind: stem, apiVersion: object.apiVersion, ...item } : item,
    ),
  );
}

function isUnnamed(policy: Loose): boolean {
  return !(policy?.metadata as { name?: string } | undefined)?.name;
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sortKeys);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, inner]) => [key, sortKeys(inner)]),
      )
    : value;
}
