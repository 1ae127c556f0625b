import { IMDS } from '../aks/fixed-addresses';
import { isCiliumKind } from '../model/cilium-kind';
import type { PolicyEntry } from '../model/cluster';
import type { FieldPath } from '../model/field-path';
import type { AddressPeer, DirectedRule, EntityPeer } from '../model/policy-rules';
import type { LintContext } from './context';
import { denialOnNpm } from './default-deny';
import { add, type Fix, together, write } from './fix';
import { hasExceptions } from './ip-blocks';
import { isCalico, isCilium, isNpm } from './rule-engines';

/** How an egress rule comes to include the instance metadata service. */
export interface WideEntry {
  readonly field: FieldPath;
  /** `the block 0.0.0.0/0` */
  readonly what: string;
  /** What is known of the engine and this address, from a semicolon on. */
  readonly more: string;
  readonly fix: Fix;
}

/** What is known of engines and exceptions for this address. */
const ON_ENGINE: Readonly<Record<string, string>> = {
  azure: '; Azure NPM translates the exception, though in 2020 users saw the address stay open, so try it',
  calico: '; Calico was seen to honour such exceptions',
  cilium: '; on Cilium the block matches no pod or node, so the exception costs nothing inside the cluster',
};

/**
 * Tells what a rule and one of its entries have written.
 *
 * @param peer an IP block; left out for a rule without peers
 */
export function wideEntry(
  policy: PolicyEntry,
  { at }: DirectedRule,
  peer: AddressPeer | EntityPeer | undefined,
  context: LintContext,
): WideEntry {
  if (peer?.kind === 'entity') {
    return { field: peer.at, what: `the entity ${peer.entity}`, more: '', fix: denial(policy) };
  }
  if (peer === undefined) {
    return {
      field: at,
      what: 'no peers, which means everybody',
      more: '',
      fix: isCiliumKind(policy)
        ? denial(policy)
        : together(
            write(policy, [...at, 'to'], everybodyElse(context)),
            // The policy isolated nobody so far, because it let everything through.
            ...denialOnNpm(policy, 'Egress', context),
          ),
    };
  }
  const { cidr, except, blockAt } = peer;
  return {
    field: blockAt,
    what: `the block ${cidr}`,
    more: ON_ENGINE[context.profile.engine ?? ''] ?? '',
    fix: hasExceptions(policy, peer)
      ? write(policy, [...blockAt, 'except'], [...except, IMDS.cidr])
      : denial(policy),
  };
}

/** In a policy of Cilium's own kinds a denial beats what any rule allows. */
function denial(policy: PolicyEntry): Fix {
  return add(policy, [...policy.rules.at, 'egressDeny'], { toCIDR: [IMDS.cidr] });
}

/** Every address but the one, and every pod: on Cilium no address is a pod's. IPv6 where a policy may name it. */
function everybodyElse(context: LintContext): readonly object[] {
  const isIpv6 = isCilium(context) || isCalico(context) || context.facts.isDualStack;
  return [
    { ipBlock: { cidr: '0.0.0.0/0', except: [IMDS.cidr] } },
    ...(isIpv6 && !isNpm(context) ? [{ ipBlock: { cidr: '::/0' } }] : []),
    { namespaceSelector: {} },
  ];
}

/** Saves to ask the evaluator about rules that name pods. */
export function isWide({ direction, peers }: DirectedRule): boolean {
  return (
    direction === 'Egress' &&
    (peers === undefined || peers.some(({ kind }) => kind === 'addresses' || kind === 'entity'))
  );
}
