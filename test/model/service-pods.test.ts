import type { ContainerPort } from '../../lib/model/cluster';
import { targetOf } from '../../lib/model/service-pods';

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
