import type { PolicyType } from '../model/network-policy';
import type { StoredRule, StoredSpec } from '../model/stored-spec';
import { type Code, type CodePart, call, list, object } from './code';
import { commentLine } from './literals';
import { peersCode, portCode } from './peer-code';
import type { PlacedComments } from './placed-comments';

const SIDES = {
  Ingress: { list: 'ingress', peers: 'from', everybody: 'from: [] allows everybody, like a missing from' },
  Egress: { list: 'egress', peers: 'to', everybody: 'to: [] allows everybody, like a missing to' },
} as const;

const EVERY_PORT = 'ports: [] allows every port, like missing ports';

/**
 * The rules of a policy whose types include those of all its rules.
 *
 * @param written the spec as it is written, in which an empty list differs from a missing one
 */
export function rulesCode(spec: StoredSpec, written: Written, comments: PlacedComments): CodePart[] {
  // The construct writes the types in the order of the rules.
  return [...new Set(spec.policyTypes)].flatMap((type) => {
    const rules = spec[SIDES[type].list] ?? [];
    const given = written?.[SIDES[type].list] ?? [];
    return rules.length === 0
      ? [{ code: call(`${type}Rule.denyAll`), comments: comments.take('spec', SIDES[type].list) }]
      : rules.map((rule, i) => ruleCode(type, rule, given[i], i, comments));
  });
}

/** The spec of a valid policy, in which fields may be null. */
export type Written =
  | { readonly [List in 'ingress' | 'egress']?: readonly (WrittenRule | null)[] | null }
  | null
  | undefined;
type WrittenRule = { readonly [List in 'from' | 'to' | 'ports']?: readonly unknown[] | null };

function ruleCode(
  type: PolicyType,
  rule: StoredRule,
  written: WrittenRule | null | undefined,
  i: number,
  comments: PlacedComments,
): CodePart {
  const side = SIDES[type];
  const path = ['spec', side.list, i] as const;
  const above = i === 0 ? comments.takeExactly('spec', side.list) : [];
  const code = allowed(type, rule, comments, path);
  return {
    code,
    comments: [
      ...above,
      ...comments.take(...path),
      ...(written?.[side.peers]?.length === 0 ? [commentLine(side.everybody)] : []),
      ...(written?.ports?.length === 0 ? [commentLine(EVERY_PORT)] : []),
    ],
  };
}

function allowed(
  type: PolicyType,
  rule: StoredRule,
  comments: PlacedComments,
  path: readonly (string | number)[],
): Code {
  const { peers: side } = SIDES[type];
  const { [side]: peers, ports } = rule;
  if (peers === undefined && ports === undefined) {
    return call(`${type}Rule.allowAll`);
  }
  const entries =
    peers === undefined ? [{ code: call('Peer.anywhere') }] : peersCode(peers, comments, [...path, side]);
  const allowedPorts = ports?.map((port, j) => ({
    code: portCode(port),
    comments: comments.take(...path, 'ports', j),
  }));
  return call(
    `${type}Rule.allow`,
    object([
      { name: side, code: list(entries), comments: comments.take(...path, side) },
      ...(allowedPorts === undefined
        ? []
        : [{ name: 'ports', code: list(allowedPorts), comments: comments.take(...path, 'ports') }]),
    ]),
  );
}
