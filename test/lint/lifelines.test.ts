import { lint } from '../../lib/lint/lint';
import { readManifests } from '../../lib/manifests/read-manifests';
import { app, labels, namespace, ofName, pod, policy, service, testFindings, workload } from './judge';

const HTTP = { name: 'http', containerPort: 8080 };
const web = workload('shop/web', {}, [HTTP]);
const db = workload('shop/db', {}, [{ containerPort: 5432 }]);
const completed = pod('shop/night', '10.244.0.9', {}, { phase: 'Succeeded' });

const block = (cidr: string, ...except: string[]) => ({
  ipBlock: { cidr, ...(except.length === 0 ? {} : { except }) },
});
const udp = { protocol: 'UDP', port: 53 } as const;
const tcp = { protocol: 'TCP', port: 53 } as const;
const dnsPods = { namespaceSelector: ofName('kube-system'), podSelector: labels({ 'k8s-app': 'kube-dns' }) };
const egress = (...rules: object[]) =>
  policy('shop/p', { podSelector: app('web'), policyTypes: ['Egress'], egress: rules });
const ingress = (...rules: object[]) =>
  policy('shop/p', { podSelector: app('web'), policyTypes: ['Ingress'], ingress: rules });
const same = { podSelector: {} };
const toDb = { to: [{ podSelector: app('db') }] };
const from = (...peers: object[]) => ingress({ from: peers });
const deny = policy('shop/deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
/** What the API server refuses: nobody knows what it opens, nor for whom. */
const unreadable = policy('shop/broken', {
  podSelector: {},
  ingress: [{ from: [{}] }],
  egress: [{ to: [{}] }],
});
const coreDns = (spec: object = {}) =>
  workload('kube-system/coredns', { 'k8s-app': 'kube-dns' }, [{ containerPort: 53, protocol: 'UDP' }], spec);
const before = (spec: object = {}) =>
  service('shop/web', { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }], ...spec });
const LOCAL = [block('169.254.10.10/32'), block('169.254.10.11/32')];
const calico = { engine: 'calico', localDns: true } as const;
const cilium = { engine: 'cilium', localDns: true } as const;

