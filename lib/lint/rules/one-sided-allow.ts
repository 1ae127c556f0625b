import { qualifiedName, type Workload } from '../../model/cluster';
import { append } from '../../model/collections';
import { about, type LintContext } from '../context';
import type { LintRule, Observation } from '../lint-rule';
import { deniedBy, type OneSided, oneSided, twoOf } from '../one-sided';
import { otherSide } from '../other-side';
import { describePorts } from '../words';

export const oneSidedAllow: LintRule = {
  id: 'one-sided-allow',
  severity: 'warning',
  summary: 'a policy allows a connection that the other side denies altogether',
  fix: {
    yaml: 'allow it on the other side, too: a rule for its pods with the same ports',
    code: "allow both sides at once: new AllowedConnection(chart, 'web-to-db', { from, to, ports })",
  },
  *check(context) {
    const told = new Map<string, OneSided[]>();
    for (const found of oneSided(context, 'Egress')) {
      const named = found.named.list();
      for (const namespace of namespacesOf(named)) {
        append(told, namespace, found);
      }
      yield observe(found, [found.own.list(), named], context);
    }
    for (const found of oneSided(context, 'Ingress')) {
      // The same connection, of which each side names the other, is told once.
      const own = found.own.list();
      const near = [...namespacesOf(own)].flatMap((namespace) => told.get(namespace) ?? []);
      if (!near.some((each) => each.own.overlaps(found.named) && each.named.overlaps(found.own))) {
        yield observe(found, [found.named.list(), own], context);
      }
    }
  },
};

function observe(
  found: OneSided,
  [from, to]: readonly [readonly Workload[], readonly Workload[]],
  context: LintContext,
): Observation {
  const { words } = context;
  const { policy, rule, peer, ports, theirs } = found;
  const isEgress = rule.direction === 'Egress';
  const [here, there] = isEgress ? ['egress', 'ingress'] : ['ingress', 'egress'];
  const other = theirs.isEmpty ? `${there} allows none of it` : `${there} allows ${describePorts(theirs)}`;
  const [source, destination] = twoOf(from, to);
  return {
    ...about(policy),
    field: peer.at,
    message: `from ${words.workloads(from)} to ${words.workloads(to)}: ${here} allows ${describePorts(ports)}, ${other}`,
    witness: `${qualifiedName(source)} → ${qualifiedName(destination)} on ${describePorts(ports)} is denied by ${deniedBy(found)}`,
    fix: otherSide(found, `${source.name}-to-${destination.name}`, context),
  };
}

function namespacesOf(workloads: readonly Workload[]): ReadonlySet<string> {
  return new Set(workloads.map(({ namespace }) => namespace));
}
