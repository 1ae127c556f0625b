import { checkAllowsOnly } from 'cdk8s-aks-network-policy/analysis';
import { knownOnly } from 'cdk8s-aks-network-policy/jest';
import { deployment, policy, SHOP } from '../support/shop';
import { db, open, surplus } from './surplus';

/** Workloads that manifests tell of, among the connections that are listed. */

test('between two workloads a connection is allowed as a whole', () => {
  const { message } = checkAllowsOnly(SHOP, [{ from: 'shop/web', to: 'shop/db' }]);
  expect(message).toMatch(
    /^Expected, and not allowed:\n {2}Partly: shop\/web to shop\/db; open on 5432\/TCP\./,
  );
});

describe('known workloads', () => {
  const quiet = policy('quiet', { podSelector: {}, policyTypes: ['Egress', 'Ingress'] });
  const out = policy('out', {
    podSelector: { matchLabels: { app: 'web' } },
    policyTypes: ['Egress'],
    egress: [{ to: [db] }],
  });
  const known = [deployment('web'), deployment('db'), quiet, out, open({ podSelector: {} })];

  test.each([
    { end: 'any', passes: true },
    { end: 'shop/*', passes: true },
    { end: 'shop/app=web', passes: true },
    { end: 'shop/app!=web', passes: false },
    { end: 'dev/*', passes: false },
  ])('are listed by a set that they are in: $end', ({ end, passes }) => {
    const list = [{ from: end, to: 'shop/db' }];
    const others = surplus([...known, policy('db-open', { ...db, ingress: [{}] })], list);
    expect(others.join('\n').includes('shop/web to shop/db')).toBe(!passes);
  });

  test('are not listed by namespaces that they may be in', () => {
    const labels = { namespaces: { matchLabels: { team: 'data' } } };
    const namespace = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop', labels: { team: 'data' } },
    };
    const subject = [...known, policy('open', { ...db, ingress: [{}] })];
    const list = [{ from: labels, to: 'shop/db' }];
    expect(checkAllowsOnly(subject, list).message).toContain('shop/web to shop/db');
    expect(checkAllowsOnly([...subject, namespace], list).message).not.toContain('shop/web to shop/db');
  });

  test('on the network of their node are no pods that have labels', () => {
    const agent = deployment('agent');
    const hosted = {
      ...agent,
      spec: {
        ...agent.spec,
        template: { ...agent.spec.template, spec: { hostNetwork: true, containers: [] } },
      },
    };
    const { message } = checkAllowsOnly([hosted, deployment('db')], [{ from: 'any', to: 'shop/db' }]);
    expect(message).toContain('shop/agent to shop/db');
  });
});

test('a name of a port is on each destination what it declares there', () => {
  const declaring = (name: string, containerPort: number) => {
    const { spec, ...rest } = deployment(name);
    const containers = [{ name, image: name, ports: [{ name: 'http', containerPort }] }];
    return { ...rest, spec: { ...spec, template: { ...spec.template, spec: { containers } } } };
  };
  const to = { from: [{ podSelector: { matchLabels: { app: 'web' } } }] };
  const subject = (port: number | string) => [
    deployment('web'),
    declaring('api', 8080),
    declaring('db', 9090),
    policy('api', {
      podSelector: { matchLabels: { app: 'api' } },
      ingress: [{ ...to, ports: [{ port: 'http' }] }],
    }),
    policy('db', { ...db, ingress: [{ ...to, ports: [{ port }] }] }),
  ];
  const list = [{ from: 'shop/web', to: 'shop/*', port: 'http' }];
  const between = (objects: object[]) =>
    surplus(objects, list).filter((line) => /^shop\/web to shop\/(api|db)/.test(line));
  expect(between(subject('http'))).toEqual([]);
  expect(between(subject(8080))).toEqual(['shop/web to shop/db on 8080/TCP']);
});

test('a name of a port is on each live pod what it declares there', () => {
  const pod = (name: string, containerPort: number) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'shop',
      labels: { app: 'db' },
      ownerReferences: [{ kind: 'StatefulSet', name: 'db', controller: true }],
    },
    spec: { containers: [{ ports: [{ name: 'http', containerPort }] }] },
  });
  const subject = [
    deployment('web'),
    pod('db-0', 8080),
    pod('db-1', 8081),
    policy('db', { ...db, ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 'http' }] }] }),
  ];
  const { message } = checkAllowsOnly(knownOnly(subject), [
    { from: 'shop/web', to: 'shop/db', port: 'http' },
  ]);
  expect(message).not.toContain('shop/web to shop/db');
});
