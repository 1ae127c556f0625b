import { labels, namespace, ofName, testFindings, workload } from '../judge';
import {
  before,
  block,
  completed,
  db,
  deny,
  egress,
  from,
  ingress,
  same,
  unreadable,
  web,
} from './lifelines';

const webhook = (clientConfig: object, kind = 'ValidatingWebhookConfiguration') => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind,
  metadata: { name: 'checks' },
  webhooks: [
    { name: 'a.example.com', clientConfig },
    { name: 'b.example.com', clientConfig },
  ],
});

const byService = { service: { namespace: 'shop', name: 'web' } };

const https = before({ ports: [{ port: 443, targetPort: 8443 }] });

const conversion = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'things.example.com' },
  spec: { conversion: { strategy: 'Webhook', webhook: { clientConfig: byService } } },
};

const apiService = {
  apiVersion: 'apiregistration.k8s.io/v1',
  kind: 'APIService',
  metadata: { name: 'v1.example.com' },
  spec: { group: 'example.com', version: 'v1', ...byService },
};

const addressesAlone =
  'warning Deployment shop/web: ValidatingWebhookConfiguration checks has the API server call it on 8443/TCP (webhook a.example.com), and policy shop/p lets addresses alone in there: on cilium these are neither the konnectivity agents of kube-system nor nodes, and only an API server with VNet integration calls from another address (kube-system/konnectivity-agent → shop/web on 8443/TCP is denied)';

const konnectivity = {
  namespaceSelector: ofName('kube-system'),
  podSelector: labels({ app: 'konnectivity-agent' }),
};

