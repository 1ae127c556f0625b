import { cli } from '../support/run-cli';
import { policy } from '../support/shop';
import { useShopFiles } from './shop-files';

const { write, shop } = useShopFiles();

test('list passes over what only the server writes, where a manifest has something else there', async () => {
  const items = [
    { managedFields: null, creationTimestamp: null },
    { managedFields: 'none', creationTimestamp: 'soon' },
    { managedFields: [null], creationTimestamp: 1 },
  ].map((fields, i) => {
    const { metadata, ...rest } = policy(`p${i}`, { podSelector: {} });
    return { ...rest, metadata: { ...metadata, ...fields } };
  });
  const { out, err, exitCode } = await cli(
    'list',
    write('edited.json', JSON.stringify({ kind: 'List', items })),
  );
  expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 });
  expect(out.match(/ Ingress +- +none known +- +-$/gm)).toHaveLength(3);
});

describe('show', () => {
  const homeless = write(
    'homeless.json',
    JSON.stringify({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'deny' },
      spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '10.1.2.3/8' } }] }] },
    }),
  );
  const old = write('old.yaml', 'kubernetesVersion: "1.35"\n');

  test.each([
    { why: 'a policy in the namespace', words: ['db-ingress', '-n', 'shop', shop] },
    { why: 'a policy by namespace and name, as it is printed', words: ['shop/db-ingress', shop] },
    {
      why: 'a policy that names no namespace, in the one that is named, as the version of the profile takes it',
      words: ['deny', '-n', 'shop', '--profile', old, homeless],
    },
  ])('tells $why', async ({ words }) => {
    const { out, err, exitCode } = await cli('show', ...words);
    expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 });
    expect(out).toContain(' in namespace shop.\n');
  });

  test('says of a finding which field it is about', async () => {
    const { out } = await cli('show', 'deny', '--profile', old, homeless);
    expect(out).toContain(
      '  warning  cidr-not-canonical  spec.ingress[0].from[0].ipBlock.cidr: 10.1.2.3/8: Kubernetes 1.36',
    );
  });

  test.each([
    {
      why: 'of its name elsewhere',
      words: ['db-ingress', '-n', 'bank'],
      says: 'there is one in shop: name it with --namespace',
    },
    { why: 'beside it', words: ['db', '-n', 'shop'], says: 'namespace shop has db-ingress' },
    { why: 'at all', words: ['db', '-n', 'bank'], says: 'see aks-netpol list' },
  ])('of a policy that is not there says what there is $why', async ({ words, says }) => {
    const { err, exitCode } = await cli('show', ...words, shop);
    expect(err).toMatch(/^error: show: there is no network policy of this name in this namespace; got /);
    expect(err).toContain(`; ${says} [object-missing]`);
    expect(exitCode).toBe(2);
  });

  test('refuses a namespace that cannot be, and says where it stands', async () => {
    const { err, exitCode } = await cli('show', 'Shop/db-ingress', shop);
    expect(err).toMatch(/^error: Shop\/db-ingress: a namespace's name has/);
    expect(exitCode).toBe(2);
  });
});
