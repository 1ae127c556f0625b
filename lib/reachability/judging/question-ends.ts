import { readCidr } from '../../model/cidr';
import {
  type Cluster,
  type ClusterNode,
  qualifiedName,
  type Service,
  type Unreadable,
} from '../../model/cluster';
import { append, remember } from '../../model/collections';
import { nearestWord } from '../../model/edit-distance';
import { type AddressPosition, IpSet, positionOf } from '../../model/ip-set';
import { readHostName } from '../../model/named-host';
import { isDnsLabel } from '../../model/names';
import { PodSet } from '../../model/pod-set';
import { readPods } from '../../model/pods-by-labels';
import type { PodSelection } from '../../model/policy-rules';
import { describePods } from '../../model/policy-text';
import { NetworkPolicyError, show } from '../../model/problem';
import { isBehind } from '../../model/service-pods';
import { INTERNET, INTERNET_IPV4 } from '../sets/internet';
import { isCompleted, positions, type Unit } from '../sets/units';
import { type AskedPods, areAskedPods, readAskedPods } from './asked-pods';
import type { NodePoint, PodPoint, Point, PossiblePoint } from './points';

/** Something unknown on which a verdict depends. */
export interface Doubt {
  readonly code:
    | 'end-unreadable'
    | 'service-address'
    | 'policy-unreadable'
    | 'policy-not-judged'
    | 'port-name-undefined'
    | 'namespace-labels-unknown'
    | 'pod-labels-unknown'
    | 'address-unknown'
    | 'name-unknown'
    | 'request-unknown'
    | 'placement-unknown'
    | 'engine-undocumented';
  readonly text: string;
}

/** One end of a question. */
export interface End {
  /** As it was asked. */
  readonly text: string;
  readonly points: readonly Point[];
  /** Set if the end names pods by their labels. */
  readonly set?: PodSet;
  /** Why nothing is known of the end: it could not be read, or it is the address of a service. */
  readonly doubt?: Doubt;
}

/** Finds pods by their labels. */
export interface PodsByLabels {
  known(selection: PodSelection): readonly Unit[];
  /**
   * The sets of possible pods. Pods of known controllers are left out, unless nobody else is in the set.
   *
   * @param isKnown whether known pods are in the set
   */
  possible(set: PodSet, isKnown: boolean): readonly PodSet[];
}

/** Finds out what the words of a question mean. */
export class Ends {
  private readonly known = new Map<string, End>();
  private readonly bySelectors = new Map<string, End>();
  private readonly byName = new Map<string, PodPoint[]>();
  private readonly byPod = new Map<string, PodPoint[]>();
  private readonly byAddress = new Map<AddressPosition, Point[]>();
  /** The names of pods that are over. */
  private readonly gone = new Set<string>();
  /** The names of workloads whose labels nobody knows. */
  private readonly unlabelled = new Set<string>();
  private readonly services = new Map<AddressPosition, Service>();
  private knownDotted: ReadonlyMap<string, string> | undefined;

  /**
   * @param isDualStack whether the internet has IPv6 addresses for this cluster
   * @param ranges where addresses of services and pods lie, also unknown ones
   */
  public constructor(
    private readonly cluster: Cluster,
    units: readonly Unit[],
    private readonly isDualStack: boolean,
    private readonly ranges: { readonly services: IpSet; readonly pods: IpSet },
    private readonly pods: PodsByLabels,
  ) {
    for (const unit of units) {
      append(this.byName, qualifiedName(unit.workload), { kind: 'pods', unit });
      for (const pod of unit.pods) {
        const point: PodPoint = { kind: 'pods', unit, pod };
        append(this.byPod, `${unit.workload.namespace}/${pod.name}`, point);
        for (const address of unit.workload.hostNetwork ? [] : (positions(pod.addresses) ?? [])) {
          append(this.byAddress, address, { ...point, address });
        }
      }
    }
    for (const node of cluster.nodes) {
      for (const address of positions(node.addresses) ?? []) {
        append(this.byAddress, address, { ...nodePoint(node), addresses: [address] });
      }
    }
    for (const workload of cluster.workloads) {
      for (const { name } of workload.pods.filter(isCompleted)) {
        this.gone.add(`${workload.namespace}/${name}`);
      }
      if (workload.labelsKnown === false) {
        this.unlabelled.add(qualifiedName(workload));
      }
    }
    for (const service of cluster.services) {
      for (const address of positions(service.addresses) ?? []) {
        this.services.set(address, service);
      }
    }
  }

  /**
   * @param asked selectors, or `ns/workload`, `ns/pod`, an address, a CIDR, `node:NAME`, `internet`, `any`, `ns/*`,
   *   `ns/app=web` or `*\/app=web`
   * @throws NetworkPolicyError `end-unreadable` also for a host name, `end-unknown`, `selector-unreadable`, for selectors
   *   also what the API server refuses in one
   */
  public findSource(asked: string | AskedPods): End {
    const end = this.find(asked);
    if (end.points.some(({ kind }) => kind === 'name')) {
      throw new NetworkPolicyError({
        code: 'end-unreadable',
        at: 'the question',
        got: show(asked),
        problem: 'names a host, and a host can only be the destination',
        fix: 'ask for its addresses',
      });
    }
    return end;
  }

