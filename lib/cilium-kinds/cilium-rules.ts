import { checkMetadata } from '../model/check-policy';
import { type FieldPath, fieldIn } from '../model/field-path';
import type { PolicyType } from '../model/network-policy';
import { isPath } from '../model/place';
import type { PolicyRules, Section, TrafficRule } from '../model/policy-rules';
import { isPlainObject, type Problem } from '../model/problem';
import { isForEveryAgent, type Refusal } from '../model/refusal';
import { agentRefusals } from './agent-checks';
import { type CiliumParts, NO_PARTS } from './cilium-parts';
import { type CiliumRulePlace, peerFields, readPeers } from './cilium-peers';
import { readPorts } from './cilium-ports';
import { CILIUM_VERSION, schemaProblems } from './cilium-schema';
import { isReserved, readSubject } from './cilium-selectors';
import { readFields, readList, readText, Unread } from './unread';

/** What is known of a policy of Cilium's own kinds. */
export interface CiliumReading {
  /** Why Cilium's agents refuse it, or some of them. */
  readonly refusals: readonly Refusal[];
  /** What its specs say to an agent that takes it. Left out where that is not known, or where no agent does. */
  readonly rules?: readonly PolicyRules[];
  /** The first field that the API server refuses, or of which it is not known what it says. */
  readonly unread?: FieldPath;
}

const OBJECT_FIELDS = ['apiVersion', 'kind', 'metadata', 'spec', 'specs', 'status'] as const;
const SPEC: FieldPath = ['spec'];
const SPECS: FieldPath = ['specs'];
const FIELDS = [
  'endpointSelector',
  'nodeSelector',
  'ingress',
  'ingressDeny',
  'egress',
  'egressDeny',
  'enableDefaultDeny',
  'description',
  'labels',
  'log',
] as const;

/**
 * Reads a CiliumNetworkPolicy or a CiliumClusterwideNetworkPolicy: whether the API server and Cilium's agents take it,
 * and what Cilium 1.17 to 1.19 make of it. Nothing is guessed: where Cilium might refuse the policy, or where its
 * versions differ, it is not read.
 *
 * @param namespace the policy's own; `undefined` for a clusterwide one
 */
export function readCiliumPolicy(
  value: Readonly<Record<string, unknown>>,
  namespace: string | undefined,
  parts: CiliumParts = NO_PARTS,
): CiliumReading {
  if (value.apiVersion !== CILIUM_VERSION) {
    return { refusals: [], unread: ['apiVersion'] };
  }
  const [first] = schemaProblems(value);
  if (first !== undefined) {
    return { refusals: [], unread: isPath(first.at) ? first.at : SPEC };
  }
  const refusals = hasNull([value.spec, value.specs]) ? [] : agentRefusals(value, namespace);
  return {
    refusals,
    ...(refusals.some(isForEveryAgent) ? {} : rulesOrUnread(value, namespace, parts)),
  };
}

/** @see cilium v1.19.5, pkg/policy/api and pkg/k8s/apis/cilium.io, read 2026-11-30 */
function rulesOrUnread(
  value: Readonly<Record<string, unknown>>,
  namespace: string | undefined,
  parts: CiliumParts,
): Pick<CiliumReading, 'rules' | 'unread'> {
  try {
    const { metadata, spec, specs = [] } = readFields(value, [], OBJECT_FIELDS);
    const problems: Problem[] = [];
    checkMetadata(metadata, problems);
    if (problems.length > 0) {
      throw new Unread(['metadata']);
    }
    const rules = [
      ...(spec === undefined ? [] : [rulesOf(spec, SPEC, namespace, parts)]),
      ...readList(specs, SPECS, (each, at) => rulesOf(each, at, namespace, parts)),
    ];
    return rules.length === 0 ? { unread: SPEC } : { rules };
  } catch (error) {
    if (error instanceof Unread) {
      return { unread: error.at };
    }
    throw error;
  }
}

/** What the API server makes of a null is not known for sure. */
function hasNull(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.values(value).some(hasNull));
}

function rulesOf(
  value: unknown,
  root: FieldPath,
  namespace: string | undefined,
  parts: CiliumParts,
): PolicyRules {
  const spec = readFields(value, root, FIELDS);
  const { endpointSelector, nodeSelector, enableDefaultDeny = {}, labels, log } = spec;
  const selectorAt = fieldIn(root, 'endpointSelector');
  if (labels !== undefined) {
    const at = fieldIn(root, 'labels');
    readList(labels, at, (each, there) => {
      const { key, source = '', value: label = '' } = readFields(each, there, ['key', 'source', 'value']);
      return [key, source, label].map((text) => readText(text, there, /^/));
    });
  }
  if (log !== undefined) {
    const at = fieldIn(root, 'log');
    readText(readFields(log, at, ['value']).value, at, /^[ -~]{0,32}$/);
  }
  if (nodeSelector !== undefined) {
    // One about nodes leaves pods alone; in a namespace there can be none.
    if (namespace !== undefined || endpointSelector !== undefined || !isPlainObject(nodeSelector)) {
      throw new Unread(fieldIn(root, 'nodeSelector'));
    }
    return aboutNoPod(root);
  }
  if (isReserved(endpointSelector, selectorAt)) {
    return aboutNoPod(root);
  }
  const isolating = readFields(enableDefaultDeny, fieldIn(root, 'enableDefaultDeny'), ['ingress', 'egress']);
  const section = (direction: PolicyType, key: 'ingress' | 'egress'): Section => {
    const isolates = isolating[key] ?? true;
    if (typeof isolates !== 'boolean') {
      throw new Unread(fieldIn(root, 'enableDefaultDeny'));
    }
    const rules = [
      ...readRules(spec[key], fieldIn(root, key), { direction, action: 'allow', namespace, parts }),
      ...readRules(spec[`${key}Deny`], fieldIn(root, `${key}Deny`), {
        direction,
        action: 'deny',
        namespace,
        parts,
      }),
    ];
    return { isolates: isolates && rules.length > 0, rules, at: fieldIn(root, key) };
  };
  return {
    subject: readSubject(endpointSelector, selectorAt, namespace),
    ingress: section('Ingress', 'ingress'),
    egress: section('Egress', 'egress'),
    at: root,
  };
}

/** What says nothing of pods. */
function aboutNoPod(at: FieldPath): PolicyRules {
  const silent = (key: string): Section => ({ isolates: false, rules: [], at: fieldIn(at, key) });
  return {
    subject: { namespaces: {}, pods: {}, at: fieldIn(at, 'endpointSelector') },
    ingress: silent('ingress'),
    egress: silent('egress'),
    at,
  };
}

function readRules(value: unknown, at: FieldPath, place: CiliumRulePlace): TrafficRule[] {
  return value === undefined ? [] : readList(value, at, (each, there) => readRule(each, there, place));
}

function readRule(value: unknown, at: FieldPath, place: CiliumRulePlace): TrafficRule {
  const rule = readFields(value, at, [...peerFields(place.direction), 'toPorts', 'icmps']);
  const peers = readPeers(rule, at, place);
  const read = readPorts(rule, at, place);
  if (peers === undefined && read === undefined) {
    // A rule that says nothing allows, and denies, nothing.
    return { action: place.action, peers: [], at };
  }
  return { action: place.action, ...(peers === undefined ? {} : { peers }), ...read, at };
}
