import { lint } from '../../lib/lint/lint-cluster';
import { readManifests } from '../../lib/manifests/read-manifests';
import type { FindingCode } from '../../lib/model/finding';
import { networkPolicyEntry } from '../../lib/model/network-policy-entry';
import { describeFinding, findingsOf, WEB } from './engine-cases/case';
import { CILIUM_CASES } from './engine-cases/cilium';
import { CLUSTER_CASES } from './engine-cases/cluster';
import { CONNECTION_CASES } from './engine-cases/connection';
import { NPM_CASES } from './engine-cases/npm';
import { PORT_NAME_CASES } from './engine-cases/port-names';

const rows = [CLUSTER_CASES, CILIUM_CASES, NPM_CASES, CONNECTION_CASES, PORT_NAME_CASES]
  .flatMap((cases) => Object.entries(cases))
  .flatMap(([rule, cases]) => cases.map((each) => ({ rule: rule as FindingCode, ...each })));

test.each(rows)('$rule: $why', ({ rule, ...each }) => {
  expect(findingsOf(rule, each)).toEqual(each.finds);
});

/** Policies that an older API server took, as they come from a cluster. */
test.each([
  {
    rule: 'calico-leading-zeros',
    engine: 'calico',
    from: [{ ipBlock: { cidr: '010.10.0.254/32' } }],
    found:
      'error NetworkPolicy shop/stored spec.ingress[0].from[0].ipBlock: Calico drops an IP block with leading zeros and keeps its rule, which then allows everybody (internet → shop/web 8080/TCP is allowed, where the specification says denied)',
  },
  {
    rule: 'npm-policy-skipped',
    engine: 'azure',
    from: [{ ipBlock: { cidr: '10.10.0.0/0', except: ['169.254.169.254/32'] } }],
    found:
      'error NetworkPolicy shop/stored spec.ingress[0].from[0].ipBlock.cidr: Azure NPM ignores a whole policy with "/0" after an address other than 0.0.0.0, or with a leading zero in a prefix length, which leaves shop/web open; on an update to this form the old rules stay until NPM restarts, and then are gone',
  },
  {
    rule: 'cidr-not-canonical',
    engine: 'calico',
    from: [{ ipBlock: { cidr: '::ffff:203.0.113.7/128' } }],
    found:
      'warning NetworkPolicy shop/stored spec.ingress[0].from[0].ipBlock.cidr: ::ffff:203.0.113.7/128: Kubernetes 1.36 and later refuse an IPv4 address written as IPv6; Calico reads an IPv4 address written as IPv6 as the IPv4 address (203.0.113.7/32 → shop/web 8080/TCP is allowed, where the specification says denied)',
  },
] as const)('$rule speaks of what is stored already', ({ rule, engine, from, found }) => {
  const { cluster } = readManifests([{ text: WEB, file: 'case.yaml' }]);
  const policy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'stored' },
    spec: { podSelector: {}, ingress: [{ from }] },
  } as const;
  const policies = [networkPolicyEntry(policy, { namespace: 'shop' })];
  const { findings } = lint({ ...cluster, policies }, { profile: { engine }, today: '2026-11-22' });
  expect(findings.filter((each) => each.rule === rule).map(describeFinding)).toContain(found);
});
