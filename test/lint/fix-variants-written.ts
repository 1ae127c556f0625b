import type { Variant } from './fix-variants';
import { app, labels, namespace, ofName, policy, service, workload } from './judge';

const web = workload('shop/web', {}, [{ name: 'http', containerPort: 8080 }]);
const db = workload('shop/db', {}, [{ name: 'sql', containerPort: 5432 }]);
const WEB = ['shop/web', 'pods with app=web in namespace shop'];

/** Of the rules about how policies are written, and about what engines make of that. */
export const WRITTEN_VARIANTS: readonly Variant[] = [
  {
    rule: 'npm-update-gap',
    why: 'several policies, and pods that none of them isolates',
    objects: [
      namespace('shop'),
      web,
      db,
      workload('shop/open'),
      policy('shop/web', {
        podSelector: app('web'),
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ podSelector: {} }] }],
      }),
      policy('shop/db', {
        podSelector: app('db'),
        policyTypes: ['Egress'],
        egress: [{ to: [{ podSelector: {} }] }, { to: [{ namespaceSelector: ofName('kube-system') }] }],
      }),
    ],
  },
  {
    rule: 'npm-policy-skipped',
    why: 'IPv6 beside other peers and alone, and a base that is no 0.0.0.0',
    objects: [
      web,
      policy('shop/web', {
        podSelector: app('web'),
        policyTypes: ['Ingress'],
        ingress: [
          { from: [{ ipBlock: { cidr: '2001:db8::/32' } }], ports: [{ port: 8080 }] },
          { from: [{ ipBlock: { cidr: '203.0.113.0/24' } }, { ipBlock: { cidr: '2001:db8::/32' } }] },
          { from: [{ ipBlock: { cidr: '10.10.0.0/0' } }], ports: [{ port: 8443 }] },
        ],
      }),
    ],
    profile: { kubernetesVersion: '1.35' },
    closes: [
      {
        from: ['any pod', 'shop/web', '0.0.0.0-203.0.112.255,203.0.114.0-255.255.255.255'],
        to: ['shop/web'],
        ports: '1-8442/TCP, 8444-65535/TCP, */UDP, */SCTP',
      },
    ],
    on: ['azure'],
  },
  {
    rule: 'host-network-pod',
    why: 'as a peer, where the profile tells the addresses of nodes',
    objects: [
      web,
      workload('shop/agent', {}, [], { hostNetwork: true }),
      policy('shop/web', {
        podSelector: app('web'),
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ podSelector: app('agent') }] }],
      }),
    ],
    on: [undefined, 'azure', 'calico'],
  },
  {
    rule: 'cilium-ip-block-misses-pods',
    why: 'every address, of which pods are a part',
    objects: [
      web,
      db,
      policy('shop/web', {
        podSelector: app('web'),
        policyTypes: ['Egress'],
        egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [{ port: 5432 }] }],
      }),
    ],
  },
  {
    rule: 'service-port-not-target-port',
    why: 'a name that stands for another port in each workload',
    objects: [
      workload('shop/a', { part: 'web' }, [{ name: 'http', containerPort: 8080 }]),
      workload('shop/b', { part: 'web' }, [{ name: 'http', containerPort: 9090 }]),
      service('shop/web', { selector: { part: 'web' }, ports: [{ port: 80, targetPort: 'http' }] }),
      policy('shop/web', {
        podSelector: labels({ part: 'web' }),
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 80 }] }],
      }),
    ],
    closes: [
      {
        from: ['shop/a,shop/b', 'any pod of namespace shop'],
        to: ['shop/a,shop/b', 'pods with part=web in namespace shop'],
        ports: '80/TCP',
      },
    ],
  },
  {
    rule: 'service-address-in-ip-block',
    why: 'the service of the API server',
    objects: [
      web,
      policy('shop/web', {
        podSelector: app('web'),
        policyTypes: ['Egress'],
        egress: [{ to: [{ ipBlock: { cidr: '10.0.0.1/32' } }] }],
      }),
    ],
    profile: { serviceCidrs: ['10.0.0.0/16'] },
    closes: [{ from: WEB, to: ['10.0.0.1/32'], ports: '*' }],
  },
  {
    rule: 'rules-of-unlisted-type',
    why: 'pods that ask for names',
    objects: [
      web,
      db,
      policy('shop/web', {
        podSelector: app('web'),
        policyTypes: ['Ingress'],
        egress: [{ to: [{ podSelector: app('db') }] }],
      }),
    ],
    closes: [{ from: ['shop/web'], to: ['any pod', '0.0.0.0/0'], ports: '*' }],
  },
  {
    rule: 'shadowed-policy',
    why: 'one of two policies that isolate the pods',
    objects: [
      web,
      policy('shop/a', {
        podSelector: app('web'),
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ podSelector: {} }] }],
      }),
      policy('shop/b', {
        podSelector: app('web'),
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ podSelector: app('db') }] }],
      }),
    ],
  },
  {
    rule: 'rules-of-unlisted-type',
    why: 'names are open already, so that nothing is added',
    objects: [
      web,
      policy('shop/web', {
        podSelector: app('web'),
        policyTypes: ['Ingress'],
        egress: [{ to: [{ namespaceSelector: {} }] }],
      }),
    ],
    closes: [{ from: ['shop/web'], to: ['0.0.0.0/0'], ports: '*' }],
  },
  {
    rule: 'selects-no-workload',
    why: 'a policy for egress, which holds its pods from then on',
    objects: [
      workload('shop/orders'),
      db,
      policy('shop/orders', {
        podSelector: app('order'),
        policyTypes: ['Egress'],
        egress: [{ to: [{ podSelector: app('db') }], ports: [{ port: 5432 }] }],
      }),
      policy('shop/all', {
        podSelector: {},
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ podSelector: {} }] }],
      }),
    ],
    on: [undefined, 'calico', 'cilium'],
    closes: [
      { from: ['shop/orders'], to: ['any pod', 'shop/orders', '0.0.0.0/0'], ports: '*' },
      { from: ['shop/orders'], to: ['shop/db'], ports: '1-5431/TCP, 5433-65535/TCP, */UDP, */SCTP' },
    ],
  },
  {
    rule: 'npm-update-gap',
    why: 'a policy that holds one direction and leaves the other open',
    objects: [
      namespace('shop'),
      web,
      policy('shop/web', {
        podSelector: { matchLabels: {} },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: [{ podSelector: {} }] }],
        egress: [{}],
      }),
    ],
  },
  {
    rule: 'shadowed-policy',
    why: 'beside a policy that leaves everything open',
    objects: [
      web,
      policy('shop/a', { podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] }),
      policy('shop/b', {
        podSelector: {},
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ podSelector: {} }] }],
      }),
    ],
  },
  {
    rule: 'selects-no-workload',
    why: 'a denial of egress, beside which nothing is opened',
    objects: [
      workload('shop/orders'),
      policy('shop/orders', { podSelector: app('order'), policyTypes: ['Egress'] }),
      policy('shop/all', {
        podSelector: {},
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ podSelector: {} }] }],
      }),
    ],
    closes: [{ from: ['shop/orders'], to: ['any pod', 'shop/orders', '0.0.0.0/0'], ports: '*' }],
  },
];
