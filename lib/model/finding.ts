import type { CodePosition, ProgramReference, SourcePosition } from './cluster';
import type { FieldPath } from './field-path';

/** How much a finding matters: an `error` breaks something, a `warning` is likely to, an `info` is worth knowing. */
export type Severity = 'error' | 'warning' | 'info';

/** The most serious first. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** From which severity on findings make a run fail. */
export type FailOn = Severity | 'never';

export const FAIL_ON: readonly FailOn[] = [...SEVERITIES, 'never'];

/** Whether a finding of a severity makes a run fail. */
export function isCounted(severity: Severity, failOn: FailOn): boolean {
  return failOn !== 'never' && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn);
}

/** The rules by which policies are judged, as stable words: one never changes its meaning. */
export const FINDING_CODES = [
  // the portal's own warnings
  'custom-rule-without-peers',
  'blank-selector',
  'pod-address-in-ip-block',
  'deny-preset-void',
  'all-namespaces-include-own',

  // hygiene
  'selects-no-workload',
  'peer-matches-nothing',
  'namespace-label-missing',
  'misspelt-word',
  'and-or-slip',
  'rules-of-unlisted-type',
  'duplicate-name',
  'service-port-not-target-port',
  'undeclared-port-name',
  'service-address-in-ip-block',
  'pod-range-in-ip-block',
  'cidr-not-canonical',
  'redundant-rule',
  'shadowed-policy',

  // reach
  'no-default-deny',
  'reachable-from-everywhere',
  'reachable-from-internet',
  'unreachable-workload',
  'wide-egress-includes-imds',
  'one-sided-allow',

  // lifelines
  'egress-cannot-resolve-names',
  'workload-identity-cut-off',
  'api-server-cut-off',
  'metrics-scraper-cut-off',
  'webhook-cut-off',
  'ingress-controller-cut-off',
  'ambient-mesh-cut-off',

  // engines
  'no-engine',
  'end-of-support',
  'cilium-ip-block-misses-pods',
  'cilium-end-port',
  'cilium-egress-port-name',
  'port-name-not-seen',
  'cilium-label-not-in-identity',
  'sctp-not-carried',
  'own-node-egress',
  'load-balancer-hides-source',
  'npm-policy-skipped',
  'npm-windows-policy-skipped',
  'npm-negative-namespace-selector',
  'npm-many-ip-blocks',
  'npm-scale-limits',
  'npm-update-gap',
  'npm-ipv6-not-filtered',
  'calico-leading-zeros',
  'ipv4-only-ip-block',
  'host-network-pod',
  'system-namespace-policy',
  'managed-namespace-policy',
  'engine-changes-connections',

  // what the authors expect and accept
  'must-reach',
  'must-not-reach',
  'only-from',
  'acknowledgement-unused',
  'acknowledgement-expired',
] as const;

/** The name of a rule. */
export type FindingCode = (typeof FINDING_CODES)[number];

/** The rules that a construct can judge by itself, before there is a manifest. */
export type ConstructFindingCode = keyof typeof FINDINGS;

/** For each of them: what it means, and what to write instead. The catalogue of rules takes its words from here. */
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
    problem: 'a deny preset takes nothing away: another rule of the same type allows traffic',
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
} as const satisfies Partial<Record<FindingCode, { readonly problem: string; readonly fix: string }>>;

