import type { Labels } from '../../../lib/model/labels';
import { app, labels, namespace, ofName, policy, service, testFindings, workload } from '../judge';

const MODE = 'istio.io/dataplane-mode';
const mesh = namespace('shop', { [MODE]: 'ambient' });
const [web, db] = [workload('shop/web'), workload('shop/db', {}, [{ name: 'sql', containerPort: 5432 }])];

const SQL = { port: 5432 };
const TUNNEL = { port: 15008 };
const fromWeb = [{ podSelector: app('web') }];
const onDb = (...ingress: readonly object[]) =>
  policy('shop/db', { podSelector: app('db'), policyTypes: ['Ingress'], ingress });
const rule = onDb({ from: fromWeb, ports: [SQL] });

const told = (
  callers: string,
  workloads: string,
  ports = '5432/TCP',
  caller = 'shop/web',
  to = 'shop/db',
  at = 0,
) =>
  `warning NetworkPolicy shop/db spec.ingress[${at}]: ingress rule ${at} lets ${callers} reach ${workloads} on ${ports}, and no rule on 15008/TCP, where it arrives: they are in Istio's ambient mesh (${caller} → ${to} on 15008/TCP is denied)`;

const webToDb = told('shop/web', 'shop/db');

/** A pod template with other labels or annotations, or a spec. */
const pods = (path: string, own: Labels = {}, spec: object = {}, annotations: object = {}) => {
  const made = workload(path, own, [], spec);
  const { template } = made.spec;
  return {
    ...made,
    spec: { ...made.spec, template: { ...template, metadata: { ...template.metadata, annotations } } },
  };
};

