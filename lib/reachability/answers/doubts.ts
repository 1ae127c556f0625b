import { missingIn, refusalOn } from '../../aks/enforcement';
import { qualifiedName, type UnjudgedPolicy } from '../../model/cluster';
import { appendAll } from '../../model/collections';
import type { EngineProfile } from '../../model/engine-profile';
import { fieldText } from '../../model/field-path';
import { IpSet } from '../../model/ip-set';
import { namesHosts } from '../../model/named-host';
import type { AddressPeer, EntityName, TrafficPeer } from '../../model/policy-rules';
import { describePeer, describePodSet } from '../../model/policy-text';
import type { PortSet } from '../../model/port-set';
import { describeProblem } from '../../model/problem';
import { listWords } from '../../model/word-list';
import type { PointMatcher } from '../judging/point-matcher';
import type { NamePoint, Point } from '../judging/points';
import type { Doubt } from '../judging/question-ends';
import type { SideJudgement } from '../judging/side-judgement';
import { departure, type Engine } from '../reading/engine';
import type { JudgedRule } from '../reading/judged-policy';
import type { NamespaceIndex } from '../reading/namespace-index';
import { describePolicy, policyReference } from './references';

/** Finds out why a judgement is in doubt. */
export class DoubtFinder {
  public constructor(
    private readonly engine: Engine,
    private readonly matcher: PointMatcher,
    private readonly namespaces: NamespaceIndex,
  ) {}

  /** @param inDoubt the ports of which it is unknown whether they are open */
  public find(judgement: SideJudgement, isPlacementUnknown: boolean, inDoubt: PortSet): Doubt[] {
    const { direction, self, other, selections, departures } = judgement;
    const doubts: Doubt[] = departures
      .filter((id) => this.engine.does(id) === 'unknown')
      .map((id) => ({ code: 'engine-undocumented', text: departure(id).statement }));
    if (isPlacementUnknown) {
      const pod = describePoint(self);
      doubts.push({ code: 'placement-unknown', text: `it is not known which node ${pod} runs on` });
    }
    for (const { policy, holds, rules } of selections) {
      if (policy.unreadable !== undefined) {
        const what = describePolicy(policyReference(policy));
        const why = describeProblem(policy.unreadable.problem);
        doubts.push({
          code: 'policy-unreadable',
          text: `${what} could not be read and may decide this: ${why}`,
        });
        continue;
      }
      if (policy.unjudged !== undefined && policy.inForce.actual === 'unknown') {
        const what = describePolicy(policyReference(policy));
        doubts.push({
          code: 'policy-not-judged',
          text: `${what} ${whyNotJudged(policy.unjudged, this.engine.profile)} and may decide this`,
        });
        continue;
      }
      if (holds === 'unknown' && policy.scope.by.length === 0 && policy.inForce.by.length === 0) {
        doubts.push({
          code: 'pod-labels-unknown',
          text: `policy ${policyReference(policy).policy} selects by a label that a controller may add`,
        });
      }
      for (const { rule } of rules) {
        for (const i of (rule.peers ?? []).keys()) {
          const says = rule.says?.peers?.[i];
          if (
            says !== undefined &&
            this.matcher.isMeant(rule, i, other) === 'unknown' &&
            this.matcher.portsOf(rule, direction, self, other).possible.overlaps(inDoubt)
          ) {
            appendAll(doubts, this.aboutPeer(says, self, other));
          }
        }
      }
    }
    return this.engine.does('egress-port-name-is-one-number') === 'yes'
      ? doubts.concat(judgement.matches.flatMap(({ rule }) => aboutNames(rule)))
      : doubts;
  }

  /** What an unknown address would decide, and the field of the profile that may tell. */
  private aboutAddress(peer: AddressPeer, other: Point): string {
    const { engine } = this;
    const isOfNode = other.kind === 'node' || (other.kind === 'pods' && other.unit.workload.hostNetwork);
    const [range, isKnown, field] = isOfNode
      ? [engine.nodeRange, engine.knowsNodeRange, 'nodeCidrs']
      : [engine.podRange, engine.knowsPodRange, 'podCidrs'];
    const where = listWords(rangesInDoubt(peer, range));
    const who = describePoint(other);
    return `it is not known whether the address of ${who} lies in ${where}${isKnown ? '' : `; ${field} of the profile would tell`}`;
  }

  private aboutEntity(entity: EntityName): Doubt {
    return entity === 'kube-apiserver'
      ? {
          code: 'address-unknown',
          text: 'it is not known which address the API server has; apiServerAddresses of the profile would tell',
        }
      : {
          code: 'placement-unknown',
          text: `it is not asked whether the other end is ${describePeer({ kind: 'entity', entity, at: [] })}`,
        };
  }

