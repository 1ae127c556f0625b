import fc from 'fast-check';
import { type CiliumParts, serviceKey } from '../../lib/cilium-kinds/cilium-parts';
import { type CiliumReading, readCiliumPolicy } from '../../lib/cilium-kinds/cilium-rules';
import type { PolicyRules, Section, TrafficFilter, TrafficPeer } from '../../lib/model/policy-rules';
import { policies, SERVICES } from '../cilium/arbitrary';
import { composed, drawnPolicy, PLAIN } from '../support/cilium-constructs';
import { pods, saysIn } from '../support/cilium-says';
import { runs } from '../support/runs';
import { importPolicies, importYaml } from './imported';

test('what constructs write of the kinds of Cilium comes back field by field, as constructs', () => {
  let seen = 0;
  fc.assert(
    fc.property(drawnPolicy(PLAIN), (drawn) => {
      const manifest = composed(drawn);
      const { objects, notes } = importPolicies([manifest]);
      if (notes.length > 0) {
        // Only a Cilium of one's own takes it, and the policy does not tell whose it is.
        expect(notes).toMatchObject([{ reason: expect.stringContaining('pods ask LocalDNS') }]);
        expect(objects).toEqual([manifest]);
        return;
      }
      seen++;
      expect(objects).toEqual([manifest]);
    }),
    { numRuns: runs(200, 2000) },
  );
  expect(seen).toBeGreaterThan(100);
}, 60_000);

/** The services of the cluster of which the policies are drawn. */
const PARTS: CiliumParts = {
  groups: new Map(),
  services: new Map(
    SERVICES.map((each) => [serviceKey(each.namespace, each.name), { ...each, ports: [], addresses: [] }]),
  ),
  hasEvery: true,
};

interface Version {
  readonly read: CiliumReading;
  readonly spec: Record<string, unknown>;
}

/** What a policy says of a direction. */
interface Says {
  readonly isolates: boolean;
  readonly pairs: ReadonlySet<string>;
  readonly messages: ReadonlySet<string>;
}

const textOf = (filter: TrafficFilter) => JSON.stringify(filter);

/** Everybody is everybody, and every node is a pod's own or another one. */
function plain(peers: readonly TrafficPeer[] | undefined): readonly TrafficPeer[] {
  const all: TrafficPeer = { kind: 'entity', entity: 'all', at: [] };
  if (peers === undefined || peers.some((peer) => peer.kind === 'entity' && peer.entity === 'all')) {
    return [all];
  }
  return peers.flatMap((peer) =>
    peer.kind === 'entity' && peer.entity === 'nodes'
      ? (['host', 'remote-node'] as const).map((entity) => ({ ...peer, entity }))
      : [peer],
  );
}

/** The fields of peers that are nobody where they are empty. */
const SOME = ['Endpoints', 'Entities', 'CIDR', 'CIDRSet'].flatMap((way) => [`from${way}`, `to${way}`]);

function saysOf(section: Section, spec: Record<string, unknown>, key: string): Says {
  const rules = section.rules
    .filter(({ peers, ports }) => peers?.length !== 0 && ports?.length !== 0)
    .map((rule) => ({ ...rule, peers: plain(rule.peers) }));
  const entries = [key, `${key}Deny`].flatMap((list) => (spec[list] ?? []) as Record<string, unknown>[]);
  return {
    isolates: section.isolates,
    pairs: new Set(saysIn({ ...section, rules }, textOf)),
    messages: new Set(
      entries
        .filter((entry) => !SOME.some((field) => (entry[field] as unknown[] | undefined)?.length === 0))
        .flatMap(({ icmps }) =>
          icmps === undefined ? [] : [JSON.stringify(icmps).replaceAll('"family":"IPv4",', '')],
        )
        .sort(),
    ),
  };
}

function says({ ingress, egress, subject }: PolicyRules, spec: Record<string, unknown>): unknown {
  return {
    subject: pods(subject.namespaces, subject.pods),
    ingress: saysOf(ingress, spec, 'ingress'),
    egress: saysOf(egress, spec, 'egress'),
  };
}

