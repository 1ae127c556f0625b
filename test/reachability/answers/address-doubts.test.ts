import type { EngineProfile } from '../../../lib/model/engine-profile';
import type { NetworkPolicyPeer, NetworkPolicyPort } from '../../../lib/model/network-policy';
import { AddressDoubts } from '../../../lib/reachability/answers/address-doubts';
import { Reachability } from '../../../lib/reachability/reachability';
import { read } from '../../support/shop-cluster';

const block: NetworkPolicyPeer = { ipBlock: { cidr: '10.0.0.0/16' } };
const undeclared: NetworkPolicyPeer = {
  namespaceSelector: { matchLabels: { team: 'mon' } },
  podSelector: {},
};

interface Case {
  readonly why: string;
  readonly from?: readonly NetworkPolicyPeer[];
  readonly to?: readonly NetworkPolicyPeer[];
  readonly ports?: readonly NetworkPolicyPort[];
  readonly profile?: EngineProfile;
  /** Workloads with known labels, in a namespace with unknown ones. */
  readonly isUndeclared?: boolean;
  readonly isOnNode?: boolean;
  /** For each unknown row between workloads: whether addresses are the reason. */
  readonly are: readonly boolean[];
}

test.each<Case>([
  { why: 'a block that may cover a pod', from: [block], are: [true] },
  { why: 'for traffic out of a pod, too', to: [block], are: [true] },
  { why: 'beside a rule that is sure of others', from: [block, { podSelector: {} }], are: [true] },
  {
    why: 'a block that covers every pod leaves nothing open',
    from: [{ ipBlock: { cidr: '0.0.0.0/0' } }],
    are: [],
  },
  {
    why: 'a range of pods in which the block lies leaves it open, and is known',
    from: [block],
    profile: { podCidrs: ['10.0.0.0/8'] },
    are: [false],
  },
  { why: 'cilium asks for no address', from: [block], profile: { engine: 'cilium' }, are: [] },
  { why: 'labels of a namespace that nobody declares', from: [undeclared], isUndeclared: true, are: [false] },
  { why: 'both in one policy', from: [undeclared, block], isUndeclared: true, are: [false] },
  {
    why: 'a pod on its node’s network has an address of its node',
    from: [{ ipBlock: { cidr: '10.0.0.0/16' } }],
    isOnNode: true,
    are: [false],
  },
])(
  '$why',
  ({ from, to, ports = [{ port: 5432 }], profile = {}, isUndeclared = false, isOnNode = false, are }) => {
    const cluster = read({
      podSelector: { matchLabels: { app: 'db' } },
      ...(from === undefined ? {} : { ingress: [{ from: [...from], ports: [...ports] }] }),
      ...(to === undefined ? {} : { egress: [{ to: [...to], ports: [...ports] }] }),
      policyTypes: [from === undefined ? 'Egress' : 'Ingress'],
    });
    const reachability = Reachability.of(
      {
        ...cluster,
        namespaces: cluster.namespaces.map((each) =>
          isUndeclared && each.name === 'mon' ? { name: 'mon', labels: {}, declared: false } : each,
        ),
        workloads: cluster.workloads
          .filter(({ name }) => name !== 'web' || !(isUndeclared || isOnNode))
          .map((each) => (each.name === 'probe' ? { ...each, hostNetwork: isOnNode } : each)),
      },
      { profile, knownOnly: true },
    );
    const doubts = new AddressDoubts(reachability.judged);
    const unknown = [...reachability.connections()].filter(
      ({ verdict, from: sender, to: receiver }) =>
        verdict === 'unknown' && sender.workloads !== undefined && receiver.workloads !== undefined,
    );
    expect(unknown.map((row) => doubts.areReasonFor(row))).toEqual(are);
  },
);

test('what is allowed, and what is unknown with addresses or pods to come, has no such reason', () => {
  const reachability = Reachability.of(
    read({ podSelector: { matchLabels: { app: 'db' } }, ingress: [{ from: [block] }] }),
  );
  const doubts = new AddressDoubts(reachability.judged);
  const explained = [...reachability.connections()].filter((row) => doubts.areReasonFor(row));
  expect(
    explained.every(({ verdict, from, to }) => verdict === 'unknown' && from.workloads && to.workloads),
  ).toBe(true);
  expect(explained).toHaveLength(1);
});
