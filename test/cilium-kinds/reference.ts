import { inNamespace, isEntity, isOutsideIn, isServiceSelected, meetsOne, prefixed } from './reference-match';
import type {
  Labels,
  Port,
  ReferenceCluster,
  ReferenceEnd,
  ReferenceFlow,
  ReferencePod,
  ReferencePolicy,
  Rule,
  Selector,
  Spec,
} from './reference-types';
import { isNumber, isValid } from './reference-validity';

/**
 * A second evaluator of Cilium's own kinds and of NetworkPolicies on Cilium, slow and plain: one connection at a time, and
 * nothing shared with `lib`. It knows what `test/cilium/arbitrary.ts` draws.
 *
 * @see cilium v1.19.5, pkg/policy and pkg/policy/api, read 2026-11-30
 */

type Direction = 'ingress' | 'egress';

/** One rule of one policy for the pods that it selects. */
interface Entry {
  readonly selects: (pod: ReferencePod) => boolean;
  readonly direction: Direction;
  readonly isDenial: boolean;
  readonly isolates: boolean;
  readonly matches: (peer: ReferenceEnd, flow: ReferenceFlow) => boolean;
}

/** The policies that agents leave out, and whether the others let a connection pass. */
export class ReferenceAgent {
  public readonly refused: readonly string[];
  private readonly entries: readonly Entry[];

  public constructor(
    private readonly cluster: ReferenceCluster,
    policies: readonly ReferencePolicy[],
  ) {
    const isRefused = (policy: ReferencePolicy) =>
      policy.kind !== 'NetworkPolicy' && specsOf(policy).some((spec) => !isValid(spec));
    this.refused = policies.filter(isRefused).map(({ metadata }) => metadata.name);
    this.entries = policies
      .filter((policy) => !isRefused(policy))
      .flatMap((policy) =>
        policy.kind === 'NetworkPolicy' ? this.entriesOfNetworkPolicy(policy) : this.entriesOf(policy),
      );
  }

  public passes(flow: ReferenceFlow): boolean {
    return this.side('egress', flow.from, flow.to, flow) && this.side('ingress', flow.to, flow.from, flow);
  }

  private side(direction: Direction, self: ReferenceEnd, peer: ReferenceEnd, flow: ReferenceFlow): boolean {
    if (!('pod' in self)) {
      return true;
    }
    const mine = this.entries.filter((each) => each.direction === direction && each.selects(self.pod));
    const matching = mine.filter(({ matches }) => matches(peer, flow));
    if (matching.some(({ isDenial }) => isDenial)) {
      return false;
    }
    const isOwnNode = direction === 'ingress' && 'node' in peer && peer.node === 'own';
    return isOwnNode || matching.length > 0 || !mine.some(({ isolates }) => isolates);
  }

  private entriesOf(policy: ReferencePolicy): Entry[] {
    const { namespace } = policy.metadata;
    return specsOf(policy).flatMap((spec) =>
      (['ingress', 'egress'] as const).flatMap((direction) =>
        [false, true].flatMap((isDenial) =>
          (spec[isDenial ? (`${direction}Deny` as const) : direction] ?? []).map((rule) => ({
            selects: (pod: ReferencePod) =>
              (namespace === undefined || pod.namespace === namespace) &&
              this.fits(spec.endpointSelector, { pod }),
            direction,
            isDenial,
            isolates: spec.enableDefaultDeny?.[direction] ?? true,
            matches: (peer: ReferenceEnd, flow: ReferenceFlow) =>
              this.ruleMatches(isDenial ? asDenial(rule) : rule, direction, namespace, peer, flow),
          })),
        ),
      ),
    );
  }

  private ruleMatches(
    { toPorts, icmps, ...peers }: Rule,
    direction: Direction,
    namespace: string | undefined,
    peer: ReferenceEnd,
    flow: ReferenceFlow,
  ): boolean {
    const hasPorts = (toPorts ?? []).length > 0 || icmps !== undefined;
    const named = this.named(peers, namespace);
    const isMeant = named === undefined ? hasPorts : named.some((isOne) => isOne(peer));
    if (!isMeant || icmps !== undefined) {
      return false;
    }
    return (
      !hasPorts ||
      (toPorts ?? []).some(({ ports = [] }) => ports.some((port) => this.portMatches(port, direction, flow)))
    );
  }

