import type { LabelSelector } from 'cdk8s-aks-network-policy';
import fc from 'fast-check';
import { type CiliumParts, serviceKey } from '../../lib/cilium-kinds/cilium-parts';
import { readCiliumPolicy } from '../../lib/cilium-kinds/cilium-rules';
import { NAMESPACE_NAME_LABEL } from '../../lib/model/labels';
import type { Section } from '../../lib/model/policy-rules';
import {
  composed,
  type DrawnPeer,
  type DrawnPolicy,
  type DrawnPort,
  type DrawnRule,
  drawnPolicy,
  PLAIN,
} from '../support/cilium-constructs';
import { asked, pods, saysIn } from '../support/cilium-says';
import { runs } from '../support/runs';

/** What constructs say of Cilium's own kinds is what the reader of the kinds makes of their manifests. */

/** The services that rules name, each before pods of its own. */
const PARTS: CiliumParts = {
  groups: new Map(),
  services: new Map(
    ['db', 'web'].map((name) => [
      serviceKey('shop', name),
      { namespace: 'shop', name, selector: { 'behind-service': name }, ports: [], addresses: [] },
    ]),
  ),
};

function meantPeers(peers: readonly DrawnPeer[]): string[] {
  if (peers.some(({ as }) => as === 'anywhere')) {
    return ['all'];
  }
  const entities = peers.flatMap((peer) => (peer.as === 'entity' ? [peer.entity] : []));
  const areNodes = entities.includes('host') && entities.includes('remote-node');
  return peers.flatMap((peer) => {
    switch (peer.as) {
      case 'own':
        return [pods('shop', peer.pods)];
      case 'other':
        return [pods(peer.namespaces ?? {}, peer.pods ?? {})];
      case 'block':
        return [`${peer.cidr} except ${peer.except.join()}`];
      case 'entity':
        return peer.entity === 'cluster'
          ? ['cluster', 'kube-apiserver']
          : [areNodes && ['host', 'remote-node'].includes(peer.entity) ? 'nodes' : peer.entity];
      case 'name':
        return [peer.name];
      case 'service':
        return [pods('shop', { matchLabels: { 'behind-service': peer.name } })];
      default:
        return [];
    }
  });
}

function meantPort(port: DrawnPort): string[] {
  switch (port.as) {
    case 'one':
      return [`${port.protocol} ${port.port} ${port.port}`];
    case 'range':
      return [`${port.protocol} ${port.first} ${port.last}`];
    case 'all':
      return [`${port.protocol} * *`];
    case 'named':
      return [`${port.protocol} ${port.name} ${port.name}`];
    default:
      return [];
  }
}

function meant(rule: DrawnRule): string[] {
  const { does, peers, ports, http } = rule;
  if (does === 'deny-all') {
    return [];
  }
  const filter = http === undefined ? 'no filter' : 'http';
  const [action, whom] = does === 'allow-all' ? ['allow', ['all']] : [does, meantPeers(peers)];
  const what = ports === undefined ? ['every port'] : ports.flatMap(meantPort);
  return whom.flatMap((peer) => what.map((port) => `${action} ${peer} ${port} ${filter}`));
}

function meantForNames({ rules, localDns }: DrawnPolicy): string[] {
  const hasNames = rules.some(
    ({ peers }) => peers.some(({ as }) => as === 'name') && !peers.some(({ as }) => as === 'anywhere'),
  );
  const coreDns = pods(
    { matchLabels: { [NAMESPACE_NAME_LABEL]: 'kube-system' } },
    { matchLabels: { 'k8s-app': 'kube-dns' } },
  );
  const servers = [
    coreDns,
    ...(localDns ? ['host', '169.254.10.10/32 except ', '169.254.10.11/32 except '] : []),
  ];
  return hasNames
    ? servers.flatMap((server) => ['UDP 53 53', 'TCP 53 53'].map((port) => `allow ${server} ${port} dns`))
    : [];
}

test('the manifest of a policy is understood, and says what the rules say', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(drawnPolicy(PLAIN), (drawn) => {
      const manifest = composed(drawn);
      const { rules: [policy] = [], unread } = readCiliumPolicy(
        manifest,
        drawn.isClusterwide ? undefined : 'shop',
        PARTS,
      );
      expect(unread).toBeUndefined();
      expect(asked(policy?.subject.pods ?? {})).toEqual(asked(drawn.pods));
      expect(policy?.subject.namespaces).toEqual(drawn.isClusterwide ? expect.any(Object) : 'shop');
      if (drawn.isClusterwide) {
        expect(asked(policy?.subject.namespaces as LabelSelector)).toEqual(asked(drawn.namespaces ?? {}));
      }
      for (const type of ['Ingress', 'Egress'] as const) {
        const own = drawn.rules.filter((rule) => rule.type === type);
        const section = policy?.[type === 'Ingress' ? 'ingress' : 'egress'] as Section;
        const says = [...(type === 'Egress' ? meantForNames(drawn) : []), ...own.flatMap(meant)];
        expect(new Set(saysIn(section))).toEqual(new Set(says));
        // Without any rule it denies what comes in, as a NetworkPolicy does.
        const isolates = own.length > 0 || (drawn.rules.length === 0 && type === 'Ingress');
        expect(section.isolates).toBe(isolates && !drawn.leavesOpen.includes(type));
        for (const { does, http } of own) {
          const word = http === undefined ? does : 'http';
          seen.set(word, (seen.get(word) ?? 0) + 1);
        }
      }
    }),
    { numRuns: runs(400, 10_000) },
  );
  expect([...seen.keys()].sort()).toEqual(['allow', 'allow-all', 'deny', 'deny-all', 'http']);
  expect(Math.min(...seen.values())).toBeGreaterThan(4);
});
