import { ApiObject, App, Chart } from 'cdk8s';
import { AksNetworkPolicy, IngressRule, Peer, PodSelector, Port } from 'cdk8s-aks-network-policy';
import * as plus from 'cdk8s-plus-28';
import { cpuSeconds, print, ratios } from './measure';

type Write = (chart: Chart, i: number) => void;

/** The same policy three times: pods `app: db-N` are reached by pods `app: web` on TCP 5432. */
const writers: Record<string, Write> = {
  'bare ApiObject': (chart, i) => {
    new ApiObject(chart, `p${i}`, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: `p${i}`, namespace: 'shop' },
      spec: {
        podSelector: { matchLabels: { app: `db-${i}` } },
        policyTypes: ['Ingress'],
        ingress: [
          {
            from: [{ podSelector: { matchLabels: { app: 'web' } } }],
            ports: [{ protocol: 'TCP', port: 5432 }],
          },
        ],
      },
    });
  },
  'this package': (chart, i) => {
    new AksNetworkPolicy(chart, `p${i}`, {
      podSelector: PodSelector.labels({ app: `db-${i}` }),
      rules: [
        IngressRule.allow({
          from: [Peer.sameNamespace(PodSelector.labels({ app: 'web' }))],
          ports: [Port.tcp(5432)],
        }),
      ],
    });
  },
  'cdk8s-plus-28': (chart, i) => {
    new plus.NetworkPolicy(chart, `p${i}`, {
      metadata: { name: `p${i}`, namespace: 'shop' },
      selector: plus.Pods.select(chart, `db${i}`, { labels: { app: `db-${i}` } }),
      ingress: {
        rules: [
          {
            peer: plus.Pods.select(chart, `web${i}`, { labels: { app: 'web' } }),
            ports: [plus.NetworkPolicyPort.tcp(5432)],
          },
        ],
      },
    });
  },
};

function synthesize(write: Write, policies: number): void {
  const app = new App();
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  for (let i = 0; i < policies; i++) {
    write(chart, i);
  }
  app.synthYaml();
}

/** CPU time of a synthesis, construction to YAML, by that of bare ApiObjects. */
export function benchSynthesis(): void {
  console.log('\nsynthesis, CPU time by that of bare ApiObjects (median of paired rounds)');
  for (const { policies, repeats, rounds } of [
    { policies: 1, repeats: 1000, rounds: 15 },
    { policies: 100, repeats: 10, rounds: 15 },
    { policies: 5000, repeats: 1, rounds: 7 },
  ]) {
    const contestants = Object.entries(writers).map(([name, write]) => [
      name,
      () =>
        cpuSeconds(() => {
          for (let i = 0; i < repeats; i++) {
            synthesize(write, policies);
          }
        }),
    ]);
    for (const [name, ratio] of Object.entries(ratios(Object.fromEntries(contestants), rounds))) {
      print(`${policies} policies`, name, ratio.toFixed(2));
    }
  }
}
