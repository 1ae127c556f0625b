import { defined } from './defined';
import { nearestWord } from './edit-distance';
import { describePlace, inside, type Place, placeOf, type Spot } from './place';

/** What can be wrong with an input. A code never changes its meaning, so that tests and callers can match on it. */
export type ProblemCode =
  // objects and fields
  | 'type-mismatch'
  | 'field-unknown'
  | 'status-superfluous'
  | 'name-missing'
  | 'name-invalid'
  | 'namespace-missing'
  | 'namespace-invalid'
  | 'label-key-invalid'
  | 'label-value-invalid'
  | 'annotation-key-invalid'
  | 'annotations-too-large'
  // selectors
  | 'operator-unknown'
  | 'values-missing'
  | 'values-not-allowed'
  | 'namespace-names-missing'
  | 'selector-unreadable'
  | 'selector-in-other-namespace'
  // peers
  | 'peer-empty'
  | 'peer-mixed'
  | 'peer-unreadable'
  | 'cidr-missing'
  | 'cidr-invalid'
  | 'cidr-leading-zeros'
  | 'cidr-ipv4-mapped'
  | 'cidr-host-bits'
  | 'except-outside-cidr'
  // ports
  | 'port-out-of-range'
  | 'port-range-reversed'
  | 'port-name-invalid'
  | 'end-port-with-name'
  | 'end-port-without-port'
  | 'protocol-unknown'
  | 'ports-empty'
  | 'ports-too-many'
  | 'icmp-type-invalid'
  // rules and policies
  | 'peers-missing'
  | 'policy-type-unknown'
  | 'policy-types-too-many'
  | 'policy-duplicate'
  | 'policy-file-shared'
  // what only Cilium's own policies say
  | 'cilium-policy-needed'
  | 'no-own-namespace'
  | 'peer-not-in-rule'
  | 'host-name-invalid'
  | 'host-name-too-wide'
  | 'service-with-ports'
  | 'http-empty'
  | 'http-invalid'
  | 'http-ports-invalid'
  | 'label-key-reserved'
  | 'direction-left-open'
  | 'cilium-not-the-engine'
  | 'acns-policies-off'
  | 'http-in-clusterwide-policy'
  // policies of Cilium's own kinds in manifests
  | 'fields-exclusive'
  | 'list-too-long'
  // presets
  | 'baseline-unknown'
  | 'connection-end-unreadable'
  | 'connection-outside-cluster'
  | 'connection-ports-missing'
  | 'baseline-direction-open'
  // the twin of a policy in another kind
  | 'no-twin'
  | 'twin-differs'
  // required traffic
  | 'profile-field-missing'
  | 'addresses-missing'
  | 'ipv6-not-for-engine'
  | 'host-names-not-expressible'
  | 'local-dns-not-expressible'
  | 'node-local-dns-addresses-missing'
  | 'webhook-callers-unknown'
  // manifests
  | 'file-unreadable'
  | 'file-exists'
  | 'project-missing'
  | 'file-unwritable'
  | 'folder-empty'
  | 'folder-not-built'
  | 'manifest-missing'
  | 'kustomize-failed'
  | 'file-too-large'
  | 'folder-too-large'
  | 'encoding-invalid'
  | 'syntax-invalid'
  | 'key-duplicate'
  | 'key-not-text'
  | 'aliases-excessive'
  | 'nesting-excessive'
  | 'document-without-separator'
  | 'separator-invalid'
  | 'directive-refused'
  | 'kind-missing'
  | 'kind-misspelt'
  | 'version-unknown'
  | 'template-missing'
  | 'object-conflict'
  // questions
  | 'port-unreadable'
  | 'request-unreadable'
  | 'end-unreadable'
  | 'end-unknown'
  // findings
  | 'finding-unknown'
  | 'reason-missing'
  // aks-netpol.yaml
  | 'field-missing'
  | 'date-invalid'
  | 'documents-several'
  // the side file that synth writes beside the manifests
  | 'file-passed-over'
  | 'link-outside'
  | 'side-file-invalid'
  | 'side-file-without-digests'
  | 'side-file-newer'
  // the cluster's profile
  | 'profile-unreadable'
  | 'value-unknown'
  | 'kubernetes-version-invalid'
  | 'address-invalid'
  | 'cluster-missing'
  | 'cluster-ambiguous'
  | 'cilium-data-plane-missing'
  | 'cilium-policy-missing'
  | 'azure-policy-on-kubenet'
  | 'plugin-not-for-engine'
  | 'cilium-data-plane-without-azure-cni'
  | 'overlay-without-azure-cni'
  | 'windows-not-for-engine'
  | 'windows-on-kubenet'
  | 'acns-without-cilium'
  // the cluster in Terraform
  | 'peer-dependency-missing'
  | 'engine-not-offered'
  | 'engine-undone'
  | 'engines-missing'
  | 'not-in-provider'
  | 'provider-version-conflict'
  | 'object-unreadable'
  | 'object-duplicate'
  | 'objects-missing'
  // the live cluster
  | 'confirmation-missing'
  | 'admission-denied'
  | 'changed-meanwhile'
  | 'changes-refused'
  | 'kind-not-installed'
  | 'policy-ambiguous'
  | 'options-contradict'
  | 'input-wrong'
  | 'source-unclear'
  | 'kubectl-missing'
  | 'kubectl-failed'
  | 'answer-unreadable'
  | 'git-missing'
  | 'git-failed'
  | 'path-not-committed'
  | 'ref-unknown'
  | 'cluster-unreachable'
  | 'not-signed-in'
  | 'forbidden'
  | 'object-missing'
  | 'field-conflict';