testFindings('webhook-cut-off', [
  {
    why: 'the own namespace alone: told once for each configuration',
    manifests: [webhook(byService), https, web, from(same)],
    finds: [
      'warning Deployment shop/web: ValidatingWebhookConfiguration checks has the API server call it on 8443/TCP (webhook a.example.com), and policy shop/p lets neither the konnectivity agents of kube-system nor any address in there (kube-system/konnectivity-agent → shop/web on 8443/TCP is denied)',
    ],
  },
  {
    why: 'a deny alone, for a mutating one',
    manifests: [webhook(byService, 'MutatingWebhookConfiguration'), https, web, deny],
    finds: [
      'warning Deployment shop/web: MutatingWebhookConfiguration checks has the API server call it on 8443/TCP (webhook a.example.com), and policy shop/deny lets neither the konnectivity agents of kube-system nor any address in there (kube-system/konnectivity-agent → shop/web on 8443/TCP is denied)',
    ],
  },
  {
    why: 'the agents on the port of the service',
    manifests: [webhook(byService), https, web, ingress({ from: [konnectivity], ports: [{ port: 443 }] })],
    finds: [
      'warning Deployment shop/web: ValidatingWebhookConfiguration checks has the API server call it on 8443/TCP (webhook a.example.com), and policy shop/p lets neither the konnectivity agents of kube-system nor any address in there (kube-system/konnectivity-agent → shop/web on 8443/TCP is denied)',
    ],
  },
  {
    why: 'an address on another port',
    manifests: [
      webhook(byService),
      https,
      web,
      ingress({ from: [block('10.0.0.0/8')], ports: [{ port: 443 }] }),
    ],
    finds: [
      'warning Deployment shop/web: ValidatingWebhookConfiguration checks has the API server call it on 8443/TCP (webhook a.example.com), and policy shop/p lets neither the konnectivity agents of kube-system nor any address in there (kube-system/konnectivity-agent → shop/web on 8443/TCP is denied)',
    ],
  },
  {
    why: 'a port of its own',
    manifests: [
      webhook({ service: { ...byService.service, port: 9443 } }),
      before({
        ports: [
          { port: 443, targetPort: 8443 },
          { name: 'b', port: 9443 },
        ],
      }),
      web,
      ingress({ ports: [{ port: 8443 }] }),
    ],
    finds: [
      'warning Deployment shop/web: ValidatingWebhookConfiguration checks has the API server call it on 9443/TCP (webhook a.example.com), and policy shop/p lets neither the konnectivity agents of kube-system nor any address in there (kube-system/konnectivity-agent → shop/web on 9443/TCP is denied)',
    ],
  },
  {
    why: 'the agents',
    manifests: [webhook(byService), https, web, ingress({ from: [konnectivity], ports: [{ port: 8443 }] })],
  },
  {
    why: 'all of kube-system',
    manifests: [webhook(byService), https, web, from({ namespaceSelector: ofName('kube-system') })],
  },
  {
    why: 'namespaces by labels, where nobody declares kube-system',
    manifests: [webhook(byService), https, web, from({ namespaceSelector: labels({ team: 'aks' }) })],
  },
  {
    why: 'namespaces by labels that kube-system does not carry',
    manifests: [
      namespace('kube-system'),
      webhook(byService),
      https,
      web,
      from({ namespaceSelector: labels({ team: 'aks' }) }),
    ],
    finds: [
      'warning Deployment shop/web: ValidatingWebhookConfiguration checks has the API server call it on 8443/TCP (webhook a.example.com), and policy shop/p lets neither the konnectivity agents of kube-system nor any address in there (kube-system/konnectivity-agent → shop/web on 8443/TCP is denied)',
    ],
  },
  {
    why: 'one of many webhooks that converts objects',
    manifests: [conversion, https, web, from(same)],
    finds: [
      'warning Deployment shop/web: CustomResourceDefinition things.example.com has the API server call it on 8443/TCP (a conversion webhook), and policy shop/p lets neither the konnectivity agents of kube-system nor any address in there (kube-system/konnectivity-agent → shop/web on 8443/TCP is denied)',
    ],
  },
  {
    why: 'an API that the pods answer for',
    manifests: [apiService, https, web, from(same)],
    finds: [
      'warning Deployment shop/web: APIService v1.example.com has the API server call it on 8443/TCP (an aggregated API), and policy shop/p lets neither the konnectivity agents of kube-system nor any address in there (kube-system/konnectivity-agent → shop/web on 8443/TCP is denied)',
    ],
  },
  {
    why: 'a definition and an API that let the agents in',
    manifests: [conversion, apiService, https, web, ingress({ from: [konnectivity] })],
  },
  {
    why: 'every address, where blocks match pods',
    manifests: [webhook(byService), https, web, from(block('0.0.0.0/0'))],
  },
  {
    why: 'every address, where blocks match pods, on calico',
    profile: { engine: 'calico' },
    manifests: [webhook(byService), https, web, from(block('0.0.0.0/0'))],
  },
  {
    why: 'every address on cilium, where the agents have none that a block matches',
    profile: { engine: 'cilium' },
    manifests: [webhook(byService), https, web, from(block('0.0.0.0/0'))],
    finds: [addressesAlone],
  },
  {
    why: 'the same with the agents in the manifests',
    profile: { engine: 'cilium' },
    manifests: [
      webhook(byService),
      https,
      web,
      from(block('0.0.0.0/0', '169.254.169.254/32'), block('::/0')),
      workload('kube-system/konnectivity-agent'),
    ],
    finds: [addressesAlone],
  },
  {
    why: 'the ranges of pods and nodes on cilium',
    profile: { engine: 'cilium', podCidrs: ['10.244.0.0/16'], nodeCidrs: ['10.240.0.0/16'] },
    manifests: [webhook(byService), https, web, from(block('10.244.0.0/16'), block('10.240.0.0/24'))],
    finds: [addressesAlone],
  },
  {
    why: 'every address on cilium, and the agents too',
    profile: { engine: 'cilium' },
    manifests: [webhook(byService), https, web, from(block('0.0.0.0/0'), konnectivity)],
  },
  {
    why: 'a subnet on cilium, which may be that of the API server',
    profile: { engine: 'cilium' },
    manifests: [webhook(byService), https, web, from(block('10.226.0.0/28'))],
  },
  {
    why: 'every address on a cilium of one’s own, which may match nodes',
    profile: { engine: 'byo-cilium' },
    manifests: [webhook(byService), https, web, from(block('0.0.0.0/0'))],
  },
  { why: 'everybody', manifests: [webhook(byService), https, web, ingress({ ports: [{ port: 8443 }] })] },
  {
    why: 'a webhook by url',
    manifests: [webhook({ url: 'https://web.shop.svc:443/check' }), https, web, deny],
  },
  { why: 'a service that is not given', manifests: [webhook(byService), web, deny] },
  { why: 'pods that are not given', manifests: [webhook(byService), https, db, deny] },
  {
    why: 'a service of another namespace',
    manifests: [webhook({ service: { namespace: 'lab', name: 'web' } }), https, web, deny],
  },
  { why: 'a port that the service does not have', manifests: [webhook(byService), before(), web, deny] },
  { why: 'nothing isolates ingress', manifests: [webhook(byService), https, web, egress({})] },
  {
    why: 'pods on their node’s network',
    manifests: [webhook(byService), https, workload('shop/web', {}, [], { hostNetwork: true }), deny],
  },
  { why: 'completed pods', manifests: [webhook(byService), https, completed, deny] },
  {
    why: 'a policy that could not be read may let it in',
    manifests: [webhook(byService), https, web, deny, unreadable],
  },
  {
    why: 'no engine shuts anything',
    profile: { engine: 'none' },
    manifests: [webhook(byService), https, web, deny],
  },
]);
