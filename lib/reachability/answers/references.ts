import { describeSource } from '../../model/cluster';
import { remember, remembered } from '../../model/collections';
import { defined } from '../../model/defined';
import type { PortSet } from '../../model/port-set';
import { arePods } from '../judging/point-groups';
import type { PointMatcher } from '../judging/point-matcher';
import type { RuleMatch, SideJudgement } from '../judging/side-judgement';
import type { JudgedPolicy } from '../reading/judged-policy';
import type { PolicyReference, RuleReference } from './verdict';

/** What has no name because it could not be read or listed is called `(unreadable)`, `(not listed)`. */
export const policyReference = remembered(
  ({ namespace, name, source, entry, unjudged }: JudgedPolicy): PolicyReference => {
    const known = name !== '' ? name : unjudged === undefined ? '(unreadable)' : '(not listed)';
    const kind = entry?.kind ?? unjudged?.kind;
    return {
      ...(kind === 'NetworkPolicy' && unjudged === undefined ? {} : defined({ kind })),
      policy: namespace === '' ? known : `${namespace}/${known}`,
      ...defined({ source }),
    };
  },
);

/** @param asked tells which entry of `ports` is the one to name */
export function ruleReference(
  matcher: PointMatcher,
  judgement: SideJudgement,
  { selection, rule, peer, ports }: RuleMatch,
  asked: PortSet,
): RuleReference {
  const { direction, self, other } = judgement;
  const port =
    arePods(self) && rule.ports !== undefined
      ? rule.ports.findIndex(({ actual }) =>
          matcher.openedBy(actual, direction, self, other).possible.overlaps(asked),
        )
      : -1;
  const { policy } = selection;
  const key = `${direction} ${rule.index} ${peer} ${port} ${ports.id}`;
  return remember(referencesOf(policy), key, () => ({
    ...policyReference(policy),
    direction,
    rule: rule.index,
    ...defined({ peer }),
    ...(port < 0 ? {} : { port }),
    ports: ports.possible,
  }));
}

/** Those of a policy by all that they say: many questions meet the same. */
const referencesOf = remembered((_: JudgedPolicy) => new Map<string, RuleReference>());

/** `policy shop/db-ingress (policies/db.yaml:12)`, `CiliumNetworkPolicy shop/db (policies/db.yaml:20)` */
export function describePolicy(reference: PolicyReference): string {
  const { source } = reference;
  const where = source === undefined ? '' : describeSource(source);
  return where === '' ? namePolicy(reference) : `${namePolicy(reference)} (${where})`;
}

function namePolicy({ kind = 'policy', policy }: PolicyReference): string {
  return `${kind} ${policy}`;
}

/** `policy shop/db-ingress ingress rule 0 (peer 1, port 0)` and its position */
export function describeRule({ direction, rule, peer, port, ...policy }: RuleReference): string {
  const places = [
    ...(peer === undefined ? [] : [`peer ${peer}`]),
    ...(port === undefined ? [] : [`port ${port}`]),
  ];
  const where = policy.source === undefined ? '' : describeSource(policy.source);
  const inBraces = [...places, ...(where === '' ? [] : [where])].join(', ');
  return `${namePolicy(policy)} ${direction.toLowerCase()} rule ${rule}${inBraces === '' ? '' : ` (${inBraces})`}`;
}
