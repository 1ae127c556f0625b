import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { cli } from '../support/run-cli';
import { policy } from '../support/shop';
import { useShopFiles } from './shop-files';

/** What the verbs have in common. */

const { folder, write, shop } = useShopFiles();

const UNKNOWN = 'a verdict that they could change is unknown\n';
const UNTIL = 'a verdict that they could change is unknown until the profile tells the engine\n';

test.each([
  { verb: ['connections'], exitCode: 0 },
  { verb: ['reach', 'shop/web', 'shop/db', '5432'], exitCode: 2 },
  { verb: ['explain', 'shop/web', 'shop/db', '5432'], exitCode: 2 },
  { verb: ['lint', '--fail-on', 'never'], exitCode: 0 },
  // It lists those of Cilium itself.
  { verb: ['list'], exitCode: 0, isListed: true },
])('$verb.0 tells of policies that it does not judge', async ({ verb, exitCode, isListed }) => {
  const other = (kind: string, group: string, name: string) => ({
    apiVersion: `${group}/v2`,
    kind,
    metadata: { name },
  });
  const items = [
    other('CiliumNetworkPolicy', 'cilium.io', 'a'),
    other('CiliumNetworkPolicy', 'cilium.io', 'b'),
    other('AdminNetworkPolicy', 'policy.networking.k8s.io', 'c'),
    other('Certificate', 'cert-manager.io', 'd'),
  ];
  const others = write('others.json', JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  expect(await cli(...verb, shop, others)).toMatchObject({
    err:
      `not judged: 1 AdminNetworkPolicy.policy.networking.k8s.io (c); ${UNKNOWN}` +
      (isListed === true
        ? ''
        : `not judged: 2 CiliumNetworkPolicy.cilium.io (default/a, default/b); ${UNTIL}`),
    exitCode,
  });
  rmSync(others);
});

test('a problem is told in one line of what a terminal shows, whatever a name holds', async () => {
  const { metadata, ...rest } = policy('p', { podSelector: {} });
  const items = [{ ...rest, metadata: { ...metadata, name: 'a\u001b[2J\u009bb', namespace: 'x\ny' } }];
  const odd = write('odd.json', JSON.stringify({ kind: 'List', items }));
  for (const verb of ['list', 'import']) {
    const { err } = await cli(verb, odd);
    expect(err).toMatch(/^(.*NetworkPolicy x\\u000ay\/a\\u001b\[2J\\u009bb: .*\n)+$/);
  }
});

test.each([
  { words: ['connections'] },
  { words: ['reach', 'internet', 'shop/db'] },
  { words: ['explain', 'internet', 'shop/db'] },
  { words: ['lint'] },
  { words: ['list'] },
  { words: ['show', 'db-ingress'] },
  { words: ['import'] },
  { words: ['convert', '--to', 'cilium'] },
  { words: ['apply', '--dry-run'] },
  { words: ['create', '--dry-run', '--filename'] },
  { words: ['drift'] },
])('$words.0 refuses a --namespace that cannot be before it asks anybody', async ({ words }) => {
  const { out, err, exitCode } = await cli(...words, shop, '-n', 'Shop');
  expect({ out, exitCode }).toEqual({ out: '', exitCode: 2 });
  expect(err).toMatch(/^error: --namespace: .*got "Shop"; write "shop"/);
});

describe('--profile', () => {
  const profile = write('profile.yaml', 'engine: none\nkubernetesVersion: 1.30\n');

  test('is the cluster that is judged', async () => {
    expect(await cli('reach', 'internet', 'shop/db', '--profile', profile, shop)).toMatchObject({
      exitCode: 0,
    });
  });

  test('gives way to --engine', async () => {
    const words = ['internet', 'shop/db', '--profile', profile, '--engine', 'calico', shop];
    expect(await cli('reach', ...words)).toMatchObject({ exitCode: 1 });
  });

  test.each([
    { why: 'that is missing', file: join(folder, 'nowhere.yaml'), says: 'nowhere.yaml' },
    { why: 'with an unknown field', file: write('field.yaml', 'engin: azure\n'), says: '[field-unknown]' },
    { why: 'that is no YAML', file: write('no.yaml', '{engine'), says: '[profile-unreadable]' },
  ])('$why is wrong usage, in one line', async ({ file, says }) => {
    const { err, exitCode } = await cli('reach', 'internet', 'shop/db', '--profile', file, shop);
    expect(exitCode).toBe(2);
    expect(err).toMatch(/^error: .*\n$/);
    expect(err).toContain(says);
  });
});
