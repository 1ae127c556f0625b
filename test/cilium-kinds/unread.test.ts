import { readManifests } from '../../lib/manifests/read-manifests';
import { fieldText } from '../../lib/model/field-path';
import { db, policy } from './policy';

/** What is not understood of Cilium's own kinds: it is not read yet, or read differently from version to version. */

const ports = (...list: object[]) => ({ toPorts: [{ ports: list }] });
const filtered = (rules: object, port: object = { port: '80', protocol: 'TCP' }) => ({
  toPorts: [{ ports: [port], rules }],
});

test.each<{ why: string; spec: object; at: string }>([
  { why: 'a field nobody knows', spec: { upcoming: {} }, at: 'spec.upcoming' },
  { why: 'a field with a very long name', spec: { ['x'.repeat(81)]: {} }, at: 'spec' },
  { why: 'null', spec: { egress: null }, at: 'spec.egress' },
  {
    why: 'a namespace of another',
    spec: { endpointSelector: { matchLabels: { 'io.kubernetes.pod.namespace': 'other' } } },
    at: 'spec.endpointSelector',
  },
  {
    why: 'a cluster of a mesh',
    spec: { ingress: [{ fromEndpoints: [{ matchLabels: { 'io.cilium.k8s.policy.cluster': 'a' } }] }] },
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
    why: 'a group of addresses that is elsewhere',
    spec: { egress: [{ toCIDRSet: [{ cidrGroupRef: 'g' }] }] },
    at: 'spec.egress[0].toCIDRSet[0].cidrGroupRef',
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
    why: 'a protocol nobody knows',
    spec: { ingress: [ports({ port: '0', protocol: 'VRRP' })] },
    at: 'spec.ingress[0].toPorts[0].ports[0]',
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
    why: 'a host that is a pattern',
    spec: { ingress: [filtered({ http: [{ host: '.*' }] })] },
    at: 'spec.ingress[0].toPorts[0].rules.http[0].host',
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
])('not understood: $why', ({ spec, at }) => {
  const { unjudged = [] } = readManifests([
    policy({ ...db, ingress: [{}], ...spec }, 'CiliumNetworkPolicy'),
  ]).cluster;
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
  { why: 'one whose specs are none', change: { spec: undefined, specs: [] }, at: 'spec' },
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
