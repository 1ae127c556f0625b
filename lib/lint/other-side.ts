import { isCiliumKind } from '../model/cilium-kind';
import type { PolicyEntry } from '../model/cluster';
import { OPPOSITE } from '../model/network-policy';
import { type DirectedRule, type PodPeer, sectionOf } from '../model/policy-rules';
import type { WorkloadSet } from '../reachability/sets/workload-set';
import { ciliumPorts } from './cilium-pieces';
import type { LintContext } from './context';
import { type EditFix, together, writeElsewhere } from './fix';
import type { OneSided } from './one-sided';
import { legalName, openForThese, selectsThese } from './opening-fix';
import { podsPeer, portEntries, portsPart } from './pieces';
import { portsCode } from './words';

/**
 * What opens the other side of a connection: a rule there for the same pods gets the same ports, and where there is none,
 * one is added.
 *
 * @param name of the connection
 */
export function otherSide(found: OneSided, name: string, context: LintContext): EditFix {
  const { ports } = found;
  const twin = ports.isAll ? undefined : twinOf(found, context);
  const edits =
    twin === undefined
      ? newRules(found, name, context)
      : isCiliumKind(twin.policy)
        ? writeElsewhere(twin.policy, [...twin.rule.at, 'toPorts'], [{ ports: ciliumPorts(ports) }])
        : writeElsewhere(twin.policy, [...twin.rule.at, 'ports'], portEntries(ports));
  const on = () => `, ports: ${ports.isAll ? '[Port.all()]' : portsCode(ports)}`;
  return {
    ...edits,
    code: () =>
      `allow both sides at once: new AllowedConnection(chart, '${legalName(name)}', { from, to${on()} })`,
  };
}

/** A rule of the other side about exactly the same pods on both sides: it was meant for this connection. */
function twinOf(
  { rule, own, named, reaches }: OneSided,
  context: LintContext,
): { readonly policy: PolicyEntry; readonly rule: DirectedRule } | undefined {
  const direction = OPPOSITE[rule.direction];
  return policiesOf(reaches)
    .flatMap((policy) => context.allowing(policy, direction).map((each) => ({ policy, rule: each })))
    .find(
      ({ policy, rule: { peers, index } }) =>
        peers?.length === 1 &&
        peers[0]?.kind === 'pods' &&
        sectionOf(policy.rules, direction).rules[index]?.ports?.every(
          ({ filter }) => filter === undefined,
        ) !== false &&
        isSame(context.facts.meantBy(policy, direction, index, 0).possible, own) &&
        selectsThese(context, policy, named),
    );
}

function policiesOf(reaches: OneSided['reaches']): readonly PolicyEntry[] {
  return [...new Set(reaches.flatMap(({ policies }) => policies))];
}

function isSame(a: WorkloadSet, b: WorkloadSet): boolean {
  return a.without(b).isEmpty && b.without(a).isEmpty;
}

/** A rule for those whom the policy names, with its own pods, in each of their namespaces. */
function newRules(
  { policy, rule, peer, ports, named, reaches }: OneSided,
  name: string,
  context: LintContext,
): EditFix {
  const { pods } = peer as PodPeer;
  const direction = OPPOSITE[rule.direction];
  const policies = policiesOf(reaches);
  const workloads = named.list();
  const opened = [...new Set(workloads.map(({ namespace }) => namespace))].map((namespace) => {
    const peers = [podsPeer(policy.rules.subject, namespace)];
    return openForThese(
      context,
      {
        policies: policies.filter((each) => each.namespace === namespace),
        workloads: workloads.filter((each) => each.namespace === namespace),
      },
      { namespaces: namespace, pods },
      {
        direction,
        name,
        rule: { [direction === 'Ingress' ? 'from' : 'to']: peers, ...portsPart(ports) },
      },
    );
  });
  return together(...opened);
}
