import type { Variant } from './fix-variants';
import { cilium, namespace, service, workload } from './judge';

const web = workload('shop/web', {}, [{ name: 'http', containerPort: 8080 }]);
const db = workload('shop/db', {}, [{ name: 'sql', containerPort: 5432 }]);
const names = [{ ports: [{ port: '53', protocol: 'ANY' }] }];
const dns = {
  toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system', 'k8s-app': 'kube-dns' } }],
  toPorts: names,
};
const tcp = (port: string) => [{ ports: [{ port, protocol: 'TCP' }] }];
const pods = (app: string) => ({ matchLabels: { app } });
const on = ['cilium'] as const;
const WHOLE = ['default', 'kube-node-lease', 'kube-public', 'kube-system', 'shop', 'ops'].map((each) =>
  namespace(each),
);
const ofWeb = (spec: object) => cilium('shop/web', { endpointSelector: pods('web'), ...spec });
const WEB = ['shop/web', 'pods with app=web in namespace shop'];
const imdsIsShut = [{ from: WEB, to: ['169.254.169.254/32'], ports: '*' }];

/** Of policies of Cilium's own kinds, which no other engine knows. */
export const CILIUM_VARIANTS: readonly Variant[] = (
  [
    {
      rule: 'selects-no-workload',
      why: 'a misspelt label in a policy of Cilium',
      objects: [web, cilium('shop/p', { endpointSelector: pods('wep'), ingress: [{ fromEndpoints: [{}] }] })],
      closes: [
        { from: ['any pod, except any pod of namespace shop', '0.0.0.0/0'], to: ['shop/web'], ports: '*' },
      ],
    },
    {
      rule: 'peer-matches-nothing',
      why: 'a misspelt label in a policy of Cilium',
      objects: [web, db, ofWeb({ ingress: [{ fromEndpoints: [pods('dbb')] }] })],
      closes: [{ from: ['pods with app=dbb in namespace shop'], to: ['shop/web'], ports: '*' }],
    },
    {
      rule: 'peer-matches-nothing',
      why: 'pods of another namespace in a policy of Cilium',
      objects: [web, workload('ops/probe'), ofWeb({ ingress: [{ fromEndpoints: [pods('probe')] }] })],
      closes: [{ from: ['pods with app=probe in namespace shop'], to: ['shop/web'], ports: '*' }],
    },
    {
      rule: 'namespace-label-missing',
      why: 'a name in a label of its own, in a policy of Cilium',
      objects: [
        ...WHOLE,
        web,
        workload('ops/probe'),
        ofWeb({
          ingress: [
            {
              fromEndpoints: [
                { matchLabels: { 'k8s:io.cilium.k8s.namespace.labels.name': 'ops', app: 'probe' } },
              ],
            },
          ],
        }),
      ],
      closes: [{ from: ['pods with app=probe in namespaces with name=ops'], to: ['shop/web'], ports: '*' }],
    },
    {
      rule: 'and-or-slip',
      why: 'two entries in a policy of Cilium',
      objects: [
        web,
        workload('ops/probe'),
        workload('ops/other'),
        ofWeb({
          ingress: [
            { fromEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'ops' } }, pods('probe')] },
          ],
        }),
      ],
      closes: [
        {
          from: ['ops/other', 'any pod of namespace ops', 'pods with app=probe in namespace shop'],
          to: ['shop/web'],
          ports: '*',
        },
      ],
    },
    {
      rule: 'service-port-not-target-port',
      why: 'the port of a service in a policy of Cilium',
      objects: [
        web,
        db,
        service('shop/web', { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] }),
        ofWeb({ ingress: [{ fromEndpoints: [pods('db')], toPorts: tcp('80') }] }),
      ],
      closes: [{ from: ['shop/db'], to: ['shop/web'], ports: '80/TCP' }],
    },
    {
      rule: 'undeclared-port-name',
      why: 'a misspelt name in a policy of Cilium',
      objects: [
        web,
        db,
        ofWeb({ ingress: [{ fromEndpoints: [pods('db')], toPorts: [{ ports: [{ port: 'htp' }] }] }] }),
      ],
    },
    {
      rule: 'cilium-egress-port-name',
      why: 'a name in a policy of Cilium',
      objects: [web, db, ofWeb({ egress: [dns, { toEndpoints: [pods('db')], toPorts: tcp('sql') }] })],
    },
    {
      rule: 'wide-egress-includes-imds',
      why: 'an entity in a policy of Cilium',
      objects: [web, ofWeb({ egress: [dns, { toEntities: ['world'] }] })],
      closes: imdsIsShut,
    },
    {
      rule: 'wide-egress-includes-imds',
      why: 'a CIDR in a policy of Cilium',
      objects: [web, ofWeb({ egress: [dns, { toCIDR: ['0.0.0.0/0'] }] })],
      closes: imdsIsShut,
    },
    {
      rule: 'wide-egress-includes-imds',
      why: 'a CIDR that may have exceptions in a policy of Cilium',
      objects: [web, ofWeb({ egress: [dns, { toCIDRSet: [{ cidr: '0.0.0.0/0' }] }] })],
      closes: imdsIsShut,
    },
    {
      rule: 'wide-egress-includes-imds',
      why: 'ports for everybody in a policy of Cilium',
      objects: [web, ofWeb({ egress: [dns, { toPorts: tcp('80') }] })],
      closes: [{ from: ['shop/web'], to: ['169.254.169.254/32'], ports: '80/TCP' }],
    },
    {
      rule: 'cilium-deny-isolates',
      why: 'both directions',
      objects: [
        web,
        ofWeb({
          egressDeny: [{ toCIDR: ['169.254.169.254/32'] }],
          ingressDeny: [{ fromEntities: ['world'] }],
        }),
      ],
    },
    {
      rule: 'cilium-name-without-dns-rule',
      why: 'a list that has other names, with a name and a pattern',
      profile: { acns: 'FQDN' },
      objects: [
        web,
        ofWeb({
          egress: [
            { ...dns, toPorts: [{ ...names[0], rules: { dns: [{ matchName: 'a.example.com' }] } }] },
            {
              toFQDNs: [{ matchName: 'b.example.com' }, { matchPattern: '*.c.example.com' }],
              toPorts: tcp('443'),
            },
          ],
        }),
      ],
    },
    {
      rule: 'cilium-http-path',
      why: 'a prefix and a path without a slash',
      profile: { acns: 'L7' },
      objects: [
        web,
        ofWeb({
          ingress: [
            {
              fromEndpoints: [{}],
              toPorts: [
                {
                  ports: [{ port: '8080', protocol: 'TCP' }],
                  rules: { http: [{ path: '/orders' }, { path: 'items' }, { path: '/a/' }] },
                },
              ],
            },
          ],
        }),
      ],
    },
    {
      rule: 'one-sided-allow',
      why: 'a policy of Cilium on the other side',
      objects: [
        web,
        db,
        ofWeb({ egress: [dns, { toEndpoints: [pods('db')], toPorts: tcp('5432') }] }),
        cilium('shop/db', {
          endpointSelector: pods('db'),
          ingress: [{ fromEndpoints: [pods('web')], toPorts: tcp('5433') }],
        }),
      ],
    },
    {
      rule: 'egress-cannot-resolve-names',
      why: 'a policy of Cilium',
      objects: [web, db, ofWeb({ egress: [{ toEndpoints: [pods('db')] }] })],
    },
    {
      rule: 'unreachable-workload',
      why: 'a policy of Cilium with the port of the service',
      objects: [
        web,
        service('shop/web', { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] }),
        ofWeb({ ingress: [{ fromEndpoints: [{}], toPorts: tcp('80') }] }),
      ],
      closes: [{ from: ['shop/web', 'any pod of namespace shop'], to: ['shop/web'], ports: '80/TCP' }],
    },
    {
      rule: 'ipv4-only-ip-block',
      why: 'a policy of Cilium, plain and with exceptions',
      profile: { podCidrs: ['10.244.0.0/16', 'fd12:3456::/64'] },
      objects: [
        web,
        ofWeb({
          egress: [dns, { toCIDR: ['0.0.0.0/0'] }],
          ingress: [{ fromCIDRSet: [{ cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] }] }],
        }),
      ],
    },
  ] satisfies readonly Omit<Variant, 'on'>[]
).map((each) => ({ ...each, on }));
