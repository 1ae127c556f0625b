import fc from 'fast-check';
import { safeNamespaceSelector } from '../../lib/lint/mended-selector';
import { readManifests } from '../../lib/manifests/read-manifests';
import type { LabelSelector, LabelSelectorRequirement } from '../../lib/model/label-selector';
import type { PolicyType } from '../../lib/model/network-policy';
import { Reachability } from '../../lib/reachability/reachability';
import { node } from './engine-cases/case';
import { deployment, networkPolicy } from './example-manifests';

const NAMESPACES = [
  { name: 'shop', labels: { team: 'red' } },
  { name: 'pay', labels: { team: 'blue', env: 'prod' } },
  { name: 'lab', labels: {} },
];

const requirement: fc.Arbitrary<LabelSelectorRequirement> = fc.oneof(
  fc.record({
    key: fc.constantFrom('kubernetes.io/metadata.name', 'team', 'env'),
    operator: fc.constant('NotIn'),
    values: fc.uniqueArray(fc.constantFrom('shop', 'pay', 'red', 'blue', 'prod'), {
      minLength: 1,
      maxLength: 3,
    }),
  }),
  fc.record({ key: fc.constantFrom('team', 'env'), operator: fc.constantFrom('DoesNotExist', 'Exists') }),
);
const selector: fc.Arbitrary<LabelSelector> = fc.record({
  matchExpressions: fc.array(requirement, { minLength: 1, maxLength: 3 }),
});
const podSelector = fc.constantFrom<LabelSelector | undefined>(
  undefined,
  {},
  { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] },
  { matchLabels: { app: 'db' } },
);

const text = [
  ...NAMESPACES.map(
    ({ name, labels }) =>
      `---\n${JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } })}\n`,
  ),
  ...NAMESPACES.flatMap(({ name }) => ['web', 'db'].map((app) => deployment(app, { namespace: name }))),
  node('n1', '10.224.0.4'),
].join('');

/** Everything that is open to or from the pods of `shop`, on an engine or by the specification. */
function judge(
  namespaceSelector: LabelSelector,
  pods: LabelSelector | undefined,
  type: PolicyType,
  engine?: 'azure',
) {
  const peer = { namespaceSelector, ...(pods === undefined ? {} : { podSelector: pods }) };
  const rules = type === 'Ingress' ? { ingress: [{ from: [peer] }] } : { egress: [{ to: [peer] }] };
  const policy = networkPolicy('peer', { podSelector: {}, policyTypes: [type], ...rules });
  const { cluster, problems } = readManifests([{ text: text + policy, file: 'case.yaml' }]);
  expect(problems).toEqual([]);
  const profile = engine === undefined ? {} : { engine };
  return [...Reachability.of(cluster, { profile }).connections({ groupBy: 'workload' })]
    .map(({ from, to, ports, verdict }) =>
      [from, to]
        .map(
          ({ workloads, addresses }) =>
            workloads?.map(({ workload }) => `${workload.namespace}/${workload.name}`) ?? addresses?.ranges(),
        )
        .concat([[`${ports},${verdict}`]])
        .join(' '),
    )
    .sort();
}

test('the rewrite means on Azure NPM what was written means by the specification', () => {
  fc.assert(
    fc.property(
      selector,
      podSelector,
      fc.constantFrom<PolicyType>('Ingress', 'Egress'),
      (written, pods, type) => {
        expect(judge(safeNamespaceSelector(written), pods, type, 'azure')).toEqual(
          judge(written, pods, type),
        );
      },
    ),
    { numRuns: 150 },
  );
});

test('it is needed: what was written means something else there', () => {
  const written = { matchExpressions: [{ key: 'team', operator: 'NotIn', values: ['red'] }] };
  expect(judge(written, undefined, 'Ingress', 'azure')).not.toEqual(judge(written, undefined, 'Ingress'));
});
