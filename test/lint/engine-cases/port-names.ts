import { deployment, networkPolicy } from '../example-manifests';
import { CALICO, CILIUM, DB, type EngineCases, NPM, onWeb, pods } from './case';

const container = (name: string, number: number) => ({
  name: `c${number}`,
  ports: [{ name, containerPort: number }],
});

const METRICS = container('metrics', 8099);
const AGENT_STAYS = deployment('web', {
  pod: { initContainers: [{ ...METRICS, restartPolicy: 'Always' }, container('setup', 7000)] },
});
const TWICE = `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: a, ports: [{ name: http, containerPort: 81 }] }, { name: b, ports: [{ name: http, containerPort: 80 }] }] }
`;

const into = (port: string | number) => onWeb({ ingress: [{ from: [pods('db')], ports: [{ port }] }] });
const UNSEEN =
  'Azure NPM and Cilium read port names only from spec.containers: a name that only a sidecar declares (an init container that keeps running) allows nothing';
const MAYBE =
  'Calico reads port names from spec.containers, and since projectcalico/calico#8885 also from all init containers: it is not known which version runs here';

export const PORT_NAME_CASES: EngineCases = {
  'port-name-not-seen': [
    ...[NPM, CILIUM].map((profile) => ({
      why: `a name of a sidecar, on ${profile.engine}`,
      profile,
      manifests: [AGENT_STAYS, DB, into('metrics')],
      finds: [
        `error NetworkPolicy shop/web spec.ingress[0].ports[0].port: metrics is 8099 on shop/web: ${UNSEEN} (shop/db → shop/web 8099/TCP is denied, where the specification says allowed)`,
      ],
    })),
    {
      why: 'a name of a sidecar that is nowhere else in the cluster, out of a pod on cilium',
      profile: CILIUM,
      manifests: [
        AGENT_STAYS,
        DB,
        networkPolicy('db', {
          podSelector: { matchLabels: { app: 'db' } },
          policyTypes: ['Egress'],
          egress: [{ to: [pods('web')], ports: [{ port: 'metrics' }] }],
        }),
      ],
      finds: [
        `error NetworkPolicy shop/db spec.egress[0].ports[0].port: metrics is 8099 on shop/web: ${UNSEEN} (shop/db → shop/web 8099/TCP is denied, where the specification says allowed)`,
      ],
    },
    {
      why: 'a name of a sidecar, on calico, whose version decides',
      profile: CALICO,
      manifests: [AGENT_STAYS, DB, into('metrics')],
      finds: [
        `warning NetworkPolicy shop/web spec.ingress[0].ports[0].port: metrics is 8099 on shop/web: ${MAYBE} (shop/db → shop/web 8099/TCP is unknown, where the specification says allowed)`,
      ],
    },
    {
      why: 'a name of an init container that ends, on calico',
      profile: CALICO,
      manifests: [AGENT_STAYS, DB, into('setup')],
      finds: [
        `warning NetworkPolicy shop/web spec.ingress[0].ports[0].port: setup is 7000 on shop/web: ${MAYBE}`,
      ],
    },
    {
      why: 'a name of an init container that ends, where undeclared-port-name speaks',
      profile: NPM,
      manifests: [AGENT_STAYS, DB, into('setup')],
      finds: [],
    },
    {
      why: 'a name in two containers, on cilium',
      profile: CILIUM,
      manifests: [TWICE, DB, into('http')],
      finds: [
        'error NetworkPolicy shop/web spec.ingress[0].ports[0].port: http is 80 and 81 on shop/web: Cilium keeps only one port for each port name of a pod, that of the last container, whatever its protocol: the others stay closed (shop/db → shop/web 81/TCP is denied, where the specification says allowed)',
      ],
    },
    {
      why: 'a name in two containers, on an engine that keeps both',
      profile: NPM,
      manifests: [TWICE, DB, into('http')],
      finds: [],
    },
    {
      why: 'the number',
      profile: NPM,
      manifests: [AGENT_STAYS, DB, into(8099)],
      finds: [],
    },
  ],
  'undeclared-port-name': [
    {
      why: 'a name of an init container that ends, at which Calico may look',
      profile: CALICO,
      manifests: [AGENT_STAYS, DB, into('setup')],
      finds: [],
    },
    {
      why: 'a name of an init container that ends, at which Azure NPM does not look',
      profile: NPM,
      manifests: [AGENT_STAYS, DB, into('setup')],
      finds: [
        'warning NetworkPolicy shop/web spec.ingress[0].ports[0].port: shop/web declares no port named setup/TCP, so this entry opens nothing; it declares metrics/TCP (8099)',
      ],
    },
  ],
  'cilium-egress-port-name': [
    {
      why: 'a second number that only a sidecar gives the name, which Cilium does not see',
      profile: CILIUM,
      manifests: [
        AGENT_STAYS,
        deployment('db', { ports: [{ name: 'metrics', containerPort: 9100 }] }),
        onWeb({ policyTypes: ['Egress'], egress: [{ to: [pods('db')], ports: [{ port: 'metrics' }] }] }),
      ],
      finds: [
        'warning NetworkPolicy shop/web spec.egress[0].ports[0].port: metrics is 9100 in the whole cluster today; with Cilium, a workload of any namespace that gives it another number shuts it here',
      ],
    },
  ],
};
