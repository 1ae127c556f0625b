import { app, labels, namespace, ofName, policy, testFindings, workload } from '../judge';
import { block, completed, db, deny, egress, ingress, toDb, unreadable, web } from './lifelines';

const udp = { protocol: 'UDP', port: 53 } as const;

const tcp = { protocol: 'TCP', port: 53 } as const;

const dnsPods = { namespaceSelector: ofName('kube-system'), podSelector: labels({ 'k8s-app': 'kube-dns' }) };

const coreDns = (spec: object = {}) =>
  workload('kube-system/coredns', { 'k8s-app': 'kube-dns' }, [{ containerPort: 53, protocol: 'UDP' }], spec);

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
      'warning NetworkPolicy shop/p: policy shop/p lets shop/web talk to others, but not to 169.254.10.10 on 53/TCP, 53/UDP, where LocalDNS answers on the node: Cilium of Kubernetes 1.32 and later lets no NetworkPolicy open that (shop/web → 169.254.10.10 53/TCP is denied)',
    ],
  },
  {
    why: 'LocalDNS on cilium of an unknown version',
    profile: cilium,
    manifests: [web, egress(toDb, { to: [dnsPods], ports: [udp, tcp] })],
    finds: [
      'warning NetworkPolicy shop/p: policy shop/p lets shop/web talk to others, but not to 169.254.10.10 on 53/TCP, 53/UDP, where LocalDNS answers on the node: Cilium of Kubernetes 1.32 and later lets no NetworkPolicy open that (shop/web → 169.254.10.10 53/TCP is denied)',
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
