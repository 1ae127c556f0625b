import { isCiliumKind } from '../../model/cilium-kind';
import type { PolicyEntry } from '../../model/cluster';
import { defined } from '../../model/defined';
import type { TrafficPort } from '../../model/policy-rules';
import { listWords } from '../../model/word-list';
import type { LintContext } from '../context';
import type { Changed } from '../engine-differences';
import { write } from '../fix';
import { byEntry, portValue } from '../kind-fixes';
import { eachDeparture, eachPolicy, type LintRule, type PolicyObservation } from '../lint-rule';
import { CILIUM } from '../rule-engines';

export const ciliumEgressPortName: LintRule = {
  id: 'cilium-egress-port-name',
  severity: 'error',
  summary:
    'on cilium, an egress rule names a port, which Cilium before 1.20 turns into one number for everybody',
  engines: CILIUM,
  fix: 'write the number of the port',
  *check(context) {
    yield* eachDeparture(['egress-port-name-is-one-number'], (departure, policy) =>
      departure.port === undefined
        ? undefined
        : judge(departure.port, policy, context, () => context.differences.change(policy, departure)),
    )(context);
    yield* eachPolicy(inCiliumKinds)(context);
  },
};

/** No specification tells of these kinds, so that nothing differs from it. */
function* inCiliumKinds(policy: PolicyEntry, context: LintContext): Generator<PolicyObservation> {
  for (const { ports = [] } of isCiliumKind(policy) ? context.allowing(policy, 'Egress') : []) {
    for (const entries of byEntry(ports)) {
      const [found] = entries.flatMap((entry) => judge(entry, policy, context) ?? []);
      if (found !== undefined) {
        yield found;
      }
    }
  }
}

/** @param find a connection that shows it */
function judge(
  entry: TrafficPort,
  policy: PolicyEntry,
  { facts, profile }: LintContext,
  find: () => Changed | undefined = () => undefined,
): PolicyObservation | undefined {
  const numbers = typeof entry.port === 'string' ? facts.numbersInCluster(entry) : [];
  const [only, ...others] = numbers;
  if (only === undefined) {
    return undefined;
  }
  const isManaged = profile.engine === 'cilium';
  const who = isManaged ? 'Cilium' : 'Cilium before 1.20';
  const name = entry.port;
  const change = find();
  const isWider = change !== undefined && change.specified === 'denied';
  const isWrong = isManaged && (others.length > 0 || isWider);
  const field = [...entry.at, 'port'];
  return {
    severity: isWrong ? 'error' : 'warning',
    field,
    message:
      others.length > 0
        ? `${name} is ${listWords(numbers.map(String))} in this cluster, so ${who} opens nothing here`
        : isWider
          ? `${name} is ${only} in the whole cluster, and ${who} opens ${only} towards everybody this rule means`
          : `${name} is ${only} in the whole cluster today; with ${who}, a workload of any namespace that gives it another number shuts it here`,
    ...defined({ witness: change?.text }),
    fix:
      others.length > 0
        ? 'write the number of the port, in a rule for each destination'
        : write(policy, field, portValue(policy, only)),
  };
}
