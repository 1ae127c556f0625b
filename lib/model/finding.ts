/**
 * What is legal and yet likely to hurt, as stable words. A finding never stops anything; it is shown, and
 * can be acknowledged with a reason.
 */
export type FindingCode = keyof typeof FINDINGS;

/** For each code: what it means, and what to write instead. */
export const FINDINGS = {
  'custom-rule-without-peers': {
    problem: 'a custom rule without peers allows nobody, so it denies the whole type like a deny preset',
    fix: 'list the peers, or write denyAll() to say so',
  },
  'blank-selector': {
    problem: 'a blank selector matches everything in its scope',
    fix: 'name the labels, or write .all() to say so',
  },
  'deny-preset-void': {
    problem: 'a deny preset takes nothing away: another rule of the same type in this policy allows traffic',
    fix: 'leave out the deny preset, or the rule that allows',
  },
  'pod-address-in-ip-block': {
    problem:
      'an IP block of one private address is probably a pod, whose address changes; on cilium it never matches a pod',
    fix: 'select the pods by labels, or acknowledge a fixed address',
  },
  'all-namespaces-include-own': {
    problem: "a peer in all namespaces includes the policy's own namespace",
    fix: 'write NamespaceSelector.except(own) or .named(...)',
  },
} as const satisfies Record<string, { readonly problem: string; readonly fix: string }>;

/** One finding, as data. */
export interface Finding {
  readonly code: FindingCode;
  /** Where in the construct: `rules[1].from[0]`. */
  readonly at: string;
  /** What is likely to hurt, and what to write instead. */
  readonly message: string;
  /** The path of the construct, as in cdk8s' own errors. */
  readonly path: string;
  /** The user's own line that brought it, `main.ts:12:5`; undefined where the stack does not tell. */
  readonly source: string | undefined;
  /** Why it is accepted, once it is acknowledged. */
  readonly reason: string | undefined;
}
