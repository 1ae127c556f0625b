import type { Service, ServicePort, Workload } from '../model/cluster';
import type { TrafficPort } from '../model/policy-rules';
import { remember } from '../model/remember';
import { targetOf } from '../model/service-pods';
import type { Target } from '../model/service-targets';
import type { Reach } from '../reachability/reach';
import type { LintContext } from './context';
import { add, type EditFix, say, together, withMore, writeElsewhere } from './fix';
import { openForOne, selectsThese } from './opening-fix';
import { portsPart } from './pieces';

/** A port of a workload that no policy opens, and the services that send there and are mended alike. */
export interface ShutTarget extends Pick<Target, 'workload' | 'ports'> {
  readonly services: readonly Service[];
  readonly reach: Reach;
  readonly fix: EditFix;
}

type Growing = ShutTarget & { readonly services: Service[] };

/** Many services may have many workloads behind them: what they share is one finding. */
export function shutTargets(context: LintContext): Iterable<ShutTarget> {
  const reaches = new Map<Workload, readonly Reach[]>();
  const found = new Map<Workload, Map<string, Growing>>();
  for (const service of context.cluster.services) {
    for (const target of isPartlyUnfiltered(service, context) ? [] : context.targets.of(service)) {
      const { workload, ports } = target;
      const own = remember(reaches, workload, () => reachesOf(workload, context));
      const [reach] = own;
      if (reach === undefined || own.some(({ opened }) => opened.overlaps(ports))) {
        continue;
      }
      const fix = fixOf(target, reach, context);
      const ofWorkload = remember(found, workload, () => new Map<string, Growing>());
      const { services } = remember(ofWorkload, `${ports} ${say(fix.yaml)}`, () => ({
        services: [],
        workload,
        ports,
        reach,
        fix,
      }));
      // It may send there from two ports of its own.
      if (services.at(-1) !== service) {
        services.push(service);
      }
    }
  }
  return [...found.values()].flatMap((targets) => [...targets.values()]);
}

/** What the workload's pods exchange, each with those that are treated alike. */
function reachesOf(workload: Workload, { survey }: LintContext): readonly Reach[] {
  return survey.reachesOf('Ingress', survey.setOf([workload]));
}

/** The likely mistake is a rule for the port of the service that sends there, unless the pods listen on that one, too. */
function fixOf(target: Target, { policies }: Reach, context: LintContext): EditFix {
  const { service, workload, port, protocol, ports } = target;
  const own = service.ports.filter(
    (each) =>
      each.protocol === protocol &&
      targetOf(each, workload.ports) === port &&
      !workload.ports.some((other) => other.port === each.port && other.protocol === protocol),
  );
  const entries = policies.flatMap((policy) =>
    context
      .allowing(policy, 'Ingress')
      .flatMap((rule) => rule.ports ?? [])
      .filter((entry) => own.some((each) => isFor(entry, each)))
      .map((entry) => ({ policy, entry })),
  );
  return entries.length > 0
    ? together(
        ...entries.map(({ policy, entry: { at } }) =>
          // Others whom the policy selects may listen on the port that stands there.
          selectsThese(context, policy, context.survey.setOf([workload]))
            ? writeElsewhere(policy, [...at, 'port'], port)
            : add(policy, at.slice(0, -1), { protocol, port }),
        ),
      )
    : withMore(
        openForOne(
          context,
          { policies, workload },
          {
            direction: 'Ingress',
            name: `allow-${workload.name}`,
            rule: { from: [{ podSelector: {} }], ...portsPart(ports) },
          },
        ),
        ', with whoever uses it as peers',
      );
}

/** Whether an entry of a rule names the port of a service. */
function isFor({ port, endPort, protocol }: TrafficPort, of: ServicePort): boolean {
  return port === of.port && endPort === undefined && protocol === of.protocol;
}

/** Azure NPM lets traffic in that comes through the pod's own node by a port of nodes. */
function isPartlyUnfiltered({ type, externalTrafficPolicy }: Service, { profile }: LintContext): boolean {
  return (
    profile.engine === 'azure' &&
    (type === 'LoadBalancer' || type === 'NodePort') &&
    externalTrafficPolicy !== 'Local'
  );
}
