import { findingsOf, service, testRule } from '../judge';
import { blockTo, from, IN_TO } from './hygiene';

const db = service('shop/db', { clusterIP: '10.0.170.3', selector: { app: 'db' }, ports: [{ port: 5432 }] });

const REPLACED = 'a pod’s address takes its place before policies look, so the block matches nothing';

const KUBERNETES =
  'the address of service default/kubernetes: that of the API server takes its place before policies look, so the block matches nothing';

testRule('service-address-in-ip-block', [
  {
    why: 'the address of a service',
    manifests: [db, blockTo('10.0.170.3/32')],
    finds: [`${IN_TO} 10.0.170.3/32 is the address of service shop/db: ${REPLACED}`],
  },
  {
    why: 'the range of services',
    manifests: [blockTo('10.0.0.0/16')],
    profile: { serviceCidrs: ['10.0.0.0/16'] },
    finds: [`${IN_TO} 10.0.0.0/16 lies in the range of services: ${REPLACED}`],
  },
  {
    why: 'a source',
    manifests: [db, from({ ipBlock: { cidr: '10.0.170.3/32' } })],
    finds: [
      'shop/p spec.ingress[0].from[0].ipBlock.cidr: 10.0.170.3/32 is the address of service shop/db: no traffic comes from there, so the block matches nothing',
    ],
  },
  {
    why: 'a range that holds more',
    manifests: [db, blockTo('10.0.0.0/8')],
    profile: { serviceCidrs: ['10.0.0.0/16'] },
  },
  {
    why: 'a load balancer’s address, which is not always replaced',
    manifests: [
      service('shop/lb', { type: 'LoadBalancer', clusterIP: '10.0.0.9', loadBalancerIP: '10.240.0.9' }),
      blockTo('10.240.0.9/32'),
    ],
  },
  {
    why: 'a headless service, which has no address',
    manifests: [service('shop/db', { clusterIP: 'None', selector: { app: 'db' } }), blockTo('10.0.170.3/32')],
  },
  { why: 'an address of nobody known', manifests: [db, blockTo('10.0.170.4/32')] },
  {
    why: 'the first address of the range of services, which is the API server’s',
    manifests: [blockTo('10.0.0.1/32')],
    profile: { serviceCidrs: ['10.0.0.0/16'] },
    finds: [`${IN_TO} 10.0.0.1/32 is ${KUBERNETES}`],
  },
  {
    why: 'the service of the API server in a live cluster',
    manifests: [service('default/kubernetes', { clusterIP: '10.1.0.1' }), blockTo('10.1.0.1/32')],
    finds: [`${IN_TO} 10.1.0.1/32 is ${KUBERNETES}`],
  },
]);

test('of the API server’s service the fix is no pods, which it does not have', () => {
  const given = { manifests: [blockTo('10.0.0.1/32')], profile: { serviceCidrs: ['10.0.0.0/16'] } };
  expect(findingsOf('service-address-in-ip-block', given).map(({ fix }) => fix)).toEqual([
    'write the address of the API server, and apiServerAddresses in the profile',
  ]);
});
