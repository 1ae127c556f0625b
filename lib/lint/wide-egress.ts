import { IMDS } from '../aks/fixed-addresses';
import type { FieldPath } from '../model/field-path';
import type { AddressPeer, DirectedRule } from '../model/policy-rules';
import type { LintContext } from './context';

/** How an egress rule comes to include the instance metadata service. */
export interface WideEntry {
  readonly field: FieldPath;
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
  { at }: DirectedRule,
  peer: AddressPeer | undefined,
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
  const { cidr, except, blockAt } = peer;
  return {
    field: blockAt,
    what: `the block ${cidr}`,
    more: ON_ENGINE[profile.engine ?? ''] ?? '',
    fix: `write except: [${[...except, IMDS.cidr].join(', ')}]`,
  };
}

/** Saves to ask the evaluator about rules that name pods. */
export function isWide({ direction, peers }: DirectedRule): boolean {
  return direction === 'Egress' && (peers === undefined || peers.some(({ kind }) => kind === 'addresses'));
}
