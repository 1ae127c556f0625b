import { readManifests } from '../../lib/manifests/read-manifests';
import type { EngineProfile } from '../../lib/model/engine-profile';
import { Reachability } from '../../lib/reachability/reachability';
import { CILIUM, cilium, netpol, tcp } from './named';

/** Cilium has the service account of a pod among its labels. */

const ACCOUNT = 'io.cilium.k8s.policy.serviceaccount';

const deployment = (name: string, spec: object = {}, kind = 'Deployment') => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name, namespace: 'shop' },
  spec: {
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'main', image: 'main' }], ...spec },
    },
  },
});
const pod = (name: string, more: object, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', labels: { app: 'api' }, ...more },
  spec: { containers: [{ name: 'main' }], ...spec },
});
const ofApi = {
  ownerReferences: [{ apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'api', controller: true }],
};
const allowing = (selector: object) =>
  cilium('db', { ingress: [{ fromEndpoints: [selector], ...tcp('80') }] });
const account = (name: string) => ({ matchLabels: { [ACCOUNT]: name } });

const judge = (objects: readonly object[], profile: EngineProfile = CILIUM) =>
  Reachability.of(readManifests([deployment('db'), ...objects] as object[]).cluster, { profile });
const ask = (from: string, objects: readonly object[], profile?: EngineProfile) =>
  judge(objects, profile).verdict({ from, to: 'shop/db', port: '80' }).verdict;

test.each<{ why: string; api: readonly object[]; selector: object; verdict: string; from?: string }>([
  {
    why: 'the account of a template',
    api: [deployment('api', { serviceAccountName: 'robot' })],
    selector: account('robot'),
    verdict: 'allowed',
  },
  {
    why: 'the account under its older name',
    api: [deployment('api', { serviceAccount: 'robot' })],
    selector: account('robot'),
    verdict: 'allowed',
  },
  {
    why: 'another account',
    api: [deployment('api', { serviceAccountName: 'robot' })],
    selector: account('default'),
    verdict: 'denied',
  },
  {
    why: 'no account, which is the default',
    api: [deployment('api')],
    selector: account('default'),
    verdict: 'allowed',
  },
  {
    why: 'no account, where every other is meant',
    api: [deployment('api')],
    selector: { matchExpressions: [{ key: `k8s:${ACCOUNT}`, operator: 'NotIn', values: ['default'] }] },
    verdict: 'denied',
  },
  {
    why: 'a pod by itself without one, which may be a static one',
    api: [pod('api', {})],
    selector: account('default'),
    verdict: 'unknown',
  },
  {
    why: 'a kind whose controller may set it',
    api: [{ ...deployment('api', {}, 'CloneSet'), apiVersion: 'apps.kruise.io/v1alpha1' }],
    selector: account('robot'),
    verdict: 'unknown',
  },
  {
    why: 'a pod of an earlier template',
    api: [
      deployment('api', { serviceAccountName: 'robot' }, 'DaemonSet'),
      pod('api-1', ofApi, { serviceAccountName: 'other' }),
      pod('api-2', ofApi, { serviceAccountName: 'robot' }),
    ],
    selector: account('robot'),
    from: 'shop/api-1',
    verdict: 'denied',
  },
  {
    why: 'a pod of AKS, of which no account is known',
    api: [],
    selector: { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system', [ACCOUNT]: 'coredns' } },
    from: 'kube-system/coredns',
    verdict: 'unknown',
  },
])('$why: $verdict', ({ api, selector, verdict, from = 'shop/api' }) => {
  expect(ask(from, [...api, allowing(selector)])).toBe(verdict);
});

test.each([
  { engine: 'cilium', verdict: 'denied' },
  { engine: 'azure', verdict: 'allowed' },
] as const)(
  'a policy of Kubernetes about an account is about pods on $engine: $verdict',
  ({ engine, verdict }) => {
    const robots = { podSelector: { matchLabels: { [ACCOUNT]: 'robot' } }, policyTypes: ['Ingress'] };
    const robot = deployment('robot', { serviceAccountName: 'robot' });
    const reachability = judge([robot, netpol(robots)], { engine });
    expect(reachability.verdict({ from: 'shop/db', to: 'shop/robot', port: '80' }).verdict).toBe(verdict);
  },
);

test('pods that no manifest declares are told by their account', () => {
  const rows = [...judge([allowing(account('robot'))]).connections()];
  const told = rows.filter(({ to }) => to.workloads?.some(({ workload }) => workload.name === 'db'));
  expect(told.flatMap(({ from }) => from.possible?.set.key ?? []).some((key) => key.includes('robot'))).toBe(
    true,
  );
});
