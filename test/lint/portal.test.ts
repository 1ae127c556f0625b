import { App, Chart } from 'cdk8s';
import { AksNetworkPolicy, AllowedConnection, Findings, IngressRule, Peer } from 'cdk8s-aks-network-policy';
import { RULES } from '../../lib/lint/catalogue';
import { wordsFor } from '../../lib/lint/fix';
import { lint } from '../../lib/lint/lint-cluster';
import type { LintRule } from '../../lib/lint/lint-rule';
import { readManifests } from '../../lib/manifests/read-manifests';
import { FINDINGS, NO_INTENT, type ProgramIntent } from '../../lib/model/finding';
import { app, findingsOf, pod, policy, service, testRule, workload } from './judge';

const all = policy('shop/p', { podSelector: {}, policyTypes: ['Ingress'] });
const from = (cidr: string) =>
  policy('shop/p', { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr } }] }] });

testRule('blank-selector', [
  {
    why: 'empty labels, of a template without values',
    manifests: [workload('shop/web'), policy('shop/p', { podSelector: { matchLabels: {} } })],
    finds: [
      'shop/p spec.podSelector: matchLabels: {}: a blank selector matches everything in its scope, here any pod of namespace shop (1 known workload)',
    ],
  },
  {
    why: 'empty lists in a peer',
    manifests: [
      workload('shop/web'),
      workload('shop/db'),
      policy('shop/p', {
        podSelector: {},
        ingress: [{ from: [{ podSelector: { matchLabels: {}, matchExpressions: [] } }] }],
      }),
    ],
    finds: [
      'shop/p spec.ingress[0].from[0].podSelector: matchLabels: {} and matchExpressions: []: a blank selector matches everything in its scope; the peer means any pod of namespace shop (2 known workloads)',
    ],
  },
  {
    why: 'empty labels of namespaces',
    manifests: [policy('shop/p', { egress: [{ to: [{ namespaceSelector: { matchLabels: {} } }] }] })],
    finds: [
      'shop/p spec.egress[0].to[0].namespaceSelector: matchLabels: {}: a blank selector matches everything in its scope; the peer means any pod (0 known workloads)',
    ],
  },
  {
    // kube-score 293, 420: false alarms on empty selectors.
    why: 'a plain {}, and a selector that is left out, say “all”',
    manifests: [
      workload('shop/web'),
      policy('shop/p', {
        podSelector: {},
        ingress: [{ from: [{ podSelector: {} }, { namespaceSelector: {} }] }],
      }),
      policy('shop/q', { policyTypes: ['Ingress'] }),
    ],
  },
  {
    why: 'empty labels beside expressions are no blank',
    manifests: [
      policy('shop/p', {
        podSelector: { matchLabels: {}, matchExpressions: [{ key: 'app', operator: 'Exists' }] },
      }),
    ],
  },
]);

