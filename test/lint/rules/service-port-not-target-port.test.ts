import { app, policy, service, testRule, workload } from '../judge';
import { ofOps, web } from './hygiene';

const http = (port: number | string) => [
  service('shop/web', { selector: { app: 'web' }, ports: [{ port: 80, targetPort: port }] }),
];

const web8080 = workload('shop/web', {}, [{ containerPort: 8080, name: 'http' }]);

const toPort = (...ports: object[]) => policy('shop/p', { podSelector: app('web'), ingress: [{ ports }] });

const said = (target: string, field = 'spec.ingress[0].ports[0].port') =>
  `shop/p ${field}: 80/TCP is the port of service shop/web, whose pods listen on ${target}: this entry allows nothing`;

testRule('service-port-not-target-port', [
  {
    why: 'the port of the service',
    manifests: [web8080, ...http(8080), toPort({ port: 80 })],
    finds: [said('8080')],
  },
  {
    why: 'a target port by name, which is resolved',
    manifests: [web8080, ...http('http'), toPort({ port: 80 })],
    finds: [said('8080')],
  },
  {
    why: 'egress to the pods behind the service',
    manifests: [
      web8080,
      ...http(8080),
      policy('shop/p', { egress: [{ to: [{ podSelector: app('web') }], ports: [{ port: 80 }] }] }),
    ],
    finds: [said('8080', 'spec.egress[0].ports[0].port')],
  },
  { why: 'the target port', manifests: [web8080, ...http(8080), toPort({ port: 8080 })] },
  { why: 'both ports', manifests: [web8080, ...http(8080), toPort({ port: 80 }, { port: 'http' })] },
  { why: 'another protocol', manifests: [web8080, ...http(8080), toPort({ port: 80, protocol: 'UDP' })] },
  { why: 'a range', manifests: [web8080, ...http(8080), toPort({ port: 80, endPort: 90 })] },
  {
    why: 'pods that declare the port themselves',
    manifests: [workload('shop/web', {}, [{ containerPort: 80 }]), ...http(8080), toPort({ port: 80 })],
  },
  {
    why: 'another service that does not translate the port',
    manifests: [
      web8080,
      ...http(8080),
      service('shop/raw', { selector: { app: 'web' }, ports: [{ port: 80 }] }),
      toPort({ port: 80 }),
    ],
  },
  {
    why: 'a name that the pods do not declare',
    manifests: [web, ...http('http'), toPort({ port: 80 })],
  },
  {
    why: 'other pods, which may listen on the port',
    manifests: [
      web8080,
      workload('shop/api'),
      ...http(8080),
      policy('shop/p', { ingress: [{ ports: [{ port: 80 }] }] }),
    ],
  },
  {
    why: 'addresses, which may listen on the port',
    manifests: [
      web8080,
      ...http(8080),
      policy('shop/p', {
        egress: [
          { to: [{ podSelector: app('web') }, { ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 80 }] },
        ],
      }),
    ],
  },
  {
    why: 'a service in another namespace',
    manifests: [
      web8080,
      service('lab/web', { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] }),
      toPort({ port: 80 }),
    ],
  },
  {
    why: 'the port of two services, whose targets are told in order',
    manifests: [
      web8080,
      ...http(9090),
      service('shop/raw', { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] }),
      toPort({ port: 80 }),
    ],
    finds: [
      'shop/p spec.ingress[0].ports[0].port: 80/TCP is the port of service shop/raw and shop/web, whose pods listen on 8080 and 9090: this entry allows nothing',
    ],
  },
  {
    why: 'a target by a name that the pods have by another protocol',
    manifests: [
      workload('shop/web', {}, [{ containerPort: 8080, name: 'http', protocol: 'UDP' }]),
      ...http('http'),
      toPort({ port: 80 }),
    ],
  },
  {
    why: 'pods of a namespace whose labels nobody knows, which may listen on the port',
    manifests: [
      web8080,
      ...http(8080),
      workload('ops/api'),
      policy('shop/p', {
        egress: [{ to: [{ podSelector: app('web') }, { namespaceSelector: ofOps }], ports: [{ port: 80 }] }],
      }),
    ],
  },
  {
    why: 'both ports, the target first of a range',
    manifests: [web8080, ...http(8080), toPort({ port: 80 }, { port: 8080, endPort: 8090 })],
  },
  {
    why: 'both ports, the target last of a range',
    manifests: [web8080, ...http(8080), toPort({ port: 80 }, { port: 8000, endPort: 8080 })],
  },
  {
    why: 'the target port of another protocol beside it',
    manifests: [web8080, ...http(8080), toPort({ port: 80 }, { port: 8080, protocol: 'UDP' })],
    finds: [said('8080')],
  },
  {
    why: 'a service whose endpoints are kept by hand',
    manifests: [
      web8080,
      service('shop/web', { ports: [{ port: 80, targetPort: 8080 }] }),
      toPort({ port: 80 }),
    ],
  },
  {
    why: 'the port of the service, and of one whose endpoints are kept by hand',
    manifests: [web8080, ...http(8080), service('shop/raw', { ports: [{ port: 80 }] }), toPort({ port: 80 })],
    finds: [said('8080')],
  },
  {
    why: 'a port that another service has as its target',
    manifests: [
      web8080,
      ...http(8080),
      service('shop/raw', { selector: { app: 'web' }, ports: [{ port: 81, targetPort: 80 }] }),
      toPort({ port: 80 }),
    ],
  },
  {
    why: 'the target of another service by another protocol',
    manifests: [
      web8080,
      ...http(8080),
      service('shop/raw', {
        selector: { app: 'web' },
        ports: [{ port: 81, targetPort: 80, protocol: 'UDP' }],
      }),
      toPort({ port: 80 }),
    ],
    finds: [said('8080')],
  },
  {
    why: 'pods that declare the port by another protocol',
    manifests: [
      workload('shop/web', {}, [
        { name: 'http', containerPort: 8080 },
        { containerPort: 80, protocol: 'UDP' },
      ]),
      ...http(8080),
      toPort({ port: 80 }),
    ],
    finds: [said('8080')],
  },
]);
