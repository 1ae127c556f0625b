import { type Case, check, EVERYBODY } from './judged';

/** What rules of Cilium's own kinds make of other objects, as verdicts on a cluster with Cilium. */

const OPEN_443 = { toPorts: [{ ports: [{ port: '443' }] }] };
const toService = (serviceName: string, more: object = {}) => ({
  toServices: [{ k8sService: { serviceName, namespace: 'shop' } }],
  ...more,
});
const service = (name: string, { metadata, spec }: { metadata?: object; spec: object }) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop', ...metadata },
  spec,
});
const group = (externalCIDRs: readonly string[], apiVersion = 'cilium.io/v2') => ({
  apiVersion,
  kind: 'CiliumCIDRGroup',
  metadata: { name: 'partners' },
  spec: { externalCIDRs },
});

test.each<Case>([
  {
    why: 'no name is as if none was asked for: everybody on a port',
    spec: { egress: [{ toFQDNs: [], ...OPEN_443 }] },
    out: EVERYBODY,
  },
  { why: 'no service is nobody without a port', spec: { egress: [{ toServices: [] }] }, out: '' },
  {
    why: 'the pods that a service selects, whatever its ports',
    spec: { egress: [toService('back', OPEN_443)] },
    more: [service('back', { spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } })],
    out: 'web',
  },
  {
    why: 'the addresses of a service without a selector, which no manifest tells',
    spec: { egress: [toService('back')] },
    more: [service('back', { spec: { ports: [{ port: 80 }] } })],
    out: 'web? other? net? server? node?',
  },
  {
    why: 'a service that agents may leave out',
    spec: { egress: [toService('back')] },
    more: [
      service('back', {
        metadata: { labels: { 'service.kubernetes.io/headless': '' } },
        spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
      }),
    ],
    out: 'web? other? net? server? node?',
  },
  {
    why: 'a service that selects a namespace, as none can',
    spec: { egress: [toService('back')] },
    more: [
      service('back', {
        spec: { selector: { 'io.kubernetes.pod.namespace': 'other' }, ports: [{ port: 80 }] },
      }),
    ],
    out: 'web? other? net? server? node?',
  },
  {
    why: 'the addresses of a group',
    spec: { egress: [{ toCIDRSet: [{ cidrGroupRef: 'partners' }] }] },
    more: [group(['203.0.113.0/24', '10.0.0.0/8'])],
    out: 'net',
  },
  {
    why: 'an exception that is a part of a group’s block, and others that are not',
    spec: {
      egress: [
        {
          toCIDRSet: [{ cidrGroupRef: 'partners', except: ['203.0.113.7/32', '20.0.0.0/8', '192.0.2.0/24'] }],
        },
      ],
    },
    more: [group(['203.0.113.0/24', '20.50.1.0/24'])],
    out: '',
  },
  {
    why: 'an exception that is a whole block of a group',
    spec: { egress: [{ toCIDRSet: [{ cidrGroupRef: 'partners', except: ['203.0.113.0/24'] }] }] },
    more: [group(['203.0.113.0/24', '20.50.1.0/24'])],
    out: 'server',
  },
  {
    why: 'a group without addresses',
    spec: { egress: [{ toCIDRSet: [{ cidrGroupRef: 'partners' }] }] },
    more: [group([])],
    out: '',
  },
  {
    why: 'a group of every address, some of which are the world’s alone',
    spec: { egress: [{ toCIDRSet: [{ cidrGroupRef: 'partners' }] }] },
    more: [group(['0.0.0.0/0'])],
    out: 'web? other? net? server? node?',
  },
  {
    why: 'a group that is written twice',
    spec: { egress: [{ toCIDRSet: [{ cidrGroupRef: 'partners' }] }] },
    more: [group(['203.0.113.0/24']), group(['203.0.113.0/24'], 'cilium.io/v2alpha1')],
    out: 'net',
  },
  {
    why: 'two groups of one name',
    spec: { egress: [{ toCIDRSet: [{ cidrGroupRef: 'partners' }] }] },
    more: [group(['203.0.113.0/24']), group(['20.0.0.0/8'])],
    out: 'web? other? net? server? node?',
  },
  {
    why: 'a group with a block that is none',
    spec: { egress: [{ toCIDRSet: [{ cidrGroupRef: 'partners' }] }] },
    more: [group(['203.0.113.0'])],
    out: 'web? other? net? server? node?',
  },
  {
    why: 'clusterwide, endpoints without a label are in a namespace',
    spec: {
      egress: [{ toEndpoints: [{ matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] }] }],
    },
    wide: true,
    out: '',
  },
  {
    why: 'clusterwide, endpoints of namespaces without a label are in one',
    spec: {
      egress: [
        {
          toEndpoints: [
            {
              matchExpressions: [
                { key: 'io.cilium.k8s.namespace.labels.team', operator: 'NotIn', values: ['shop'] },
              ],
            },
          ],
        },
      ],
    },
    wide: true,
    out: 'other',
  },
])('$why', check);