  /** Who is named; undefined where nobody is. */
  private named(peers: Readonly<Record<string, unknown>>, namespace: string | undefined) {
    const [[field, value] = ['', []]] = Object.entries(peers);
    const list = value as readonly unknown[];
    switch (field.replace(/^(from|to)/, '')) {
      case '':
        return undefined;
      case 'Endpoints':
        return list.map((each) => {
          const selector = inNamespace(each as Selector, namespace);
          return (peer: ReferenceEnd) => this.fits(selector, peer);
        });
      case 'Entities':
        return list.map((each) => (peer: ReferenceEnd) => isEntity(each as string, peer));
      case 'CIDR':
        return list.map((each) => (peer: ReferenceEnd) => isOutsideIn(peer, each as string));
      case 'CIDRSet':
        return list.map((each) =>
          this.blocks(each as { cidr?: string; cidrGroupRef?: string; except?: string[] }),
        );
      case 'FQDNs':
        // No name was ever looked up.
        return list.length === 0 ? undefined : [];
      case 'Services': {
        const found = list.flatMap((each) =>
          this.services(each as { k8sService?: object; k8sServiceSelector?: object }),
        );
        return found.length === 0 ? undefined : found;
      }
      default:
        throw new Error(`${field} is not known`);
    }
  }

  private blocks({
    cidr,
    cidrGroupRef,
    except = [],
  }: {
    cidr?: string;
    cidrGroupRef?: string;
    except?: string[];
  }) {
    const cidrs =
      cidr === undefined
        ? (this.cluster.groups.find(({ name }) => name === cidrGroupRef)?.cidrs ?? [])
        : [cidr];
    return (peer: ReferenceEnd) =>
      cidrs.some((each) => isOutsideIn(peer, each)) && !except.some((each) => isOutsideIn(peer, each));
  }

  private services({ k8sService, k8sServiceSelector }: { k8sService?: object; k8sServiceSelector?: object }) {
    const {
      namespace = '',
      serviceName,
      selector,
    } = (k8sServiceSelector ?? k8sService) as {
      namespace?: string;
      serviceName?: string;
      selector?: Selector;
    };
    return this.cluster.services
      .filter(
        (each) =>
          (namespace === '' || each.namespace === namespace) &&
          (selector === undefined ? each.name === serviceName : isServiceSelected(selector, each.labels)),
      )
      .flatMap(({ namespace: place, selector: pods, addresses = [] }) =>
        pods === undefined
          ? addresses.map((each) => (peer: ReferenceEnd) => isOutsideIn(peer, `${each}/32`))
          : [
              (peer: ReferenceEnd) =>
                'pod' in peer && peer.pod.namespace === place && this.fits({ matchLabels: pods }, peer),
            ],
      );
  }

  private portMatches(
    { port, endPort = 0, protocol = 'ANY' }: Port,
    direction: Direction,
    flow: ReferenceFlow,
  ): boolean {
    if (protocol !== 'ANY' && protocol !== flow.protocol) {
      return false;
    }
    const first = isNumber(port) ? Number(port) : this.numberOf(port, flow, direction);
    if (first === undefined) {
      return false;
    }
    const last = Math.max(first, endPort);
    return last === 0 || (flow.port >= first && flow.port <= last);
  }

  /** Ingress has the port of the pod, egress the only number that any pod of the cluster gives the name. */
  private numberOf(name: string, { to, protocol }: ReferenceFlow, direction: Direction): number | undefined {
    const owners = direction === 'egress' ? this.cluster.pods : 'pod' in to ? [to.pod] : [];
    const numbers = new Set(
      owners.flatMap(({ ports }) =>
        ports.filter((each) => each.name === name && each.protocol === protocol).map(({ port }) => port),
      ),
    );
    return numbers.size === 1 ? [...numbers][0] : undefined;
  }