testFindings('ambient-mesh-cut-off', [
  { why: 'the port of the application alone', manifests: [mesh, web, db, rule], finds: [webToDb] },
  {
    why: 'its port by name, and one of UDP, which the mesh does not carry',
    manifests: [
      mesh,
      web,
      db,
      onDb({ from: fromWeb, ports: [{ port: 'sql' }, { port: 53, protocol: 'UDP' }] }),
    ],
    finds: [webToDb],
  },
  {
    why: 'a range of ports',
    manifests: [mesh, web, db, onDb({ from: fromWeb, ports: [{ port: 5000, endPort: 6000 }] })],
    finds: [told('shop/web', 'shop/db', '5000-6000/TCP')],
  },
  {
    why: 'everybody',
    manifests: [mesh, web, db, onDb({ ports: [SQL] })],
    finds: [webToDb],
  },
  {
    why: 'each other: several workloads that one rule opens',
    manifests: [
      mesh,
      web,
      db,
      policy('shop/db', {
        podSelector: {},
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ podSelector: {} }], ports: [SQL] }],
      }),
    ],
    finds: [told('every workload', 'every workload')],
  },
  {
    why: 'callers of another namespace of the mesh',
    manifests: [
      mesh,
      namespace('lab', { [MODE]: 'ambient' }),
      workload('lab/web'),
      db,
      onDb({ from: [{ namespaceSelector: ofName('lab') }], ports: [SQL] }),
    ],
    finds: [told('lab/web', 'shop/db', '5432/TCP', 'lab/web')],
  },
  {
    why: 'pods that join by themselves',
    manifests: [
      namespace('shop'),
      pods('shop/web', { [MODE]: 'ambient' }),
      pods('shop/db', { [MODE]: 'ambient' }),
      rule,
    ],
    finds: [webToDb],
  },
  {
    why: 'the tunnel for others alone',
    manifests: [
      mesh,
      web,
      db,
      workload('shop/api'),
      onDb({ from: [{ podSelector: app('api') }], ports: [TUNNEL] }, { from: fromWeb, ports: [SQL] }),
    ],
    finds: [told('shop/web', 'shop/db', '5432/TCP', 'shop/web', 'shop/db', 1)],
  },
  {
    why: 'the tunnel by UDP',
    manifests: [mesh, web, db, onDb({ from: fromWeb, ports: [SQL, { ...TUNNEL, protocol: 'UDP' }] })],
    finds: [webToDb],
  },
  { why: 'the tunnel beside it', manifests: [mesh, web, db, onDb({ from: fromWeb, ports: [SQL, TUNNEL] })] },
  {
    why: 'the tunnel in a range',
    manifests: [mesh, web, db, onDb({ from: fromWeb, ports: [{ port: 5000, endPort: 16000 }] })],
  },
  {
    why: 'the tunnel in another rule',
    manifests: [
      mesh,
      web,
      db,
      onDb({ from: fromWeb, ports: [SQL] }, { from: [{ podSelector: {} }], ports: [TUNNEL] }),
    ],
  },
  {
    why: 'the tunnel in another policy',
    manifests: [
      mesh,
      web,
      db,
      rule,
      policy('shop/mesh', { podSelector: {}, ingress: [{ ports: [TUNNEL] }] }),
    ],
  },
  { why: 'every port', manifests: [mesh, web, db, onDb({ from: fromWeb })] },
  {
    why: 'ports of UDP alone',
    manifests: [mesh, web, db, onDb({ from: fromWeb, ports: [{ port: 53, protocol: 'UDP' }] })],
  },
  { why: 'a policy that lets nobody in', manifests: [mesh, web, db, onDb()] },
  {
    why: 'callers that nobody knows',
    manifests: [mesh, db, onDb({ from: [{ podSelector: app('api') }], ports: [SQL] })],
  },
  {
    why: 'nobody but the pods themselves',
    manifests: [mesh, db, onDb({ from: [{ podSelector: {} }], ports: [SQL] })],
  },
  { why: 'no mesh', manifests: [namespace('shop'), web, db, rule] },
  { why: 'a namespace whose labels nobody knows', manifests: [web, db, rule] },
  {
    why: 'a mesh with sidecars',
    manifests: [namespace('shop', { 'istio-injection': 'enabled' }), web, db, rule],
  },
  ...[{ 'istio-injection': 'enabled' }, { 'istio.io/rev': 'asm-1-27' }].map((more) => ({
    why: `a namespace that may bring sidecars: ${Object.keys(more)}`,
    manifests: [namespace('shop', { [MODE]: 'ambient', ...more }), web, db, rule],
  })),
  {
    why: 'a namespace that says that it has none',
    manifests: [namespace('shop', { [MODE]: 'ambient', 'istio-injection': 'disabled' }), web, db, rule],
    finds: [webToDb],
  },
  { why: 'callers outside of the mesh', manifests: [mesh, pods('shop/web', { [MODE]: 'none' }), db, rule] },
  {
    why: 'callers with a sidecar',
    manifests: [mesh, pods('shop/web', { 'sidecar.istio.io/inject': 'true' }), db, rule],
  },
  {
    why: 'callers of a namespace outside of it',
    manifests: [
      mesh,
      namespace('lab'),
      workload('lab/web'),
      db,
      onDb({ from: [{ namespaceSelector: {} }], ports: [SQL] }),
    ],
  },
  {
    why: 'callers on Windows',
    manifests: [mesh, pods('shop/web', {}, { os: { name: 'windows' } }), db, rule],
  },
  {
    why: 'callers on their node’s network, where everybody is let in',
    manifests: [mesh, pods('shop/web', {}, { hostNetwork: true }), db, onDb({ ports: [SQL] })],
  },
  {
    why: 'pods of which nobody knows all labels: one may bring a sidecar',
    manifests: [mesh, web, { ...db, apiVersion: 'example.com/v1', kind: 'Database' }, rule],
  },
  {
    why: 'a waypoint before the service of others',
    manifests: [mesh, web, db, rule, behind({ 'istio.io/use-waypoint': 'proxy' }, { app: 'web' })],
    finds: [webToDb],
  },
  { why: 'pods outside of it', manifests: [mesh, web, pods('shop/db', { [MODE]: 'none' }), rule] },
  {
    why: 'pods that take what comes to them without the tunnel',
    manifests: [
      mesh,
      web,
      pods('shop/db', {}, {}, { 'ambient.istio.io/bypass-inbound-capture': 'true' }),
      rule,
    ],
  },
  {
    why: 'pods that say that they do not',
    manifests: [
      mesh,
      web,
      pods('shop/db', {}, {}, { 'ambient.istio.io/bypass-inbound-capture': 'false' }),
      rule,
    ],
    finds: [webToDb],
  },
  {
    why: 'callers that would take what comes to them without it',
    manifests: [
      mesh,
      pods('shop/web', {}, {}, { 'ambient.istio.io/bypass-inbound-capture': 'true' }),
      db,
      rule,
    ],
    finds: [webToDb],
  },
  {
    why: 'pods behind a waypoint',
    manifests: [mesh, web, pods('shop/db', { 'istio.io/use-waypoint': 'proxy' }), rule],
  },
  {
    why: 'a namespace behind a waypoint',
    manifests: [namespace('shop', { [MODE]: 'ambient', 'istio.io/use-waypoint': 'proxy' }), web, db, rule],
  },
  ...(['proxy', 'none'] as const).map((waypoint) => ({
    why: `a service before them with the waypoint ${waypoint}`,
    manifests: [mesh, web, db, rule, behind({ 'istio.io/use-waypoint': waypoint })],
    ...(waypoint === 'none' ? { finds: [webToDb] } : {}),
  })),
  {
    why: 'pods on their node’s network',
    manifests: [mesh, web, pods('shop/db', {}, { hostNetwork: true }), rule],
  },
  {
    why: 'a namespace of AKS',
    manifests: [
      namespace('kube-system', { [MODE]: 'ambient' }),
      workload('kube-system/web'),
      workload('kube-system/db'),
      policy('kube-system/db', { podSelector: app('db'), ingress: [{ from: fromWeb, ports: [SQL] }] }),
    ],
  },
  {
    why: 'another policy may open it, which could not be read',
    manifests: [mesh, web, db, rule, policy('shop/broken', { podSelector: {}, ingress: [{ from: [{}] }] })],
  },
  { why: 'no engine shuts anything', profile: { engine: 'none' }, manifests: [mesh, web, db, rule] },
  ...(['azure', 'calico', 'cilium'] as const).map((engine) => ({
    why: `the port of the application alone, on ${engine}`,
    profile: { engine },
    manifests: [mesh, web, db, rule],
    finds: [webToDb],
  })),
  {
    why: 'egress, of which nobody has told',
    manifests: [
      mesh,
      web,
      db,
      policy('shop/web', {
        podSelector: app('web'),
        policyTypes: ['Egress'],
        egress: [{ to: [{ podSelector: app('db') }], ports: [SQL] }],
      }),
    ],
  },
  {
    why: 'a rule that is not in force',
    manifests: [
      mesh,
      web,
      db,
      policy('shop/db', {
        podSelector: app('db'),
        policyTypes: ['Egress'],
        ingress: [{ from: fromWeb, ports: [SQL] }],
      }),
    ],
  },
  {
    why: 'the pods of somebody else',
    manifests: [
      mesh,
      web,
      db,
      policy('shop/db', { podSelector: labels({ app: 'api' }), ingress: [{ from: fromWeb, ports: [SQL] }] }),
    ],
  },
]);

function behind(own: Labels, selector: Labels = { app: 'db' }) {
  const made = service('shop/db', { selector, ports: [SQL] });
  return { ...made, metadata: { ...made.metadata, labels: own } };
}
