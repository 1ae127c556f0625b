import { lint } from '../../lib/lint/lint-cluster';
import { openForOne } from '../../lib/lint/opening-fix';
import { readManifests } from '../../lib/manifests/read-manifests';
import { ServiceTargets } from '../../lib/model/service-targets';
import { deployment, policy } from '../support/shop';

jest.mock('../../lib/lint/opening-fix', () => {
  const actual = jest.requireActual<typeof import('../../lib/lint/opening-fix')>(
    '../../lib/lint/opening-fix',
  );
  return { ...actual, openForOne: jest.fn(actual.openForOne) };
});

const service = (name: string, port: number) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec: { selector: { tier: 'front' }, ports: [{ port, targetPort: 8080 }] },
});
const pods = (name: string) => {
  const { spec, ...rest } = deployment(name, [8080]);
  const { template } = spec;
  return {
    ...rest,
    spec: { ...spec, template: { ...template, metadata: { labels: { app: name, tier: 'front' } } } },
  };
};
const shut = policy('shut', { podSelector: {}, policyTypes: ['Ingress'] });

test.each([
  { why: 'the same port', port: () => 80 },
  { why: 'ports of their own', port: (i: number) => 80 + i },
])('of ten services that send from $why, what mends a workload is worked out once for each', ({ port }) => {
  const services = Array.from({ length: 10 }, (_, i) => service(`s-${i}`, port(i)));
  const workloads = Array.from({ length: 5 }, (_, i) => pods(`w-${i}`));
  const made = jest.mocked(openForOne).mockClear();
  const { findings } = lint(readManifests([...services, ...workloads, shut]).cluster);
  const told = findings.filter(({ rule }) => rule === 'unreachable-workload');
  expect(told).toHaveLength(5);
  expect(told[0]?.message).toMatch(/where services shop\/s-0, shop\/s-1, shop\/s-2 and 7 more send/);
  expect(made).toHaveBeenCalledTimes(5);
});

test.each([
  { why: 'the same port', port: () => 80 },
  { why: 'ports that no rule names', port: (i: number) => 80 + i },
])('of ten services that send from $why, what stands behind is looked up once', ({ port }) => {
  const services = Array.from({ length: 10 }, (_, i) => service(`s-${i}`, port(i)));
  const asked = jest.spyOn(ServiceTargets.prototype, 'of');
  const { findings } = lint(readManifests([...services, pods('web'), shut]).cluster);
  const count = asked.mock.calls.length;
  asked.mockRestore();
  expect(findings.map(({ rule }) => rule)).toContain('unreachable-workload');
  expect(count).toBe(1);
});

test('services are named in the order in which they stand, also where they select the pods otherwise', () => {
  const services = [{ tier: 'front' }, { app: 'web' }, { tier: 'front' }].map((selector, i) => {
    const { spec, ...rest } = service(`s-${i}`, 80);
    return { ...rest, spec: { ...spec, selector } };
  });
  const { findings } = lint(readManifests([...services, pods('web'), shut]).cluster);
  const [told] = findings.filter(({ rule }) => rule === 'unreachable-workload');
  expect(told?.message).toContain('where services shop/s-0, shop/s-1 and shop/s-2 send');
});
