import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useRecordedKubectl } from '../support/recorded-kubectl';
import { cli } from '../support/run-cli';
import { deployment, policy, SHOP } from '../support/shop';

useRecordedKubectl();

const folder = mkdtempSync(join(tmpdir(), 'possible-'));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, items: readonly object[]) => {
  writeFileSync(join(folder, name), JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  return join(folder, name);
};

const shop = write('shop.json', SHOP);
const open = write('open.json', [deployment('web'), deployment('db', [5432])]);
const LINE = 'Known pods only: others that could be there are left out.\n';

describe('--known-only', () => {
  const VERBS = [
    { words: ['connections', shop] },
    { words: ['reach', 'shop/web', 'shop/db', '5432', shop] },
    { words: ['diff', open, shop] },
  ];

  test.each(VERBS)('$words.0 leaves out who could be there, and says so', async ({ words }) => {
    const { out, err } = await cli(...words, '--known-only');
    expect(err).toBe('');
    expect(out.startsWith(LINE)).toBe(true);
    expect(out).not.toContain('any pod');
    expect((await cli(...words)).out).not.toContain(LINE);
  });

  test.each(VERBS)('$words.0 says it on standard error where CSV has no place for it', async ({ words }) => {
    const { out, err } = await cli(...words, '--known-only', '--format', 'csv');
    expect(err).toBe(LINE);
    expect(out).not.toContain('Known pods only');
    expect((await cli(...words, '--format', 'csv')).err).toBe('');
  });

  test('explain says it in a sentence', async () => {
    const { out } = await cli('explain', 'shop/web', 'shop/db', '5432', shop, '--known-only');
    expect(out).toContain('\nPods that no manifest tells of were left out.\n');
  });

  test('any pod is then any that is known', async () => {
    const words = ['reach', 'any', 'shop/web', '80', shop];
    expect(await cli(...words, '--known-only')).toMatchObject({ exitCode: 0 });
    expect(await cli('reach', 'monitoring/*', 'shop/web', '80', shop)).toMatchObject({ exitCode: 0 });
    const { err, exitCode } = await cli('reach', 'monitoring/*', 'shop/web', '80', shop, '--known-only');
    expect(exitCode).toBe(2);
    expect(err).toContain('"monitoring/*"');
  });
});

describe('--possible', () => {
  test('with a cluster counts who could be there, and is needed for it', async () => {
    const known = await cli('connections', '--cluster', '--to', 'shop/web');
    expect(known.out).toContain(LINE);
    expect(known.out).not.toContain('any pod');
    const all = await cli('connections', '--cluster', '--to', 'shop/web', '--possible');
    expect(all.out).not.toContain(LINE);
    expect(all.out).toMatch(/^everybody +shop\/web +\* +allowed$/m);
  });

  test('with files changes nothing: they are counted anyway', async () => {
    expect(await cli('connections', shop, '--possible')).toEqual(await cli('connections', shop));
  });

  test('contradicts --known-only', async () => {
    expect(await cli('connections', shop, '--possible', '--known-only')).toMatchObject({
      out: '',
      err: expect.stringContaining("option '--possible' cannot be used with option '--known-only'"),
      exitCode: 2,
    });
  });

  test.each(['diff', 'drift', 'apply', 'delete'])(
    '%s has no need of it: it always counts them',
    async (verb) => {
      expect((await cli(verb, '--help')).out).not.toContain('--possible');
    },
  );
});

describe('pods by their labels are ends', () => {
  test.each([
    { why: 'any pod', from: 'any', isListed: true, exitCode: 1 },
    { why: 'the pods of a namespace', from: 'monitoring/*', isListed: false, exitCode: 1 },
    { why: 'known pods by a label', from: 'shop/app=web', isListed: true, exitCode: 0 },
    {
      why: 'pods of any namespace by a label, of which some are known',
      from: '*/app=web',
      isListed: true,
      exitCode: 1,
    },
  ])('$why', async ({ from, isListed, exitCode }) => {
    expect(await cli('reach', from, 'shop/db', '5432', shop)).toMatchObject({ err: '', exitCode });
    const { out } = await cli('connections', '--from', from, '--to', 'shop/db', shop);
    expect(/ allowed$/m.test(out)).toBe(isListed);
  });

  test('a name without a namespace is told what -n is for', async () => {
    const { err, exitCode } = await cli('reach', 'web', 'db', '5432', shop);
    expect(exitCode).toBe(2);
    expect(err).toContain(
      'error: the question: names no namespace; got "web"; write NAMESPACE/web, or say with -n in which namespace a name alone is sought',
    );
  });

  test('a pod of AKS’s own needs no manifest', async () => {
    const { out, exitCode } = await cli('reach', 'shop/web', 'kube-system/coredns', '53/UDP', shop);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^shop\/web +kube-system\/coredns +53\/UDP +allowed +53\/UDP$/m);
  });
});