  /**
   * As {@link findSource}; a destination may also be a host name: `login.microsoftonline.com`.
   *
   * @throws NetworkPolicyError `end-unreadable`, `end-unknown`, `selector-unreadable`, for selectors also what the
   *   API server refuses in one
   */
  public find(asked: string | AskedPods): End {
    if (typeof asked === 'string') {
      return remember(this.known, asked, () => ({ text: asked, ...this.read(asked) }));
    }
    if (!areAskedPods(asked)) {
      throw noEnd(asked);
    }
    // Checked first: a field that is undefined would be left out of the JSON.
    const selection = readAskedPods(asked, 'the question');
    return remember(this.bySelectors, JSON.stringify(selection), () => {
      const text = describePods(selection);
      return { text, ...this.selected(text, selection) };
    });
  }

  /**
   * As {@link find}, for lists: an empty list for an end of which nothing is known would say that nobody reaches it.
   *
   * @throws NetworkPolicyError `end-unreadable`, `end-unknown`
   */
  public findKnown(text: string, side: 'from' | 'to' = 'from'): End {
    const end = side === 'from' ? this.findSource(text) : this.find(text);
    if (end.doubt === undefined) {
      return end;
    }
    const isService = end.doubt.code === 'service-address';
    throw new NetworkPolicyError({
      code: isService ? 'end-unknown' : 'end-unreadable',
      at: 'the question',
      got: show(text),
      problem: end.doubt.text,
      fix: isService ? 'ask for the pods' : 'correct its manifest',
    });
  }

  private read(text: string): Omit<End, 'text'> {
    if (text.toLowerCase() === 'internet') {
      const set = this.isDualStack ? INTERNET : INTERNET_IPV4;
      return { points: [{ kind: 'addresses', set }] };
    }
    if (text.startsWith('node:')) {
      return { points: [this.node(text)] };
    }
    const cidr = readCidr(text);
    if (cidr !== undefined && cidr.first !== cidr.last) {
      return { points: [{ kind: 'addresses', set: IpSet.of(cidr) }] };
    }
    // A CIDR of one address is that address.
    const [single = ''] = cidr === undefined ? [text] : text.split('/');
    const position = positionOf(single);
    if (position !== undefined) {
      return this.address(single, position);
    }
    const selection = readPods(text, 'the question');
    if (selection !== undefined) {
      return this.selected(text, selection);
    }
    const host = readHostName(text);
    return host === undefined ? this.workload(text) : this.host(text, host);
  }

  private host(text: string, name: string): Omit<End, 'text'> {
    const [service = '', namespace = '', kind] = name.split('.');
    const known = this.cluster.services.find((each) => each.name === service && each.namespace === namespace);
    if (/\.cluster\.local$/.test(name) || kind === 'svc' || (kind === undefined && known !== undefined)) {
      const behind = known === undefined ? '' : this.behind(known);
      throw unknown(
        text,
        `is a name of the cluster itself, and policies judge the pods behind it${behind}`,
        'ask for the pods',
      );
    }
    const own = text.endsWith('.') ? undefined : this.byDottedName.get(name);
    if (own !== undefined) {
      throw unknown(
        text,
        'may be a host or a workload of the same name',
        `write ${own} for the workload, and ${text}. for the host`,
      );
    }
    return { points: [{ kind: 'name', name, set: this.isDualStack ? IpSet.ALL : IpSet.IPV4 }] };
  }

  /** The workloads and pods whose names could be those of hosts. */
  private get byDottedName(): ReadonlyMap<string, string> {
    this.knownDotted ??= new Map(
      [...this.byName.keys(), ...this.byPod.keys()].map((each) => [each.slice(each.indexOf('/') + 1), each]),
    );
    return this.knownDotted;
  }

  private address(text: string, position: AddressPosition): Omit<End, 'text'> {
    const points = this.byAddress.get(position);
    const service = this.services.get(position);
    if (points !== undefined) {
      return { points };
    }
    if (service === undefined && !this.ranges.services.has(position)) {
      const unread = this.ranges.pods.has(position) ? this.cluster.unreadable.find(mayBePod) : undefined;
      if (unread === undefined) {
        return { points: [{ kind: 'addresses', set: IpSet.ofAddress(text) as IpSet }] };
      }
      const why = `${text} may be the address of a pod that could not be read: ${unread.problem.problem}`;
      return { points: [], doubt: { code: 'end-unreadable', text: why } };
    }
    const whose =
      service === undefined
        ? 'lies in the range of services'
        : `is that of service ${qualifiedName(service)}`;
    const behind = service === undefined ? '' : this.behind(service);
    return {
      points: [],
      doubt: {
        code: 'service-address',
        text: `${text} ${whose}, and policies judge the pods behind it${behind}, on their own ports`,
      },
    };
  }

