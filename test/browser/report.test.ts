import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { readManifests } from '../../lib/manifests/read-manifests';
import { Reachability } from '../../lib/reachability/reachability';
import { COMMANDS, hostileShop, writeHostile } from '../support/hostile';
import { cli } from '../support/run-cli';
import { BASE, SHOP } from '../support/shop';
import { synthesizeApp } from '../support/synth-app';
import { startChromium, type Watched, watch } from './chromium';

/** Screenshots are left here, to be looked at. */
const SHOTS = resolve('dist/report');
const folder = mkdtempSync(join(tmpdir(), 'report-'));
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
let browser: Browser;

beforeAll(async () => {
  // The page is tested with the code that it has now.
  execFileSync('npm', ['run', '--silent', 'build:page']);
  browser = await startChromium();
  mkdirSync(SHOTS, { recursive: true });
  for (const app of ['aks-store', 'online-boutique']) {
    for (const [name, text] of Object.entries(synthesizeApp(app).files)) {
      mkdirSync(join(folder, 'apps'), { recursive: true });
      writeFileSync(join(folder, 'apps', name), text);
    }
  }
  list('shop.json', SHOP);
  list('base.json', BASE);
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

function list(name: string, items: readonly object[]): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  return file;
}

interface Opened extends Watched {
  readonly page: Page;
}

interface Look {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: 'light' | 'dark';
  readonly javaScriptEnabled?: boolean;
  readonly hash?: string;
}

/** A report as somebody opens it from a disk, without a network. */
async function open(words: readonly string[], look: Look = {}): Promise<Opened> {
  const file = join(folder, 'report.html');
  const { err } = await cli('report', ...words, '-o', file);
  expect(err).not.toMatch(/is not built/);
  const { width = 1440, height = 900, hash = '', ...rest } = look;
  const context = await browser.newContext({ viewport: { width, height }, offline: true, ...rest });
  const page = await context.newPage();
  const watched = watch(page);
  await page.goto(`${pathToFileURL(file)}${hash}`);
  return { page, ...watched };
}

/** Expects that the page asked for nothing but itself and complained of nothing. */
function expectQuiet({ requests, complaints }: Watched): void {
  expect(complaints).toEqual([]);
  expect(requests.map((url) => new URL(url).protocol).filter((each) => each !== 'file:')).toEqual([]);
  expect(new Set(requests.map((url) => new URL(url).pathname)).size).toBe(1);
}

async function ask(page: Page, from: string, to: string, port: string): Promise<string> {
  const form = page.locator('#ask-form');
  await form.locator('[name=from]').fill(from);
  await form.locator('[name=to]').fill(to);
  await form.locator('[name=port]').fill(port);
  await form.locator('button').click();
  // The link to the question is there before its answer.
  await page.evaluate('new Promise((done) => setTimeout(done))');
  return (await page.locator('#answer p').allTextContents()).join('\n');
}

/** What the library tells, be it that the question has a mistake. */
function explained(reachability: Reachability, from: string, to: string, port: string): string {
  try {
    return reachability.explain({ from, to, ...(port === '' ? {} : { port }) });
  } catch (error) {
    return (error as Error).message;
  }
}

test('the ask box answers hundreds of questions as the command line explains them', async () => {
  const apps = join(folder, 'apps');
  const opened = await open([apps, '--engine', 'azure']);
  const { cluster } = readManifests([apps]);
  const reachability = Reachability.of(cluster, { profile: { engine: 'azure' } });
  const names = cluster.workloads.map(({ namespace, name }) => `${namespace}/${name}`);
  const ends = [...names, 'internet', 'any', 'pets/*', '10.0.0.0/8', 'kube-system/coredns', 'nobody/x'];
  const ports = ['', '8080', '5672', '53/UDP', '*/TCP', 'http', '0'];
  const asked = Array.from({ length: 200 }, (_, i) => ({
    from: ends[(i * 7) % ends.length] as string,
    to: ends[(i * 11 + Math.floor(i / ends.length)) % ends.length] as string,
    port: ports[i % ports.length] as string,
  }));
  for (const { from, to, port } of asked) {
    const told = explained(reachability, from, to, port);
    expect({ from, to, port, told: await ask(opened.page, from, to, port) }).toEqual({
      from,
      to,
      port,
      told,
    });
  }
  const { out } = await cli(
    'explain',
    'pets/store-front',
    'pets/rabbitmq',
    '5672',
    apps,
    '--engine',
    'azure',
  );
  expect(`${await ask(opened.page, 'pets/store-front', 'pets/rabbitmq', '5672')}\n`).toBe(out);
  expectQuiet(opened);
});

test('filters show what connections lists, and links lead to what they say', async () => {
  const apps = join(folder, 'apps');
  const opened = await open([apps], { hash: '#connections?namespace=pets&direction=into' });
  const { page } = opened;
  const rows = () => page.locator('#connection-table tbody tr:visible').count();
  const told = async (...words: string[]) =>
    (await cli('connections', apps, ...words)).out
      .split('\n')
      .filter((line) => /(allowed|unknown)$/.test(line));
  expect(await rows()).toBe((await told('--to', 'pets/*')).length);
  await page.locator('#connection-form [name=direction]').selectOption('');
  await page.waitForURL(/#connections\?namespace=pets$/);
  expect(await rows()).toBe((await told('--namespace', 'pets')).length);
  await page.locator('#connection-form [name=port]').fill('5672');
  await page.waitForURL(/port=5672$/);
  expect(await page.locator('#connection-table td[data-heading=ports]').allTextContents()).toContain(
    '5672/TCP',
  );
  await page.evaluate("location.hash = '#pets/rabbitmq?port=5672'");
  await page.waitForSelector('#workload h3');
  expect(await page.locator('#workload').innerText()).toMatch(
    /pets\/rabbitmq[\s\S]*Selected by[\s\S]*Who reaches pets\/rabbitmq on 5672[\s\S]*pets\/order-service/,
  );
  await page.locator('#workload a').first().click();
  expect(await page.locator('details.policy:target').getAttribute('open')).toBe('');
  expectQuiet(opened);
});

test('a question is asked with the keyboard alone', async () => {
  const { page } = await open([join(folder, 'shop.json')]);
  await page.keyboard.press('/');
  await page.keyboard.type('shop/web');
  await page.keyboard.press('Tab');
  await page.keyboard.type('shop/db');
  await page.keyboard.press('Tab');
  await page.keyboard.type('5432');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#answer .headline');
  expect(await page.locator('#answer .headline').innerText()).toBe('Allowed: shop/web to shop/db on 5432.');
  expect(page.url()).toMatch(/#ask\?from=shop\/web&to=shop\/db&port=5432$/);
});

test('an edit of a policy tells what diff tells of the two folders, what lint says, and its TypeScript', async () => {
  const [web] = SHOP.filter(({ kind }) => kind === 'NetworkPolicy');
  const opened = await open([join(folder, 'base.json')], { hash: '#what-if?policy=shop/db-ingress' });
  const { page } = opened;
  const editor = page.locator('#what-if-form textarea');
  expect(await editor.inputValue()).toMatch(/^apiVersion: networking\.k8s\.io\/v1\nkind: NetworkPolicy\n/);
  expect(await page.locator('#effect .summary').allInnerTexts()).toEqual(['no connection changes']);
  const effect = async (text: string, first: RegExp) => {
    await editor.fill(text);
    await page.locator('#effect > :first-child').filter({ hasText: first }).waitFor();
    const rows = await page.locator('#effect tbody tr').all();
    return Promise.all(
      rows.map(async (row) =>
        (await row.locator('td > div:not(.cause)').allInnerTexts()).map((cell) => cell.trim()),
      ),
    );
  };
  const told = async (items: readonly object[]) => {
    const { out } = await cli('diff', join(folder, 'base.json'), list('edited.json', items));
    const [summary = '', ...lines] = out.split('\n');
    const rows = lines.filter((line) => /^[-+~?] /.test(line)).map((line) => line.trim().split(/ {2,}/));
    return { summary, rows };
  };
  const narrower = await told(SHOP);
  expect(narrower.rows.length).toBeGreaterThan(0);
  expect(await effect(JSON.stringify(web), /closes/)).toEqual(narrower.rows);
  expect(await page.locator('#effect .summary').first().innerText()).toBe(narrower.summary);
  const gone = await told(BASE.filter(({ kind }) => kind !== 'NetworkPolicy'));
  expect(await effect('', /opens [1-9]/)).toEqual(gone.rows);
  await effect('kind: NetworkPolicy', /apiVersion/);
  expect(await page.locator('#effect .problem').count()).toBeGreaterThan(0);
  await effect(JSON.stringify({ ...web, spec: { podSelector: { matchLabels: { app: 'ghost' } } } }), /opens/);
  expect(await page.locator('#effect').innerText()).toMatch(/Lint says now[\s\S]*selects-no-workload/);
  expectQuiet(opened);
});

test('without scripts the page shows its verdict, tables and picture', async () => {
  const { page } = await open([join(folder, 'shop.json'), '--before', join(folder, 'base.json')], {
    javaScriptEnabled: false,
  });
  expect(await page.locator('.verdict').innerText()).toMatch(/the internet can reach 1 of 2 workloads/);
  expect(await page.locator('svg:visible').count()).toBe(2);
  expect(await page.locator('table:visible').count()).toBeGreaterThan(3);
  expect(await page.locator('form:visible').count()).toBe(0);
});

interface AxeAnswer {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

const LOOKS = [
  { name: 'light', width: 1440, height: 900, colorScheme: 'light' },
  { name: 'dark', width: 1440, height: 900, colorScheme: 'dark' },
  { name: 'phone-light', width: 390, height: 844, colorScheme: 'light' },
  { name: 'phone-dark', width: 390, height: 844, colorScheme: 'dark' },
] as const;

test.each(LOOKS)(
  'axe finds nothing, and nothing is wider than the page: $name',
  async ({ name, ...look }) => {
    const words = [join(folder, 'apps'), '--engine', 'cilium', '--before', join(folder, 'base.json')];
    const opened = await open(words, { ...look, hash: '#pets/rabbitmq' });
    const { page } = opened;
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    await page.evaluate('scrollTo(0, 0)');
    await page.screenshot({ path: join(SHOTS, `${name}.png`) });
    await page.screenshot({ path: join(SHOTS, `${name}-whole.png`), fullPage: true });
    expectQuiet(opened);
    await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
    // The page's policy lets no other script in, but a debugger.
    await page.evaluate(AXE);
    const { violations } = await page.evaluate<AxeAnswer>('axe.run()');
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  },
);

test('on paper everything is unfolded, light, and without controls', async () => {
  const { page } = await open([join(folder, 'shop.json')], { colorScheme: 'dark' });
  await page.emulateMedia({ media: 'print' });
  expect(await page.evaluate('getComputedStyle(document.documentElement).backgroundColor')).toBe(
    'rgb(255, 255, 255)',
  );
  expect(await page.locator('form:visible').count()).toBe(0);
  expect(await page.locator('.policy .manifest').first().isVisible()).toBe(true);
  await page.pdf({ path: join(SHOTS, 'paper.pdf') });
});

test.each(COMMANDS.map((text): [string] => [text]))('what others write runs nowhere: %j', async (text) => {
  const place = writeHostile(mkdtempSync(join(folder, 'x-')), text, [
    ...hostileShop(text),
    ...hostileShop(`</script><script>alert(1)</script><img src=x onerror=alert(1)>${text}`),
  ]);
  const opened = await open([place.manifests, '--config', place.config]);
  await ask(opened.page, '<img src=x onerror=alert(1)>', text, '80');
  expect(await opened.page.locator('img, iframe, object').count()).toBe(0);
  expectQuiet(opened);
});
