import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NetworkPolicySpec } from '../../lib/model/network-policy';
import { cli } from '../support/run-cli';
import { deployment, policy } from '../support/shop';

const folder = mkdtempSync(join(tmpdir(), 'reported-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
const manifests = (...items: readonly object[]) => {
  const file = join(folder, `${files++}.json`);
  writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  return file;
};

/** The cells of a table in Markdown, without its headings. */
const rows = (out: string) =>
  [...out.matchAll(/^\| (.*) \|$/gm)].slice(2).map(([, row = '']) => row.replaceAll('\\', '').split(' | '));

async function connections(...words: string[]) {
  const { out, err, exitCode } = await cli('connections', '--format', 'markdown', ...words);
  expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 });
  return rows(out).map(([from, to, ports]) => `${from} → ${to}: ${ports}`);
}

async function diff(before: string, after: string) {
  const { out, exitCode } = await cli('diff', '--exit-code', '--format', 'markdown', before, after);
  const changes = rows(out).map(
    ([change, from, to, was, is]) => `${change} ${from} → ${to}: ${was} to ${is}`,
  );
  return { changes, exitCode };
}

const EVERY_NAMESPACE = { namespaceSelector: {} };
const named = (name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});
const app = (name: string) => ({ podSelector: { matchLabels: { app: name } } });

describe('a database that a policy opens to every namespace, and no other workload', () => {
  const db = (ingress: NetworkPolicySpec['ingress']) =>
    manifests(
      deployment('db'),
      policy('db', { ...app('db'), policyTypes: ['Ingress'], ingress: ingress ?? [] }),
    );
  const open = db([{ from: [EVERY_NAMESPACE], ports: [{ port: 5432 }] }]);
  const shut = db([]);

  test('is open to any pod', async () => {
    expect(await connections('--to', 'shop/db', open)).toEqual([
      'shop/db → shop/db: 5432/TCP',
      'any pod → shop/db: 5432/TCP',
    ]);
    expect(await connections('--to', 'shop/db', shut)).toEqual([]);
  });

  test('is seen to open and to close', async () => {
    expect(await diff(shut, open)).toEqual({
      changes: [
        '+ opened any pod → shop/db: none to 5432/TCP',
        '+ opened shop/db → shop/db: none to 5432/TCP',
      ],
      exitCode: 1,
    });
    expect(await diff(open, shut)).toEqual({
      changes: [
        '- closed any pod → shop/db: 5432/TCP to none',
        '- closed shop/db → shop/db: 5432/TCP to none',
      ],
      exitCode: 1,
    });
  });
});

test.each([
  {
    who: 'a namespace that nobody declares',
    peer: named('monitoring'),
    party: 'any pod of namespace monitoring',
  },
  {
    who: 'namespaces by a label',
    peer: { namespaceSelector: { matchLabels: { team: 'data' } } },
    party: 'any pod of namespaces with team=data',
  },
  {
    who: 'pods by a label, in namespaces by a label',
    peer: { namespaceSelector: { matchLabels: { team: 'data' } }, ...app('etl') },
    party: 'pods with app=etl in namespaces with team=data',
  },
])('what is opened to $who is told, in both directions', async ({ peer, party }) => {
  const web = (spec: Partial<NetworkPolicySpec>) =>
    manifests(
      deployment('web'),
      policy('web', { ...app('web'), policyTypes: ['Ingress', 'Egress'], ...spec }),
    );
  const shut = web({});
  const ports = [{ port: 80 }];
  expect(await diff(shut, web({ ingress: [{ from: [peer], ports }] }))).toEqual({
    changes: [`+ opened ${party} → shop/web: none to 80/TCP`],
    exitCode: 1,
  });
  expect(await diff(web({ egress: [{ to: [peer], ports }] }), shut)).toEqual({
    changes: [`- closed shop/web → ${party}: 80/TCP to none`],
    exitCode: 1,
  });
});

describe('a policy for pods that an operator makes, and no manifest declares', () => {
  const monitoring = (ingress: NetworkPolicySpec['ingress']) => {
    const prometheus = policy('prometheus', {
      ...app('prometheus'),
      policyTypes: ['Ingress'],
      ingress: ingress ?? [],
    });
    return manifests(
      { ...prometheus, metadata: { name: 'prometheus', namespace: 'monitoring' } },
      deployment('web'),
    );
  };
  const open = monitoring([{}]);
  const shut = monitoring([]);
  const pods = 'pods with app=prometheus in namespace monitoring (none known)';

  test('is a change for them when it opens to everybody', async () => {
    const { changes, exitCode } = await diff(shut, open);
    expect(changes).toEqual([`+ opened everybody → ${pods}: none to *`]);
    expect(exitCode).toBe(1);
  });

  test('is one when it closes', async () => {
    const { changes, exitCode } = await diff(open, shut);
    expect(changes).toEqual([`- closed everybody → ${pods}: * to none`]);
    expect(exitCode).toBe(1);
  });
});