  /** The workloads behind a service: `: shop/db, shop/db-replica`. */
  private behind(service: Service): string {
    const names = this.cluster.workloads.filter((each) => isBehind(service, each)).map(qualifiedName);
    return names.length === 0 ? '' : `: ${[...new Set(names)].join(', ')}`;
  }

  private node(text: string): NodePoint {
    const name = text.slice('node:'.length);
    const node = this.cluster.nodes.find((each) => each.name === name);
    if (node !== undefined) {
      return nodePoint(node);
    }
    if (this.cluster.workloads.some(({ pods }) => pods.some((pod) => pod.node === name))) {
      return { kind: 'node', name, addresses: undefined };
    }
    throw unknown(text, 'names a node that nothing here tells of', 'check the spelling, or add its manifest');
  }

  private workload(text: string): Omit<End, 'text'> {
    const [namespace, name, ...rest] = text.split('/');
    // What is no range, such as 10.0.0.0/33, is no name of a namespace either.
    if (!namespace || !isDnsLabel(namespace) || !name || rest.length > 0) {
      throw noEnd(text);
    }
    const points = this.byName.get(text) ?? this.byPod.get(text);
    if (points !== undefined || this.gone.has(text)) {
      return { points: points ?? [] };
    }
    if (this.unlabelled.has(text)) {
      const set = PodSet.inNamespace(namespace);
      return { points: [{ kind: 'possible', set, quantifier: 'one' }], set };
    }
    const unreadable = this.cluster.unreadable.find(
      (each) => each.namespace === namespace && each.name === name && each.kind !== 'NetworkPolicy',
    );
    if (unreadable !== undefined) {
      const why = `${text} could not be read: ${unreadable.problem.problem}`;
      return { points: [], doubt: { code: 'end-unreadable', text: why } };
    }
    const service = this.cluster.services.find((each) => qualifiedName(each) === text);
    if (service !== undefined) {
      throw service.type === 'ExternalName'
        ? unknown(
            text,
            'names a service that only stands for a host outside',
            'ask for the addresses of that host',
          )
        : unknown(
            text,
            `names a service, and policies judge the pods behind it${this.behind(service)}`,
            'ask for the pods',
          );
    }
    const near = nearEnd(namespace, name, [...this.byName.keys()]);
    throw unknown(
      text,
      'names no known workload or pod',
      near === undefined
        ? 'check the spelling, or add its manifest'
        : `did you mean ${near}? Otherwise add its manifest`,
    );
  }

  /** The known pods and the possible pods that fit. */
  private selected(text: string, selection: PodSelection): Omit<End, 'text'> {
    const set = PodSet.of(selection);
    const known = this.pods.known(selection).map((unit): PodPoint => ({ kind: 'pods', unit }));
    const parts = set === undefined ? [] : this.pods.possible(set, known.length > 0);
    if (set === undefined || (known.length === 0 && parts.length === 0)) {
      throw unknown(text, 'fits no pod', 'check the labels and the namespace');
    }
    const points = parts.flatMap((part) =>
      (['all', 'some'] as const).map(
        (quantifier): PossiblePoint => ({ kind: 'possible', set: part, quantifier }),
      ),
    );
    return { points: [...known, ...points], set };
  }
}

const mayBePod = ({ kind }: Unreadable) => kind === undefined || kind === 'Pod';

function nodePoint({ name, addresses }: ClusterNode): NodePoint {
  return { kind: 'node', name, addresses: positions(addresses) };
}

function noEnd(got: unknown): NetworkPolicyError {
  return new NetworkPolicyError({
    code: 'end-unreadable',
    at: 'the question',
    got: show(got),
    problem: 'is not an end of a connection',
    fix: 'write namespace/workload, namespace/pod, an address, a CIDR, node:NAME, internet, any, namespace/* or namespace/app=web; as a destination also a host name',
  });
}

function unknown(text: string, problem: string, fix: string): NetworkPolicyError {
  return new NetworkPolicyError({ code: 'end-unknown', at: 'the question', got: show(text), problem, fix });
}

/** Shorter names are parts of too many others. */
const SHORTEST_PART = 3;

/**
 * The workload that an unknown name probably means: misspelt, with or without what tools put before and behind names,
 * or in another namespace.
 *
 * @param known `shop/web`
 */
function nearEnd(namespace: string, name: string, known: readonly string[]): string | undefined {
  const prefix = `${namespace}/`;
  const own = known.filter((each) => each.startsWith(prefix)).map((each) => each.slice(prefix.length));
  const near =
    nearestWord(name, own) ??
    own.find((each) => isPart(name, each) || (isPart(each, name) && name.startsWith(each)));
  return near === undefined ? known.find((each) => each.endsWith(`/${name}`)) : prefix + near;
}

function isPart(part: string, name: string): boolean {
  return part.length >= SHORTEST_PART && name.includes(part);
}
