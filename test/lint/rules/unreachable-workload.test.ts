import { app, ofName, service, testFindings, workload } from '../judge';
import {
  bare,
  before,
  block,
  completed,
  db,
  deny,
  from,
  HTTP,
  onHost,
  onPort,
  unreadable,
  web,
} from './reach';

testFindings('unreachable-workload', [
  {
    why: 'a rule for the port of the service',
    manifests: [web, before({}), onPort(80)],
    finds: [
      'warning Deployment shop/web: policy shop/p isolates it and no rule opens 8080/TCP, where service shop/web sends (anybody → shop/web on 8080/TCP is denied)',
    ],
  },
  {
    why: 'the port of the tunnel, on which all arrives in the ambient mesh of Istio',
    manifests: [web, before({}), onPort(15008)],
  },
  {
    why: 'the port of the tunnel, which carries no UDP',
    manifests: [web, before({ ports: [{ protocol: 'UDP', port: 80, targetPort: 8080 }] }), onPort(15008)],
    finds: [
      'warning Deployment shop/web: policy shop/p isolates it and no rule opens 8080/UDP, where service shop/web sends (anybody → shop/web on 8080/UDP is denied)',
    ],
  },
  {
    why: 'a deny alone',
    manifests: [web, before({}), deny()],
    finds: [
      'warning Deployment shop/web: policy shop/deny isolates it and no rule opens 8080/TCP, where service shop/web sends (anybody → shop/web on 8080/TCP is denied)',
    ],
  },
  {
    why: 'several services, one of which sends twice, to a port that is shut: one finding for each port',
    manifests: [
      web,
      ...[8080, 8081, 8081, 8081, 8081, 8081].map((targetPort, i) =>
        service(`shop/web-${i}`, {
          selector: { app: 'web' },
          ports: [
            { port: 80, targetPort: 8080 },
            { port: 81, targetPort },
          ],
        }),
      ),
      deny(),
    ],
    finds: [
      'warning Deployment shop/web: policy shop/deny isolates it and no rule opens 8080/TCP, where services shop/web-0, shop/web-1, shop/web-2 and 3 more send (anybody → shop/web on 8080/TCP is denied)',
      'warning Deployment shop/web: policy shop/deny isolates it and no rule opens 8081/TCP, where services shop/web-1, shop/web-2, shop/web-3 and 2 more send (anybody → shop/web on 8081/TCP is denied)',
    ],
  },
  { why: 'a deny alone where no service sends anything', manifests: [web, db, deny()] },
  { why: 'the port of the pods', manifests: [web, before({}), onPort(8080)] },
  { why: 'the port by its name', manifests: [web, before({}), onPort('http')] },
  {
    why: 'a peer that does not exist: it may stand in other manifests',
    manifests: [web, before({}), from({ namespaceSelector: ofName('ops'), podSelector: app('x') })],
  },
  { why: 'an address', manifests: [web, before({}), from(block('203.0.113.7/32'))] },
  { why: 'nothing isolates the pods', manifests: [web, before({}), deny(['Egress'])] },
  {
    why: 'one of two ports is shut',
    manifests: [
      workload('shop/web', {}, [HTTP, { name: 'metrics', containerPort: 9090 }]),
      before({
        ports: [
          { name: 'a', port: 8080 },
          { name: 'b', port: 90, targetPort: 'metrics' },
        ],
      }),
      onPort(8080),
    ],
    finds: [
      'warning Deployment shop/web: policy shop/p isolates it and no rule opens 9090/TCP, where service shop/web sends (anybody → shop/web on 9090/TCP is denied)',
    ],
  },
  {
    why: 'a target port by a name that the pods do not declare',
    manifests: [bare, before({ ports: [{ port: 80, targetPort: 'http' }] }), onPort(80)],
  },
  {
    why: 'a service with another selector',
    manifests: [web, before({ selector: { app: 'db' } }), onPort(80)],
  },
  {
    why: 'a service without a selector',
    manifests: [web, service('shop/web', { ports: [{ port: 80 }] }), deny()],
  },
  { why: 'a policy that could not be read may open it', manifests: [web, before({}), deny(), unreadable] },
  { why: 'a policy that could not be read, alone', manifests: [web, before({}), unreadable] },
  { why: 'pods on their node’s network', manifests: [onHost('shop/web'), before({}), deny()] },
  { why: 'completed pods', manifests: [completed, before({}), deny()] },
  {
    why: 'azure lets clients through the own node whatever the policies say',
    profile: { engine: 'azure' },
    manifests: [web, before({ type: 'LoadBalancer' }), deny()],
  },
  {
    why: 'on azure not with externalTrafficPolicy Local',
    profile: { engine: 'azure' },
    manifests: [web, before({ type: 'LoadBalancer', externalTrafficPolicy: 'Local' }), deny()],
    finds: [
      'warning Deployment shop/web: policy shop/deny isolates it and no rule opens 8080/TCP, where service shop/web sends (anybody → shop/web on 8080/TCP is denied)',
    ],
  },
  { why: 'no engine shuts anything', profile: { engine: 'none' }, manifests: [web, before({}), deny()] },
]);
