import type { FieldPath } from './field-path';
import type { CodePosition, ProgramReference, SourcePosition } from './source-position';

/** How much a finding matters: an `error` breaks something, a `warning` is likely to, an `info` is worth knowing. */
export type Severity = 'error' | 'warning' | 'info';

/** The most serious first. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** From which severity on findings make a run fail. */
export type FailOn = Severity | 'never';

export const FAIL_ON: readonly FailOn[] = [...SEVERITIES, 'never'];

/** Whether findings of this severity make a run fail. */
export function isCounted(severity: Severity, failOn: FailOn): boolean {
  return failOn !== 'never' && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn);
}

/** The rules of lint. A code never changes its meaning. */
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
  'connection-isolates',

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
  'refused-by-cilium',
  'cilium-ip-block-misses-pods',
  'cilium-end-port',
  'cilium-egress-port-name',
  'port-name-not-seen',
  'cilium-label-not-in-identity',
  'sctp-not-carried',
  'cilium-empty-section',
  'cilium-deny-isolates',
  'cilium-name-without-dns-rule',
  'cilium-ports-for-everybody',
  'cilium-http-path',
  'cilium-filter-without-acns',
  'cilium-refused-by-aks',
  'cilium-feature-off',
  'cilium-policy-map-full',
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

export type FindingCode = (typeof FINDING_CODES)[number];

/** The rules that a construct can check by itself, before there is a manifest. */
export type ConstructFindingCode = keyof typeof FINDINGS;

/** Their problems and fixes; the catalogue of rules takes its words from here. */
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
  'connection-isolates': {
    problem:
      'only an AllowedConnection isolates them in this direction, so whatever no connection allows is blocked from now on',
    fix: "allow what else they need, or leave this side out with sides: 'destination' or sides: 'source'; a NamespaceBaseline that isolates them says that it is meant",
  },
} as const satisfies Partial<Record<FindingCode, { readonly problem: string; readonly fix: string }>>;

/** One finding of a construct, as data. */
export interface Finding {
  readonly code: ConstructFindingCode;
  /** Where in the construct: `rules[1].from[0]`. */
  readonly at: string;
  /** The problem and the fix. */
  readonly message: string;
  /** The path of the construct, as in cdk8s' own errors. */
  readonly path: string;
  /** The user's own line that caused it, `main.ts:12:5`; undefined where the stack does not show it. */
  readonly source: string | undefined;
  /** Why it is accepted; undefined until it is acknowledged. */
  readonly reason: string | undefined;
}