  private entriesOfNetworkPolicy({ metadata: { namespace = 'default' }, spec }: ReferencePolicy): Entry[] {
    const { podSelector, policyTypes, ...rest } = spec as Readonly<Record<string, unknown>>;
    return (['ingress', 'egress'] as const)
      .filter(
        (direction) =>
          (policyTypes as string[]).some((each) => each.toLowerCase() === direction) ||
          rest[direction] !== undefined,
      )
      .flatMap((direction) => {
        const entry = {
          selects: (pod: ReferencePod) =>
            pod.namespace === namespace && this.fits(podSelector as Selector, { pod }),
          direction,
          isDenial: false,
          isolates: true,
        };
        const rules = (rest[direction] ?? []) as readonly Readonly<Record<string, unknown>>[];
        return [
          { ...entry, matches: () => false },
          ...rules.map(({ from, to, ports }) => ({
            ...entry,
            matches: (peer: ReferenceEnd, flow: ReferenceFlow) =>
              ((from ?? to) as readonly { podSelector?: Selector; namespaceSelector?: Selector }[]).some(
                (each) => this.isKubernetesPeer(each, namespace, peer),
              ) &&
              (ports as readonly { port: number | string }[]).some(({ port }) =>
                this.portMatches({ port: String(port), protocol: 'TCP' }, direction, flow),
              ),
          })),
        ];
      });
  }

  /** Cilium makes one selector of both, so that what is only negative fits addresses and nodes, too. */
  private isKubernetesPeer(
    { podSelector = {}, namespaceSelector }: { podSelector?: Selector; namespaceSelector?: Selector },
    own: string,
    peer: ReferenceEnd,
  ): boolean {
    const key = 'k8s:io.kubernetes.pod.namespace';
    const place: Selector =
      namespaceSelector === undefined
        ? { matchLabels: { [key]: own } }
        : Object.values(namespaceSelector).length === 0
          ? { matchExpressions: [{ key, operator: 'Exists' }] }
          : prefixed(namespaceSelector, 'k8s:io.cilium.k8s.namespace.labels.');
    return this.fits(prefixed(podSelector, 'k8s:'), peer) && this.fits(place, peer);
  }

  private namespaceLabels(name: string): Labels {
    const { labels = {} } = this.cluster.namespaces.find((each) => each.name === name) ?? {};
    return { ...labels, 'kubernetes.io/metadata.name': name };
  }

  /** Whether the labels of an identity fit a selector. */
  private fits({ matchLabels = {}, matchExpressions = [] }: Selector, end: ReferenceEnd): boolean {
    const labels = this.identity(end);
    const find = (key: string) => {
      const plain = key.replace(/^any:/, '');
      return plain.includes(':')
        ? labels[plain]
        : Object.entries(labels).find(([each]) => each.slice(each.indexOf(':') + 1) === plain)?.[1];
    };
    return (
      Object.entries(matchLabels).every(([key, value]) => find(key) === value) &&
      matchExpressions.every((each) => meetsOne(each, find(each.key)))
    );
  }

  /** The labels that policies see, with their sources. */
  private identity(end: ReferenceEnd): Labels {
    if ('node' in end) {
      return { [end.node === 'own' ? 'reserved:host' : 'reserved:remote-node']: '' };
    }
    if ('address' in end) {
      return { 'reserved:world': '', ...(end.isApiServer ? { 'reserved:kube-apiserver': '' } : {}) };
    }
    const { namespace, labels } = end.pod;
    const own = Object.entries(labels).filter(([key]) => !key.startsWith('pod-template-hash'));
    const place = Object.entries(this.namespaceLabels(namespace));
    return Object.fromEntries([
      ...own.map(([key, value]) => [`k8s:${key}`, value]),
      ...place.map(([key, value]) => [`k8s:io.cilium.k8s.namespace.labels.${key}`, value]),
      ['k8s:io.kubernetes.pod.namespace', namespace],
    ]);
  }
}

function specsOf({ spec, specs = [] }: ReferencePolicy): readonly Spec[] {
  return [...(spec === undefined ? [] : [spec as Spec]), ...(specs as readonly Spec[])];
}

/** Of a denial Cilium looks for no services, and knows no names. */
function asDenial(rule: Rule): Rule {
  return Object.fromEntries(
    Object.entries(rule).map(([key, value]) => [key, key === 'toServices' || key === 'toFQDNs' ? [] : value]),
  ) as Rule;
}
