import type { ContainerPort } from '../../lib/model/cluster';
import { targetsOf } from '../../lib/model/service-pods';

const declared: readonly ContainerPort[] = [
  { name: 'dns', port: 53, protocol: 'UDP' },
  { name: 'dns', port: 1053, protocol: 'TCP' },
];

test.each([
  { why: 'its own number, where it says nothing else', port: { port: 80 }, targets: [80] },
  { why: 'another number', port: { port: 80, targetPort: 8080 }, targets: [8080] },
  { why: 'what a name stands for with its protocol', port: { port: 53, targetPort: 'dns' }, targets: [1053] },
  { why: 'nothing, where nobody declares the name', port: { port: 53, targetPort: 'web' }, targets: [] },
])('a port of a service sends to $why', ({ port, targets }) => {
  expect(targetsOf({ protocol: 'TCP', ...port }, declared)).toEqual(targets);
});
