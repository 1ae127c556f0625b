import type { FieldPath } from './field-path';
import { checkIpBlock } from './ip-block';
import { checkLabelSelector } from './label-selector';
import { checkAnnotations, checkLabels } from './labels';
import { checkNamespaceName, checkPolicyNames } from './names';
import { inside, placeOf, type Spot } from './place';
import { checkPort } from './ports';
import {
  checkEach,
  checkFields,
  isList,
  isMap,
  isString,
  type Problem,
  type Problems,
  show,
} from './problem';

/** The fields of metadata that the API server writes; it refuses or ignores them in a new object. */
export const SERVER_METADATA: readonly string[] = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
  'selfLink',
];

const METADATA_FIELDS = [
  'name',
  'namespace',
  'labels',
  'annotations',
  'generateName',
  'ownerReferences',
  'finalizers',
  ...SERVER_METADATA,
];

/**
 * Everything that the API server of Kubernetes 1.36 would refuse in a NetworkPolicy, each with its field path; empty
 * if it would accept the policy. As with `kubectl apply`, an unknown field is a problem. A missing namespace is none,
 * because the request names it. Of metadata that the server writes (`managedFields`, `uid` and so on) only the field
 * names are checked.
 *
 * @see kubernetes pkg/apis/networking/validation, ValidateNetworkPolicy
 */
export function validateNetworkPolicy(policy: unknown): Problem[] {
  const problems: Problems = [];
  if (!isMap(policy, 'the policy', problems)) {
    return problems;
  }
  const { status, ...rest } = policy;
  checkFields(rest, ['apiVersion', 'kind', 'metadata', 'spec'], [], problems);
  if (status !== undefined) {
    problems.push({
      code: 'status-superfluous',
      at: ['status'],
      got: show(status),
      problem: 'the field was removed; clusters of Kubernetes 1.24 to 1.27 still return it',
      fix: 'leave it out',
    });
  }
  checkConstant(policy.apiVersion, 'networking.k8s.io/v1', 'apiVersion', problems);
  checkConstant(policy.kind, 'NetworkPolicy', 'kind', problems);
  checkMetadata(policy.metadata ?? {}, problems);
  checkSpec(policy.spec ?? {}, problems);
  return problems;
}

function checkConstant(value: unknown, expected: string, field: string, problems: Problems): void {
  if (value !== expected) {
    problems.push({
      code: 'type-mismatch',
      at: [field],
      got: show(value),
      problem: `must be ${expected}`,
      fix: `write ${field}: ${expected}`,
    });
  }
}

const METADATA: FieldPath = ['metadata'];
const SPEC: FieldPath = ['spec'];

/** Checks the metadata of a policy of any kind as the API server does. */
export function checkMetadata(metadata: unknown, problems: Problems): void {
  if (!isMap(metadata, METADATA, problems)) {
    return;
  }
  checkFields(metadata, METADATA_FIELDS, METADATA, problems);
  checkPolicyNames(metadata.name ?? '', metadata.generateName ?? '', METADATA, problems);
  // An empty namespace counts as missing.
  if (metadata.namespace != null && metadata.namespace !== '') {
    checkNamespaceName(metadata.namespace, inside(METADATA, 'namespace'), problems);
  }
  if (metadata.labels != null) {
    checkLabels(metadata.labels, inside(METADATA, 'labels'), problems);
  }
  if (metadata.annotations != null) {
    checkAnnotations(metadata.annotations, inside(METADATA, 'annotations'), problems);
  }
}

function checkSpec(spec: unknown, problems: Problems): void {
  if (!isMap(spec, SPEC, problems)) {
    return;
  }
  checkFields(spec, ['podSelector', 'policyTypes', 'ingress', 'egress'], SPEC, problems);
  checkLabelSelector(spec.podSelector ?? {}, inside(SPEC, 'podSelector'), problems);
  checkRules(spec.ingress, 'from', inside(SPEC, 'ingress'), problems);
  checkRules(spec.egress, 'to', inside(SPEC, 'egress'), problems);
  checkPolicyTypes(spec.policyTypes, inside(SPEC, 'policyTypes'), problems);
}

function checkPolicyTypes(policyTypes: unknown, at: Spot, problems: Problems): void {
  if (policyTypes == null || !isList(policyTypes, at, problems)) {
    return;
  }
  if (policyTypes.length > 2) {
    problems.push({
      code: 'policy-types-too-many',
      at: placeOf(at),
      got: show(policyTypes),
      problem: 'a policy has at most two types',
      fix: 'list Ingress and Egress once each',
    });
    return;
  }
  for (const [i, type] of policyTypes.entries()) {
    if (isString(type ?? '', inside(at, i), problems) && type !== 'Ingress' && type !== 'Egress') {
      problems.push({
        code: 'policy-type-unknown',
        at: placeOf(at, i),
        got: show(type),
        problem: 'there is no such policy type',
        fix: 'write Ingress or Egress',
      });
    }
  }
}

function checkRules(rules: unknown, side: 'from' | 'to', at: Spot, problems: Problems): void {
  checkEach(rules, at, problems, (rule, here) => {
    // JSON's null in a list is Go's zero value: the server reads it as {}.
    if (rule !== null && isMap(rule, here, problems)) {
      checkFields(rule, ['ports', side], here, problems);
      checkEach(rule.ports, inside(here, 'ports'), problems, checkPort);
      checkEach(rule[side], inside(here, side), problems, checkPeer);
    }
  });
}

/** @see kubernetes pkg/apis/networking/validation, ValidateNetworkPolicyPeer */
function checkPeer(entry: unknown, at: Spot, problems: Problems): void {
  const peer = entry ?? {};
  if (!isMap(peer, at, problems)) {
    return;
  }
  checkFields(peer, ['podSelector', 'namespaceSelector', 'ipBlock'], at, problems);
  const { podSelector, namespaceSelector, ipBlock } = peer;
  if (podSelector != null) {
    checkLabelSelector(podSelector, inside(at, 'podSelector'), problems);
  }
  if (namespaceSelector != null) {
    checkLabelSelector(namespaceSelector, inside(at, 'namespaceSelector'), problems);
  }
  if (ipBlock != null) {
    checkIpBlock(ipBlock, inside(at, 'ipBlock'), problems);
  }
  if (podSelector == null && namespaceSelector == null && ipBlock == null) {
    problems.push({
      code: 'peer-empty',
      at: placeOf(at),
      got: show(entry),
      problem: 'a peer needs a selector or an IP block',
      fix: 'add podSelector, namespaceSelector or ipBlock; leave the whole list out for everybody',
    });
  } else if (ipBlock != null && (podSelector != null || namespaceSelector != null)) {
    problems.push({
      code: 'peer-mixed',
      at: placeOf(at),
      got: show(entry),
      problem: 'an IP block cannot stand beside a selector in one peer',
      fix: 'write two peers, either of which may match',
    });
  }
}
