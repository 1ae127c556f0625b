import { REFUSES_CIDR_FLAWS } from '../model/cidr';
import { defined } from '../model/defined';
import type { FieldPath } from '../model/field-path';
import type { LintFinding } from '../model/finding';
import { isFrom } from '../model/kubernetes-version';
import { isPath } from '../model/place';
import type { ProblemCode } from '../model/problem';
import type { LintContext } from './context';

/** A policy that Kubernetes 1.36 refuses for the way a CIDR is written, and that older servers take. */
export interface RefusedCidr extends Pick<LintFinding, 'object' | 'source'> {
  readonly field: FieldPath;
  readonly code: ProblemCode;
  readonly cidr: string;
  readonly fix: string;
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
      yield {
        object: { kind, namespace, name },
        ...defined({ source }),
        field: at,
        fix,
        code,
        cidr: value,
      };
    }
  }
}
