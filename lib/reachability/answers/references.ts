import { remember, remembered } from '../../model/collections';
import { defined } from '../../model/defined';
import { fieldText } from '../../model/field-path';
import type { PolicyType } from '../../model/network-policy';
import type { PortSet } from '../../model/port-set';
import { describeSource } from '../../model/source-position';
import type { PointMatcher } from '../judging/point-matcher';
import { arePods } from '../judging/points';
import type { RuleMatch, SideJudgement } from '../judging/side-judgement';
import type { JudgedPolicy, JudgedRule } from '../reading/judged-policy';
import type { PolicyReference, RuleReference } from './verdict';

/** A policy without a name could not be read or listed, and is called `(unreadable)` or `(not listed)`. */
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

/** @param asked the reference names the first entry of `ports` with some of these ports */
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
    ...placeOf(direction, rule),
    ...defined({ peer }),
    ...(port < 0 ? {} : { port }),
    ports: ports.possible,
  }));
}

/** The place of a rule in its field, and the field if it is not the one of its direction. */
function placeOf(
  direction: PolicyType,
  { index, says }: JudgedRule,
): Pick<RuleReference, 'section' | 'rule'> {
  const { at = [] } = says ?? {};
  const place = at.at(-1);
  const section = fieldText(at.slice(at[0] === 'specs' ? 0 : 1, -1));
  return typeof place === 'number' && section !== direction.toLowerCase()
    ? { section, rule: place }
    : { rule: index };
}

/** Remembered because many questions meet the same rule. */
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

/** `policy shop/db-ingress ingress rule 0 (peer 1, port 0, policies/db.yaml:12)` */
export function describeRule({ peer, port, ...rule }: RuleReference): string {
  const places = [
    ...(peer === undefined ? [] : [`peer ${peer}`]),
    ...(port === undefined ? [] : [`port ${port}`]),
  ];
  const where = rule.source === undefined ? '' : describeSource(rule.source);
  const inBraces = [...places, ...(where === '' ? [] : [where])].join(', ');
  return `${namePolicy(rule)} ${nameRule(rule)}${inBraces === '' ? '' : ` (${inBraces})`}`;
}

/** `ingress rule 0`, `egressDeny rule 1` */
export function nameRule({
  direction,
  section = direction.toLowerCase(),
  rule,
}: Pick<RuleReference, 'direction' | 'section' | 'rule'>): string {
  return `${section} rule ${rule}`;
}