testRule('pod-address-in-ip-block', [
  {
    why: 'the address of a known pod',
    manifests: [pod('shop/web', '10.244.0.7'), from('10.244.0.7/32')],
    finds: [
      `shop/p spec.ingress[0].from[0].ipBlock.cidr: 10.244.0.7/32, the address of pod shop/web: ${FINDINGS['pod-address-in-ip-block'].problem}`,
    ],
  },
  {
    why: 'an address in the range of pods',
    manifests: [from('10.244.0.7/32')],
    profile: { podCidrs: ['10.244.0.0/16'] },
    finds: [
      `shop/p spec.ingress[0].from[0].ipBlock.cidr: 10.244.0.7/32, in the range of pods: ${FINDINGS['pod-address-in-ip-block'].problem}`,
    ],
  },
  {
    // cilium-ip-block-misses-pods speaks of it, once.
    why: 'the address of a known pod, on cilium',
    manifests: [workload('shop/db'), pod('shop/web', '10.244.0.7'), from('10.244.0.7/32')],
    profile: { engine: 'cilium' },
  },
  {
    // Popeye 1206 warns of blocks that match no pod, which is what blocks are for.
    why: 'addresses that are no pod’s, public and private',
    manifests: [
      pod('shop/web', '10.244.0.7'),
      from('203.0.113.7/32'),
      { ...from('10.20.0.4/32'), metadata: { namespace: 'shop', name: 'q' } },
    ],
    profile: { podCidrs: ['10.244.0.0/16'] },
  },
  {
    why: 'a range around a pod’s address',
    manifests: [pod('shop/web', '10.244.0.7'), from('10.0.0.0/8')],
  },
  {
    why: 'a pod on its node’s network, whose address is the node’s',
    manifests: [pod('shop/web', '10.240.0.4', { hostNetwork: true }), from('10.240.0.4/32')],
  },
  {
    why: 'a pod that is over, and holds no address any more',
    manifests: [pod('shop/job', '10.244.0.7', {}, { phase: 'Succeeded' }), from('10.244.0.7/32')],
  },
  {
    why: 'an address of a range that pods share with nodes',
    manifests: [from('10.240.0.4/32')],
    profile: { podCidrs: ['10.240.0.0/16'], nodeCidrs: ['10.240.0.0/16'] },
  },
  {
    why: 'a load balancer’s address among those of pods',
    manifests: [
      service('shop/lb', { type: 'LoadBalancer', loadBalancerIP: '10.240.9.9' }),
      from('10.240.9.9/32'),
    ],
    profile: { podCidrs: ['10.240.0.0/16'] },
  },
  {
    why: 'an exception of one pod',
    manifests: [
      pod('shop/web', '10.244.0.7'),
      policy('shop/p', {
        ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.244.0.7/32'] } }] }],
      }),
    ],
  },
]);

const VOID = FINDINGS['deny-preset-void'].problem;
const open = (selector: object) =>
  policy('shop/open', { podSelector: selector, policyTypes: ['Ingress'], ingress: [{}] });

testRule('deny-preset-void', [
  {
    why: 'a rule for everybody, for the same pods',
    manifests: [all, open({})],
    finds: [
      `shop/p spec.policyTypes: Ingress: ${VOID}, for every pod that it holds and on every port: in open`,
    ],
  },
  {
    why: 'a rule for everybody, for more pods',
    manifests: [policy('shop/p', { podSelector: app('db'), policyTypes: ['Ingress'] }), open({})],
    finds: [
      `shop/p spec.policyTypes: Ingress: ${VOID}, for every pod that it holds and on every port: in open`,
    ],
  },
  { why: 'a rule for everybody, for other pods', manifests: [all, open(app('web'))] },
  {
    why: 'pods that are opened one by one: the denial holds for those to come',
    manifests: [workload('shop/web'), all, open(app('web'))],
  },
  {
    why: 'a rule for everybody on one port',
    manifests: [all, policy('shop/open', { podSelector: {}, ingress: [{ ports: [{ port: 80 }] }] })],
  },
  {
    why: 'a rule for every namespace, which leaves addresses outside denied',
    manifests: [
      all,
      policy('shop/open', { podSelector: {}, ingress: [{ from: [{ namespaceSelector: {} }] }] }),
    ],
  },
  {
    why: 'a rule for everybody in the other direction, or in another namespace',
    manifests: [
      all,
      policy('shop/open', { podSelector: {}, policyTypes: ['Egress'], egress: [{}] }),
      policy('lab/open', { podSelector: {}, ingress: [{}] }),
    ],
  },
  {
    why: 'a rule of a type that the other policy leaves out',
    manifests: [all, policy('shop/open', { podSelector: {}, policyTypes: ['Egress'], ingress: [{}] })],
  },
]);

const everyNamespace = policy('shop/p', {
  podSelector: {},
  ingress: [{ from: [{ namespaceSelector: {} }] }],
});

testRule('all-namespaces-include-own', [
  { why: 'a manifest says “all namespaces” so, and may well mean it', manifests: [everyNamespace] },
]);

