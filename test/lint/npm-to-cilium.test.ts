import type { AksClusterProfile } from '../../lib/aks/cluster-profile';
import { lint } from '../../lib/lint/lint-cluster';
import { readManifests } from '../../lib/manifests/read-manifests';
import type { FindingCode } from '../../lib/model/finding';
import { Reachability } from '../../lib/reachability/reachability';
import {
  AGENT,
  block,
  DB,
  DENY,
  egressTo,
  ingressFrom,
  node,
  onWeb,
  pods,
  service,
  WEB,
} from './engine-cases/case';
import { deployment, networkPolicy } from './example-manifests';

/**
 * The five checks of Microsoft's validator for the move from Azure NPM to Cilium, which look at syntax, beside
 * what the rules here say of the same policies on the engine cilium.
 *
 * @see Azure/azure-container-networking, tools/azure-npm-to-cilium-validator of 2026-08-20, read 2026-11-22
 */
interface Row {
  readonly check: 'endPort' | 'ipBlock' | 'named port' | 'egress' | 'service';
  readonly why: string;
  readonly manifests: readonly string[];
  readonly profile?: AksClusterProfile;
  /** What the validator answers, by its source; it was not run. */
  readonly validator: 'flags' | 'passes' | 'crashes';
  readonly rules: readonly FindingCode[];
}

const CILIUM: AksClusterProfile = {
  engine: 'cilium',
  kubernetesVersion: '1.33',
  podCidrs: ['10.244.0.0/16'],
};
const RANGE = onWeb({ ingress: [{ ports: [{ port: 8000, endPort: 8100 }] }] });
const onPorts = (...ports: object[]) => onWeb({ ingress: [{ ports }] });

const ROWS: readonly Row[] = [
  {
    check: 'endPort',
    why: 'Kubernetes 1.31, where AKS documents that only the first port opens',
    manifests: [WEB, RANGE],
    profile: { ...CILIUM, kubernetesVersion: '1.31' },
    validator: 'flags',
    rules: ['cilium-end-port'],
  },
  {
    check: 'endPort',
    why: 'Kubernetes 1.32 and later read it as it stands: a false alarm of the validator',
    manifests: [WEB, RANGE],
    validator: 'flags',
    rules: [],
  },
  {
    check: 'ipBlock',
    why: 'pods by their range',
    manifests: [WEB, DB, egressTo(block('10.244.0.0/16'))],
    validator: 'flags',
    rules: ['cilium-ip-block-misses-pods'],
  },
  {
    check: 'ipBlock',
    why: 'a partner outside, which Cilium admits as before: a false alarm of the validator',
    manifests: [WEB, ingressFrom(block('203.0.113.0/24'))],
    validator: 'flags',
    rules: [],
  },
  {
    check: 'ipBlock',
    why: "the documentation's own remedy, every address and every pod: the validator flags it still",
    manifests: [WEB, DB, egressTo(block('0.0.0.0/0'), { namespaceSelector: {} })],
    validator: 'flags',
    rules: [],
  },
  {
    check: 'named port',
    why: 'an egress name with two numbers in the cluster',
    manifests: [
      WEB,
      DB,
      deployment('db', { namespace: 'pay', ports: [{ name: 'sql', containerPort: 5433 }] }),
      onWeb({ egress: [{ to: [pods('db')], ports: [{ port: 'sql' }] }] }),
    ],
    validator: 'flags',
    rules: ['cilium-egress-port-name'],
  },
  {
    check: 'named port',
    why: 'an ingress name, which Cilium resolves on each pod: a false alarm of the validator',
    manifests: [WEB, onPorts({ port: 'http' })],
    validator: 'flags',
    rules: [],
  },
  {
    check: 'named port',
    why: 'a protocol without a port, of which the validator takes the type',
    manifests: [WEB, onPorts({ protocol: 'UDP' })],
    validator: 'crashes',
    rules: [],
  },
  {
    check: 'egress',
    why: 'an agent on every node, which Azure NPM never blocked',
    manifests: [WEB, AGENT, egressTo(pods('agent'))],
    validator: 'flags',
    rules: ['own-node-egress'],
  },
  {
    check: 'egress',
    why: 'rules for pods only: any egress but allow-all is flagged, whatever it is for',
    manifests: [WEB, DB, egressTo(pods('db'))],
    validator: 'flags',
    rules: [],
  },
  {
    check: 'egress',
    why: 'rules that policyTypes leaves out: Cilium starts to enforce what Azure NPM ignored',
    manifests: [WEB, DB, onWeb({ policyTypes: ['Ingress'], ingress: [{}], egress: [{}] })],
    validator: 'passes',
    rules: ['rules-of-unlisted-type'],
  },
  {
    check: 'service',
    why: 'client ranges behind a load balancer',
    manifests: [WEB, service('type: LoadBalancer'), ingressFrom(block('203.0.113.0/24'))],
    validator: 'flags',
    rules: ['load-balancer-hides-source'],
  },
  {
    check: 'service',
    why: 'pods that no policy isolates, in a namespace where others are: a false alarm of the validator',
    manifests: [
      WEB,
      DB,
      service('type: LoadBalancer'),
      networkPolicy('db', { podSelector: { matchLabels: { app: 'db' } } }),
    ],
    validator: 'flags',
    rules: [],
  },
  {
    check: 'service',
    why: 'a rule for everybody whose policy selects by an expression, which the validator does not read',
    manifests: [
      WEB,
      service('type: LoadBalancer'),
      networkPolicy('web', {
        podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['web'] }] },
        ingress: [{ ports: [{ port: 8080 }] }],
      }),
    ],
    validator: 'flags',
    rules: [],
  },
  {
    check: 'service',
    why: 'a target port by name, which the workload declares: a false alarm of the validator',
    manifests: [
      WEB,
      service('type: LoadBalancer').replace('targetPort: 8080', 'targetPort: http'),
      onPorts({ port: 8080 }),
    ],
    validator: 'flags',
    rules: [],
  },
];

test.each(ROWS)('$check, which the validator $validator: $why', ({ manifests, profile = CILIUM, rules }) => {
  const { cluster, problems } = readManifests([{ text: manifests.join(''), file: 'case.yaml' }]);
  expect(problems).toEqual([]);
  const found = lint(cluster, { profile, today: '2026-11-22' }).findings.map(({ rule }) => rule);
  expect(ABOUT_THE_MOVE.filter((rule) => found.includes(rule))).toEqual(rules);
});

/** The rules that can speak of what changes with the move. */
const ABOUT_THE_MOVE: readonly FindingCode[] = [
  'rules-of-unlisted-type',
  'cilium-ip-block-misses-pods',
  'cilium-end-port',
  'cilium-egress-port-name',
  'cilium-label-not-in-identity',
  'sctp-not-carried',
  'own-node-egress',
  'load-balancer-hides-source',
  'engine-changes-connections',
];

test('what a deny of egress changes with the move is the way to the own node, and only a comparison tells', () => {
  const pod = `---\n{ apiVersion: v1, kind: Pod, metadata: { name: job, namespace: shop }, spec: { nodeName: n1, containers: [{ name: job }] }, status: { podIP: 10.244.0.9 } }\n`;
  const { cluster } = readManifests([
    { text: [pod, node('n1', '10.224.0.4'), DENY].join(''), file: 'case.yaml' },
  ]);
  const question = { from: 'shop/job', to: 'node:n1', port: 10250 };
  const outcomes = (['azure', 'cilium'] as const).map((engine) =>
    Reachability.of(cluster, { profile: { engine } }).outcome(question),
  );
  expect(outcomes).toEqual(['allowed', 'denied']);
});
