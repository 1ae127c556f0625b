import { readCiliumPolicy } from '../cilium-kinds/cilium-rules';
import { isReserved, readSubject, splitSelector } from '../cilium-kinds/cilium-selectors';
import { readFields, readList, Unread } from '../cilium-kinds/unread';
import type { WrittenPolicy } from '../manifests/written-policy';
import { withoutNeedlessName } from '../model/every-namespace';
import { type FieldPath, fieldIn } from '../model/field-path';
import { isBlankSelector, type LabelSelector } from '../model/label-selector';
import type { Labels } from '../model/labels';
import { POLICY_TYPES, type PolicyType } from '../model/network-policy';
import { isForEveryAgent } from '../model/refusal';
import { isNegative } from '../model/selector-match';
import { dnsEntriesOf } from './cilium-dns-entries';
import { type CiliumList, ciliumRuleCode } from './cilium-rule-code';
import { checkKeys, Unsaid } from './cilium-unsaid';
import { type CodePart, call, list, object } from './code';
import { quoted } from './literals';
import {
  metadataCode,
  type Option,
  objectCode,
  type PolicyCode,
  type WrittenFields,
  whyOtherMetadata,
} from './object-code';
import { PlacedComments } from './placed-comments';
import { whyUnwritable } from './raw-object';
import { namespaceSelectorCode, podSelectorCode, textsCode } from './selectors';

const SPEC: FieldPath = ['spec'];
const SELECTOR: FieldPath = ['spec', 'endpointSelector'];
const DENY: FieldPath = ['spec', 'enableDefaultDeny'];
const SPEC_FIELDS = [
  'endpointSelector',
  'ingress',
  'ingressDeny',
  'egress',
  'egressDeny',
  'enableDefaultDeny',
  'description',
] as const;

/** Fields that constructs write as they are, whatever they mean. */
const COPIED = ['toServices', 'fromEntities', 'toEntities'] as const;

const LISTS: readonly CiliumList[] = [
  { key: 'ingress', type: 'Ingress', action: 'allow' },
  { key: 'ingressDeny', type: 'Ingress', action: 'deny' },
  { key: 'egress', type: 'Egress', action: 'allow' },
  { key: 'egressDeny', type: 'Egress', action: 'deny' },
];

/** The code for a policy of one of Cilium's own kinds that an API server takes: a construct, if one writes the same. */
export function ciliumPolicyCode(policy: WrittenPolicy, id: string, value: WrittenFields): PolicyCode {
  const metadata = value.metadata as WrittenFields;
  const unwritable = whyUnwritable(value);
  if (unwritable !== undefined) {
    return { as: 'nothing', reason: unwritable };
  }
  const namespace = value.kind === 'CiliumNetworkPolicy' ? policy.namespace : undefined;
  const { refusals, unread } = readCiliumPolicy(value, namespace);
  const refusal = refusals.find(isForEveryAgent);
  const reason = refusal === undefined ? whyOtherMetadata(metadata) : `Cilium refuses it: ${refusal.message}`;
  if (reason !== undefined) {
    return objectCode(policy, id, value, reason);
  }
  try {
    const code = constructCode(policy, id, value, namespace);
    if (unread !== undefined && !COPIED.some((field) => unread.includes(field))) {
      throw new Unsaid(unread, 'it is not known what Cilium makes of it');
    }
    return code;
  } catch (error) {
    if (error instanceof Unsaid || error instanceof Unread) {
      const unsaid = error instanceof Unsaid ? error : new Unsaid(error.at);
      return objectCode(policy, id, value, unsaid.message);
    }
    throw error;
  }
}