/** A problem as data, so that tests and programs can read its parts. */
export interface Problem {
  readonly code: ProblemCode;
  /** The path of a field (`['spec', 'ingress', 0]`), or the name of a call or a thing (`Port.tcpRange`). */
  readonly at: Place;
  /** The key of the label or annotation, if `at` is the field that holds all of them. */
  readonly key?: string;
  /** The value that was given, as text. */
  readonly got: string;
  /** The value itself, for a refused CIDR and for a value that is not a string. */
  readonly value?: unknown;
  /** Set if the value should be a string. */
  readonly expected?: 'string';
  /** What is wrong with it. */
  readonly problem: string;
  /** What to write instead. */
  readonly fix: string;
}

/** Collects problems; every check in this room adds to one and continues after a problem. */
export type Problems = Problem[];

export type ValueCheck = (value: unknown, at: Spot, problems: Problems) => void;

/** `at: problem; got …; fix [code]`. An unknown field is named in the problem, which is all that was got. */
export function describeProblem({ code, at, got, problem, fix }: Problem): string {
  const what = code === 'field-unknown' ? problem : `${problem}; got ${got}`;
  return `${describePlace(at)}: ${what}; ${fix} [${code}]`;
}

/** A value as problems show it: JSON of at most 80 characters. */
export function show(value: unknown): string {
  if (value === undefined) {
    return 'nothing';
  }
  if (typeof value === 'number' || typeof value === 'bigint') {
    return String(value);
  }
  if (typeof value === 'function') {
    return `the function ${value.name}`;
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && !isPlainObject(value)) {
    return `a ${value.constructor?.name ?? 'value'}`;
  }
  let text: string;
  try {
    text = JSON.stringify(value) ?? String(value);
  } catch {
    text = Object.prototype.toString.call(value);
  }
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** The only error that this package throws for refused input. Match on `code`, show `message`. */
export class NetworkPolicyError extends Error implements Problem {
  public override readonly name = 'NetworkPolicyError';
  public readonly code: ProblemCode;
  /** The place as text. */
  public readonly at: string;
  public readonly got: string;
  public readonly problem: string;
  public readonly fix: string;

  public constructor(problem: Problem) {
    super(describeProblem(problem));
    this.code = problem.code;
    this.at = describePlace(problem.at);
    this.got = problem.got;
    this.problem = problem.problem;
    this.fix = problem.fix;
  }
}

/** Throws the first problem that a check reports. */
export function refuseIf(check: (problems: Problems) => void): void {
  const problems: Problems = [];
  check(problems);
  const [first] = problems;
  if (first !== undefined) {
    throw new NetworkPolicyError(first);
  }
}

/**
 * Whether `value` is a string; reports `type-mismatch` if not.
 *
 * @param key of the label or annotation that has the value
 */
export function isString(value: unknown, at: Spot, problems: Problems, key?: string): value is string {
  if (typeof value === 'string') {
    return true;
  }
  problems.push({
    code: 'type-mismatch',
    at: placeOf(at),
    ...defined({ key }),
    got: show(value),
    value,
    expected: 'string',
    problem: 'must be a string',
    fix: typeof value === 'boolean' || typeof value === 'number' ? `quote it: "${value}"` : 'give a string',
  });
  return false;
}

/** Whether `value` is a list; reports `type-mismatch` if not. */
export function isList(value: unknown, at: Spot, problems: Problems): value is readonly unknown[] {
  if (Array.isArray(value)) {
    return true;
  }
  problems.push({
    code: 'type-mismatch',
    at: placeOf(at),
    got: show(value),
    problem: 'must be a list',
    fix: value == null ? 'give a list' : 'put it in brackets',
  });
  return false;
}

/** Checks every entry of a list; reports `type-mismatch` if it is not a list. */
export function checkEach(list: unknown, at: Spot, problems: Problems, check: ValueCheck): void {
  if (list != null && isList(list, at, problems)) {
    for (const [i, entry] of list.entries()) {
      check(entry, inside(at, i), problems);
    }
  }
}

/** Whether `value` is an object of keys and values; reports `type-mismatch` if not. */
export function isMap(value: unknown, at: Spot, problems: Problems): value is Record<string, unknown> {
  if (isPlainObject(value)) {
    return true;
  }
  problems.push({
    code: 'type-mismatch',
    at: placeOf(at),
    got: show(value),
    problem: 'must be an object',
    fix: 'give keys and values in braces',
  });
  return false;
}

/** Whether `value` is an object of keys and values, and no list nor an instance of a class such as `Map`. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return false;
  }
  const prototype = Object.getPrototypeOf(value);
  // Objects may come from other realms, as in a test runner, whose Object.prototype differs.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Reports every field of `object` that `known` does not list, as the API server does in strict mode. */
export function checkFields(object: object, known: readonly string[], at: Spot, problems: Problems): void {
  for (const field of Object.keys(object)) {
    if (!known.includes(field)) {
      problems.push(fieldUnknown(field, at, nearestWord(field, known), known));
    }
  }
}

/**
 * The problem with a field that nobody knows.
 *
 * @param meant the one that was probably meant
 */
export function fieldUnknown(
  field: string,
  at: Spot,
  meant: string | undefined,
  known: readonly string[],
): Problem {
  return {
    code: 'field-unknown',
    at: placeOf(at, field),
    got: show(field),
    problem: `unknown field ${show(field)}`,
    fix: meant === undefined ? `the fields here are ${known.join(', ')}` : `did you mean ${show(meant)}?`,
  };
}
