import { readCiliumPolicy } from '../cilium-kinds/cilium-rules';
import { validateNetworkPolicy } from '../model/check-policy';
import type { Cluster } from '../model/cluster';
import { countOne } from '../model/collections';
import { fieldText } from '../model/field-path';
import type { NetworkPolicy } from '../model/network-policy';
import { networkPolicyEntry } from '../model/network-policy-entry';
import type { PolicyRules } from '../model/policy-rules';
import { isPlainObject, type Problem, show } from '../model/problem';
import { ciliumTwin } from './cilium-twin';
import { type Conversion, type Manifest, noTwin, type TwinKind } from './conversion';
import { kubernetesTwins } from './kubernetes-twin';
import { ProvingGround } from './proving-ground';

export interface ConvertOptions {
  readonly to: TwinKind;
  /**
   * The namespace of policies that name none.
   *
   * @default `default`
   */
  readonly namespace?: string;
  /**
   * What else is known of the cluster. Twins are compared with their policies there, too, and take no name of a policy in it.
   *
   * @default nothing
   */
  readonly cluster?: Cluster;
}

/** The kinds that can be converted to the other. */
export const CONVERTED_KINDS = {
  cilium: ['NetworkPolicy'],
  kubernetes: ['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy'],
} as const satisfies Readonly<Record<TwinKind, readonly string[]>>;

/** The kind that twins have. */
export const TWIN_KINDS: Readonly<Record<TwinKind, string>> = {
  cilium: 'CiliumNetworkPolicy',
  kubernetes: 'NetworkPolicy',
};

/**
 * The twins of policies in the other kind: NetworkPolicies as CiliumNetworkPolicies, or policies of Cilium's own kinds as
 * NetworkPolicies. Where Cilium enforces both, a twin means the same, and it is only given if no difference is found
 * between the two. What has no twin is a problem that names the field.
 *
 * @param policies as they stand in manifests
 * @returns one for each policy, in their order
 */
export function convertPolicies(
  policies: readonly Manifest[],
  { to, namespace = 'default', cluster }: ConvertOptions,
): readonly Conversion[] {
  const ground = new ProvingGround(cluster);
  const conversions = policies.map((policy) => convert(policy, to, namespaceOf(policy, namespace), ground));
  return withoutClashes(conversions, policies, {
    to,
    namespace,
    ...(cluster === undefined ? {} : { cluster }),
  });
}

function namespaceOf({ metadata }: Manifest, other: string): string {
  const { namespace } = isPlainObject(metadata) ? metadata : {};
  return typeof namespace === 'string' && namespace !== '' ? namespace : other;
}

function convert(policy: Manifest, to: TwinKind, namespace: string, ground: ProvingGround): Conversion {
  const { kind } = policy;
  if (!CONVERTED_KINDS[to].some((each) => each === kind)) {
    return refused([
      noTwin(
        ['kind'],
        kind,
        `only ${CONVERTED_KINDS[to].join(' and ')} can become ${TWIN_KINDS[to]}`,
        'leave it out',
      ),
    ]);
  }
  if (to === 'kubernetes') {
    const own = kind === 'CiliumNetworkPolicy' ? namespace : undefined;
    return proven(
      kubernetesTwins(policy, own),
      policy,
      () => readCiliumPolicy(policy, own).rules,
      namespace,
      ground,
    );
  }
  // A server of an old version gives a status, which changes nothing.
  const problems = validateNetworkPolicy(policy).filter(({ code }) => code !== 'status-superfluous');
  if (problems.length > 0) {
    return refused(problems);
  }
  const original = policy as unknown as NetworkPolicy;
  return proven(
    ciliumTwin(original, namespace),
    policy,
    () => [networkPolicyEntry(original, { namespace }).rules],
    namespace,
    ground,
  );
}

function refused(problems: readonly Problem[]): Conversion {
  return { twins: [], problems, notes: [] };
}

/** The same, if the twins can be read and no difference is found. */
function proven(
  conversion: Conversion,
  policy: Manifest,
  original: () => readonly PolicyRules[] | undefined,
  namespace: string,
  ground: ProvingGround,
): Conversion {
  if (conversion.problems.length > 0) {
    return conversion;
  }
  const says: PolicyRules[] = [];
  for (const twin of conversion.twins) {
    const read = rulesOfTwin(twin, namespaceOf(twin, namespace));
    if ('unread' in read) {
      return refused([
        noTwin(
          ['spec'],
          policy.spec,
          `its twin would not be understood: ${read.unread}`,
          'write it in another way',
        ),
      ]);
    }
    says.push(...read.rules);
  }
  const difference = ground.differenceBetween(original() ?? [], says);
  return difference === undefined
    ? conversion
    : refused([
        {
          code: 'twin-differs',
          at: ['spec'],
          got: show(policy.spec ?? policy.specs),
          problem: `its twin would not mean the same for sure, ${difference}`,
          fix: 'keep the policy as it is',
        },
      ]);
}

function rulesOfTwin(
  twin: Manifest,
  namespace: string,
): { readonly rules: readonly PolicyRules[] } | { readonly unread: string } {
  if (twin.kind === 'NetworkPolicy') {
    const [problem] = validateNetworkPolicy(twin);
    return problem === undefined
      ? { rules: [networkPolicyEntry(twin as unknown as NetworkPolicy, { namespace }).rules] }
      : { unread: `${problem.problem}; got ${problem.got}` };
  }
  const { rules, unread = ['spec'], refusals } = readCiliumPolicy(twin, namespace);
  const [refusal] = refusals;
  return rules === undefined || refusal !== undefined
    ? { unread: refusal?.message ?? fieldText(unread) }
    : { rules };
}

/** Twins of one name would overwrite each other, or the policy that has the name. */
function withoutClashes(
  conversions: readonly Conversion[],
  policies: readonly Manifest[],
  { to, namespace = 'default', cluster }: ConvertOptions,
): readonly Conversion[] {
  const keyOf = (twin: Manifest) => {
    const { name } = twin.metadata as { readonly name?: string };
    return name === undefined ? undefined : `${namespaceOf(twin, namespace)}/${name}`;
  };
  const taken = new Map<string, number>();
  const kind = TWIN_KINDS[to];
  for (const each of [...(cluster?.policies ?? []), ...(cluster?.unjudged ?? [])]) {
    if (each.kind === kind) {
      countOne(taken, `${each.namespace}/${each.name}`);
    }
  }
  const keys = conversions.map(({ twins }) => twins.flatMap((twin) => keyOf(twin) ?? []));
  for (const key of keys.flat()) {
    countOne(taken, key);
  }
  return conversions.map((conversion, i) => {
    const clash = keys[i]?.find((key) => (taken.get(key) ?? 0) > 1);
    return clash === undefined
      ? conversion
      : refused([
          {
            code: 'policy-duplicate',
            at: ['metadata', 'name'],
            got: show((policies[i]?.metadata as { readonly name?: unknown } | undefined)?.name),
            problem: `another ${kind} is called ${clash} already, or would be`,
            fix: 'give one of the two another name',
          },
        ]);
  });
}