testRule('custom-rule-without-peers', [{ why: 'a manifest does not show it', manifests: [all] }]);

describe('what constructs find in themselves', () => {
  const application = new App();
  const chart = new Chart(application, 'shop', { namespace: 'shop' });
  new AksNetworkPolicy(chart, 'db', {
    podSelector: {},
    rules: [
      IngressRule.allow({ from: [] }),
      IngressRule.denyAll(),
      IngressRule.allow({ from: [Peer.otherNamespaces(), Peer.ipBlock('10.244.0.7/32')] }),
    ],
  });
  new AllowedConnection(chart, 'scrape', {
    from: { name: 'prometheus', podSelector: { matchLabels: { app: 'prometheus' } } },
    to: { name: 'web', podSelector: { matchLabels: { app: 'web' } } },
    ports: [9090],
    sides: 'source',
  });
  const { cluster } = readManifests([application]);
  const findings = [...Findings.of(application).list(), ...Findings.of(application).acknowledged()];
  const program = { name: 'app 1 in memory' };
  const says = (more: Partial<ProgramIntent> = {}) => ({
    ...NO_INTENT,
    programs: [{ program, findings, acknowledgements: [], expectations: [], ...more }],
  });

  test('is told on the policy, its field, its construct and its line, in the words of FINDINGS', () => {
    const report = lint(cluster, { intent: says() });
    for (const code of Object.keys(FINDINGS) as (keyof typeof FINDINGS)[]) {
      const found = report.findings.filter(({ rule }) => rule === code);
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({
        object: { kind: 'NetworkPolicy', namespace: 'shop' },
        message: expect.stringMatching(new RegExp(`${FINDINGS[code].problem}$`)),
        fix: FINDINGS[code].fix,
        source: {
          construct: code === 'connection-isolates' ? 'shop/scrape/prometheus-to-web-egress' : 'shop/db',
          code: { file: 'test/lint/portal.test.ts' },
        },
      });
    }
    expect(report.findings.map(({ rule, field }) => `${field} ${rule}`)).toContain(
      'rules[2].from[1] pod-address-in-ip-block',
    );
  });

  test('is told once, though the manifest shows it too', () => {
    const report = lint(cluster, {
      profile: { podCidrs: ['10.244.0.0/16'] },
      intent: says(),
    });
    expect(report.findings.filter(({ rule }) => rule === 'pod-address-in-ip-block')).toHaveLength(1);
    const alone = lint(cluster, { profile: { podCidrs: ['10.244.0.0/16'] } });
    expect(alone.findings.filter(({ rule }) => rule === 'pod-address-in-ip-block')).toHaveLength(1);
  });

  test('does not come out open when the program acknowledges it', () => {
    const reason = 'a fixed address';
    const acknowledgements = [{ rule: 'pod-address-in-ip-block', construct: 'shop', reason } as const];
    const report = lint(cluster, {
      intent: says({ acknowledgements, findings: findings.map((each) => ({ ...each, reason })) }),
    });
    expect(report.findings.filter(({ rule }) => rule === 'pod-address-in-ip-block')).toEqual([]);
    expect(report.acknowledged).toMatchObject([
      { rule: 'pod-address-in-ip-block', acknowledgement: { reason } },
    ]);
  });

  test('is told even when the policy is not among the manifests', () => {
    expect(findingsOf('custom-rule-without-peers', { manifests: [], intent: says() })).toMatchObject([
      { object: { kind: 'Construct', name: 'shop/db' }, source: { construct: 'shop/db' } },
    ]);
  });
});

test('the rules take their words from FINDINGS, the one place of them', () => {
  for (const [code, { problem, fix }] of Object.entries(FINDINGS)) {
    const rule = RULES.find(({ id }) => id === code) as LintRule;
    expect(rule.summary).toBe(problem);
    expect(wordsFor(rule.fix, { construct: 'shop/db' })).toBe(fix);
  }
});
