import { isDnsLabel } from './names';

/** The gates of `diff`, beside `namespace:NAME`, and what each is about. */
export const GATES = {
  opened: 'a connection that was denied is allowed, or a way into the cluster is new or wider',
  closed: 'a connection that was allowed is denied, or a way into the cluster is gone or narrower',
  added: 'a workload that is new may connect, or be reached',
  internet: 'something opens to or from the internet, for new workloads too',
  'any-pod':
    'something opens to or from pods that no manifest names, whichever they are, for new workloads too',
  unknown: 'nobody can tell whether something changes',
} as const;

const NAMESPACE = 'namespace:';

/** `opened`, `namespace:shop` */
export type GateName = keyof typeof GATES | `${typeof NAMESPACE}${string}`;

/** Undefined for a text that names no gate. */
export function readGateName(text: string): GateName | undefined {
  return Object.hasOwn(GATES, text) || (text.startsWith(NAMESPACE) && isDnsLabel(namespaceIn(text)))
    ? (text as GateName)
    : undefined;
}

/** The namespace of a gate; empty where it is about none. */
export function namespaceIn(gate: string): string {
  return gate.startsWith(NAMESPACE) ? gate.slice(NAMESPACE.length) : '';
}