test('random policies of the kinds come back as constructs that mean the same, or as they are', () => {
  const seen = { construct: 0, object: 0 };
  fc.assert(
    fc.property(policies, (list) => {
      const { written, objects, notes } = importPolicies(list);
      expect(notes.filter(({ kind }) => kind === 'not-imported')).toEqual([]);
      expect(objects).toHaveLength(list.length);
      for (const { value } of written.filter((policy) => policy.value.kind !== 'NetworkPolicy')) {
        const { name } = value.metadata as { name: string };
        const object = objects.find(({ metadata }) => (metadata as { name: string }).name === name);
        const isLeft = notes.some((note) => note.policy.value === value);
        if (isLeft) {
          seen.object++;
          expect(object).toEqual(value);
          continue;
        }
        seen.construct++;
        expect(object).toMatchObject({ apiVersion: 'cilium.io/v2', kind: value.kind });
        expect(object?.metadata).toEqual(value.metadata);
        const { namespace } = value.metadata as { namespace?: string };
        const [before, after] = [value, object ?? {}].map((each) => ({
          read: readCiliumPolicy(each, namespace, PARTS),
          spec: each.spec as Record<string, unknown>,
        })) as [Version, Version];
        if (before.read.rules?.[0] === undefined) {
          // Of these nobody knows whom they mean, and they are written as they are.
          expect(JSON.stringify(before.spec)).toMatch(/"unmanaged"|"manual"/);
          continue;
        }
        expect(after.read.unread).toBeUndefined();
        expect(after.read.rules).toHaveLength(1);
        const meaning = ({ read, spec }: Version) => says(read.rules?.[0] as PolicyRules, spec);
        expect(meaning(after)).toEqual(meaning(before));
      }
    }),
    { numRuns: runs(300, 10_000) },
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(15);
}, 180_000);

test('a policy with host names, requests and denials becomes the code that a person would write', () => {
  const yaml = `# What the shop may reach.
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: shop, namespace: shop, labels: { team: shop } }
spec:
  description: to Entra ID
  endpointSelector: { matchLabels: { app: shop } }
  ingress:
  # The front end.
  - fromEndpoints:
    - matchLabels: { app: web }
    - matchLabels: { k8s:io.kubernetes.pod.namespace: edge }
    toPorts:
    - ports: [{ port: "8080", protocol: TCP }]
      rules: { http: [{ method: GET, path: "/orders/.*", headers: ["X-Tenant: shop"] }] }
    - ports: [{ port: "9090", protocol: TCP }, { port: metrics, protocol: TCP }]
  egress:
  # Names.
  - toEndpoints: [{ matchLabels: { k8s:io.kubernetes.pod.namespace: kube-system, k8s:k8s-app: kube-dns } }]
    toPorts:
    - ports: [{ port: "53", protocol: UDP }, { port: "53", protocol: TCP }]
      rules: { dns: [{ matchName: login.microsoftonline.com }] }
  - toFQDNs: [{ matchName: login.microsoftonline.com }] # Entra ID
    toPorts: [{ ports: [{ port: "443" }] }]
  egressDeny:
  - toCIDRSet: [{ cidr: 10.0.0.0/8, except: [10.1.0.0/16] }]
  - icmps: [{ fields: [{ type: EchoRequest }, { type: 1, family: IPv6 }] }]
---
apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: { name: shop }
spec:
  endpointSelector: { matchLabels: { io.cilium.k8s.namespace.labels.team: shop } }
  enableDefaultDeny: { ingress: false, egress: false }
  ingressDeny: [{ fromEntities: [world, remote-node] }]
  egress: [{ toEntities: [all] }, {}]
`;
  const { text, notes } = importYaml(yaml);
  expect(notes).toEqual([]);
  expect(text).toMatchInlineSnapshot(`
"import { Chart } from 'cdk8s';
import {
  CiliumClusterwideNetworkPolicy,
  CiliumNetworkPolicy,
  EgressRule,
  IngressRule,
  NamespaceSelector,
  Peer,
  PodSelector,
  Port,
} from 'cdk8s-aks-network-policy';
import type { Construct } from 'constructs';

/** The network policies of namespace shop. */
export class ShopPolicies extends Chart {
  public constructor(scope: Construct, id = 'shop') {
    super(scope, id, { namespace: 'shop' });

    // What the shop may reach.
    // Names.
    new CiliumNetworkPolicy(this, 'shop', {
      podSelector: PodSelector.labels({ app: 'shop' }),
      description: 'to Entra ID',
      rules: [
        // The front end.
        IngressRule.allow({
          from: [
            Peer.sameNamespace(PodSelector.labels({ app: 'web' })),
            Peer.otherNamespaces({ namespaces: NamespaceSelector.named('edge') }),
          ],
          ports: [Port.tcp(9090), Port.named('metrics')],
        }),
        IngressRule.allow({
          from: [
            Peer.sameNamespace(PodSelector.labels({ app: 'web' })),
            Peer.otherNamespaces({ namespaces: NamespaceSelector.named('edge') }),
          ],
          ports: [Port.tcp(8080)],
          http: [{ method: 'GET', path: '/orders/.*', headers: { 'X-Tenant': 'shop' } }],
        }),
        EgressRule.allow({
          to: [
            // Entra ID
            Peer.hostName('login.microsoftonline.com'),
          ],
          ports: [Port.tcp(443), Port.udp(443), Port.sctp(443)],
        }),
        EgressRule.deny({ to: [Peer.ipBlock('10.0.0.0/8', { except: ['10.1.0.0/16'] })] }),
        EgressRule.deny({
          to: [Peer.anywhere()],
          ports: [Port.icmp(8), Port.icmp(1, { family: 'IPv6' })],
        }),
      ],
      labels: { team: 'shop' },
    });
  }
}

/** The clusterwide network policies. */
export class ClusterwidePolicies extends Chart {
  public constructor(scope: Construct, id = 'clusterwide') {
    super(scope, id);

    new CiliumClusterwideNetworkPolicy(this, 'shop', {
      namespaces: NamespaceSelector.labels({ team: 'shop' }),
      leavesOpen: ['Ingress', 'Egress'],
      rules: [
        IngressRule.deny({ from: [Peer.entity('world'), Peer.entity('remote-node')] }),
        EgressRule.allowAll(),
        EgressRule.allow({ to: [] }),
      ],
    });
  }
}

/** Adds a chart for each namespace to an app. */
export function addNetworkPolicies(app: Construct): void {
  new ShopPolicies(app);
  new ClusterwidePolicies(app);
}
"
`);
});