describe('a folder of policies alone', () => {
  const open = policy('open', {
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{}],
    egress: [{}],
  });
  const noDns = policy('no-dns', {
    ...app('db'),
    policyTypes: ['Egress'],
    egress: [{ to: [{ ipBlock: { cidr: '203.0.113.0/24' } }], ports: [{ port: 443 }] }],
  });
  const nothing = manifests();
  const both = manifests(open, noDns);
  const alone = manifests(noDns);

  test('is no empty answer', async () => {
    expect(await connections('--from', 'any', '--to', 'any', both)).toEqual([
      'any pod → any pod of namespace shop (none known): *',
      'any pod of namespace shop (none known) → any pod: *',
      'pods with app=db in namespace shop (none known) → any pod: *',
    ]);
    expect(await connections('--from', 'shop/app=db', alone)).toEqual([
      'pods with app=db in namespace shop (none known) → 203.0.113.0/24: 443/TCP',
    ]);
    expect(await connections('--known-only', both)).toEqual([]);
  });

  test('changes nothing by what all pods may do anyway, and something without it', async () => {
    expect(await diff(nothing, both)).toEqual({ changes: [], exitCode: 0 });
    const pods = 'pods with app=db in namespace shop (none known)';
    const { changes, exitCode } = await diff(both, alone);
    expect(exitCode).toBe(1);
    expect(changes).toContain(`- closed ${pods} → any pod: * to none`);
    expect((await diff(alone, both)).changes).toContain(`+ opened ${pods} → any pod: none to *`);
  });

  test('of a platform team tells whom a namespace hears, and that names are cut off', async () => {
    const deny = policy('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    const scrape = policy('scrape', {
      podSelector: {},
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ ...named('monitoring'), ...app('prometheus') }], ports: [{ port: 9090 }] }],
    });
    const names = policy('names', {
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [
        {
          to: [{ ...named('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
          ports: [{ port: 53, protocol: 'UDP' }],
        },
      ],
    });
    const whole = manifests(deny, scrape, names);
    expect(await connections(whole)).toEqual([
      'any pod of namespace shop (none known) → kube-system/coredns (AKS): 53/UDP',
      'pods with app=prometheus in namespace monitoring → any pod of namespace shop (none known): 9090/TCP',
    ]);
    const { out } = await cli('diff', whole, manifests(deny, scrape));
    expect(out).toMatch(/^opens 0; closes 1, of which 1 carries DNS\n/);
  });
});

test('a namespace full of policies, some open to every namespace, as Argo CD ships it', async () => {
  const part = (name: string, ingress: NetworkPolicySpec['ingress']) => [
    deployment(name),
    policy(name, { ...app(name), policyTypes: ['Ingress'], ingress: ingress ?? [] }),
  ];
  const metrics = { from: [EVERY_NAMESPACE], ports: [{ port: 8084 }] };
  const argo = (repository: NetworkPolicySpec['ingress']) =>
    manifests(
      ...part('server', [{}]),
      ...part('redis', [{ from: [app('server'), app('repository')], ports: [{ port: 6379 }] }]),
      ...part('repository', repository),
      ...part('controller', [{ from: [EVERY_NAMESPACE], ports: [{ port: 8082 }] }]),
    );
  const toServer = { from: [app('server')], ports: [{ port: 8081 }] };
  const whole = argo([toServer, metrics]);
  const narrow = argo([toServer]);
  expect((await connections('--from', 'any', whole)).filter((row) => row.startsWith('any pod'))).toEqual([
    'any pod → shop/controller: 8082/TCP',
    'any pod → shop/repository: 8084/TCP',
    'any pod → shop/server: *',
  ]);
  expect(await diff(narrow, whole)).toEqual({
    changes: [
      '+ opened any pod → shop/repository: none to 8084/TCP',
      '+ opened every workload except shop/server → shop/repository: none to 8084/TCP',
      '~ widened shop/server → shop/repository: 8081/TCP to 8081/TCP, 8084/TCP',
    ],
    exitCode: 1,
  });
  expect((await diff(whole, narrow)).changes).toContain(
    '- closed any pod → shop/repository: 8084/TCP to none',
  );
});
