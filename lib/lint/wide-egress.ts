import { IMDS } from '../aks/fixed-addresses';
import type { IpBlock, NetworkPolicyPeer } from '../model/network-policy';
import type { LintContext } from './context';
import type { Written, WrittenRule } from './written-rules';

/** How an egress rule comes to include the instance metadata service. */
export interface WideEntry {
  readonly field: string;
  /** `the block 0.0.0.0/0` */
  readonly what: string;
  /** What is known of the engine and this address, from a semicolon on. */
  readonly more: string;
  readonly fix: string;
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
  { at }: WrittenRule,
  peer: Written<NetworkPolicyPeer> | undefined,
  { profile }: LintContext,
): WideEntry {
  if (peer === undefined) {
    return {
      field: at,
      what: 'no peers, which means everybody',
      more: '',
      fix: "name the peers, and for addresses Peer.ipBlock('0.0.0.0/0', { except: ['169.254.169.254/32'] })",
    };
  }
  const { cidr, except = [] } = peer.value.ipBlock as IpBlock;
  return {
    field: `${peer.at}.ipBlock`,
    what: `the block ${cidr}`,
    more: ON_ENGINE[profile.engine ?? ''] ?? '',
    fix: `write except: [${[...(except ?? []), IMDS.cidr].join(', ')}]`,
  };
}

/** Saves to ask the evaluator about rules that name pods. */
export function isWide({ direction, peers }: WrittenRule): boolean {
  return direction === 'Egress' && (peers.length === 0 || peers.some(({ value }) => value.ipBlock != null));
}
