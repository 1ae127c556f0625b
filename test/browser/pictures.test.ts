import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import type { Browser } from 'playwright-core';
import { inOneLine } from '../../lib/model/harmless';
import { PortSet } from '../../lib/model/port-set';
import { type Depicted, drawGraph } from '../../lib/render/draw-graph';
import type { Edge } from '../../lib/render/listing';
import { PICTURES } from '../../lib/render/outputs';
import { COMMANDS, hostileText } from '../support/hostile';
import { cli } from '../support/run-cli';
import { SHOP } from '../support/shop';
import { synthesizeApp } from '../support/synth-app';
import { startChromium, watch } from './chromium';

/** Screenshots are left here, to be looked at. */
const SHOTS = resolve('dist/pictures');
const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
let browser: Browser;

beforeAll(async () => {
  browser = await startChromium();
  mkdirSync(SHOTS, { recursive: true });
  for (const app of ['aks-store', 'online-boutique', 'portal-form', 'cilium-fqdn']) {
    mkdirSync(join(folder, app));
    for (const [name, text] of Object.entries(synthesizeApp(app).files)) {
      writeFileSync(join(folder, app, name), text);
    }
  }
  mkdirSync(join(folder, 'changed'));
  const store = readFileSync(join(folder, 'aks-store/aks-store.k8s.yaml'), 'utf8');
  const changed = store
    .split('\n---\n')
    .filter((text) => !/^ {2}name: virtual-worker-to-makeline-service-ingress$/m.test(text))
    .map((text) =>
      /^ {2}name: order-service-to-rabbitmq-ingress$/m.test(text) ? text.replace('5672', '5671') : text,
    );
  const open = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'open', namespace: 'pets' },
    spec: {
      podSelector: { matchLabels: { app: 'mongodb' } },
      ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ port: 27017 }] }],
    },
  };
  writeFileSync(
    join(folder, 'changed/aks-store.k8s.yaml'),
    [...changed, JSON.stringify(open)].join('\n---\n'),
  );
  writeFileSync(join(folder, 'shop.json'), JSON.stringify({ apiVersion: 'v1', kind: 'List', items: SHOP }));
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

const LINES: readonly { readonly name: string; readonly words: readonly string[] }[] = [
  { name: 'store', words: ['connections', 'aks-store'] },
  { name: 'boutique', words: ['connections', 'online-boutique'] },
  { name: 'boutique-exposure', words: ['exposure', 'online-boutique'] },
  { name: 'cilium', words: ['connections', '--engine', 'cilium', 'cilium-fqdn'] },
  { name: 'portal', words: ['connections', 'portal-form'] },
  { name: 'difference', words: ['diff', 'aks-store', 'changed'] },
  {
    name: 'engines',
    words: ['diff', '--engine', 'azure', '--engine-after', 'cilium', 'cilium-fqdn', 'cilium-fqdn'],
  },
  { name: 'shop', words: ['connections', 'shop.json'] },
];

/** The command line with its paths in the folder. */
async function picture(words: readonly string[], format: string): Promise<string> {
  const there = words.map((word, i) =>
    i > 0 && /^[a-z].*[a-z]$/.test(word) && isPath(word) ? join(folder, word) : word,
  );
  const { out } = await cli(...there, '--format', format);
  return out;
}

const isPath = (word: string) =>
  /^(aks-store|online-boutique|cilium-fqdn|portal-form|changed|shop\.json)$/.test(word);

/** What a page finds wrong with the places of an SVG: texts beyond their node, and things over one another. */
const MISPLACED = `(() => {
  const box = (element) => element.getBoundingClientRect();
  const found = [];
  const groups = [...document.querySelectorAll('g')].filter((g) => g.querySelector(':scope > .node'));
  for (const group of groups) {
    const outer = box(group.querySelector('.node'));
    for (const text of group.querySelectorAll('text')) {
      const inner = box(text);
      const isWithin = inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
      if (!isWithin && text.parentElement === group && group.querySelector(':scope > title')) found.push('beyond: ' + text.textContent);
    }
  }
  const nodes = groups.filter((g) => g.querySelector(':scope > title'));
  const grounds = [...document.querySelectorAll('.ground, .box-ground')];
  const things = [...nodes.map((g) => [g.textContent, box(g.querySelector('.node'))]), ...grounds.map((g) => ['label ' + g.nextElementSibling.textContent, box(g)])];
  for (const [i, [a, first]] of things.entries()) {
    for (const [b, second] of things.slice(i + 1)) {
      if (first.left < second.right - 1 && second.left < first.right - 1 && first.top < second.bottom - 1 && second.top < first.bottom - 1) found.push(a + ' over ' + b);
    }
  }
  const width = document.documentElement.viewBox.baseVal.width;
  for (const text of document.querySelectorAll('text')) {
    if (box(text).right > width) found.push('cut: ' + text.textContent);
  }
  return found;
})()`;

