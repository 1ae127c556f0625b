import { cilium, service, testFindings, workload } from '../judge';

/** Names of hosts and of services in policies of Cilium's own kinds. */

const profile = { engine: 'cilium', acns: 'FQDN' } as const;
const web = workload('shop/web');
const pods = { endpointSelector: { matchLabels: { app: 'web' } } };
const toPorts = [{ ports: [{ port: '443', protocol: 'TCP' }] }];
const hosts = (...names: object[]) => ({ toFQDNs: names, toPorts });
const dns = (...names: object[]) => ({
  toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system', 'k8s-app': 'kube-dns' } }],
  toPorts: [{ ports: [{ port: '53', protocol: 'ANY' }], rules: { dns: names } }],
});
const egress = (...rules: object[]) => cilium('shop/p', { ...pods, egress: rules });
const name = (matchName: string) => ({ matchName });
const pattern = (matchPattern: string) => ({ matchPattern });

testFindings('cilium-name-without-dns-rule', [
  {
    why: 'no rule for DNS',
    profile,
    manifests: [web, egress(hosts(name('a.example.com')))],
    finds: [
      'error CiliumNetworkPolicy shop/p spec.egress[0].toFQDNs: no policy of these pods has a rule for DNS with rules.dns, so Cilium never learns the addresses of a.example.com, and this rule opens nothing for it',
    ],
  },
  {
    why: 'a rule for DNS without rules.dns',
    profile,
    manifests: [web, egress(hosts(name('a.example.com')), { toEntities: ['cluster'] })],
    finds: [
      'error CiliumNetworkPolicy shop/p spec.egress[0].toFQDNs: no policy of these pods has a rule for DNS with rules.dns, so Cilium never learns the addresses of a.example.com, and this rule opens nothing for it',
    ],
  },
  {
    why: 'a rule for DNS of which one name is missing',
    profile,
    manifests: [
      web,
      egress(
        dns(name('A.example.com.'), pattern('*.blob.example.com')),
        hosts(name('a.example.com'), name('b.example.com')),
      ),
    ],
    finds: [
      'error CiliumNetworkPolicy shop/p spec.egress[1].toFQDNs: no rules.dns of these pods has it, so Cilium never learns the addresses of b.example.com, and this rule opens nothing for it',
    ],
  },
  {
    why: 'a star that is one label, and a pattern that is wider than what may be asked',
    profile,
    manifests: [
      web,
      egress(
        dns(pattern('*.example.com')),
        hosts(name('a.b.example.com'), name('example.com'), pattern('*.*.example.com')),
      ),
    ],
    finds: [
      'error CiliumNetworkPolicy shop/p spec.egress[1].toFQDNs: no rules.dns of these pods has it, so Cilium never learns the addresses of a.b.example.com, example.com and *.*.example.com, and this rule opens nothing for them',
    ],
  },
  {
    why: 'two stars, which mean several labels for some versions',
    profile,
    manifests: [
      web,
      egress(dns(pattern('**.example.com')), hosts(name('a.b.example.com'), pattern('*.example.com'))),
    ],
  },
  {
    why: 'every name',
    profile,
    manifests: [web, egress(dns(pattern('*')), hosts(pattern('*'), name('a.b.c')))],
  },
  {
    why: 'the rule in another policy for the same pods',
    profile,
    manifests: [
      web,
      egress(hosts(name('a.example.com'))),
      cilium('all', { endpointSelector: {}, egress: [dns(pattern('*.example.com'))] }),
    ],
  },
  {
    why: 'the rule in a policy for other pods',
    profile,
    manifests: [
      web,
      workload('shop/db'),
      egress(hosts(name('a.example.com'))),
      cilium('shop/db', {
        endpointSelector: { matchLabels: { app: 'db' } },
        egress: [dns(name('a.example.com'))],
      }),
    ],
    finds: [
      'error CiliumNetworkPolicy shop/p spec.egress[0].toFQDNs: no policy of these pods has a rule for DNS with rules.dns, so Cilium never learns the addresses of a.example.com, and this rule opens nothing for it',
    ],
  },
  {
    why: 'no proxy at all, of which another rule tells',
    profile: { engine: 'cilium', acns: 'None' },
    manifests: [web, egress(hosts(name('a.example.com')))],
  },
  { why: 'no host', profile, manifests: [web, egress({ toEntities: ['world'], toPorts })] },
]);

const orders = [
  workload('shop/orders'),
  service('shop/orders', { selector: { app: 'orders' }, ports: [{ port: 443 }] }),
];
const toService = (serviceName: string, namespace?: string) => ({
  toServices: [{ k8sService: { serviceName, ...(namespace === undefined ? {} : { namespace }) } }],
});

testFindings('cilium-ports-for-everybody', [
  {
    why: 'a service that is known',
    profile,
    manifests: [web, ...orders, egress({ ...toService('orders', 'shop'), toPorts })],
    finds: [
      'warning CiliumNetworkPolicy shop/p spec.egress[0].toServices: for as long as Cilium finds no such service, it opens the ports for everybody',
    ],
  },
  {
    why: 'a service that the namespace does not have',
    profile,
    manifests: [web, ...orders, egress({ ...toService('order', 'shop'), toPorts })],
    finds: [
      'error CiliumNetworkPolicy shop/p spec.egress[0].toServices: no manifest has such a service, and Cilium opens the ports for everybody',
    ],
  },
  {
    why: 'a service of which nothing is known, in a denial',
    profile,
    manifests: [web, cilium('shop/p', { ...pods, egressDeny: [{ ...toService('orders'), toPorts }] })],
    finds: [
      'error CiliumNetworkPolicy shop/p spec.egressDeny[0].toServices: Cilium looks for no services of what it denies, and denies the ports for everybody',
    ],
  },
  {
    why: 'an empty list of names',
    profile,
    manifests: [web, egress({ toFQDNs: [], toPorts })],
    finds: [
      'error CiliumNetworkPolicy shop/p spec.egress[0].toFQDNs: an empty toFQDNs beside ports names nobody, and Cilium opens the ports for everybody',
    ],
  },
  {
    why: 'an empty list of services',
    profile,
    manifests: [web, egress({ toServices: [], toPorts })],
    finds: [
      'error CiliumNetworkPolicy shop/p spec.egress[0].toServices: an empty toServices beside ports names nobody, and Cilium opens the ports for everybody',
    ],
  },
  {
    why: 'an empty list of pods, which is nobody',
    profile,
    manifests: [web, egress({ toEndpoints: [], toPorts })],
  },
  { why: 'an empty list without ports', profile, manifests: [web, egress({ toServices: [] })] },
  {
    why: 'a service without ports',
    profile,
    manifests: [web, ...orders, egress(toService('orders', 'shop'))],
  },
]);