/** One finding of a construct, as data. */
export interface Finding {
  readonly code: ConstructFindingCode;
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

/** The object that a finding is about. */
export interface ObjectReference {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** What a rule found, as data. */
export interface LintFinding {
  readonly rule: FindingCode;
  readonly severity: Severity;
  readonly object: ObjectReference;
  /** `spec.egress[0].to[1].ipBlock.cidr`; left out when the object as a whole is meant. */
  readonly field?: string;
  /** What is the matter here. */
  readonly message: string;
  /** A connection that shows it: `shop/worker → kube-system/coredns 53/UDP is denied`. */
  readonly witness?: string;
  /** What to write instead, as code where there is some. */
  readonly fix: string;
  /** Where the field was written, or the nearest around it that is there; of an object from no text, what is known of it. */
  readonly source?: SourcePosition;
}

/** Where the fields of objects stand. */
export interface FieldPlaces {
  /**
   * The place of a field, or of the nearest around it that is written; the object's own where no text is known.
   *
   * @param source the object's
   * @param field empty for the object as a whole
   */
  placeOf(object: ObjectReference, source: SourcePosition, field: FieldPath): SourcePosition;
}

/** What somebody accepts. */
export interface Acknowledgement {
  readonly rule: FindingCode;
  /** Why it is all right, for the next reader. */
  readonly reason: string;
  /** The last day on which it is accepted, `YYYY-MM-DD`. @default for ever */
  readonly until?: string;
  /** Findings of constructs at and under this path only. */
  readonly construct?: string;
  /** Findings of this object only: `shop/db-ingress`, or `shop/*` for a namespace. */
  readonly object?: string;
  /**
   * How many findings it accepts at most. Where there are more it accepts none, because nobody can tell which is new.
   *
   * @default any number
   */
  readonly atMost?: number;
  /** Not all that it may mean was read, so that nobody can call it unused. */
  readonly isPartial?: true;
  /** Where it was written. */
  readonly source?: SourcePosition;
}

/** What a program accepts, of the objects alone that it wrote itself. */
export type ProgramAcknowledgement = Omit<Acknowledgement, 'object'> &
  Required<Pick<Acknowledgement, 'construct'>>;

/**
 * What must hold between workloads whatever the policies become; ends and port as in a question of `reach`.
 */
export type Expectation = {
  readonly to: string;
  /** @default for `mustReach` any port will do; otherwise every port counts */
  readonly port?: string;
  /** Why, for the next reader. */
  readonly reason?: string;
  /** Where it was written. */
  readonly source?: SourcePosition;
} & (
  | { readonly kind: 'must-reach' | 'must-not-reach'; readonly from: string }
  /** Nobody else, inside the cluster or outside, may reach it. */
  | { readonly kind: 'only-from'; readonly from: readonly string[] }
);

/** What a program says about itself. */
export interface ProgramWords {
  /** What its constructs found in themselves, the acknowledged included. */
  readonly findings: readonly Finding[];
  readonly acknowledgements: readonly ProgramAcknowledgement[];
  readonly expectations: readonly Expectation[];
}

/** The same, with the program: it counts only for what has this program in its `source`. */
export interface ProgramIntent extends ProgramWords {
  readonly program: ProgramReference;
}

/**
 * What is accepted and expected, by who says it. What the operator says counts everywhere, what a program says for its
 * own objects and expectations only. Objects themselves have no say.
 */
export interface Intent {
  /** What whoever runs the judgement accepts, as in `aks-netpol.yaml`. */
  readonly acknowledgements: readonly Acknowledgement[];
  /** What whoever runs the judgement expects. */
  readonly expectations: readonly Expectation[];
  /** What the programs say that wrote the manifests. */
  readonly programs: readonly ProgramIntent[];
}

/** Nothing is said. */
export const NO_INTENT: Intent = { acknowledgements: [], expectations: [], programs: [] };

/** All that is said in several places. */
export function joinIntents(...intents: readonly Intent[]): Intent {
  return {
    acknowledgements: intents.flatMap(({ acknowledgements }) => acknowledgements),
    expectations: intents.flatMap(({ expectations }) => expectations),
    programs: intents.flatMap(({ programs }) => programs),
  };
}

/** Everything that is expected, whoever says it. */
export function expectationsIn({ expectations, programs }: Intent): readonly Expectation[] {
  return [...expectations, ...programs.flatMap((program) => program.expectations)];
}

/** The program that wrote what a position is about, if it is this one. */
export function isBy({ program }: SourcePosition = {}, { name, file }: ProgramReference): boolean {
  return program !== undefined && program.name === name && program.file === file;
}

/** `program main.ts (dist/network-policies.netpol-meta)`, `app 1 in memory`. */
export function describeProgram({ name, file }: ProgramReference): string {
  return file === undefined ? name : `${name === '' ? 'a program' : `program ${name}`} (${file})`;
}

/** `NetworkPolicy shop/db-ingress`, `Namespace shop`. */
export function describeObject({ kind, namespace, name }: ObjectReference): string {
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

/** `no-engine for shop/*`: an acknowledgement by what it accepts. */
export function describeAcknowledgement({ rule, construct, object }: Acknowledgement): string {
  const scope = construct ?? object ?? '';
  return scope === '' ? rule : `${rule} for ${scope}`;
}

/** `main.ts:12:5` in its parts, lines and columns from 1; undefined for anything else. */
export function readCodePosition(text: unknown): CodePosition | undefined {
  const [, file, line, column] = /^(.+):(\d+):(\d+)$/.exec(typeof text === 'string' ? text : '') ?? [];
  const isOne = (number: string | undefined) => Number(number) >= 1 && Number.isSafeInteger(Number(number));
  return file !== undefined && isOne(line) && isOne(column)
    ? { file, line: Number(line), column: Number(column) }
    : undefined;
}
