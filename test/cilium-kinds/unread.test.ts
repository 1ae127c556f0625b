import { readManifests } from '../../lib/manifests/read-manifests';
import { fieldText } from '../../lib/model/field-path';
import { db, policy } from './policy';

/** What is not understood of Cilium's own kinds: Cilium refuses it, or reads it differently from version to version. */

const ports = (...list: object[]) => ({ toPorts: [{ ports: list }] });
const filtered = (rules: object, port: object = { port: '80', protocol: 'TCP' }) => ({
  toPorts: [{ ports: [port], rules }],
});

test.each<{ why: string; spec: object; at: string; wide?: true }>([
  { why: 'a label without a key', spec: { labels: [{ value: 'a' }] }, at: 'spec.labels[0]' },
  { why: 'a spec of several', spec: { specs: [{}] }, at: 'specs[0].endpointSelector' },
  { why: 'a field nobody knows', spec: { upcoming: {} }, at: 'spec.upcoming' },
  { why: 'a field with a very long name', spec: { ['x'.repeat(81)]: {} }, at: 'spec' },
  { why: 'null', spec: { ingress: null }, at: 'spec.ingress' },
  {
    why: 'a selector of nodes beside one of pods',
    spec: { nodeSelector: {} },
    at: 'spec.nodeSelector',
    wide: true,
  },
  {
    why: 'a namespace of another',
    spec: { endpointSelector: { matchLabels: { 'io.kubernetes.pod.namespace': 'other' } } },
    at: 'spec.endpointSelector',
  },
  {
    why: 'a service account',
    spec: { ingress: [{ fromEndpoints: [{ matchLabels: { 'io.cilium.k8s.policy.serviceaccount': 'a' } }] }] },
    at: 'spec.ingress[0].fromEndpoints[0]',
  },
  {
    why: 'a label of another source',
    spec: { ingress: [{ fromEndpoints: [{ matchLabels: { 'container:a': 'b' } }] }] },
    at: 'spec.ingress[0].fromEndpoints[0]',
  },
  {
    why: 'a label that is also one of Cilium’s',
    spec: { ingress: [{ fromEndpoints: [{ matchLabels: { host: '' } }] }] },
    at: 'spec.ingress[0].fromEndpoints[0]',
  },
  {
    why: 'a selector that nodes and addresses fit',
    spec: {
      ingress: [
        {
          fromEndpoints: [
            { matchExpressions: [{ key: 'io.cilium.k8s.namespace.labels.a', operator: 'DoesNotExist' }] },
          ],
        },
      ],
    },
    at: 'spec.ingress[0].fromEndpoints[0]',
  },
  {
    why: 'an operator that there is not',
    spec: { endpointSelector: { matchExpressions: [{ key: 'a', operator: 'Has' }] } },
    at: 'spec.endpointSelector',
  },
  {
    why: 'two ways to name the other end',
    spec: { egress: [{ toEntities: ['world'], toCIDR: ['10.0.0.0/8'] }] },
    at: 'spec.egress[0]',
  },
  {
    why: 'an entity nobody knows',
    spec: { egress: [{ toEntities: ['mars'] }] },
    at: 'spec.egress[0].toEntities[0]',
  },
  {
    why: 'a service that is elsewhere',
    spec: { egress: [{ toServices: [{ k8sService: { serviceName: 'a', namespace: 'b' } }] }] },
    at: 'spec.egress[0].toServices[0]',
  },
  {
    why: 'services by their labels, some of which may be elsewhere',
    spec: { egress: [{ toServices: [{ k8sServiceSelector: { selector: {} } }] }] },
    at: 'spec.egress[0].toServices[0]',
  },
  {
    why: 'a service of every namespace',
    spec: { egress: [{ toServices: [{ k8sService: { serviceName: 'a' } }] }] },
    at: 'spec.egress[0].toServices[0]',
  },
  {
    why: 'a denial of services',
    spec: { egressDeny: [{ toServices: [] }] },
    at: 'spec.egressDeny[0].toServices',
  },
  {
    why: 'a denial of names',
    spec: { egressDeny: [{ toFQDNs: [] }] },
    at: 'spec.egressDeny[0].toFQDNs',
  },
  {
    why: 'services that come in',
    spec: { ingress: [{ fromServices: [] }] },
    at: 'spec.ingress[0].fromServices',
  },
  {
    why: 'a name that is both',
    spec: { egress: [{ toFQDNs: [{ matchName: 'a', matchPattern: 'b' }] }] },
    at: 'spec.egress[0].toFQDNs[0]',
  },
  { why: 'a bare address', spec: { egress: [{ toCIDR: ['10.0.0.1'] }] }, at: 'spec.egress[0].toCIDR[0]' },
  {
    why: 'an exception outside of its block',
    spec: { egress: [{ toCIDRSet: [{ cidr: '10.0.0.0/8', except: ['11.0.0.0/16'] }] }] },
    at: 'spec.egress[0].toCIDRSet[0].except',
  },
  {
    why: 'a group of addresses that is elsewhere',
    spec: { egress: [{ toCIDRSet: [{ cidrGroupRef: 'g' }] }] },
    at: 'spec.egress[0].toCIDRSet[0].cidrGroupRef',
  },
  {
    why: 'a port that is a number',
    spec: { ingress: [ports({ port: 80 })] },
    at: 'spec.ingress[0].toPorts[0].ports[0].port',
  },
  {
    why: 'a port that is too large',
    spec: { ingress: [ports({ port: '70000' })] },
    at: 'spec.ingress[0].toPorts[0].ports[0]',
  },
  {
    why: 'a range from every port on',
    spec: { ingress: [ports({ port: '0', endPort: 82 })] },
    at: 'spec.ingress[0].toPorts[0].ports[0]',
  },
  {
    why: 'a range from a name on',
    spec: { ingress: [ports({ port: 'http', endPort: 82 })] },
    at: 'spec.ingress[0].toPorts[0].ports[0]',
  },
  {
    why: 'a port with a leading zero',
    spec: { ingress: [ports({ port: '080' })] },
    at: 'spec.ingress[0].toPorts[0].ports[0].port',
  },
  {
    why: 'a protocol nobody knows',
    spec: { ingress: [ports({ port: '0', protocol: 'VRRP' })] },
    at: 'spec.ingress[0].toPorts[0].ports[0]',
  },
  {
    why: 'too many ports',
    spec: { ingress: [ports(...Array.from({ length: 41 }, (_, i) => ({ port: `${i + 1}` })))] },
    at: 'spec.ingress[0].toPorts[0].ports',
  },
  {
    why: 'ports beside messages',
    spec: { ingress: [{ icmps: [{ fields: [] }], ...ports({ port: '80' }) }] },
    at: 'spec.ingress[0].icmps',
  },
  {
    why: 'a message that there is not',
    spec: { ingress: [{ icmps: [{ fields: [{ type: 256 }] }] }] },
    at: 'spec.ingress[0].icmps[0].fields[0]',
  },
  {
    why: 'a filter of a denial',
    spec: { ingressDeny: [filtered({ http: [{}] })] },
    at: 'spec.ingressDeny[0].toPorts[0].rules',
  },
  {
    why: 'a filter on UDP',
    spec: { ingress: [filtered({ http: [{}] }, { port: '80' })] },
    at: 'spec.ingress[0].toPorts[0].rules',
  },
  {
    why: 'a filter on every port',
    spec: { ingress: [filtered({ http: [{}] }, { port: '0', protocol: 'TCP' })] },
    at: 'spec.ingress[0].toPorts[0].rules',
  },
  {
    why: 'two filters',
    spec: { egress: [filtered({ http: [{}], dns: [{ matchName: 'a' }] })] },
    at: 'spec.egress[0].toPorts[0].rules',
  },
  {
    why: 'names that come in',
    spec: { ingress: [filtered({ dns: [{ matchName: 'a' }] })] },
    at: 'spec.ingress[0].toPorts[0].rules',
  },
  {
    why: 'a pattern that cannot be compiled',
    spec: { ingress: [filtered({ http: [{ path: '/a(' }] })] },
    at: 'spec.ingress[0].toPorts[0].rules.http[0]',
  },
  {
    why: 'a host that is a pattern',
    spec: { ingress: [filtered({ http: [{ host: '.*' }] })] },
    at: 'spec.ingress[0].toPorts[0].rules.http[0].host',
  },
  {
    why: 'a pattern that Go does not know',
    spec: { ingress: [filtered({ http: [{ path: '/(?=a)' }] })] },
    at: 'spec.ingress[0].toPorts[0].rules.http[0]',
  },
  {
    why: 'Kafka',
    spec: { ingress: [filtered({ kafka: [] })] },
    at: 'spec.ingress[0].toPorts[0].rules.kafka',
  },
  {
    why: 'authentication',
    spec: { ingress: [{ authentication: { mode: 'required' } }] },
    at: 'spec.ingress[0].authentication',
  },
  {
    why: 'an isolation that is no truth value',
    spec: { enableDefaultDeny: { ingress: 'no' } },
    at: 'spec.enableDefaultDeny',
  },
])('not understood: $why', ({ spec, at, wide }) => {
  const { specs, ...own } = spec as { specs?: object };
  const whole = policy({ ...db, ...own }, wide ? 'CiliumClusterwideNetworkPolicy' : 'CiliumNetworkPolicy');
  const { unjudged = [] } = readManifests([specs === undefined ? whole : { ...whole, specs }]).cluster;
  expect(unjudged.map(({ says, unread = [] }) => [says, fieldText(unread)])).toEqual([[undefined, at]]);
});