/** @throws Unsaid, Unread for what constructs cannot say */
function constructCode(
  policy: WrittenPolicy,
  id: string,
  value: WrittenFields,
  namespace: string | undefined,
): PolicyCode {
  const { spec: written } = readFields(value, [], ['apiVersion', 'kind', 'metadata', 'spec']);
  const spec = readFields(written, SPEC, SPEC_FIELDS);
  const comments = new PlacedComments(policy.comments);
  const { name, labels, annotations } = value.metadata as {
    name: string;
    labels?: Labels;
    annotations?: Labels;
  };
  const leavesOpen = typesLeftOpen(spec.enableDefaultDeny);
  const dns = dnsEntriesOf(spec.egress, namespace);
  const rules = LISTS.flatMap((each) =>
    spec[each.key] === undefined
      ? []
      : entriesCode(each, spec[each.key], { namespace, leavesOpen, comments, leftOut: dns.entries }),
  );
  if (dns.asksLocalDns && namespace === undefined && LISTS.some(({ key }) => looksAtRequests(spec[key]))) {
    throw new Unsaid(
      SPEC,
      'a profile says that pods ask LocalDNS, and with one no clusterwide policy looks at requests of HTTP',
    );
  }
  if (rules.length === 0) {
    throw new Unsaid(SPEC, 'there are no rules, and a construct without any denies all that comes in');
  }
  const props: Option[] = [
    ...(id === name ? [] : [{ name: 'name', code: quoted(name) }]),
    ...subjectCode(spec.endpointSelector, namespace, comments),
    ...(leavesOpen.length === 0
      ? []
      : [{ name: 'leavesOpen', code: textsCode(leavesOpen), comments: comments.take(...DENY) }]),
    ...(spec.description === undefined
      ? []
      : [
          {
            name: 'description',
            code: quoted(String(spec.description)),
            comments: comments.take(...SPEC, 'description'),
          },
        ]),
    ...(dns.asksLocalDns ? [{ name: 'profile', code: object([{ name: 'localDns', code: 'true' }]) }] : []),
    { name: 'rules', code: list(rules) },
    ...metadataCode('labels', labels, comments),
    ...metadataCode('annotations', annotations, comments),
  ];
  return {
    as: 'construct',
    code: call(`new ${value.kind}`, 'this', quoted(id), object(props)),
    comments: comments.take(),
  };
}

function entriesCode(
  which: CiliumList,
  value: unknown,
  {
    leftOut,
    comments,
    ...place
  }: Parameters<typeof ciliumRuleCode>[2] & { readonly leftOut: ReadonlySet<unknown> },
): CodePart[] {
  const at = fieldIn(SPEC, which.key);
  return readList(value, at, (entry, there) => {
    if (leftOut.has(entry)) {
      return [];
    }
    const parts = ciliumRuleCode(which, entry, { ...place, comments }, there);
    // What stands above the list, and what no part of the rule has taken.
    const above = [...(there.at(-1) === 0 ? comments.takeExactly(...at) : []), ...comments.take(...there)];
    return parts.map((part, i) =>
      i === 0 ? { ...part, comments: [...above, ...(part.comments ?? [])] } : part,
    );
  }).flat();
}

function looksAtRequests(entries: unknown): boolean {
  const ports = Array.isArray(entries) ? entries.flatMap(({ toPorts = [] }) => toPorts) : [];
  return ports.some(({ rules }) => rules?.http !== undefined);
}

/** The directions that the policy does not isolate. To say that it does is to say what it does anyway. */
function typesLeftOpen(value: unknown): readonly PolicyType[] {
  const said = value === undefined ? {} : readFields(value, DENY, ['ingress', 'egress']);
  return POLICY_TYPES.filter((type) => said[type === 'Ingress' ? 'ingress' : 'egress'] === false);
}

function subjectCode(value: unknown, namespace: string | undefined, comments: PlacedComments): Option[] {
  if (value === undefined || isReserved(value, SELECTOR)) {
    throw new Unsaid(SELECTOR, 'a construct selects pods');
  }
  readSubject(value, SELECTOR, namespace);
  const { pods, namespaces: written } = splitSelector(value as LabelSelector, SELECTOR);
  checkKeys(pods, written, SELECTOR);
  const namespaces = withoutNeedlessName(written) as LabelSelector;
  if (namespace === undefined && [pods, written].every((each) => isBlankSelector(each) || isNegative(each))) {
    throw new Unsaid(
      SELECTOR,
      "it also selects Cilium's own health checks and proxies, and a construct selects pods alone",
    );
  }
  const own = comments.take(...SELECTOR);
  return [
    ...(isBlankSelector(namespaces)
      ? []
      : [{ name: 'namespaces', code: namespaceSelectorCode(namespaces), comments: own }]),
    ...(isBlankSelector(pods)
      ? []
      : [
          {
            name: 'podSelector',
            code: podSelectorCode(pods),
            comments: isBlankSelector(namespaces) ? own : [],
          },
        ]),
  ];
}
