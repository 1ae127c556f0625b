import type { FieldPath } from '../../model/field-path';
import type { LabelSelector } from '../../model/label-selector';
import type { TrafficPeer, TrafficPort } from '../../model/policy-rules';
import { requirementsOf } from '../../model/selector-match';
import { listWords } from '../../model/word-list';
import { eachPolicy, type LintRule } from '../lint-rule';

export const npmWindowsPolicySkipped: LintRule = {
  id: 'npm-windows-policy-skipped',
  severity: 'error',
  summary: 'on azure with Windows nodes, a policy says what Azure NPM cannot translate there and skips',
  engines: ['azure'],
  fix: 'write port numbers, whole ranges and positive selectors, or move to calico, which is for Windows nodes',
  needs: ({ profile }) =>
    profile.windowsNodePools === undefined
      ? 'the profile does not tell whether there are Windows node pools'
      : undefined,
  check: eachPolicy(function* (policy, context) {
    const { windowsNodePools = [] } = context.profile;
    const { subject } = policy.rules;
    const rules = windowsNodePools.length === 0 ? [] : context.rulesOf(policy);
    const found = [
      ...(windowsNodePools.length === 0 ? [] : negative(subject.pods, subject.at)),
      ...rules.flatMap(({ ports = [] }) => ports).flatMap(inPort),
      ...rules.flatMap(({ peers = [] }) => peers).flatMap(inPeer),
    ];
    if (found[0] !== undefined) {
      const reasons = listWords([...new Set(found.map(({ what }) => what))]);
      yield {
        field: found[0].at,
        message: `Azure NPM skips the whole policy on Windows nodes (${listWords(windowsNodePools)}) because of ${reasons}`,
      };
    }
  }),
};

/** Something that a policy says and that Azure NPM cannot translate for Windows nodes, and where. */
interface Untranslatable {
  readonly what: string;
  readonly at: FieldPath;
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
