import type { FieldPath } from './field-path';

export const CILIUM_MINORS = ['1.16', '1.17', '1.18', '1.19'] as const;

/** A minor version of Cilium. */
export type CiliumMinor = (typeof CILIUM_MINORS)[number];

/** What may be switched on in Cilium's agents: the proxies that filter, and features that are off by default. */
export type CiliumOption = 'http-proxy' | 'dns-proxy' | 'node-selectors' | 'extended-protocols';

/** Why Cilium's agent does not enforce a policy, although the API server stores it. */
export interface Refusal {
  /** The agent's message, or the part of it that is always the same. */
  readonly message: string;
  /** The field that is refused. */
  readonly at: FieldPath;
  /** What to write instead. */
  readonly fix: string;
  /** The first version that refuses it. @default every one that is known */
  readonly from?: CiliumMinor;
  /** The last version that refuses it. @default every later one */
  readonly to?: CiliumMinor;
  /** Agents with this option take it. */
  readonly unless?: CiliumOption;
}

/** Whether no agent takes what is refused. */
export function isForEveryAgent({ from, to, unless }: Refusal): boolean {
  return from === undefined && to === undefined && unless === undefined;
}
