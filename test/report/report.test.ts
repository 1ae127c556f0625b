import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { readManifests } from '../../lib/manifests/read-manifests';
import { Reachability } from '../../lib/reachability/reachability';
import { pictureOf } from '../../lib/report/report-page';
import { expectHarmless } from '../support/harmless-text';
import { brokenShop, COMMANDS, hostileShop, hostileText, writeHostile } from '../support/hostile';
import { type Element, elementsOf, readHtml, textIn } from '../support/html-reader';
import { cli } from '../support/run-cli';
import { BASE, SHOP } from '../support/shop';

const folder = mkdtempSync(join(tmpdir(), 'report-'));
afterAll(() => rmSync(folder, { recursive: true }));

const page = join(folder, 'report.html');

function list(name: string, items: readonly object[]): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  return file;
}

async function report(...words: string[]) {
  const answer = await cli('report', '-o', page, ...words);
  const text = readFileSync(page, 'utf8');
  return { answer, text, elements: elementsOf(readHtml(text)) };
}

/** The rows of the table with a caption, each cell as text. */
function rowsOf(elements: readonly Element[], caption: RegExp): string[][] {
  const table = elements
    .filter(({ tagName }) => tagName === 'table')
    .find((each) => elementsOf(each).some((one) => one.tagName === 'caption' && caption.test(textIn(one))));
  return elementsOf(table as Element)
    .filter(({ tagName }) => tagName === 'tr')
    .map((row) => elementsOf(row).flatMap((cell) => (cell.tagName === 'td' ? [textIn(cell)] : [])))
    .filter(({ length }) => length > 0);
}

const heading = (elements: readonly Element[], tag: string) =>
  elements.filter(({ tagName }) => tagName === tag).map((each) => textIn(each).trim());

test('the page shows the rows of connections, exposure and list, and the findings of lint', async () => {
  const shop = list('shop.json', SHOP);
  const { answer, elements } = await report('--engine', 'cilium', shop);
  expect(answer).toMatchObject({
    out: '',
    err: expect.stringMatching(/wrote .*: 2 workloads\n$/),
    exitCode: 0,
  });
  const listed = async (...words: string[]) => JSON.parse((await cli(...words, '--format', 'json')).out);
  const { policies } = await listed('list', shop);
  expect(rowsOf(elements, /portal/).map(([namespace, name]) => [namespace, name])).toEqual(
    policies.map((each: { namespace: string; name: string }) => [each.namespace, each.name]),
  );
  const table = (await cli('connections', '--engine', 'cilium', shop)).out.split('\n').slice(1);
  const rows = rowsOf(elements, /allowed or in doubt/);
  expect(rows.length).toBeGreaterThan(1);
  for (const [from, to, ports, verdict] of rows) {
    const isRow = (line: string) => [from, to, ports, verdict].every((cell) => line.includes(cell as string));
    expect([from, to, ports, table.some(isRow)]).toEqual([from, to, ports, true]);
  }
  expect(rows.length).toBe(table.filter((line) => /(allowed|unknown)$/.test(line)).length);
  const { findings } = await listed('lint', '--engine', 'cilium', shop);
  const rules = new Set(findings.map(({ rule }: { rule: string }) => `findings/${rule}`));
  const ids = elements.flatMap(({ attrs }) =>
    attrs.flatMap(({ name, value }) => (name === 'id' ? value : [])),
  );
  expect(ids.filter((id) => /^findings\/[^/]+$/.test(id)).sort()).toEqual([...rules].sort());
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toContain('policies/shop/db-ingress');
});

test('the verdict counts who is open to the internet and not isolated', async () => {
  const { elements } = await report(list('shop.json', SHOP));
  const [verdict] = elements.filter(({ attrs }) => attrs.some(({ value }) => value === 'verdict'));
  expect(textIn(verdict as Element)).toMatch(
    /By the specification, the internet can reach 1 of 2 workloads and any pod the same\. 1 not isolated for ingress, 2 for egress\./,
  );
});