export interface ObjectReference {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** One finding of a lint rule, as data. */
export interface LintFinding {
  readonly rule: FindingCode;
  readonly severity: Severity;
  readonly object: ObjectReference;
  /** `spec.egress[0].to[1].ipBlock.cidr`; left out for the object as a whole. */
  readonly field?: string;
  readonly message: string;
  /** A connection that shows the problem: `shop/worker → kube-system/coredns 53/UDP is denied`. */
  readonly witness?: string;
  /** What to write instead, as code where possible. */
  readonly fix: string;
  /** The place of the field, or of the closest field around it that is written. Without a text: of the object. */
  readonly source?: SourcePosition;
}

export interface FieldPlaces {
  /**
   * The place of a field, or of the closest field around it that is written. Without a text: of the object.
   *
   * @param source of the object
   * @param field empty for the object as a whole
   */
  placeOf(object: ObjectReference, source: SourcePosition, field: FieldPath): SourcePosition;
}

/** Accepts findings. */
export interface Acknowledgement {
  readonly rule: FindingCode;
  /** Why the findings are acceptable. */
  readonly reason: string;
  /** The last day on which they are accepted, `YYYY-MM-DD`. @default forever */
  readonly until?: string;
  /** Only findings of constructs at and under this path. */
  readonly construct?: string;
  /** Only findings of this object: `shop/db-ingress`, or `shop/*` for a namespace. */
  readonly object?: string;
  /**
   * The largest number of findings that it accepts. If there are more it accepts none, because nobody can tell which is new.
   *
   * @default any number
   */
  readonly atMost?: number;
  /** Set when some objects that it may concern were not read: it is then never reported as unused. */
  readonly isPartial?: true;
  /** Where it was written. */
  readonly source?: SourcePosition;
}

/** What a program accepts. It counts only for objects that the program wrote itself. */
export type ProgramAcknowledgement = Omit<Acknowledgement, 'object'> &
  Required<Pick<Acknowledgement, 'construct'>>;

/**
 * What must hold between workloads, whatever the policies say. Ends and port are written as for `aks-netpol reach`.
 */
export type Expectation = {
  readonly to: string;
  /** @default for `mustReach` one port suffices; otherwise every port counts */
  readonly port?: string;
  /** Why it is expected. */
  readonly reason?: string;
  /** Where it was written. */
  readonly source?: SourcePosition;
} & (
  | { readonly kind: 'must-reach' | 'must-not-reach'; readonly from: string }
  /** Nobody else, inside the cluster or outside, may reach it. */
  | { readonly kind: 'only-from'; readonly from: readonly string[] }
);

/** What a program found, accepts and expects. */
export interface ProgramWords {
  /** The findings of its constructs, including acknowledged ones. */
  readonly findings: readonly Finding[];
  readonly acknowledgements: readonly ProgramAcknowledgement[];
  readonly expectations: readonly Expectation[];
}

/** The same with the program. It counts only for objects whose `source` has this program. */
export interface ProgramIntent extends ProgramWords {
  readonly program: ProgramReference;
}

/**
 * What is accepted and expected, and by whom. The operator's part counts for every object, a program's part only for
 * its own objects. Annotations on objects do not count.
 */
export interface Intent {
  /** What the operator accepts, as in `aks-netpol.yaml`. */
  readonly acknowledgements: readonly Acknowledgement[];
  /** What the operator expects. */
  readonly expectations: readonly Expectation[];
  /** What the programs that wrote the manifests accept and expect. */
  readonly programs: readonly ProgramIntent[];
}

export const NO_INTENT: Intent = { acknowledgements: [], expectations: [], programs: [] };

export function joinIntents(...intents: readonly Intent[]): Intent {
  return {
    acknowledgements: intents.flatMap(({ acknowledgements }) => acknowledgements),
    expectations: intents.flatMap(({ expectations }) => expectations),
    programs: intents.flatMap(({ programs }) => programs),
  };
}

/** The expectations of the operator and of all programs. */
export function expectationsIn({ expectations, programs }: Intent): readonly Expectation[] {
  return [...expectations, ...programs.flatMap((program) => program.expectations)];
}

/** Whether this program wrote the object at a position. */
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

/** The reason that a generated baseline has until somebody writes one. */
export const REASON_TO_WRITE = 'TODO: why is this all right?';

export function isReasonToWrite(reason: string): boolean {
  return /^TODO\b/i.test(reason);
}

/** The paths of a construct and those above it: `a/b`, `a` and `''` for `a/b`. */
export function* scopesOf(path: string): Generator<string> {
  yield path;
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    yield path.slice(0, end);
  }
  if (path !== '') {
    yield '';
  }
}

/** `no-engine for shop/*` */
export function describeAcknowledgement({ rule, construct, object }: Acknowledgement): string {
  const scope = construct ?? object ?? '';
  return scope === '' ? rule : `${rule} for ${scope}`;
}

/** Reads `main.ts:12:5`; line and column start at 1. Undefined for any other text. */
export function readCodePosition(text: unknown): CodePosition | undefined {
  const [, file, line, column] = /^(.+):(\d+):(\d+)$/.exec(typeof text === 'string' ? text : '') ?? [];
  const isOne = (number: string | undefined) => Number(number) >= 1 && Number.isSafeInteger(Number(number));
  return file !== undefined && isOne(line) && isOne(column)
    ? { file, line: Number(line), column: Number(column) }
    : undefined;
}
