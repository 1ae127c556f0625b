import { factsOf } from '../../lib/lint/cluster-facts';
import type { EngineProfile } from '../../lib/model/engine-profile';
import type { NetworkPolicySpec } from '../../lib/model/network-policy';
import { Reachability } from '../../lib/reachability/reachability';
import { read } from '../support/shop-cluster';
import { NAMED_PORTS } from './named-ports';

const onDb = { podSelector: { matchLabels: { app: 'db' } } };
const END_PORT = { engine: 'cilium', kubernetesVersion: '1.31' } as const;
const RANGE = { port: 5000, endPort: 5010 };
const EVERY = { addresses: '0.0.0.0/0, ::/0', nodes: '0.0.0.0/0, ::/0' };

test.each<{
  why: string;
  profile: EngineProfile;
  spec: NetworkPolicySpec;
  part: string;
  concerned: readonly string[];
  ports?: string;
  addresses?: string;
  nodes?: string;
}>([
  {
    why: 'a port of a rule for everybody concerns whoever comes in',
    profile: END_PORT,
    spec: { ...onDb, ingress: [{ ports: [RANGE] }] },
    part: 'port',
    concerned: ['probe', 'db', 'web'],
    ports: '5001-5010/TCP',
    ...EVERY,
  },
  {
    why: 'a port of a rule for some concerns those',
    profile: END_PORT,
    spec: {
      ...onDb,
      ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [RANGE] }],
    },
    part: 'port',
    concerned: ['web'],
    ports: '5001-5010/TCP',
  },
  {
    why: 'a range of ports towards everybody concerns every destination',
    profile: END_PORT,
    spec: { ...onDb, policyTypes: ['Egress'], egress: [{ ports: [RANGE] }] },
    part: 'port',
    concerned: ['probe', 'db', 'web'],
    ports: '5001-5010/TCP',
    ...EVERY,
  },
  {
    why: 'a name of a port going out concerns those who have it',
    profile: { engine: 'byo-cilium' },
    spec: { ...onDb, policyTypes: ['Egress'], egress: [{ ports: [{ port: 'main' }] }] },
    part: 'port',
    concerned: ['db', 'web'],
  },
  {
    why: 'and of those whom the rule means',
    profile: { engine: 'byo-cilium' },
    spec: {
      ...onDb,
      policyTypes: ['Egress'],
      egress: [{ to: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 'main' }] }],
    },
    part: 'port',
    concerned: ['web'],
  },
])('$why', ({ profile, spec, part, concerned, ports = 'none', addresses = 'none', nodes = 'none' }) => {
  const cluster = { ...NAMED_PORTS, policies: read(spec).policies };
  const facts = factsOf(Reachability.of(cluster, { profile }));
  const departures = cluster.policies.flatMap((policy) => facts.departures(policy));
  expect(departures.map((departure) => departure.part)).toEqual([part]);
  const effect = departures[0]?.effect();
  expect({
    concerned: effect?.concerned.declared.list().map(({ name }) => name),
    ports: String(effect?.ports),
    addresses: String(effect?.addresses),
    nodes: String(effect?.nodes),
  }).toEqual({ concerned, ports, addresses, nodes });
});
