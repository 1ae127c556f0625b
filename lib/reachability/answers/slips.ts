import { qualifiedName } from '../../model/cluster';
import { defined } from '../../model/defined';
import { nearestWord } from '../../model/edit-distance';
import type { LabelSelectorRequirement } from '../../model/label-selector';
import { NAMESPACE_NAME_LABEL } from '../../model/labels';
import type { PolicyType, Protocol } from '../../model/network-policy';
import type { TrafficPeer } from '../../model/policy-rules';
import { numbersOf } from '../../model/port-names';
import { meets, requirementsOf } from '../../model/selector-match';
import { isSlip } from '../../model/word-slip';
import type { PodPoint, Point, PossiblePoint } from '../judging/points';
import type { JudgedRule } from '../reading/judged-policy';
import type { PeerMatch } from '../reading/read-peers';

/** A word of a peer that means nobody, and the word with which the peer would mean the other end. */
export interface MisspeltPeer {
  readonly written: string;
  /** The name of a namespace, such as `monitoring`, or a label of pods, such as `app=frontend`. */
  readonly meant: string;
}

/** A port name of a rule that the destination does not declare. */
export interface UndeclaredPorts {
  /** `shop/web` */
  readonly destination: string;
  /** The undeclared name. */
  readonly name: string;
  readonly protocol: Protocol;
  /** The named ports that the destination declares: sorted, each once. */
  readonly declared: readonly { readonly name: string; readonly protocol: Protocol; readonly port: number }[];
  /** The declared name that is probably meant. */
  readonly meant?: string;
}

/**
 * The only word that keeps a peer from meaning a workload, if it is misspelt. A peer that means somebody is not
 * misspelt. Of namespaces only the names are compared.
 */
export function misspeltPeer(
  peer: TrafficPeer,
  match: PeerMatch | undefined,
  other: Point,
): MisspeltPeer | undefined {
  if (peer.kind !== 'pods' || other.kind !== 'pods' || match?.units.possible.isEmpty !== true) {
    return undefined;
  }
  const { namespace, labels } = other.unit.workload;
  const { namespaces, pods } = peer;
  const places = typeof namespaces === 'string' ? [] : requirementsOf(namespaces);
  if (
    (typeof namespaces === 'string' && namespaces !== namespace) ||
    places.some(({ key }) => key !== NAMESPACE_NAME_LABEL)
  ) {
    return undefined;
  }
  const unmet = [
    ...places.map((wanted) => ({ wanted, has: namespace, meant: namespace })),
    ...requirementsOf(pods).map((wanted) => {
      const has = labels[wanted.key];
      return { wanted, has, meant: `${wanted.key}=${has}` };
    }),
  ].filter(({ wanted, has }) => !meets(wanted, has));
  const [only] = unmet;
  const written = unmet.length === 1 && only !== undefined ? slipIn(only.wanted, only.has) : undefined;
  return only === undefined || written === undefined ? undefined : { written, meant: only.meant };
}

function slipIn(
  { operator, values = [] }: LabelSelectorRequirement,
  has: string | undefined,
): string | undefined {
  return operator === 'In' && has !== undefined ? values.find((value) => isSlip(value, has)) : undefined;
}

/** The first port name of a rule that the destination surely does not declare. */
export function undeclaredPorts(
  { ports = [] }: JudgedRule,
  direction: PolicyType,
  self: PodPoint | PossiblePoint,
  other: Point,
): UndeclaredPorts | undefined {
  const destination = direction === 'Ingress' ? self : other;
  if (destination.kind !== 'pods') {
    return undefined;
  }
  const { unit, pod } = destination;
  // A name that may open something is no slip.
  const shut = ports.flatMap(({ actual: { fixed, named } }) =>
    named === undefined || !fixed.possible.isEmpty || named.on.get(unit.ports)?.possible.isEmpty === false
      ? []
      : named,
  );
  const found = shut.find(({ name, protocol }) => numbersOf(unit.ports.names, name, protocol).length === 0);
  if (found === undefined) {
    return undefined;
  }
  const { name, protocol } = found;
  const { workload } = unit;
  const own = (pod ?? unit.pods[0])?.ports ?? workload.ports;
  const declared = new Map(
    own.flatMap((each) =>
      each.name === undefined
        ? []
        : [[`${each.name}/${each.protocol}/${each.port}`, { ...each, name: each.name }]],
    ),
  );
  const sorted = [...declared].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
  const alike = sorted.filter((each) => each.protocol === protocol).map((each) => each.name);
  return defined({
    destination: qualifiedName(workload),
    name,
    protocol,
    declared: sorted,
    meant: nearestWord(name, alike),
  });
}
