import fs from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { expectValid, validatorOf } from '../render/schemas';
import { cli } from '../support/run-cli';
import { deployment, policy, SHOP } from '../support/shop';
import { useShopFiles } from './shop-files';

const { folder, list, write, shop, broken } = useShopFiles();

describe('diff', () => {
  const open = list('open.json', [deployment('web'), deployment('db', [5432])]);
  const moved = list('moved.json', [...SHOP].reverse());
  const doubtful = list('doubtful.json', [
    ...SHOP.slice(0, 2),
    policy('db-ingress', {
      podSelector: { matchLabels: { app: 'db' } },
      ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'a' } } }] }],
    }),
  ]);
  const other = list('other.json', [
    ...SHOP.slice(0, 2),
    policy('db-ingress', {
      podSelector: { matchLabels: { app: 'db' } },
      ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'b' } } }] }],
    }),
  ]);

  const filtered = (method: string) =>
    list(`filtered-${method}.json`, [
      ...SHOP.slice(0, 2),
      {
        apiVersion: 'cilium.io/v2',
        kind: 'CiliumNetworkPolicy',
        metadata: { name: 'db', namespace: 'shop' },
        spec: {
          endpointSelector: {},
          ingress: [
            { toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }], rules: { http: [{ method }] } }] },
          ],
        },
      },
    ]);
  const onCilium = write('cilium.yaml', 'engine: cilium\nacns: L7\nkubernetesVersion: "1.35"\n');

  test('another filter on the same connections is 2 with --exit-code, and in the summary of JSON', async () => {
    const words = ['diff', '--exit-code', '--profile', onCilium, filtered('GET'), filtered('PUT')];
    expect(await cli(...words)).toMatchObject({
      out: expect.stringContaining('filter of CiliumNetworkPolicy shop/db: + PUT, - GET\n'),
      exitCode: 2,
    });
    const { out } = await cli(...words, '--format', 'json');
    expectValid(validatorOf('changes'), out);
    expect(JSON.parse(out).summary).toMatchObject({
      filters: ['CiliumNetworkPolicy shop/db'],
      requests: [{ added: { requests: [{ method: 'PUT' }] }, removed: { requests: [{ method: 'GET' }] } }],
    });
    const markdown = await cli(...words, '--format', 'markdown');
    expect(markdown.out).toContain('filter of CiliumNetworkPolicy shop/db: + PUT, - GET');
  });

  test('signs have colours where they are asked for, and the same words', async () => {
    const { out } = await cli('diff', '--color', 'always', '--known-only', shop, open);
    expect(out).toContain('\u001b[32m+ opened\u001b[39m');
    expect((await cli('diff', '--color', 'always', '--known-only', open, shop)).out).toContain(
      '\u001b[31m- closed\u001b[39m',
    );
    expect(stripVTControlCharacters(out)).toBe((await cli('diff', '--known-only', shop, open)).out);
  });

  test('--port tells only what changes on these ports, in the rows, the summary and the exit code', async () => {
    const more = list('more.json', [
      ...SHOP.slice(0, 2),
      policy('db-ingress', {
        podSelector: { matchLabels: { app: 'db' } },
        ingress: [
          {
            from: [{ podSelector: { matchLabels: { app: 'web' } } }],
            ports: [{ port: 5432 }, { port: 9187 }],
          },
        ],
      }),
    ]);
    const told = async (...words: string[]) => {
      const { out, exitCode } = await cli('diff', '--exit-code', '--format', 'json', ...words, shop, more);
      expectValid(validatorOf('changes'), out);
      const { summary, changes } = JSON.parse(out);
      return { opens: summary.opens.connections, rows: changes.length, exitCode };
    };
    const all = await told();
    expect(all).toMatchObject({ opens: expect.any(Number), exitCode: 1 });
    expect(all.rows).toBeGreaterThan(0);
    expect(await told('--port', '9187')).toEqual(all);
    expect(await told('--port', '*/TCP')).toEqual(all);
    expect(await told('--port', '5432')).toEqual({ opens: 0, rows: 0, exitCode: 0 });
    expect((await cli('diff', '--port', '5432', shop, more)).out).toMatch(
      /^Ports 5432\/TCP alone; \d+ rows? about others left out\.\nno connection changes\n/,
    );
  });

  test.each([
    { why: 'a change is 0', words: [open, shop], exitCode: 0 },
    { why: 'a change is 1 with --exit-code', words: ['--exit-code', open, shop], exitCode: 1 },
    { why: 'no change is 0 with --exit-code', words: ['--exit-code', shop, moved], exitCode: 0 },
    {
      why: 'a change for pods that nobody declares is 1 with --exit-code',
      words: ['--exit-code', doubtful, other],
      exitCode: 1,
    },
    {
      why: 'what only may change is 2 with --exit-code',
      words: ['--exit-code', '--known-only', doubtful, other],
      exitCode: 2,
    },
    { why: 'a broken policy before is 2', words: [broken, shop], exitCode: 2 },
    { why: 'a broken policy after is 2', words: ['--exit-code', shop, broken], exitCode: 2 },
    { why: 'one path is 2', words: [shop], exitCode: 2 },
    { why: 'standard input twice is 2', words: ['-', '-'], exitCode: 2 },
    { why: 'an engine that is none is 2', words: ['--engine-after', 'x', shop, shop], exitCode: 2 },
    {
      why: 'another engine may change the same policies',
      words: ['--exit-code', '--engine', 'none', '--engine-after', 'cilium', shop, shop],
      exitCode: 1,
    },
    {
      why: 'one engine before and after changes nothing',
      words: ['--exit-code', '--engine', 'none', open, shop],
      exitCode: 0,
    },
  ])('$why', async ({ words, exitCode }) => {
    expect(await cli('diff', ...words)).toMatchObject({ exitCode });
  });

  test('a profile that counts for both versions is read once, so it may come out of a pipe', async () => {
    const profile = write('once.yaml', 'engine: azure\n');
    const reading = jest.spyOn(fs, 'readFileSync');
    await cli('diff', '--profile', profile, '--engine-after', 'cilium', shop, shop);
    const read = reading.mock.calls.filter(([file]) => file === profile);
    reading.mockRestore();
    expect(read).toHaveLength(1);
  });

  test('--profile-after brings its own engine', async () => {
    const profile = write('after.yaml', 'engine: cilium\n');
    const words = ['--exit-code', '--engine', 'none', '--profile-after', profile, shop, shop];
    expect(await cli('diff', ...words)).toMatchObject({ exitCode: 1 });
  });

  test('tells a default deny that comes or goes below the numbers', async () => {
    const denied = list('denied.json', [
      deployment('web'),
      policy('default-deny', { podSelector: {}, policyTypes: ['Ingress'] }),
    ]);
    const one = list('one.json', [deployment('web')]);
    expect((await cli('diff', one, denied)).out).toContain(
      'opens 0; closes 6\nshop gets its first default deny for ingress\n\n',
    );
    expect((await cli('diff', '--format', 'markdown', denied, one)).out).toContain(
      '**Network policies: opens 6; closes 0**\n\n- shop loses its last default deny for ingress\n\n### Opens: 2\n\n',
    );
  });

  test('marks each row, with who is responsible', async () => {
    expect((await cli('diff', open, shop)).out.replaceAll(folder, 'FOLDER')).toMatchInlineSnapshot(`
"opens 0; closes 4

CHANGE      FROM                       TO       BEFORE  AFTER
~ narrowed  shop/web                   shop/db  *       5432/TCP
    shop/db-ingress · FOLDER/shop.json:1 · isolates ingress
- closed    everybody except shop/web  shop/db  *       none
    shop/db-ingress · FOLDER/shop.json:1 · isolates ingress
"
`);
    expect(
      (await cli('diff', '--format', 'markdown', shop, open)).out.replaceAll(folder, 'FOLDER'),
    ).toMatchInlineSnapshot(`
"**Network policies: opens 4; closes 0**

### Opens: 2

| change | from | to | before | after | by |
| --- | --- | --- | --- | --- | --- |
| + opened | everybody except shop/web | shop/db | none | \\* | shop/db-ingress · FOLDER/shop.json:1 · isolated ingress before |
| ~ widened | shop/web | shop/db | 5432/TCP | \\* | shop/db-ingress · FOLDER/shop.json:1 · isolated ingress before |
"
`);
  });

  test('draws what changes in Markdown with --picture, and no empty picture', async () => {
    const words = ['--format', 'markdown', '--picture', shop];
    const [change, none] = [await cli('diff', ...words, open), await cli('diff', ...words, moved)];
    const [picture = ''] = /^```mermaid\n(.*?)^```$/ms.exec(change.out)?.slice(1) ?? [];
    expect(picture).toBe((await cli('diff', '--format', 'mermaid', shop, open)).out);
    expect(none.out).not.toContain('mermaid');
  });

  test('says that nothing changes, and shows no empty table', async () => {
    expect((await cli('diff', shop, moved)).out).toBe('no connection changes\n');
    expect((await cli('diff', '--format', 'markdown', shop, moved)).out).toBe(
      '**Network policies: no connection changes**\n',
    );
    expect((await cli('diff', '--format', 'csv', shop, moved)).out).toBe(
      'change,from,to,before,after,by\r\n',
    );
    expect(JSON.parse((await cli('diff', '--format', 'json', shop, moved)).out)).toMatchObject({
      summary: { opens: { connections: 0 } },
      changes: [],
    });
  });
});