describe('list', () => {
  const system = (name: string, spec: Parameters<typeof policy>[1]) => {
    const { metadata, ...rest } = policy(name, spec);
    return { ...rest, metadata: { ...metadata, namespace: 'kube-system' } };
  };
  const file = write('list.json', [
    ...SHOP,
    policy('nobody', { podSelector: { matchLabels: { app: 'nobody' } } }),
    system('dns', { podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }),
    system('other', { podSelector: { matchLabels: { app: 'other' } } }),
  ]);

  test('counts known pods, names those of AKS’s own, and says where none is known', async () => {
    const { out } = await cli('list', file);
    expect(out).toMatch(/ db-ingress .* 1 +- +-$/m);
    expect(out).toMatch(/ nobody .* none known +- +-$/m);
    expect(out).toMatch(/ dns .* kube-system\/coredns \(AKS\) +- +-$/m);
    expect(out).toMatch(/ other .* none known +- +-$/m);
  });

  test('has numbers in JSON', async () => {
    const { policies } = JSON.parse((await cli('list', file, '--format', 'json')).out);
    expect(policies).toMatchObject([
      { name: 'dns', pods: 0, assumed: ['kube-system/coredns'] },
      { name: 'other', pods: 0 },
      { name: 'db-ingress', pods: 1 },
      { name: 'nobody', pods: 0 },
    ]);
    expect(policies[1]).not.toHaveProperty('assumed');
  });
});

describe('show', () => {
  const file = write('show.json', [
    ...SHOP,
    policy('in', {
      podSelector: { matchLabels: { app: 'nobody' } },
      ingress: [
        { from: [{ podSelector: {} }], ports: [{ port: 5432 }] },
        { from: [{ namespaceSelector: {} }] },
        {
          from: [
            {
              namespaceSelector: { matchLabels: { team: 'data' } },
              podSelector: { matchLabels: { app: 'etl' } },
            },
          ],
        },
        { from: [{ ipBlock: { cidr: '203.0.113.0/24' } }] },
      ],
    }),
  ]);

  test('says what is opened as connections names it, and where nobody is known', async () => {
    const { out } = await cli('show', 'shop/in', file);
    expect(out.slice(0, out.indexOf('\nManaged by'))).toMatchInlineSnapshot(`
"shop/in applies to pods with app=nobody in namespace shop.
It isolates them for ingress and allows, from:
  any pod of namespace shop on 5432/TCP
  any pod on every port
  pods with app=etl in namespaces with team=data on every port
  203.0.113.0/24 on every port

It selects today:
  none known

Ingress rule 0 means today:
  every workload

Ingress rule 1 means today:
  every workload, aks-istio-ingress/aks-istio-ingressgateway-external (AKS), aks-istio-ingress/aks-istio-ingressgateway-internal (AKS) and 5 more

Ingress rule 2 means today:
  none known
"
`);
  });

  test('marks pods of AKS’s own in JSON, behind those that are known', async () => {
    const { policy: portrait } = JSON.parse((await cli('show', 'shop/in', file, '--format', 'json')).out);
    expect(portrait.selects).toEqual([]);
    const [, everybody, etl, block] = portrait.means;
    expect(everybody.workloads.slice(0, 2)).toEqual([
      { kind: 'Deployment', namespace: 'shop', name: 'db' },
      { kind: 'Deployment', namespace: 'shop', name: 'web' },
    ]);
    expect(everybody.workloads).toContainEqual({
      kind: 'Deployment',
      namespace: 'kube-system',
      name: 'coredns',
      assumed: true,
    });
    expect([etl.workloads, block.workloads]).toEqual([[], []]);
  });
});
