import { readFields } from '../cilium-kinds/unread';
import type { FieldPath } from '../model/field-path';
import type { PolicyType } from '../model/network-policy';
import { ciliumPeersCode, EVERYBODY, isEverybody, PEER_FIELDS } from './cilium-peer-code';
import { ciliumPortsCode } from './cilium-port-code';
import { Unsaid } from './cilium-unsaid';
import { type CodePart, call, list, object } from './code';
import type { PlacedComments } from './placed-comments';

/** One of the four lists of entries of a spec. */
export interface CiliumList {
  readonly key: 'ingress' | 'ingressDeny' | 'egress' | 'egressDeny';
  readonly type: PolicyType;
  readonly action: 'allow' | 'deny';
}

/** The policy in which an entry stands. */
export interface CiliumPlace {
  /** Left out for one of the whole cluster. */
  readonly namespace: string | undefined;
  readonly leavesOpen: readonly PolicyType[];
  readonly comments: PlacedComments;
}

/**
 * The rules that write what an entry says: one, or one for each filter and for each part of a long list of ports.
 *
 * @throws Unsaid, Unread for what rules cannot say
 */
export function ciliumRuleCode(
  { type, action }: CiliumList,
  entry: unknown,
  { namespace, leavesOpen, comments }: CiliumPlace,
  at: FieldPath,
): CodePart[] {
  const side = type === 'Ingress' ? 'from' : 'to';
  const fields = readFields(entry, at, [...PEER_FIELDS.map((way) => `${side}${way}`), 'toPorts', 'icmps']);
  if (action === 'deny' && (fields.toServices ?? fields.toFQDNs) !== undefined) {
    throw new Unsaid(at, 'host names and services can only be allowed');
  }
  const peers = ciliumPeersCode(fields, at, { side, namespace, comments });
  const ports = ciliumPortsCode(fields, at, { action, comments });
  if (fields.toServices !== undefined && peers !== undefined && ports !== undefined) {
    throw new Unsaid(
      at,
      'a rule with services has no ports, because Cilium opens them to everybody while a service has no pods',
    );
  }
  const isNobody = peers === undefined ? ports === undefined : peers.length === 0;
  if (isNobody) {
    const isPreset = action === 'allow' && !leavesOpen.includes(type);
    return [
      {
        code: isPreset
          ? call(`${type}Rule.denyAll`)
          : call(`${type}Rule.${action}`, object([{ name: side, code: list([]) }])),
      },
    ];
  }
  const others = peers ?? [{ code: EVERYBODY }];
  if (ports === undefined && action === 'allow' && isEverybody(others)) {
    return [{ code: call(`${type}Rule.allowAll`), comments: others.flatMap((each) => each.comments ?? []) }];
  }
  return (ports ?? [{}]).map((part) => ({
    code: call(
      `${type}Rule.${action}`,
      object([
        { name: side, code: list(others) },
        ...(part.ports === undefined ? [] : [{ name: 'ports', code: list(part.ports) }]),
        ...(part.http === undefined ? [] : [{ name: 'http', code: part.http }]),
      ]),
    ),
  }));
}