  private aboutPeer(peer: TrafficPeer, self: Point, other: Point): Doubt[] {
    if (other.kind === 'name') {
      return [aboutName(peer, self, other)];
    }
    if (peer.kind === 'name') {
      return [{ code: 'address-unknown', text: `no manifest tells which addresses ${peer.name} has` }];
    }
    if (peer.kind === 'entity') {
      return [this.aboutEntity(peer.entity)];
    }
    if (peer.kind === 'addresses') {
      return isAddressKnown(other) ? [] : [{ code: 'address-unknown', text: this.aboutAddress(peer, other) }];
    }
    if (other.kind === 'addresses' || other.kind === 'node') {
      // That labels may mean an address is a departure of the engine, with a doubt of its own.
      return [];
    }
    const namespace = other.kind === 'pods' ? other.unit.workload.namespace : '';
    return this.namespaces.isInDoubt(peer.namespaces, namespace)
      ? [
          {
            code: 'namespace-labels-unknown',
            text: `no manifest declares namespace ${namespace}, so its labels are not known`,
          },
        ]
      : [{ code: 'pod-labels-unknown', text: 'a rule selects by a label that a controller may add' }];
  }
}

function whyNotJudged(policy: UnjudgedPolicy, profile: EngineProfile): string {
  if (policy.invalid !== undefined) {
    return 'is invalid, as its status says, or was before it was changed';
  }
  const missing = missingIn(policy, profile);
  if (missing !== undefined) {
    return `is not judged until the profile tells ${missing},`;
  }
  const refusal = refusalOn(policy, profile);
  if (refusal !== undefined) {
    return `is not judged, because Cilium may refuse it (${refusal.message}),`;
  }
  const { unread } = policy;
  return unread === undefined ? 'is not judged' : `is not judged (${fieldText(unread)} is not understood)`;
}

/** Why it is unknown whether a peer means a host. */
function aboutName(peer: TrafficPeer, self: Point, { name, lookUp }: NamePoint): Doubt {
  if (peer.kind !== 'name') {
    const which = describePeer(peer);
    return {
      code: 'address-unknown',
      text: `no manifest tells whether an address of ${name} is in ${which}`,
    };
  }
  const pods = describePoint(self);
  const text =
    lookUp?.byOthers === true
      ? `no rule for DNS of ${pods} covers ${name}, so it has no address until another pod on the same node looks it up`
      : lookUp?.holds === 'unknown'
        ? `it is not known whether a rule for DNS of ${pods} covers ${name}`
        : name.includes('*') && namesHosts(peer.name, name, 'yes') === namesHosts(peer.name, name, 'no')
          ? `${peer.name} means some of the hosts of ${name}, and not all`
          : `it depends on the version of Cilium whether ${peer.name} means ${name}`;
  return { code: 'name-unknown', text };
}

/** Doubts about port names with one number in the whole cluster: assumed pods may give them another. */
function aboutNames({ ports = [], says }: JudgedRule): Doubt[] {
  return ports.flatMap(({ actual: { fixed } }, i): Doubt[] => {
    const name = says?.ports?.[i]?.port;
    const text = `AKS's own pods, which may be there, may give the port name ${name} another number`;
    return typeof name === 'string' && fixed.sure !== fixed.possible
      ? [{ code: 'port-name-undefined', text }]
      : [];
  });
}

/** The CIDRs that decide about an address in a range: the block, if it has not all of the range, and exceptions. */
function rangesInDoubt({ cidr, except }: AddressPeer, range: IpSet): readonly string[] {
  const block = IpSet.ofCidrs([cidr]);
  const inside = range.and(block);
  return [
    ...(block.covers(range) ? [] : [cidr]),
    ...except.filter((each) => IpSet.ofCidrs([each]).overlaps(inside)),
  ];
}

function isAddressKnown(point: Point): boolean {
  switch (point.kind) {
    case 'addresses':
      return true;
    case 'name':
    case 'possible':
      return false;
    case 'pods':
      return point.unit.addresses !== undefined;
    case 'node':
      return point.addresses !== undefined;
  }
}

function describePoint(point: Point): string {
  switch (point.kind) {
    case 'addresses':
      return 'the address';
    case 'name':
      return point.name;
    case 'possible':
      return describePodSet(point.set);
    case 'pods':
      return qualifiedName(point.unit.workload);
    case 'node':
      return `node ${point.name}`;
  }
}
