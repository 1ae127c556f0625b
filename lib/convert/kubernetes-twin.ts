import { readCiliumPolicy } from '../cilium-kinds/cilium-rules';
import { type FieldPath, fieldIn, valueAt } from '../model/field-path';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import { type NetworkPolicySpec, POLICY_TYPES, type PolicyType } from '../model/network-policy';
import { type PolicyRules, sectionOf, typesOf } from '../model/policy-rules';
import { isPlainObject, type Problem } from '../model/problem';
import { requirementsOf } from '../model/selector-match';
import { firstWords } from '../model/word-list';
import {
  type Conversion,
  type ConversionNote,
  carriedMetadata,
  type Manifest,
  metadataNotes,
  noTwin,
} from './conversion';
import { ruleOfTwin } from './kubernetes-twin-rule';
import { uncarriedIn, unsaidIn } from './unsaid-fields';

/** One part of a policy, with the place where it stands. */
interface Part {
  readonly spec: Manifest;
  readonly at: FieldPath;
}

/** What one part becomes, in each of the namespaces. */
interface PartOfTwin {
  readonly namespaces: readonly string[];
  readonly spec: NetworkPolicySpec;
}

/**
 * The NetworkPolicies that mean what a policy of Cilium's own kinds means where Cilium enforces both: one for each of its
 * parts, and for a clusterwide one in each namespace that it names.
 *
 * @param namespace the policy's own; `undefined` for a clusterwide one
 */
export function kubernetesTwins(policy: Manifest, namespace: string | undefined): Conversion {
  const parts = partsOf(policy);
  const unsaid = parts.flatMap(({ spec, at }) => unsaidIn(spec, at));
  if (unsaid.length > 0) {
    return { twins: [], problems: unsaid, notes: [] };
  }
  const { rules, unread = ['spec'], refusals } = readCiliumPolicy(policy, namespace);
  const refused = refusals.map(({ at, message, fix }) =>
    noTwin(at, valueAt(policy, at), `Cilium, or a version of it, refuses the policy: ${message}`, fix),
  );
  if (rules === undefined || refused.length > 0) {
    const problems = refused.length > 0 ? refused : [notUnderstood(policy, unread)];
    return { twins: [], problems, notes: [] };
  }
  const problems: Problem[] = [];
  const written = rules.map((part) => partOfTwin(part, problems));
  const { name } = isPlainObject(policy.metadata) ? policy.metadata : {};
  const twins = written.flatMap(({ namespaces, spec }, i) =>
    namespaces.map((place): Manifest => {
      const own = namespace === undefined || isWritten(policy) ? place : undefined;
      return {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: carriedMetadata(policy, {
          name: i === 0 || typeof name !== 'string' ? name : `${name}-${i + 1}`,
          namespace: own,
        }),
        spec,
      };
    }),
  );
  const notes = [
    ...metadataNotes(policy),
    ...parts.flatMap(({ spec, at }) => uncarriedIn(spec, at)),
    ...severalNotes(twins),
    ...(namespace === undefined ? [GOES_WITH_NAMESPACE] : []),
  ];
  return { twins: problems.length === 0 ? twins : [], problems, notes: problems.length === 0 ? notes : [] };
}

function partsOf({ spec, specs }: Manifest): readonly Part[] {
  return [
    ...(isPlainObject(spec) ? [{ spec, at: ['spec'] }] : []),
    ...(Array.isArray(specs) ? specs : []).flatMap((each, i) =>
      isPlainObject(each) ? [{ spec: each, at: ['specs', i] }] : [],
    ),
  ];
}

function notUnderstood(policy: Manifest, at: FieldPath): Problem {
  return noTwin(
    at,
    valueAt(policy, at),
    'it is not known for sure what Cilium makes of this, so no twin is known to mean the same',
    'write it in another way, or keep the Cilium policy',
  );
}

/** Whether a policy names its namespace; another one is put where kubectl says. */
function isWritten({ metadata }: Manifest): boolean {
  const { namespace } = isPlainObject(metadata) ? metadata : {};
  return typeof namespace === 'string' && namespace !== '';
}

/** The namespaces that have to have a twin. */
function namespacesOf({ subject }: PolicyRules, problems: Problem[]): readonly string[] {
  if (typeof subject.namespaces === 'string') {
    return [subject.namespaces];
  }
  const [first, ...more] = requirementsOf(subject.namespaces);
  if (first?.key === NAMESPACE_NAME_LABEL && first.operator === 'In' && more.length === 0) {
    return [...new Set(first.values ?? [])];
  }
  problems.push(
    noTwin(
      subject.at,
      subject.namespaces,
      'a NetworkPolicy is about pods of one namespace, and this one also means namespaces that nobody has made yet',
      'name the namespaces: { key: k8s:io.kubernetes.pod.namespace, operator: In, values: [...] }',
    ),
  );
  return [];
}

function partOfTwin(rules: PolicyRules, problems: Problem[]): PartOfTwin {
  if (POLICY_TYPES.every((direction) => sectionOf(rules, direction).rules.length === 0)) {
    problems.push(
      noTwin(
        rules.at,
        'no rules about pods',
        'it says nothing of what pods may do, and each NetworkPolicy isolates some',
        'give it rules, or delete it',
      ),
    );
    return { namespaces: [], spec: {} };
  }
  return {
    namespaces: namespacesOf(rules, problems),
    spec: {
      podSelector: rules.subject.pods,
      policyTypes: typesOf(rules),
      ...sectionOfTwin(rules, 'Ingress', problems),
      ...sectionOfTwin(rules, 'Egress', problems),
    },
  };
}

function sectionOfTwin(rules: PolicyRules, direction: PolicyType, problems: Problem[]): NetworkPolicySpec {
  const { isolates, rules: own } = sectionOf(rules, direction);
  const [section, side] = direction === 'Ingress' ? ['ingress', 'from'] : ['egress', 'to'];
  if (!isolates && own.length > 0) {
    problems.push(
      noTwin(
        fieldIn(rules.at, 'enableDefaultDeny'),
        { [section as string]: false },
        'a NetworkPolicy with rules for a direction denies there what it does not allow',
        'keep the Cilium policy; its rules matter only beside policies that isolate the same pods',
      ),
    );
  }
  const written = own
    .flatMap((rule) => ruleOfTwin(rule, problems))
    .map(({ peers, ports }) => ({ ...(peers === undefined ? {} : { [side as string]: peers }), ...ports }));
  return written.length === 0 ? {} : { [section as string]: written };
}

const GOES_WITH_NAMESPACE: ConversionNote = {
  at: ['metadata', 'name'],
  says: 'a NetworkPolicy goes with its namespace; apply it again where a namespace is made anew',
};

function severalNotes(twins: readonly Manifest[]): ConversionNote[] {
  const names = twins.map(({ metadata }) => {
    const { namespace, name = 'one without a name' } = metadata as Readonly<Record<string, string>>;
    return namespace === undefined ? name : `${namespace}/${name}`;
  });
  return names.length < 2
    ? []
    : [
        {
          at: ['metadata', 'name'],
          says: `becomes ${names.length} NetworkPolicies, ${firstWords(names)}, which mean the same together`,
        },
      ];
}
