import { qualifiedName } from '../model/cluster';
import { defined } from '../model/defined';
import { type ManagedKind, policyKindNamed, policyKindOf } from '../model/policy-kinds';
import { NetworkPolicyError } from '../model/problem';
import { type ManagedPolicy, policyName } from '../plan/any-policy';
import { checkNamespace } from './namespace';

/** The policy that a person names. */
export interface NamedPolicy {
  /** Left out for any. */
  readonly kind?: ManagedKind;
  /** Where it is if it is in a namespace at all. */
  readonly namespace: string;
  /** Whether the person has said so. */
  readonly isPlaced: boolean;
  readonly name: string;
}

/**
 * Reads the name of a policy: `db`, `shop/db`, `cnp/db`, `cnp/shop/db`, `ccnp/db`.
 *
 * @param own the namespace of a name that has none
 * @param kind what `--kind` says: then the name has no kind before it
 * @throws NetworkPolicyError `namespace-invalid`, `end-unreadable`
 */
export function policyNamed(text: string, own: string, kind?: ManagedKind): NamedPolicy {
  const [first = '', ...rest] = text.split('/');
  const prefix = kind === undefined && rest.length > 0 ? policyKindNamed(first) : undefined;
  const known = defined({ kind: kind ?? prefix });
  const [namespace = '', ...names] = prefix === undefined ? [first, ...rest] : rest;
  if (names.length === 0) {
    return { ...known, namespace: own, isPlaced: false, name: namespace };
  }
  checkNamespace(namespace, text);
  if (known.kind?.isNamespaced === false) {
    throw new NetworkPolicyError({
      code: 'end-unreadable',
      at: 'the policy',
      got: text,
      problem: `a ${known.kind.kind} is in no namespace`,
      fix: `write ${known.kind.shortNames[0]}/${names.join('/')}`,
    });
  }
  return { ...known, namespace, isPlaced: true, name: names.join('/') };
}

/**
 * The policy of this name; undefined if there is none.
 *
 * @throws NetworkPolicyError `policy-ambiguous`
 */
export function findNamed(
  { kind, namespace, isPlaced, name }: NamedPolicy,
  policies: readonly ManagedPolicy[],
): ManagedPolicy | undefined {
  const found = policies.filter(
    (policy) =>
      policy.name === name &&
      (kind === undefined || policy.kind === kind.kind) &&
      (policy.namespace === undefined ? !isPlaced : policy.namespace === namespace),
  );
  if (found.length > 1) {
    const names = new Set(found.map(asWritten));
    throw new NetworkPolicyError({
      code: 'policy-ambiguous',
      at: 'the policy',
      got: name,
      problem: 'several policies have this name',
      fix:
        names.size === 1
          ? `keep one of them: ${policyName(found[0] as ManagedPolicy)}`
          : `write one of ${[...names].join(', ')}`,
    });
  }
  return found[0];
}

/** `cnp/shop/db`: a name that means one policy. */
export function asWritten(policy: ManagedPolicy): string {
  const { namespace, name } = policy;
  return `${policyKindOf(policy).shortNames[0]}/${qualifiedName({ ...defined({ namespace }), name })}`;
}

/** What a person calls a policy that is not there. */
export function nameGiven({ kind, namespace, name }: NamedPolicy): string {
  return kind === undefined
    ? `${namespace}/${name}`
    : policyName({
        kind: kind.kind,
        ...defined({ namespace: kind.isNamespaced ? namespace : undefined }),
        name,
      });
}