testFindings('egress-cannot-resolve-names', [
  {
    why: 'pods that may talk to others',
    manifests: [web, db, egress(toDb)],
    finds: [
      'error NetworkPolicy shop/p: policy shop/p lets shop/web talk to others, but not to CoreDNS on 53/TCP, 53/UDP (shop/web → kube-system/coredns 53/TCP is denied)',
    ],
  },
  {
    why: 'a name server of one’s own on each node',
    manifests: [web, egress(toDb, { to: [block('169.254.20.10/32')], ports: [udp, tcp] })],
  },
  {
    why: 'the same by UDP only',
    manifests: [web, egress(toDb, { to: [block('169.254.20.10/32')], ports: [udp] })],
    finds: [
      'warning NetworkPolicy shop/p: policy shop/p lets shop/web talk to others, but not to CoreDNS on 53/TCP (shop/web → kube-system/coredns 53/TCP is denied)',
    ],
  },
  {
    why: 'the same on cilium, where the address is that of the node',
    profile: { engine: 'cilium' },
    manifests: [web, egress(toDb, { to: [block('169.254.20.10/32')], ports: [udp, tcp] })],
    finds: [
      'error NetworkPolicy shop/p: policy shop/p lets shop/web talk to others, but not to CoreDNS on 53/TCP, 53/UDP (shop/web → kube-system/coredns 53/TCP is denied)',
    ],
  },
  {
    why: 'the metadata service, which answers no questions for names',
    manifests: [web, egress(toDb, { to: [block('169.254.169.254/32')] })],
    finds: [
      'error NetworkPolicy shop/p: policy shop/p lets shop/web talk to others, but not to CoreDNS on 53/TCP, 53/UDP (shop/web → kube-system/coredns 53/TCP is denied)',
    ],
  },
  {
    why: 'every address but those of pods, which names no server',
    profile: { podCidrs: ['10.244.0.0/16'] },
    manifests: [
      web,
      egress(toDb, { to: [block('0.0.0.0/0', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16')] }),
    ],
    finds: [
      'error NetworkPolicy shop/p: policy shop/p lets shop/web talk to others, but not to CoreDNS on 53/TCP, 53/UDP (shop/web → kube-system/coredns 53/TCP is denied)',
    ],
  },
  {
    why: 'by UDP only',
    manifests: [web, egress(toDb, { to: [dnsPods], ports: [udp] })],
    finds: [
      'warning NetworkPolicy shop/p: policy shop/p lets shop/web talk to others, but not to CoreDNS on 53/TCP (shop/web → kube-system/coredns 53/TCP is denied)',
    ],
  },
  {
    why: 'by TCP only',
    manifests: [web, egress(toDb, { to: [dnsPods], ports: [tcp] })],
    finds: [
      'error NetworkPolicy shop/p: policy shop/p lets shop/web talk to others, but not to CoreDNS on 53/UDP (shop/web → kube-system/coredns 53/UDP is denied)',
    ],
  },
  {
    why: 'on the wrong port',
    manifests: [
      web,
      egress(toDb, { to: [dnsPods], ports: [{ protocol: 'UDP', port: 5353 }, { port: 5353 }] }),
    ],
    finds: [
      'error NetworkPolicy shop/p: policy shop/p lets shop/web talk to others, but not to CoreDNS on 53/TCP, 53/UDP (shop/web → kube-system/coredns 53/TCP is denied)',
    ],
  },
  {
    why: 'the pods by a label that CoreDNS does not carry',
    manifests: [
      web,
      egress(toDb, {
        to: [{ namespaceSelector: ofName('kube-system'), podSelector: labels({ 'k8s-app': 'coredns' }) }],
      }),
    ],
    finds: [
      'error NetworkPolicy shop/p: policy shop/p lets shop/web talk to others, but not to CoreDNS on 53/TCP, 53/UDP (shop/web → kube-system/coredns 53/TCP is denied)',
    ],
  },
  {
    why: 'CoreDNS in the own namespace',
    manifests: [web, egress({ to: [{ podSelector: labels({ 'k8s-app': 'kube-dns' }) }] })],
    finds: [
      'error NetworkPolicy shop/p: policy shop/p lets shop/web talk to others, but not to CoreDNS on 53/TCP, 53/UDP (shop/web → kube-system/coredns 53/TCP is denied)',
    ],
  },
  {
    why: 'single addresses need no names',
    manifests: [web, egress({ to: [block('10.1.2.3/32')], ports: [{ port: 443 }] })],
    finds: [
      'info NetworkPolicy shop/p: policy shop/p lets shop/web talk to others, but not to CoreDNS on 53/TCP, 53/UDP (shop/web → kube-system/coredns 53/TCP is denied)',
    ],
  },
  {
    why: 'ranges of addresses do',
    manifests: [web, egress({ to: [block('20.0.0.0/8')] })],
    finds: [
      'error NetworkPolicy shop/p: policy shop/p lets shop/web talk to others, but not to CoreDNS on 53/TCP, 53/UDP (shop/web → kube-system/coredns 53/TCP is denied)',
    ],
  },
  {
    why: 'every address on cilium, which matches no pod',
    profile: { engine: 'cilium' },
    manifests: [web, egress({ to: [block('0.0.0.0/0')] })],
    finds: [
      'error NetworkPolicy shop/p: policy shop/p lets shop/web talk to others, but not to CoreDNS on 53/TCP, 53/UDP (shop/web → kube-system/coredns 53/TCP is denied)',
    ],
  },
  {
    why: 'every address on calico',
    profile: { engine: 'calico' },
    manifests: [web, egress({ to: [block('0.0.0.0/0')] })],
  },
  {
    why: 'every address on an engine that nobody told: it may hold the pods',
    manifests: [web, egress({ to: [block('0.0.0.0/0')] })],
  },
  {
    why: 'a private range that may be that of the pods',
    manifests: [web, egress(toDb, { to: [block('10.0.0.0/8')], ports: [udp, tcp] })],
  },
  {
    why: 'a private range that is not that of the pods',
    profile: { podCidrs: ['10.244.0.0/16'] },
    manifests: [web, egress(toDb, { to: [block('10.1.0.0/16')], ports: [udp, tcp] })],
    finds: [
      'error NetworkPolicy shop/p: policy shop/p lets shop/web talk to others, but not to CoreDNS on 53/TCP, 53/UDP (shop/web → kube-system/coredns 53/TCP is denied)',
    ],
  },
  {
    why: 'the cluster address of the kube-dns service',
    profile: { engine: 'cilium' },
    manifests: [web, egress(toDb, { to: [block('10.0.0.10/32')], ports: [udp, tcp] })],
    finds: [
      'error NetworkPolicy shop/p: policy shop/p lets shop/web talk to others, but not to CoreDNS on 53/TCP, 53/UDP (shop/web → kube-system/coredns 53/TCP is denied)',
    ],
  },
  { why: 'the pods of CoreDNS', manifests: [web, egress(toDb, { to: [dnsPods], ports: [udp, tcp] })] },
  {
    why: 'CoreDNS in the manifests, and let in',
    manifests: [web, coreDns(), egress(toDb, { to: [dnsPods], ports: [udp, tcp] })],
  },
  {
    why: 'CoreDNS in the manifests, and shut out',
    manifests: [web, coreDns(), egress(toDb)],
    finds: [
      'error NetworkPolicy shop/p: policy shop/p lets shop/web talk to others, but not to CoreDNS on 53/TCP, 53/UDP (shop/web → kube-system/coredns 53/TCP is denied)',
    ],
  },
  {
    why: 'CoreDNS in the manifests, by a label that only they tell',
    manifests: [
      web,
      coreDns(),
      egress(toDb, { to: [{ namespaceSelector: {}, podSelector: app('coredns') }], ports: [udp, tcp] }),
    ],
  },
  {
    why: 'CoreDNS in the manifests, without the label that a rule asks for',
    manifests: [
      web,
      coreDns(),
      egress(toDb, {
        to: [{ namespaceSelector: {}, podSelector: labels({ 'k8s-app': 'kube-dns', version: '1' }) }],
        ports: [udp, tcp],
      }),
    ],
    finds: [
      'error NetworkPolicy shop/p: policy shop/p lets shop/web talk to others, but not to CoreDNS on 53/TCP, 53/UDP (shop/web → kube-system/coredns 53/TCP is denied)',
    ],
  },
  {
    why: 'a label of CoreDNS that nobody knows of, where it is not in the manifests',
    manifests: [
      web,
      egress(toDb, {
        to: [{ namespaceSelector: {}, podSelector: labels({ version: '1' }) }],
        ports: [udp, tcp],
      }),
    ],
  },
  {
    why: 'all of kube-system',
    manifests: [web, egress(toDb, { to: [{ namespaceSelector: ofName('kube-system') }], ports: [udp, tcp] })],
  },
  {
    why: 'namespaces by labels, where nobody declares kube-system',
    manifests: [web, egress(toDb, { to: [{ namespaceSelector: labels({ team: 'aks' }) }] })],
  },
  {
    why: 'namespaces by labels that kube-system does not carry',
    manifests: [
      namespace('kube-system'),
      web,
      egress(toDb, { to: [{ namespaceSelector: labels({ team: 'aks' }) }] }),
    ],
    finds: [
      'error NetworkPolicy shop/p: policy shop/p lets shop/web talk to others, but not to CoreDNS on 53/TCP, 53/UDP (shop/web → kube-system/coredns 53/TCP is denied)',
    ],
  },
  {
    why: 'a node-local cache, by its pods',
    manifests: [
      web,
      egress(toDb, {
        to: [
          { namespaceSelector: ofName('kube-system'), podSelector: labels({ 'k8s-app': 'node-local-dns' }) },
        ],
      }),
    ],
  },
  { why: 'a rule without peers', manifests: [web, egress({})] },
  {
    why: 'another policy opens it',
    manifests: [
      web,
      egress(toDb),
      policy('shop/dns', { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [dnsPods] }] }),
    ],
  },
  { why: 'a deny alone: a sandbox that talks to nobody', manifests: [web, db, deny] },
  { why: 'ingress alone', manifests: [web, ingress({})] },
  {
    why: 'a dnsPolicy of its own',
    manifests: [workload('shop/web', {}, [], { dnsPolicy: 'None' }), egress(toDb)],
  },
  {
    why: 'pods on their node’s network',
    manifests: [
      workload('shop/web', {}, [], { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' }),
      egress(toDb),
    ],
  },
  { why: 'completed pods', manifests: [completed, egress(toDb)] },
  { why: 'a policy that could not be read may open it', manifests: [web, egress(toDb), unreadable] },
  {
    why: 'a namespace of AKS',
    manifests: [
      workload('gatekeeper-system/web'),
      policy('gatekeeper-system/p', { policyTypes: ['Egress'], egress: [toDb] }),
    ],
  },
  { why: 'no engine shuts anything', profile: { engine: 'none' }, manifests: [web, egress(toDb)] },
  {
    why: 'LocalDNS on calico, with the pods of CoreDNS',
    profile: calico,
    manifests: [web, egress(toDb, { to: [dnsPods], ports: [udp, tcp] })],
    finds: [
      'error NetworkPolicy shop/p: policy shop/p lets shop/web talk to others, but not to 169.254.10.10 on 53/TCP, 53/UDP, where LocalDNS answers on the node: Calico judges that as an address, and a rule for the CoreDNS pods does not open it (shop/web → 169.254.10.10 53/TCP is denied)',
    ],
  },
  {
    why: 'LocalDNS on calico, one address',
    profile: calico,
    manifests: [web, egress(toDb, { to: LOCAL.slice(0, 1), ports: [udp, tcp] })],
    finds: [
      'error NetworkPolicy shop/p: policy shop/p lets shop/web talk to others, but not to 169.254.10.11 on 53/TCP, 53/UDP, where LocalDNS answers on the node: Calico judges that as an address, and a rule for the CoreDNS pods does not open it (shop/web → 169.254.10.11 53/TCP is denied)',
    ],
  },
  {
    why: 'LocalDNS on calico, by UDP only',
    profile: calico,
    manifests: [web, egress(toDb, { to: LOCAL, ports: [udp] })],
    finds: [
      'warning NetworkPolicy shop/p: policy shop/p lets shop/web talk to others, but not to 169.254.10.10 on 53/TCP, where LocalDNS answers on the node: Calico judges that as an address, and a rule for the CoreDNS pods does not open it (shop/web → 169.254.10.10 53/TCP is denied)',
    ],
  },
  {
    why: 'LocalDNS on calico, both addresses',
    profile: calico,
    manifests: [web, egress(toDb, { to: LOCAL, ports: [udp, tcp] })],
  },
  {
    why: 'a port by a name that CoreDNS may declare, which cilium looks up in the whole cluster',
    manifests: [web, egress(toDb, { ports: [{ protocol: 'UDP', port: 'dns' }, { port: 'dns-tcp' }] })],
    profile: { engine: 'cilium' },
  },
  {
    why: 'the same, where other pods declare it as another port',
    manifests: [
      web,
      workload('shop/cache', {}, [
        { name: 'dns', containerPort: 5353, protocol: 'UDP' },
        { name: 'dns-tcp', containerPort: 5353 },
      ]),
      egress(toDb, { ports: [{ protocol: 'UDP', port: 'dns' }, { port: 'dns-tcp' }] }),
    ],
    profile: { engine: 'cilium' },
    finds: [
      'error NetworkPolicy shop/p: policy shop/p lets shop/web talk to others, but not to CoreDNS on 53/TCP, 53/UDP (shop/web → kube-system/coredns 53/TCP is denied)',
    ],
  },
  {
    why: 'LocalDNS on cilium from 1.32 on',
    profile: { ...cilium, kubernetesVersion: '1.33' },
    manifests: [web, egress(toDb, { to: [...LOCAL, dnsPods], ports: [udp, tcp] })],
    finds: [
      'warning NetworkPolicy shop/p: policy shop/p lets shop/web talk to others, but not to 169.254.10.10 on 53/TCP, 53/UDP, where LocalDNS answers on the node: Cilium of Kubernetes 1.32 and later lets no NetworkPolicy open that, and other policies are not read here (shop/web → 169.254.10.10 53/TCP is denied)',
    ],
  },
  {
    why: 'LocalDNS on cilium of an unknown version',
    profile: cilium,
    manifests: [web, egress(toDb, { to: [dnsPods], ports: [udp, tcp] })],
    finds: [
      'warning NetworkPolicy shop/p: policy shop/p lets shop/web talk to others, but not to 169.254.10.10 on 53/TCP, 53/UDP, where LocalDNS answers on the node: Cilium of Kubernetes 1.32 and later lets no NetworkPolicy open that, and other policies are not read here (shop/web → 169.254.10.10 53/TCP is denied)',
    ],
  },
  {
    why: 'LocalDNS on cilium of an unknown version, with its addresses',
    profile: cilium,
    manifests: [web, egress(toDb, { to: LOCAL, ports: [udp, tcp] })],
  },
  {
    why: 'LocalDNS on cilium before 1.32, with its addresses',
    profile: { ...cilium, kubernetesVersion: '1.31' },
    manifests: [web, egress(toDb, { to: LOCAL, ports: [udp, tcp] })],
  },
  {
    why: 'LocalDNS on azure, where the own node is never shut',
    profile: { engine: 'azure', localDns: true },
    manifests: [web, egress(toDb)],
  },
  {
    why: 'LocalDNS on an engine that nobody told, with the pods of CoreDNS',
    profile: { localDns: true },
    manifests: [web, egress(toDb, { to: [dnsPods], ports: [udp, tcp] })],
  },
  {
    why: 'LocalDNS on an engine that nobody told, with its addresses',
    profile: { localDns: true },
    manifests: [web, egress(toDb, { to: LOCAL, ports: [udp, tcp] })],
  },
  {
    why: 'LocalDNS on an engine that nobody told, and nothing open',
    profile: { localDns: true },
    manifests: [web, egress(toDb)],
    finds: [
      'error NetworkPolicy shop/p: policy shop/p lets shop/web talk to others, but not to CoreDNS on 53/TCP, 53/UDP nor to LocalDNS (shop/web → kube-system/coredns 53/TCP is denied)',
    ],
  },
]);

const identity = workload('shop/web', { 'azure.workload.identity/use': 'true' }, [HTTP], {
  serviceAccountName: 'web',
});

testFindings('workload-identity-cut-off', [
  {
    why: 'no address outside',
    manifests: [identity, egress(toDb)],
    finds: [
      'error NetworkPolicy shop/p: policy shop/p lets shop/web reach no address of the internet on 443/TCP, and workload identity needs login.microsoftonline.com there (shop/web → internet on 443/TCP is denied)',
    ],
  },
  {
    why: 'a deny alone',
    manifests: [identity, deny],
    finds: [
      'error NetworkPolicy shop/deny: policy shop/deny lets shop/web reach no address of the internet on 443/TCP, and workload identity needs login.microsoftonline.com there (shop/web → internet on 443/TCP is denied)',
    ],
  },
  {
    why: 'the internet on another port',
    manifests: [identity, egress({ to: [block('0.0.0.0/0')], ports: [{ port: 5432 }] })],
    finds: [
      'error NetworkPolicy shop/p: policy shop/p lets shop/web reach no address of the internet on 443/TCP, and workload identity needs login.microsoftonline.com there (shop/web → internet on 443/TCP is denied)',
    ],
  },
  {
    why: 'the API server alone',
    profile: { apiServerAddresses: ['20.50.1.2'] },
    manifests: [identity, egress({ to: [block('20.50.1.2/32')] })],
    finds: [
      'error NetworkPolicy shop/p: policy shop/p lets shop/web reach no address of the internet but that of the API server on 443/TCP, and workload identity needs login.microsoftonline.com there (shop/web → login.microsoftonline.com on 443/TCP is denied)',
    ],
  },
  {
    why: 'the private API server alone, which is no proxy',
    profile: { apiServerAddresses: ['10.225.0.4'] },
    manifests: [identity, egress({ to: [block('10.225.0.4/32')], ports: [{ port: 443 }] })],
    finds: [
      'error NetworkPolicy shop/p: policy shop/p lets shop/web reach no address of the internet on 443/TCP, and workload identity needs login.microsoftonline.com there (shop/web → internet on 443/TCP is denied)',
    ],
  },
  {
    why: 'the API server and another address, which may be the right one',
    profile: { apiServerAddresses: ['20.50.1.2'] },
    manifests: [identity, egress({ to: [block('20.50.1.2/31')] })],
  },
  {
    why: 'another cloud has another name',
    profile: { cloud: 'AzureChinaCloud' },
    manifests: [identity, egress(toDb)],
    finds: [
      'error NetworkPolicy shop/p: policy shop/p lets shop/web reach no address of the internet on 443/TCP, and workload identity needs login.chinacloudapi.cn there (shop/web → internet on 443/TCP is denied)',
    ],
  },
  {
    why: 'the internet on 443',
    manifests: [identity, egress({ to: [block('0.0.0.0/0')], ports: [{ port: 443 }] })],
  },
  {
    why: 'some public addresses: they may be the right ones',
    manifests: [identity, egress({ to: [block('20.190.128.0/18')] })],
  },
  {
    why: 'private endpoints, of which one may be a proxy',
    manifests: [identity, egress({ to: [block('10.1.0.0/24')], ports: [{ port: 443 }] })],
  },
  {
    why: 'a proxy on a private address',
    manifests: [identity, egress({ to: [block('10.1.2.3/32')], ports: [{ port: 3128 }] })],
  },
  {
    why: 'a proxy among the pods of the own namespace',
    manifests: [
      identity,
      workload('shop/squid'),
      egress({ to: [{ podSelector: app('squid') }], ports: [{ port: 3128 }] }),
    ],
  },
  {
    why: 'a proxy in a namespace that is not given',
    manifests: [
      identity,
      egress({ to: [{ namespaceSelector: ofName('egress-gateway') }], ports: [{ port: 8080 }] }),
    ],
  },
  {
    why: 'a proxy by its label, on a port where none listens',
    manifests: [identity, egress({ to: [{ podSelector: app('squid') }], ports: [{ port: 5432 }] })],
    finds: [
      'error NetworkPolicy shop/p: policy shop/p lets shop/web reach no address of the internet on 443/TCP, and workload identity needs login.microsoftonline.com there (shop/web → internet on 443/TCP is denied)',
    ],
  },
  {
    why: 'every pod of the own namespace, none of which looks like a proxy',
    manifests: [identity, db, egress({ to: [same] })],
    finds: [
      'error NetworkPolicy shop/p: policy shop/p lets shop/web reach no address of the internet on 443/TCP, and workload identity needs login.microsoftonline.com there (shop/web → internet on 443/TCP is denied)',
    ],
  },
  {
    why: 'every pod of the own namespace, one of which looks like a proxy',
    manifests: [identity, workload('shop/egress-proxy'), egress({ to: [same] })],
  },
  {
    why: 'a database by a private endpoint',
    manifests: [identity, egress({ to: [block('10.1.0.0/24')], ports: [{ port: 1433 }] })],
    finds: [
      'error NetworkPolicy shop/p: policy shop/p lets shop/web reach no address of the internet on 443/TCP, and workload identity needs login.microsoftonline.com there (shop/web → internet on 443/TCP is denied)',
    ],
  },
  { why: 'a rule without peers', manifests: [identity, egress({ ports: [{ port: 443 }] })] },
  {
    why: 'a rule without peers for another port',
    manifests: [identity, egress({ ports: [{ port: 53 }] })],
    finds: [
      'error NetworkPolicy shop/p: policy shop/p lets shop/web reach no address of the internet on 443/TCP, and workload identity needs login.microsoftonline.com there (shop/web → internet on 443/TCP is denied)',
    ],
  },
  { why: 'nothing isolates egress', manifests: [identity, ingress({})] },
  { why: 'pods without the label', manifests: [web, egress(toDb)] },
  {
    why: 'the label says no',
    manifests: [workload('shop/web', { 'azure.workload.identity/use': 'false' }), egress(toDb)],
  },
  {
    why: 'policies by host name, which are not read',
    profile: { engine: 'cilium', acns: 'FQDN' },
    manifests: [identity, egress(toDb)],
  },
  {
    why: 'pods on their node’s network',
    manifests: [
      workload('shop/web', { 'azure.workload.identity/use': 'true' }, [], { hostNetwork: true }),
      egress(toDb),
    ],
  },
  { why: 'a policy that could not be read may open it', manifests: [identity, egress(toDb), unreadable] },
  { why: 'no engine shuts anything', profile: { engine: 'none' }, manifests: [identity, deny] },
]);

const operator = (spec: object = {}, more: object = {}) =>
  workload('shop/web', more as never, [], { serviceAccountName: 'operator', ...spec });
const API = { apiServerAddresses: ['20.50.1.2'] };

testFindings('api-server-cut-off', [
  {
    why: 'an account of its own',
    profile: API,
    manifests: [operator(), egress(toDb)],
    finds: [
      'info NetworkPolicy shop/p: policy shop/p keeps shop/web from the API server at 20.50.1.2, for which the service account operator has a token (shop/web → 20.50.1.2 443/TCP is denied)',
    ],
  },
  {
    why: 'a deny alone',
    profile: { apiServerAddresses: ['20.50.1.3', '20.50.1.2'] },
    manifests: [operator(), deny],
    finds: [
      'info NetworkPolicy shop/deny: policy shop/deny keeps shop/web from the API server at 20.50.1.2 and 20.50.1.3, for which the service account operator has a token (shop/web → 20.50.1.3 443/TCP is denied)',
    ],
  },
  {
    why: 'the address of the kubernetes service',
    profile: API,
    manifests: [operator(), egress({ to: [block('10.0.0.1/32')] })],
    finds: [
      'info NetworkPolicy shop/p: policy shop/p keeps shop/web from the API server at 20.50.1.2, for which the service account operator has a token (shop/web → 20.50.1.2 443/TCP is denied)',
    ],
  },
  {
    why: 'the address',
    profile: API,
    manifests: [operator(), egress({ to: [block('20.50.1.2/32')], ports: [{ port: 443 }] })],
  },
  {
    why: 'one of two addresses',
    profile: { apiServerAddresses: ['20.50.1.3', '20.50.1.2'] },
    manifests: [operator(), egress({ to: [block('20.50.1.2/32')] })],
  },
  { why: 'a rule without peers', profile: API, manifests: [operator(), egress({})] },
  { why: 'an address that is not known', manifests: [operator(), deny] },
  {
    why: 'the default account',
    profile: API,
    manifests: [web, workload('shop/api', {}, [], { serviceAccountName: 'default' }), deny],
  },
  {
    why: 'an empty account, which is the default one',
    profile: API,
    manifests: [operator({ serviceAccountName: '' }), deny],
  },
  { why: 'no token', profile: API, manifests: [operator({ automountServiceAccountToken: false }), deny] },
  {
    why: 'a token that is asked for',
    profile: API,
    manifests: [operator({ automountServiceAccountToken: true }), deny],
    finds: [
      'info NetworkPolicy shop/deny: policy shop/deny keeps shop/web from the API server at 20.50.1.2, for which the service account operator has a token (shop/web → 20.50.1.2 443/TCP is denied)',
    ],
  },
  { why: 'workload identity, whose account is for Azure', profile: API, manifests: [identity, deny] },
  { why: 'pods on their node’s network', profile: API, manifests: [operator({ hostNetwork: true }), deny] },
  { why: 'nothing isolates egress', profile: API, manifests: [operator(), ingress({})] },
  {
    why: 'a namespace of AKS',
    profile: API,
    manifests: [
      workload('kube-system/x', {}, [], { serviceAccountName: 'x' }),
      policy('kube-system/deny', { policyTypes: ['Egress'] }),
    ],
  },
  {
    why: 'a policy that could not be read may open it',
    profile: API,
    manifests: [operator(), deny, unreadable],
  },
]);

test.each([
  { why: 'nobody would call', manifests: [web, deny], needs: [] },
  { why: 'the address is known', manifests: [operator(), deny], profile: API, needs: [] },
  {
    why: 'the address is not known',
    manifests: [operator(), deny],
    needs: ['the addresses of the API server are not known: write apiServerAddresses in the profile'],
  },
])('api-server-cut-off says what it needs: $why', ({ manifests, profile = {}, needs }) => {
  const { notApplicable } = lint(readManifests(manifests).cluster, { profile, today: '2026-11-22' });
  expect(
    notApplicable.filter(({ rule }) => rule === 'api-server-cut-off').map(({ reason }) => reason),
  ).toEqual(needs);
});

const scraped = (annotations: object, ports: object[] = [HTTP], path = 'shop/web', more: object = {}) => {
  const [, name = ''] = path.split('/');
  const made = workload(path);
  const spec = { containers: [{ name: 'main', ports }], ...more };
  return { ...made, spec: { template: { metadata: { labels: { app: name }, annotations }, spec } } };
};
const SCRAPE = { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9090' };
const scrapedWeb = scraped(SCRAPE);
const ama = { namespaceSelector: ofName('kube-system'), podSelector: labels({ rsName: 'ama-metrics' }) };

testFindings('metrics-scraper-cut-off', [
  {
    why: 'the own namespace alone',
    manifests: [scrapedWeb, from(same)],
    finds: [
      'warning Deployment shop/web: it asks to be scraped on 9090/TCP, and policy shop/p lets no pod of kube-system in there, nor any other that looks like a scraper (kube-system/ama-metrics → shop/web on 9090/TCP is denied by shop/p)',
    ],
  },
  {
    why: 'a deny alone',
    manifests: [scrapedWeb, deny],
    finds: [
      'warning Deployment shop/web: it asks to be scraped on 9090/TCP, and policy shop/deny lets no pod of kube-system in there, nor any other that looks like a scraper (kube-system/ama-metrics → shop/web on 9090/TCP is denied by shop/deny)',
    ],
  },
  {
    why: 'the scraper on another port',
    manifests: [scrapedWeb, ingress({ from: [ama], ports: [{ port: 8080 }] })],
    finds: [
      'warning Deployment shop/web: it asks to be scraped on 9090/TCP, and policy shop/p lets no pod of kube-system in there, nor any other that looks like a scraper (kube-system/ama-metrics → shop/web on 9090/TCP is denied by shop/p)',
    ],
  },
  {
    why: 'without a port, those that containers declare',
    manifests: [
      scraped({ 'prometheus.io/scrape': 'true' }, [HTTP, { containerPort: 53, protocol: 'UDP' }]),
      deny,
    ],
    finds: [
      'warning Deployment shop/web: it asks to be scraped on 8080/TCP, and policy shop/deny lets no pod of kube-system in there, nor any other that looks like a scraper (kube-system/ama-metrics → shop/web on 8080/TCP is denied by shop/deny)',
    ],
  },
  {
    why: 'an ingress controller is none',
    manifests: [
      scrapedWeb,
      from(
        same,
        { namespaceSelector: ofName('ingress-nginx') },
        { namespaceSelector: ofName('app-routing-system') },
      ),
    ],
    finds: [
      'warning Deployment shop/web: it asks to be scraped on 9090/TCP, and policy shop/p lets no pod of kube-system in there, nor any other that looks like a scraper (kube-system/ama-metrics → shop/web on 9090/TCP is denied by shop/p)',
    ],
  },
  {
    why: 'other pods of kube-system, which may be a scraper of your own',
    manifests: [
      scrapedWeb,
      from({ namespaceSelector: ofName('kube-system'), podSelector: labels({ rsName: 'other' }) }),
    ],
  },
  { why: 'the scraper of Azure Monitor', manifests: [scrapedWeb, from(ama)] },
  { why: 'all of kube-system', manifests: [scrapedWeb, from({ namespaceSelector: ofName('kube-system') })] },
  {
    why: 'pods of a monitoring namespace',
    manifests: [scrapedWeb, from({ namespaceSelector: ofName('monitoring') })],
  },
  {
    why: 'namespaces by any label',
    manifests: [scrapedWeb, from({ namespaceSelector: labels({ team: 'ops' }) })],
  },
  {
    why: 'pods that are called so, in the own namespace',
    manifests: [scrapedWeb, from({ podSelector: app('prometheus') })],
  },
  {
    why: 'a Prometheus in the own namespace',
    manifests: [scrapedWeb, workload('shop/prometheus'), from(same)],
  },
  { why: 'addresses', manifests: [scrapedWeb, from(block('10.0.0.0/8'))] },
  { why: 'everybody on that port', manifests: [scrapedWeb, ingress({ ports: [{ port: 9090 }] })] },
  { why: 'nothing isolates ingress', manifests: [scrapedWeb, egress({})] },
  { why: 'the annotation says no', manifests: [scraped({ 'prometheus.io/scrape': 'false' }), deny] },
  { why: 'no annotation', manifests: [web, deny] },
  { why: 'no port is known', manifests: [scraped({ 'prometheus.io/scrape': 'true' }, []), deny] },
  {
    why: 'a port that is none',
    manifests: [scraped({ 'prometheus.io/scrape': 'true', 'prometheus.io/port': 'http' }, []), deny],
  },
  {
    why: 'pods on their node’s network',
    manifests: [scraped(SCRAPE, [], 'shop/web', { hostNetwork: true }), deny],
  },
  {
    why: 'completed pods',
    manifests: [{ ...completed, metadata: { ...completed.metadata, annotations: SCRAPE } }, deny],
  },
  { why: 'a policy that could not be read may let one in', manifests: [scrapedWeb, deny, unreadable] },
  {
    why: 'a namespace of AKS',
    manifests: [scraped(SCRAPE, [], 'kube-system/web'), policy('kube-system/deny', {})],
  },
  { why: 'no engine shuts anything', profile: { engine: 'none' }, manifests: [scrapedWeb, deny] },
]);

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
    why: 'addresses, which may be those of the API server, on cilium too',
    profile: { engine: 'cilium' },
    manifests: [webhook(byService), https, web, from(block('203.0.113.0/24'))],
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

const ROUTING = 'webapprouting.kubernetes.azure.com';
const ingressOf = (ingressClassName?: string, port: object = { number: 80 }) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    ...(ingressClassName === undefined ? {} : { ingressClassName }),
    rules: ['/', '/api'].map((path) => ({
      http: { paths: [{ path, backend: { service: { name: 'web', port } } }] },
    })),
  },
});
const byAnnotation = {
  ...ingressOf(),
  metadata: { name: 'web', namespace: 'shop', annotations: { 'kubernetes.io/ingress.class': ROUTING } },
};
const nginx = (spec: object = {}) =>
  workload('edge/nginx', { 'app.kubernetes.io/name': 'ingress-nginx' }, [], spec);
const fromNamespace = (name: string) => from({ namespaceSelector: ofName(name) });
const gateway = (gatewayClassName: string) => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'front', namespace: 'edge' },
  spec: { gatewayClassName },
});
const route = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    parentRefs: [{ name: 'front', namespace: 'edge' }],
    rules: [{ backendRefs: [{ name: 'web', port: 80 }] }],
  },
};

