import type { PolicyEntry } from '../model/cluster';
import type { FieldPath } from '../model/field-path';
import type { LabelSelector } from '../model/label-selector';
import type { TrafficPeer, TrafficPort } from '../model/policy-rules';
import { requirementsOf } from '../model/selector-match';
import type { LintContext } from './context';

/** Something that a policy says and that has no translation, and where. */
export interface Untranslatable {
  readonly what: string;
  readonly at: FieldPath;
}

/** What Azure NPM cannot translate for Windows nodes. */
export function untranslatable(context: LintContext, policy: PolicyEntry): Untranslatable[] {
  const rules = context.rulesOf(policy);
  const { subject } = policy.rules;
  return [
    ...negative(subject.pods, subject.at),
    ...rules.flatMap(({ ports = [] }) => ports).flatMap(inPort),
    ...rules.flatMap(({ peers = [] }) => peers).flatMap(inPeer),
  ];
}

function inPort({ port, protocol, at }: TrafficPort): Untranslatable[] {
  return [
    ...(typeof port === 'string' ? [{ what: `the port name ${port}`, at: [...at, 'port'] }] : []),
    ...(protocol === 'SCTP' ? [{ what: 'SCTP', at: [...at, 'protocol'] }] : []),
  ];
}

function inPeer(peer: TrafficPeer): Untranslatable[] {
  switch (peer.kind) {
    case 'addresses':
      return peer.except.length > 0 ? [{ what: 'except', at: [...peer.blockAt, 'except'] }] : [];
    case 'pods':
      return [
        ...negative(peer.pods, peer.podsAt ?? peer.at),
        ...(typeof peer.namespaces === 'string'
          ? []
          : negative(peer.namespaces, peer.namespacesAt ?? peer.at)),
      ];
    case 'entity':
    case 'name':
      return [];
  }
}

function negative(selector: LabelSelector, at: FieldPath): Untranslatable[] {
  return requirementsOf(selector)
    .filter(({ operator }) => operator === 'NotIn' || operator === 'DoesNotExist')
    .map(({ operator }) => ({ what: operator, at }));
}
