import { ApiObject, type App, YamlOutputType } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { qualifiedName } from '../model/cluster';
import { describeProblem, type ProblemCode } from '../model/problem';

/** The kinds of policies that are looked at, with their API groups. */
const GROUPS = {
  NetworkPolicy: 'networking.k8s.io',
  CiliumNetworkPolicy: 'cilium.io',
  CiliumClusterwideNetworkPolicy: 'cilium.io',
} as const;
type Kind = keyof typeof GROUPS;

/**
 * Describes policies of an app that overwrite each other: two of a kind with the same name and namespace, and two that the
 * app's output type puts into the same file.
 */
export function findDuplicatePolicies(root: IConstruct): string[] {
  const objects = root.node.findAll().filter((construct) => ApiObject.isApiObject(construct));
  const { yamlOutputType } = root as Partial<App>;
  return (Object.keys(GROUPS) as Kind[]).flatMap((kind) => {
    const policies = objects.filter((each) => each.kind === kind && each.apiGroup === GROUPS[kind]);
    return [
      ...sharing(
        policies,
        (policy) => nameInCluster(policy, kind),
        (name) => ({
          code: 'policy-duplicate',
          problem: `both are named ${name}, so the second would overwrite the first in the cluster`,
          fix: 'give one of them another name, or use one App for each cluster',
        }),
      ),
      ...sharing(
        policies,
        (policy) => fileOf(policy, kind, yamlOutputType),
        (file) => ({
          code: 'policy-file-shared',
          problem: `both would be written to ${file}, so the second would overwrite the first on disk`,
          fix: 'give one of them another name, or set YamlOutputType.FILE_PER_CHART on the App',
        }),
      ),
    ];
  });
}

function nameInCluster({ name, metadata }: ApiObject, kind: Kind): string {
  return kind === 'CiliumClusterwideNetworkPolicy'
    ? name
    : qualifiedName({ namespace: metadata.namespace ?? 'default', name });
}

/** The file of a policy, if the output type writes one for each object. */
function fileOf(
  { name, chart }: ApiObject,
  kind: Kind,
  type: YamlOutputType | undefined,
): string | undefined {
  switch (type) {
    case YamlOutputType.FILE_PER_RESOURCE:
      return `${kind}.${name}`;
    case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
      return `${chart.node.path}/${kind}.${name}`;
    default:
      return undefined;
  }
}

function sharing(
  policies: readonly ApiObject[],
  keyOf: (policy: ApiObject) => string | undefined,
  describe: (key: string) => { readonly code: ProblemCode; readonly problem: string; readonly fix: string },
): string[] {
  const first = new Map<string, ApiObject>();
  const found: string[] = [];
  for (const policy of policies) {
    const key = keyOf(policy);
    const twin = key === undefined ? undefined : first.get(key);
    if (key !== undefined && twin === undefined) {
      first.set(key, policy);
    } else if (key !== undefined && twin !== undefined) {
      const got = `${twin.node.path} and ${policy.node.path}`;
      found.push(describeProblem({ at: 'two network policies', got, ...describe(key) }));
    }
  }
  return found;
}
