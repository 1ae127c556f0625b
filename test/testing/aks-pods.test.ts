import 'cdk8s-aks-network-policy/jest';
import { checkAllowsOnly } from 'cdk8s-aks-network-policy/analysis';
import type { NetworkPolicyPeer } from '../../lib/model/network-policy';
import { deployment, policy } from '../support/shop';
import { named, surplus } from './surplus';

/** Pods that AKS runs, which manifests may name and need not declare. */

describe("AKS's own pods", () => {
  const agent = { ...named('kube-system'), podSelector: { matchLabels: { app: 'konnectivity-agent' } } };
  const quiet = policy('quiet', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  const metrics = [{ port: 9000 }];
  const egress = (app: string, to: NetworkPolicyPeer, of = metrics) =>
    policy(`${app}-${JSON.stringify(of).length}`, {
      podSelector: { matchLabels: { app } },
      policyTypes: ['Egress'],
      egress: [{ to: [to], ports: of }],
    });
  const ingress = (app: string, from: NetworkPolicyPeer) =>
    policy(`${app}-in`, {
      podSelector: { matchLabels: { app } },
      ingress: [{ from: [from], ports: metrics }],
    });
  const shop = [deployment('web'), deployment('api'), quiet];

  test('are told once, where others of their labels are too much as well', () => {
    expect(surplus([...shop, egress('web', named('kube-system'))], [])).toEqual([
      'shop/web to any pod of namespace kube-system on 9000/TCP',
    ]);
    expect(surplus([...shop, ingress('web', named('kube-system'))], [])).toEqual([
      'any pod of namespace kube-system to shop/web on 9000/TCP',
    ]);
  });

  test.each([
    {
      why: 'other ports',
      policies: [egress('web', named('kube-system')), egress('web', agent, [{ port: 8443 }, { port: 8444 }])],
      line: 'shop/web to kube-system/konnectivity-agent (AKS) on 8443-8444/TCP, 9000/TCP',
    },
    {
      why: 'another source',
      policies: [egress('web', named('kube-system')), egress('api', agent)],
      line: 'shop/api to kube-system/konnectivity-agent (AKS) on 9000/TCP',
    },
    {
      why: 'another destination',
      policies: [ingress('web', named('kube-system')), ingress('api', agent)],
      line: 'kube-system/konnectivity-agent (AKS) to shop/api on 9000/TCP',
    },
  ])('are told by their names with $why', ({ policies, line }) => {
    const found = surplus([...shop, ...policies], []);
    expect(found).toContain(line);
    expect(found).toHaveLength(2);
  });

  test('are told by their names where some of the others are listed', () => {
    const names = [{ port: 53 }];
    const list = [{ from: 'shop/web', to: 'kube-system/app=konnectivity-agent', port: 53 }];
    expect(surplus([...shop, egress('web', named('kube-system'), names)], list)).toEqual([
      'shop/web to kube-system/ama-metrics (AKS) and kube-system/hubble-relay (AKS) on 53/TCP',
      'shop/web to any pod of namespace kube-system, except those with app=konnectivity-agent on 53/TCP',
    ]);
  });
});

describe('names that pods look up', () => {
  const dns = (...to: NetworkPolicyPeer[]) => [
    deployment('web'),
    policy('web', {
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      egress: [{ to, ports: [{ port: 53, protocol: 'UDP' }, { port: 53 }] }],
    }),
  ];
  const coreDns = { ...named('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } };

  test('are never too much at the CoreDNS that AKS runs', () => {
    expect(dns(coreDns)).toAllowOnly([]);
    expect(dns(coreDns)).toAllow('shop/web', 'kube-system/coredns', '53/UDP');
    expect(dns(coreDns)).toDeny('shop/web', 'kube-system/coredns', '54/UDP');
  });

  test('are too much anywhere else, and other ports are there', () => {
    // Those of AKS's own pods that have labels are among them.
    expect(surplus(dns(named('kube-system')), [])).toEqual([
      'shop/web to any pod of namespace kube-system on 53/TCP, 53/UDP',
    ]);
    const [web] = dns();
    const wide = policy('web', {
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      egress: [{ to: [coreDns] }],
    });
    const [line] = surplus([web as object, wide], []);
    expect(line).toBe(
      'shop/web to kube-system/coredns (AKS) on 1-52/TCP, 54-65535/TCP, 1-52/UDP, 54-65535/UDP, */SCTP',
    );
  });

  test('are as every other connection where a manifest declares CoreDNS', () => {
    const own = {
      ...deployment('coredns'),
      metadata: { name: 'coredns', namespace: 'kube-system' },
    };
    const labelled = { ...own, spec: { template: { metadata: { labels: { 'k8s-app': 'kube-dns' } } } } };
    const found = checkAllowsOnly([...dns(coreDns), labelled], []).message;
    expect(found).toContain('shop/web to kube-system/coredns on 53/TCP, 53/UDP');
  });
});
