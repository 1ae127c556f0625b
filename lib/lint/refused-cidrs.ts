import { REFUSES_CIDR_FLAWS } from '../model/cidr';
import { defined } from '../model/defined';
import type { FieldPath } from '../model/field-path';
import { isFrom } from '../model/kubernetes-version';
import { isPath } from '../model/place';
import type { ProblemCode } from '../model/problem';
import type { LintContext } from './context';
import type { Observation } from './lint-rule';

/** A policy that Kubernetes 1.36 refuses for the way a CIDR is written, and that older servers take. */
export interface RefusedCidr {
  readonly code: ProblemCode;
  readonly cidr: string;
  readonly field: FieldPath;
  /** What a finding about it says but for its message. */
  readonly found: Omit<Observation, 'message'>;
}

/**
 * The policies that could not be read for such a CIDR, on a cluster whose API server may take them. Only the
 * first problem of a policy is known, so that another one may hold it back.
 */
export function* refusedCidrs({ cluster, profile }: LintContext): Generator<RefusedCidr> {
  if (isFrom(profile.kubernetesVersion, REFUSES_CIDR_FLAWS) === true) {
    return;
  }
  for (const policy of cluster.unreadable) {
    const { kind, namespace, name, problem, source } = policy;
    const { code, value, at, fix } = problem;
    if (
      kind === 'NetworkPolicy' &&
      namespace !== undefined &&
      name !== undefined &&
      typeof value === 'string' &&
      isPath(at) &&
      (code === 'cidr-leading-zeros' || code === 'cidr-host-bits' || code === 'cidr-ipv4-mapped')
    ) {
      const found = { object: { kind, namespace, name }, ...defined({ source }), field: at, fix };
      yield { code, cidr: value, field: at, found };
    }
  }
}
