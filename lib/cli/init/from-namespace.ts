import { describeNote, policyModule } from '../../codegen/module';
import { type ReadManifests, readManifests } from '../../manifests/read-manifests';
import type { Workload } from '../../model/cluster';
import { NetworkPolicyError, show } from '../../model/problem';
import { count } from '../../model/word-list';
import { withoutServerFields } from '../../plan/server-fields';
import { Reachability } from '../../reachability/reachability';
import { connectivityTest } from './connectivity-test';
import { type InitFile, policiesFile } from './starter';
import { workloadManifests, workloadYaml } from './workload-manifests';

/** What a namespace becomes, and what has to be said of it. */
export interface FromNamespace {
  readonly files: readonly InitFile[];
  /** Policies that are not as they were. */
  readonly remarks: readonly string[];
  /** Whether every policy could be imported. */
  readonly isWhole: boolean;
}

/**
 * The policies of a namespace as a chart, its workloads as manifests, and a test of who can reach whom.
 *
 * @throws NetworkPolicyError `objects-missing`
 */
export function fromNamespace(namespace: string, { written, cluster }: ReadManifests): FromNamespace {
  const policies = written.filter((policy) => policy.namespace === namespace);
  const workloads = cluster.workloads.filter(
    (each) => each.namespace === namespace && each.assumed !== true && isFirst(each, cluster.workloads),
  );
  if (policies.length === 0) {
    throw new NetworkPolicyError({
      code: 'objects-missing',
      at: '--from-namespace',
      got: show(namespace),
      problem: 'there is no NetworkPolicy in it',
      fix: `begin with a new chart: init --namespace ${namespace}`,
    });
  }
  const { text, notes } = policyModule(policies);
  const lost = new Set(notes.flatMap(({ kind, policy }) => (kind === 'not-imported' ? policy : [])));
  const home = cluster.namespaces.find(({ name }) => name === namespace);
  const manifests = workloadManifests(workloads, home ?? { name: namespace, labels: {}, declared: false });
  const kept = policies.filter((policy) => !lost.has(policy)).map(({ value }) => withoutServerFields(value));
  const today = Reachability.of(readManifests([...manifests, ...kept]).cluster);
  const file = `${namespace}.workloads.yaml`;
  return {
    files: [
      {
        name: `${policiesFile(namespace)}.ts`,
        what: count(kept.length, 'policy of the namespace', 'policies of the namespace'),
        text,
      },
      {
        name: file,
        what: `${count(workloads.length, 'workload')} of the namespace, for the test`,
        text: [...workloadYaml(manifests)].join(''),
      },
      connectivityTest(namespace, today, workloads, file),
    ],
    remarks: notes.map(describeNote),
    isWhole: lost.size === 0,
  };
}

/** Workloads of several kinds may share a name, and a question can only mean all of them. */
function isFirst(workload: Workload, all: readonly Workload[]): boolean {
  const twins = all.filter(
    ({ namespace, name }) => namespace === workload.namespace && name === workload.name,
  );
  return twins[0] === workload;
}