const istioGateway = (selector: object = { istio: 'aks-istio-ingressgateway-external' }) => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'Gateway',
  metadata: { name: 'front', namespace: 'edge' },
  spec: { selector, servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }] },
});
const virtualService = (spec: object = {}, destination: object = {}) => ({
  apiVersion: 'networking.istio.io/v1beta1',
  kind: 'VirtualService',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    hosts: ['*'],
    gateways: ['edge/front'],
    http: [{ route: [{ destination: { host: 'web', port: { number: 80 }, ...destination } }] }],
    ...spec,
  },
});
const fromIstio = (gateway: string) =>
  from({
    namespaceSelector: ofName('aks-istio-ingress'),
    podSelector: labels({ istio: `aks-istio-ingressgateway-${gateway}` }),
  });
const cutOffFrom = (gateway: string, by = 'p') =>
  `error VirtualService shop/web: Istio's ${gateway} gateway in aks-istio-ingress cannot reach shop/web on 8080/TCP: policy shop/${by} does not let it in there (Istio's ${gateway} gateway in aks-istio-ingress → shop/web on 8080/TCP is denied)`;

testFindings('ingress-controller-cut-off', [
  {
    why: 'application routing, and the own namespace alone',
    manifests: [ingressOf(ROUTING), before(), web, from(same)],
    finds: [
      'error Ingress shop/web: application routing in app-routing-system cannot reach shop/web on 8080/TCP: policy shop/p does not let it in there (application routing in app-routing-system → shop/web on 8080/TCP is denied)',
    ],
  },
  {
    why: 'the class by annotation',
    manifests: [byAnnotation, before(), web, deny],
    finds: [
      'error Ingress shop/web: application routing in app-routing-system cannot reach shop/web on 8080/TCP: policy shop/deny does not let it in there (application routing in app-routing-system → shop/web on 8080/TCP is denied)',
    ],
  },
  {
    why: 'the port of the service',
    manifests: [
      ingressOf(ROUTING),
      before(),
      web,
      ingress({ from: [{ namespaceSelector: ofName('app-routing-system') }], ports: [{ port: 80 }] }),
    ],
    finds: [
      'error Ingress shop/web: application routing in app-routing-system cannot reach shop/web on 8080/TCP: policy shop/p does not let it in there (application routing in app-routing-system → shop/web on 8080/TCP is denied)',
    ],
  },
  {
    why: 'a port of the service by name',
    manifests: [
      ingressOf(ROUTING, { name: 'http' }),
      before({ ports: [{ name: 'http', port: 80, targetPort: 'http' }] }),
      web,
      deny,
    ],
    finds: [
      'error Ingress shop/web: application routing in app-routing-system cannot reach shop/web on 8080/TCP: policy shop/deny does not let it in there (application routing in app-routing-system → shop/web on 8080/TCP is denied)',
    ],
  },
  {
    why: 'nginx in the manifests',
    manifests: [ingressOf('nginx'), nginx(), before(), web, fromNamespace('ingress-nginx')],
    finds: [
      'error Ingress shop/web: edge/nginx cannot reach shop/web on 8080/TCP: policy shop/p does not let it in there (edge/nginx → shop/web on 8080/TCP is denied)',
    ],
  },
  {
    why: 'a Job of nginx’s chart, which carries no request',
    manifests: [ingressOf('nginx'), { ...nginx(), apiVersion: 'batch/v1', kind: 'Job' }, before(), web, deny],
  },
  {
    why: 'nginx twice, of which one is on its node’s network, where nobody knows its addresses',
    manifests: [
      ingressOf('nginx'),
      nginx(),
      workload('back/nginx', { 'app.kubernetes.io/name': 'ingress-nginx' }, [], { hostNetwork: true }),
      before(),
      web,
      deny,
    ],
  },
  {
    why: 'a gateway',
    manifests: [gateway('approuting-istio'), route, before(), web, from(same)],
    finds: [
      'error HTTPRoute shop/web: gateway edge/front cannot reach shop/web on 8080/TCP: policy shop/p does not let it in there (gateway edge/front → shop/web on 8080/TCP is denied)',
    ],
  },
  {
    why: 'the pods of another gateway',
    manifests: [
      gateway('istio'),
      route,
      before(),
      web,
      from({
        namespaceSelector: ofName('edge'),
        podSelector: labels({ 'gateway.networking.k8s.io/gateway-name': 'back' }),
      }),
    ],
    finds: [
      'error HTTPRoute shop/web: gateway edge/front cannot reach shop/web on 8080/TCP: policy shop/p does not let it in there (gateway edge/front → shop/web on 8080/TCP is denied)',
    ],
  },
  {
    why: 'the external gateway of the Istio add-on',
    manifests: [istioGateway(), virtualService(), before(), web, from(same)],
    finds: [cutOffFrom('external')],
  },
  {
    why: 'the internal one, where the external one is let in',
    manifests: [
      istioGateway({ istio: 'aks-istio-ingressgateway-internal' }),
      virtualService(),
      before(),
      web,
      fromIstio('external'),
    ],
    finds: [cutOffFrom('internal')],
  },
  {
    why: 'each of the two',
    manifests: [
      istioGateway(),
      {
        ...istioGateway({ istio: 'aks-istio-ingressgateway-internal' }),
        metadata: { name: 'back', namespace: 'shop' },
      },
      virtualService({ gateways: ['edge/front', 'back'] }),
      before(),
      web,
      deny,
    ],
    finds: [cutOffFrom('external', 'deny'), cutOffFrom('internal', 'deny')],
  },
  {
    why: 'two Gateways of the same pods, once',
    manifests: [
      istioGateway(),
      { ...istioGateway(), metadata: { name: 'tls', namespace: 'edge' } },
      virtualService({ gateways: ['edge/front', 'edge/tls'] }),
      before(),
      web,
      deny,
    ],
    finds: [cutOffFrom('external', 'deny')],
  },
  {
    why: 'a VirtualService that leaves the only port of the service out',
    manifests: [istioGateway(), virtualService({}, { port: null }), before(), web, deny],
    finds: [cutOffFrom('external', 'deny')],
  },
  {
    why: 'a subset of a service before one workload',
    manifests: [istioGateway(), virtualService({}, { subset: 'v1' }), before(), web, deny],
    finds: [cutOffFrom('external', 'deny')],
  },
  {
    why: 'a VirtualService for the namespace of the gateways',
    manifests: [istioGateway(), virtualService({ exportTo: ['aks-istio-ingress'] }), before(), web, deny],
    finds: [cutOffFrom('external', 'deny')],
  },
  {
    why: 'a gateway of Istio that is let in',
    manifests: [istioGateway(), virtualService(), before(), web, fromIstio('external')],
  },
  {
    why: 'by its namespace, whatever its pods are called',
    manifests: [istioGateway(), virtualService(), before(), web, fromNamespace('aks-istio-ingress')],
  },
  {
    why: 'a gateway of Istio that is not the add-on’s',
    manifests: [istioGateway({ istio: 'ingressgateway' }), virtualService(), before(), web, deny],
  },
  {
    why: 'a gateway of Istio that asks for a label of which nobody knows',
    manifests: [
      istioGateway({ istio: 'aks-istio-ingressgateway-external', app: 'front' }),
      virtualService(),
      before(),
      web,
      deny,
    ],
  },
  {
    why: 'a gateway of Istio without a selector',
    manifests: [istioGateway({}), virtualService(), before(), web, deny],
  },
  {
    why: 'a gateway of Istio that is not given',
    manifests: [virtualService(), before(), web, deny],
  },
  {
    why: 'a gateway of Istio of the same name elsewhere',
    manifests: [istioGateway(), virtualService({ gateways: ['front'] }), before(), web, deny],
  },
  {
    why: 'a Gateway of the Gateway API, which no VirtualService names',
    manifests: [gateway('istio'), virtualService(), before(), web, deny],
  },
  {
    why: 'a VirtualService for the mesh alone',
    manifests: [
      istioGateway(),
      virtualService({ gateways: ['mesh'] }),
      { ...virtualService({ gateways: undefined }), metadata: { name: 'more', namespace: 'shop' } },
      before(),
      web,
      deny,
    ],
  },
  {
    why: 'a VirtualService that the gateways do not see',
    manifests: [istioGateway(), virtualService({ exportTo: ['.'] }), before(), web, deny],
  },
  {
    why: 'a subset of a service before several workloads',
    manifests: [
      istioGateway(),
      virtualService({}, { subset: 'v2' }),
      before(),
      web,
      workload('shop/web-2', { app: 'web' }, [HTTP]),
      deny,
    ],
  },
  {
    why: 'a VirtualService that leaves one of several ports out',
    manifests: [
      istioGateway(),
      virtualService({}, { port: null }),
      before({
        ports: [
          { name: 'http', port: 80, targetPort: 8080 },
          { name: 'more', port: 81 },
        ],
      }),
      web,
      deny,
    ],
  },
  {
    why: 'application routing is let in',
    manifests: [ingressOf(ROUTING), before(), web, fromNamespace('app-routing-system')],
  },
  {
    why: 'it is let in by a label that nobody knows of',
    manifests: [
      ingressOf(ROUTING),
      before(),
      web,
      from({ namespaceSelector: ofName('app-routing-system'), podSelector: app('nginx') }),
    ],
  },
  {
    why: 'by its pods and port',
    manifests: [
      ingressOf(ROUTING),
      before(),
      web,
      ingress({
        from: [
          {
            namespaceSelector: ofName('app-routing-system'),
            podSelector: labels({ 'app.kubernetes.io/component': 'ingress-controller' }),
          },
        ],
        ports: [{ port: 'http' }],
      }),
    ],
  },
  { why: 'everybody', manifests: [ingressOf(ROUTING), before(), web, ingress({})] },
  { why: 'nginx is let in', manifests: [ingressOf('nginx'), nginx(), before(), web, fromNamespace('edge')] },
  { why: 'nginx that is not in the manifests', manifests: [ingressOf('nginx'), before(), web, deny] },
  {
    why: 'nginx on its node’s network',
    manifests: [ingressOf('nginx'), nginx({ hostNetwork: true }), before(), web, deny],
  },
  { why: 'a class that nobody knows', manifests: [ingressOf('haproxy'), before(), web, deny] },
  {
    why: 'Application Gateway, which is no pod',
    manifests: [ingressOf('azure-application-gateway'), before(), web, deny],
  },
  { why: 'no class', manifests: [ingressOf(), before(), web, deny] },
  { why: 'a service that is not given', manifests: [ingressOf(ROUTING), web, deny] },
  {
    why: 'a port that the service does not have',
    manifests: [ingressOf(ROUTING, { number: 8080 }), before(), web, deny],
  },
  {
    why: 'a gateway that is let in',
    manifests: [gateway('istio'), route, before(), web, fromNamespace('edge')],
  },
  {
    why: 'a gateway of a class that is not pods beside it',
    manifests: [gateway('azure-alb-external'), route, before(), web, deny],
  },
  { why: 'a gateway that is not given', manifests: [route, before(), web, deny] },
  { why: 'nothing isolates ingress', manifests: [ingressOf(ROUTING), before(), web, egress({})] },
  {
    why: 'pods on their node’s network',
    manifests: [ingressOf(ROUTING), before(), workload('shop/web', {}, [HTTP], { hostNetwork: true }), deny],
  },
  { why: 'completed pods', manifests: [ingressOf(ROUTING), before(), completed, deny] },
  {
    why: 'a policy that could not be read may let it in',
    manifests: [ingressOf(ROUTING), before(), web, deny, unreadable],
  },
  {
    why: 'no engine shuts anything',
    profile: { engine: 'none' },
    manifests: [ingressOf(ROUTING), before(), web, deny],
  },
]);