test.each([
  { why: 'one of two of its name', change: { spec: { ...db, egress: [{}] } }, at: 'metadata.name', count: 2 },
  {
    why: 'one whose name nobody may have',
    change: { metadata: { name: 'A_', namespace: 'shop' } },
    at: 'metadata',
  },
  { why: 'one of another version', change: { apiVersion: 'cilium.io/v2alpha1' }, at: 'apiVersion' },
  { why: 'one with a field that there is not', change: { rules: [] }, at: 'rules' },
  { why: 'one without a spec', change: { spec: undefined }, at: 'spec' },
])('not understood as a whole: $why', ({ change, at, count = 1 }) => {
  const whole = policy({ ...db, ingress: [{}] }, 'CiliumNetworkPolicy');
  const changed = JSON.parse(JSON.stringify({ ...whole, ...change })) as object;
  const { unjudged = [] } = readManifests(count === 1 ? [changed] : [whole, changed]).cluster;
  expect(unjudged.map(({ says, unread = [] }) => [says, fieldText(unread)])).toEqual(
    Array.from({ length: count }, () => [undefined, at]),
  );
});

test('a policy that is broken off is not understood, whatever stands in its specs', () => {
  const text = [
    'apiVersion: cilium.io/v2',
    'kind: CiliumNetworkPolicy',
    'metadata: {name: a, namespace: shop}',
    'specs: [{endpointSelector: {}, ingress: [{}]}]',
    'spec: {endpointSelector: {}, endpointSelector: {}}',
  ].join('\n');
  const { unjudged = [] } = readManifests([{ text, file: 'a.yaml' }] as never).cluster;
  expect(unjudged.map(({ says }) => says)).toEqual([undefined]);
});
