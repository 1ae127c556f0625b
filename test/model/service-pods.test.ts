import type { ContainerPort } from '../../lib/model/cluster';
import { isBehind, targetOf } from '../../lib/model/service-pods';

const declared: readonly ContainerPort[] = [
  { name: 'dns', port: 53, protocol: 'UDP' },
  { name: 'dns', port: 1053, protocol: 'TCP' },
  { name: 'http', port: 81, protocol: 'TCP' },
  { name: 'http', port: 80, protocol: 'TCP' },
  { name: 'proxy', port: 9000, protocol: 'TCP' },
  { name: 'proxy', port: 9001, protocol: 'TCP', ofSidecar: true },
  { name: 'metrics', port: 8099, protocol: 'TCP', ofSidecar: true },
];

test.each([
  { why: 'its own number, where it says nothing else', port: { port: 80 }, target: 80 },
  { why: 'another number', port: { port: 80, targetPort: 8080 }, target: 8080 },
  { why: 'what a name stands for with its protocol', port: { port: 53, targetPort: 'dns' }, target: 1053 },
  {
    why: 'nothing, where nobody declares the name',
    port: { port: 53, targetPort: 'web' },
    target: undefined,
  },
  { why: 'the first of two containers with a name', port: { port: 443, targetPort: 'http' }, target: 81 },
  { why: 'a container before a sidecar', port: { port: 443, targetPort: 'proxy' }, target: 9000 },
  {
    why: 'a sidecar where no container has the name',
    port: { port: 1, targetPort: 'metrics' },
    target: 8099,
  },
])('a port of a service sends to $why', ({ port, target }) => {
  expect(targetOf({ protocol: 'TCP', ...port }, declared)).toBe(target);
});

test.each([
  { why: 'its labels', selector: { app: 'db' }, isThere: true },
  {
    why: 'one of its pods by name',
    selector: { app: 'db', 'statefulset.kubernetes.io/pod-name': 'db-0' },
    isThere: true,
  },
  { why: 'one of its pods by index', selector: { 'apps.kubernetes.io/pod-index': '1' }, isThere: true },
  { why: 'a pod of another', selector: { 'statefulset.kubernetes.io/pod-name': 'web-0' }, isThere: false },
  {
    why: 'a pod by a name that none has',
    selector: { 'statefulset.kubernetes.io/pod-name': 'db-a' },
    isThere: false,
  },
  {
    why: 'a hash that its controller adds, which no manifest tells',
    selector: { 'controller-revision-hash': 'a' },
    isThere: false,
  },
  {
    why: 'a pod by name, where it is a Deployment',
    kind: 'Deployment',
    selector: { 'statefulset.kubernetes.io/pod-name': 'db-0' },
    isThere: false,
  },
])(
  'whether a service that asks for $why sends to a StatefulSet: $isThere',
  ({ selector, kind = 'StatefulSet', isThere }) => {
    const workload = {
      kind,
      namespace: 'shop',
      name: 'db',
      labels: { app: 'db' },
      ports: [],
      hostNetwork: false,
      pods: [],
    };
    expect(isBehind({ namespace: 'shop', name: 'db', selector, ports: [], addresses: [] }, workload)).toBe(
      isThere,
    );
  },
);
