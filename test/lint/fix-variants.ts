import type { AksClusterProfile } from '../../lib/aks/cluster-profile';
import type { FindingCode } from '../../lib/model/finding';
import { app, labels, namespace, ofName, policy, service, workload } from './judge';
import type { Shut } from './mended';

/** More clusters to apply fixes to than the examples of the rules: each on the specification and every engine. */
export interface Variant {
  readonly rule: FindingCode;
  readonly why: string;
  readonly objects: readonly object[];
  /** What is known beside what is known of every cluster. */
  readonly profile?: AksClusterProfile;
  /** The engines on which the fix is right, where it is for some only. */
  readonly on?: readonly (AksClusterProfile['engine'] | undefined)[];
  readonly closes?: readonly Shut[];
}

const web = workload('shop/web', {}, [{ name: 'http', containerPort: 8080 }]);
const db = workload('shop/db', {}, [{ name: 'sql', containerPort: 5432 }]);
const deny = policy('shop/default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
const openEgress = policy('shop/web', { podSelector: app('web'), policyTypes: ['Egress'], egress: [{}] });
const toDb = policy('shop/to-db', {
  podSelector: app('web'),
  policyTypes: ['Egress'],
  egress: [{ to: [{ podSelector: app('db') }], ports: [{ port: 5432 }] }],
});
const WEB = ['shop/web', 'pods with app=web in namespace shop'];
const SHOP = ['shop/web', 'any pod of namespace shop'];
const imdsIsShut: readonly Shut[] = [{ from: WEB, to: ['169.254.169.254/32'], ports: '*' }];
const webhook = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingWebhookConfiguration',
  metadata: { name: 'checks' },
  webhooks: [{ name: 'a.example.com', clientConfig: { service: { namespace: 'shop', name: 'web' } } }],
};
const toWeb = service('shop/web', { selector: { app: 'web' }, ports: [{ port: 443, targetPort: 8080 }] });

/** Of the rules about who reaches whom. */
export const REACH_VARIANTS: readonly Variant[] = [
  {
    rule: 'wide-egress-includes-imds',
    why: 'a rule for everybody: names, pods and other addresses stay open',
    objects: [web, openEgress],
    closes: imdsIsShut,
  },
  {
    rule: 'wide-egress-includes-imds',
    why: 'a rule for everybody, on a cluster with IPv6',
    objects: [web, openEgress],
    profile: { podCidrs: ['10.244.0.0/16', 'fd12:3456::/64'] },
    closes: imdsIsShut,
  },
  {
    rule: 'wide-egress-includes-imds',
    why: 'a rule for everybody on one port',
    objects: [
      web,
      policy('shop/web', {
        podSelector: app('web'),
        policyTypes: ['Egress'],
        egress: [{ ports: [{ port: 80 }] }],
      }),
    ],
    closes: imdsIsShut.map((each) => ({ ...each, ports: '80/TCP' })),
  },
  {
    rule: 'unreachable-workload',
    why: 'two ports of one service, of which the other has a name that no container has',
    objects: [
      workload('shop/db', {}, [
        { name: 'jmx', containerPort: 7199 },
        { name: 'cql', containerPort: 9042 },
      ]),
      service('shop/db', {
        selector: { app: 'db' },
        ports: [
          { name: 'tls', port: 7001, targetPort: 'tls' },
          { name: 'jmx', port: 7199, targetPort: 'jmx' },
        ],
      }),
      policy('shop/db', {
        podSelector: app('db'),
        policyTypes: ['Ingress'],
        ingress: [{ ports: [{ port: 9042 }, { port: 7001 }] }],
      }),
    ],
  },
  {
    rule: 'unreachable-workload',
    why: 'a rule for the port of the service that is for others, too, who listen on it',
    objects: [
      web,
      workload('shop/old', {}, [{ containerPort: 443 }]),
      toWeb,
      policy('shop/p', {
        podSelector: {},
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 443 }] }],
      }),
    ],
  },
  {
    rule: 'webhook-cut-off',
    why: 'a default deny alone, beside which a policy comes',
    objects: [webhook, toWeb, web, db, deny],
  },
  {
    rule: 'webhook-cut-off',
    why: 'a policy for other pods, too, which the rule is not for',
    objects: [
      webhook,
      toWeb,
      web,
      db,
      policy('shop/p', {
        podSelector: {},
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ podSelector: {} }] }],
      }),
    ],
  },
  {
    rule: 'webhook-cut-off',
    why: 'a selector of the workload that other pods have, who are open',
    objects: [
      webhook,
      toWeb,
      web,
      {
        ...workload('shop/green', { app: 'web', track: 'green' }),
        spec: {
          selector: labels({ track: 'green' }),
          template: workload('x/y', { app: 'web', track: 'green' }).spec.template,
        },
      },
      policy('shop/p', {
        podSelector: { matchExpressions: [{ key: 'track', operator: 'DoesNotExist' }] },
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ podSelector: app('db') }] }],
      }),
    ],
  },
  {
    rule: 'egress-cannot-resolve-names',
    why: 'beside a default deny: the policy that opens something takes the rule',
    objects: [
      web,
      db,
      deny,
      toDb,
      policy('shop/in', {
        podSelector: app('db'),
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ podSelector: app('web') }] }],
      }),
    ],
  },
  {
    rule: 'egress-cannot-resolve-names',
    why: 'LocalDNS on the node',
    objects: [web, db, toDb],
    profile: { localDns: true },
    on: [undefined, 'calico'],
  },
  {
    rule: 'egress-cannot-resolve-names',
    why: 'the default policy of a managed namespace, which nobody can edit',
    objects: [namespace('shop'), web, db],
    profile: {
      managedNamespaces: [{ name: 'shop', ingress: 'AllowSameNamespace', egress: 'AllowSameNamespace' }],
    },
  },
  {
    rule: 'no-default-deny',
    why: 'a policy of the name is there already',
    objects: [
      web,
      db,
      policy('shop/default-deny-ingress', { podSelector: app('db'), policyTypes: ['Ingress', 'Egress'] }),
    ],
    closes: [
      {
        from: ['any pod, except any pod of namespace shop', '0.0.0.0/0'],
        to: SHOP,
        ports: '*',
      },
      { from: SHOP, to: ['any pod', 'shop/web', '0.0.0.0/0'], ports: '*' },
    ],
  },
  {
    rule: 'one-sided-allow',
    why: 'the other side has nothing but a default deny',
    objects: [web, db, deny, toDb],
  },
  {
    rule: 'one-sided-allow',
    why: 'the ingress names a source whose egress is shut, in another namespace',
    objects: [
      namespace('edge'),
      workload('edge/proxy'),
      web,
      policy('edge/proxy', {
        podSelector: app('proxy'),
        policyTypes: ['Egress'],
        egress: [{ to: [{ namespaceSelector: ofName('kube-system') }] }],
      }),
      policy('shop/web', {
        podSelector: app('web'),
        policyTypes: ['Ingress'],
        ingress: [
          {
            from: [{ namespaceSelector: ofName('edge'), podSelector: app('proxy') }],
            ports: [{ port: 8080 }],
          },
        ],
      }),
    ],
  },
  {
    rule: 'workload-identity-cut-off',
    why: 'pods that could talk to nobody, and need names as well',
    objects: [workload('shop/web', { 'azure.workload.identity/use': 'true' }), deny],
  },
  {
    rule: 'wide-egress-includes-imds',
    why: 'beside a policy without rules, which holds the pods already',
    objects: [web, deny, openEgress],
    closes: imdsIsShut,
  },
];