test('with a version before, what opens and closes comes first, as diff tells it', async () => {
  const [before, after] = [list('before.json', BASE), list('after.json', SHOP)];
  const { elements } = await report('--before', before, after);
  expect(heading(elements, 'h2')[0]).toBe('Changes');
  const { out } = await cli('diff', before, after);
  const [summary = ''] = out.split('\n');
  expect(elements.map(textIn)).toContain(summary);
  const rows = rowsOf(elements, /because of which/);
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.every(([change]) => out.includes(change as string))).toBe(true);
});

test('a page is also written of what could not be read in full, and says so', async () => {
  const broken = list('broken.json', [...SHOP, { apiVersion: 'v1', kind: 'Service', metadata: 7 }]);
  const { answer, elements } = await report(broken);
  expect(answer.exitCode).toBe(2);
  const about = elements.find(({ attrs }) => attrs.some(({ value }) => value === 'not-judged'));
  expect(textIn(about as Element)).toMatch(/broken\.json.*metadata/);
});

test('the same input gives the same bytes', async () => {
  const shop = list('shop.json', SHOP);
  expect((await report(shop)).text).toBe((await report(shop)).text);
});

test('of more workloads than a picture has room for there are tables alone, and the page says so', () => {
  const reachability = Reachability.of(readManifests([SHOP]).cluster);
  const exposures = reachability.exposure();
  expect(pictureOf({ reachability, exposures })).toMatch(/<svg/);
  const many = Array.from({ length: 1501 }, () => exposures).flat();
  expect(pictureOf({ reachability, exposures: many })).toBe(
    '<p>3002 workloads are more than a picture has room for (3000). The tables below have all of them.</p>',
  );
});

/** What this page is made of. */
const OWN =
  /^(html|head|meta|title|style|body|header|main|footer|section|article|nav|a|h1|h2|h3|p|span|strong|code|br|div|ul|li|pre|details|summary|table|caption|thead|tbody|tr|th|td|form|label|input|select|option|button|output|datalist|textarea|script|svg|desc|g|path|rect|line|polygon|circle|text|tspan|marker|defs|ellipse|polyline)$/;

const LEADING = ['href', 'src', 'xlink:href', 'action', 'srcset', 'data', 'formaction'];

/** Expects a page that others could not add to: no element of theirs, nothing that runs, nothing that loads. */
function expectOwn(text: string): void {
  // The page's own code, which a build may have left, is none of others.
  expectHarmless(text.replace(/<script>.*?<\/script>/s, ''));
  const elements = elementsOf(readHtml(text));
  const tags = elements.map(({ tagName }) => tagName);
  expect([...new Set(tags)].filter((tag) => !OWN.test(tag))).toEqual([]);
  const attributes = elements.flatMap(({ attrs }) => attrs);
  expect(attributes.filter(({ name }) => name.startsWith('on') || name === 'style')).toEqual([]);
  const leading = attributes.filter(({ name }) => LEADING.includes(name)).map(({ value }) => value);
  expect(leading.filter((value) => !value.startsWith('#'))).toEqual([]);
  // The last element is the page's own: nothing has ended it before.
  expect(tags.filter((tag) => ['html', 'body', 'main', 'footer'].includes(tag)).sort()).toEqual([
    'body',
    'footer',
    'html',
    'main',
  ]);
}

test.each(COMMANDS.map((text): [string] => [text]))('what others write stays text: %j', async (text) => {
  const place = writeHostile(mkdtempSync(join(folder, 'x-')), text, hostileShop(text));
  const { text: written } = await report('--config', place.config, place.manifests);
  expectOwn(written);
  const broken = writeHostile(mkdtempSync(join(folder, 'y-')), text, brokenShop(text));
  expectOwn((await report('--before', broken.before, broken.manifests)).text);
});

test('whatever others write', async () => {
  await fc.assert(
    fc.asyncProperty(hostileText, async (text) => {
      const place = writeHostile(mkdtempSync(join(folder, 'z-')), text, brokenShop(text));
      expectOwn((await report('--config', place.config, place.manifests)).text);
    }),
    { numRuns: 5 },
  );
});