/** For each text its contrast with the paper, in WCAG's measure. */
const CONTRASTS = `(() => {
  const light = (color) => {
    const [r, g, b] = color.match(/[\\d.]+/g).map((n) => n / 255).map((n) => (n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const fill = (selector) => light(getComputedStyle(document.querySelector(selector)).fill);
  const grounds = ['.paper', '.box', '.node'].filter((each) => document.querySelector(each)).map(fill);
  return [...document.querySelectorAll('text')].map((text) => {
    const own = light(getComputedStyle(text).fill);
    const ratios = grounds.map((ground) => (Math.max(own, ground) + 0.05) / (Math.min(own, ground) + 0.05));
    return { text: text.textContent, ratio: Math.min(...ratios) };
  });
})()`;

describe.each(LINES)('$name', ({ name, words }) => {
  test.each(['light', 'dark'] as const)(
    'is drawn tidily in %s, asks for nothing and can be read',
    async (colorScheme) => {
      const svg = await picture(words, 'svg');
      const file = join(folder, `${name}.svg`);
      writeFileSync(file, svg);
      const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) as unknown as [string, string, string];
      const context = await browser.newContext({
        colorScheme,
        offline: true,
        viewport: { width: Number(width), height: Number(height) },
      });
      const page = await context.newPage();
      const { requests, complaints } = watch(page);
      await page.goto(pathToFileURL(file).href);
      expect(await page.evaluate(MISPLACED)).toEqual([]);
      const contrasts = (await page.evaluate(CONTRASTS)) as { readonly ratio: number }[];
      expect(contrasts.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
      await page.screenshot({ path: join(SHOTS, `${name}-${colorScheme}.png`) });
      // On a page of its own width, as a reader's window has it.
      await page.setViewportSize({ width: 800, height: 600 });
      await page.goto('about:blank');
      await page.setContent(
        `<body style="margin:0"><img style="width:100%" src="data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}">`,
      );
      await page.screenshot({ path: join(SHOTS, `${name}-${colorScheme}-800.png`), fullPage: true });
      expect(complaints).toEqual([]);
      expect(requests.filter((url) => !/^(data|about):/.test(url))).toEqual([pathToFileURL(file).href]);
      await context.close();
    },
  );

  test('is the same on paper in dark as in light', async () => {
    const file = join(folder, `${name}.svg`);
    writeFileSync(file, await picture(words, 'svg'));
    const shots = await Promise.all(
      (['light', 'dark'] as const).map(async (colorScheme) => {
        const page = await browser.newPage({ colorScheme });
        await page.emulateMedia({ media: 'print', colorScheme });
        await page.goto(pathToFileURL(file).href);
        const shot = await page.screenshot();
        await page.close();
        return shot.toString('base64');
      }),
    );
    expect(shots[1]).toBe(shots[0]);
  });
});

/** A page in which Mermaid draws: what it shows of a text, or what it complains of. */
async function mermaidPage() {
  const page = await browser.newPage();
  await page.addScriptTag({ path: require.resolve('mermaid/dist/mermaid.min.js') });
  await page.evaluate("mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' })");
  return async (text: string): Promise<readonly string[]> => {
    const shown = await page.evaluate(`(async () => {
      await mermaid.parse(${JSON.stringify(text)});
      const { svg } = await mermaid.render('drawn', ${JSON.stringify(text)});
      document.body.innerHTML = svg;
      return [...document.querySelectorAll('.nodeLabel, .edgeLabel .edgeLabel, .cluster-label .nodeLabel')].map((each) => each.textContent);
    })()`);
    return shown as string[];
  };
}

test.each(LINES)('Mermaid draws $name', async ({ words }) => {
  const shown = (await mermaidPage())(await picture(words, 'mermaid'));
  expect((await shown).filter((text) => /Unsupported markdown/.test(text))).toEqual([]);
  expect((await shown).length).toBeGreaterThan(1);
});

/** One line between two host names, for which a text may be anything. */
const hostile = (text: string): Depicted => ({
  name: 'connections',
  edges: (): Edge[] => [
    { from: { names: [text] }, to: { names: [`to ${text}`] }, ports: PortSet.ALL, mark: 'unknown' },
  ],
});

test('Mermaid shows a text of others as it is written, and nothing else', async () => {
  const show = await mermaidPage();
  const inWords = (text: string) => text.replace(/\s+/g, ' ').trim();
  await fc.assert(
    fc.asyncProperty(fc.oneof(hostileText, fc.string()), async (text) => {
      const written = [...PICTURES.mermaid(hostile(text))].join('');
      const shown = (await show(written)).map(inWords);
      const labels = drawGraph(hostile(text)).nodes.map(({ label }) => inWords(inOneLine(label)));
      expect(shown).toEqual(
        expect.arrayContaining(labels.map((label) => label.replaceAll(/##(?=(vso)?\\?\[)/gi, '##'))),
      );
    }),
    {
      numRuns: 60,
      examples: [...COMMANDS, '1. a', '- a', '+ a', '# a', 'end', '`a`', '**a**', '"', 'fa:fa-car'].map(
        (text): [string] => [text],
      ),
    },
  );
});
