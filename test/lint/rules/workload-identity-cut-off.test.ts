import { app, cilium, ofName, testFindings, workload } from '../judge';
import { block, db, deny, egress, identity, ingress, same, toDb, unreadable, web } from './lifelines';

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
    why: 'a policy by host name, which may open it',
    profile: { engine: 'cilium', acns: 'FQDN' },
    manifests: [
      identity,
      egress(toDb),
      cilium('shop/names', {
        endpointSelector: {},
        egress: [
          { toFQDNs: [{ matchName: 'login.microsoftonline.com' }] },
          {
            toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system' } }],
            toPorts: [
              {
                ports: [{ port: '53', protocol: 'UDP' }],
                rules: { dns: [{ matchName: 'login.microsoftonline.com' }] },
              },
            ],
          },
        ],
      }),
    ],
  },
  {
    why: 'a policy by a host name that nobody looks up, so that it opens nothing',
    profile: { engine: 'cilium', acns: 'FQDN' },
    manifests: [
      identity,
      cilium('shop/names', {
        endpointSelector: {},
        egress: [{ toFQDNs: [{ matchName: 'login.microsoftonline.com' }] }],
      }),
    ],
    finds: [
      'error CiliumNetworkPolicy shop/names: policy shop/names lets shop/web reach no address of the internet on 443/TCP, and workload identity needs login.microsoftonline.com there (shop/web → internet on 443/TCP is denied)',
    ],
  },
  {
    why: 'a cluster that has policies by host name, and none of them here',
    profile: { engine: 'cilium', acns: 'FQDN' },
    manifests: [identity, egress(toDb)],
    finds: [
      'error NetworkPolicy shop/p: policy shop/p lets shop/web reach no address of the internet on 443/TCP, and workload identity needs login.microsoftonline.com there (shop/web → internet on 443/TCP is denied)',
    ],
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
