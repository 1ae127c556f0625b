import { schemaProblems } from '../cilium-kinds/cilium-schema';
import type { WrittenPolicy } from '../manifests/written-policy';
import { checkMetadata, validateNetworkPolicy } from '../model/check-policy';
import { isDnsLabel } from '../model/names';
import { isInField } from '../model/place';
import { policyKindOf } from '../model/policy-kinds';
import { describeProblem, type Problem, type ProblemCode } from '../model/problem';
import { withoutServerFields } from '../plan/server-fields';
import { ciliumPolicyCode } from './cilium-policy-code';
import { networkPolicyCode } from './network-policy-code';
import { objectCode, type PolicyCode, type WrittenFields } from './object-code';

/** Problems that leave open what the policy says. */
const AMBIGUOUS: readonly ProblemCode[] = ['key-duplicate', 'object-conflict', 'version-unknown'];

/** @param id of the construct, unique in its chart */
export function policyCode(policy: WrittenPolicy, id: string): PolicyCode {
  const ambiguity = policy.problems.find(({ code }) => AMBIGUOUS.includes(code));
  const value = withoutServerFields(policy.value);
  const isCilium = value.kind !== 'NetworkPolicy';
  const problems = isCilium ? ciliumProblems(value) : validateNetworkPolicy(value);
  const reasonAgainst = ambiguity === undefined ? whyUnplaced(policy, problems) : describeProblem(ambiguity);
  if (reasonAgainst !== undefined) {
    return { as: 'nothing', reason: reasonAgainst };
  }
  const [problem] = problems;
  if (problem !== undefined) {
    const who = isCilium ? 'a cluster with Cilium 1.17 to 1.19' : 'a cluster of Kubernetes 1.36';
    return objectCode(policy, id, value, `${who} refuses it: ${describeProblem(problem)}`);
  }
  return isCilium ? ciliumPolicyCode(policy, id, value) : networkPolicyCode(policy, id, value);
}

function ciliumProblems(value: WrittenFields): readonly Problem[] {
  const problems: Problem[] = [];
  checkMetadata(value.metadata ?? {}, problems);
  return [...schemaProblems(value), ...problems];
}

/** Why the namespace or the name of a policy is not known; a misspelt field could be its namespace. */
function whyUnplaced(
  { namespace, name, value }: WrittenPolicy,
  problems: readonly Problem[],
): string | undefined {
  if (name === undefined) {
    return 'it has no name';
  }
  const { isNamespaced } = policyKindOf({ kind: String(value.kind) });
  const isKnown =
    !isNamespaced ||
    (namespace !== undefined &&
      isDnsLabel(namespace) &&
      problems.every(
        ({ code, at }) => code !== 'field-unknown' || isInField(at, ['spec']) || isInField(at, ['specs']),
      ));
  return isKnown ? undefined : 'its namespace is not known';
}
