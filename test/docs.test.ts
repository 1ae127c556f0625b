import { execFileSync, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, relative, resolve } from 'node:path';
import { Yaml } from 'cdk8s';
import { AksNetworkPolicy, AksTraffic, Findings, IngressRule, Peer } from 'cdk8s-aks-network-policy';
import { EXIT_CODES } from '../lib/cli/exit-code';
import { readLintConfig } from '../lib/manifests/lint-config';
import { cli } from './support/run-cli';
import { BASE, policy, SHOP } from './support/shop';
import { chart, refusal } from './support/synth';

const ROOT = resolve(__dirname, '..');
const BIN = join(ROOT, 'node_modules/.bin');

const pages = ['README.md', ...['lib', 'apps'].flatMap(readmesUnder)];

function readmesUnder(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|\/)README\.md$/.test(file))
    .map((file) => join(folder, file))
    .sort();
}

function blocks(page: string, language: string): string[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(
    ([, code]) => code as string,
  );
}

/** The blocks of a page as one program, its imports merged and first: the page reads as one story. */
function program(page: string): string {
  const IMPORT = /^import (type )?\{([^}]*)\} from '([^']+)';\n/gm;
  const code = blocks(page, 'ts');
  const names = new Map<string, Set<string>>();
  for (const [, type = '', list = '', module = ''] of code.flatMap((block) => [...block.matchAll(IMPORT)])) {
    const known = names.get(module) ?? new Set();
    for (const name of list.split(',').map((each) => each.trim())) {
      if (name !== '' && ![name, `type ${name}`].some((each) => known.has(each))) {
        known.add(`${type}${name}`);
      }
    }
    names.set(module, known);
  }
  const imports = [...names].map(([module, list]) => `import { ${[...list].join(', ')} } from '${module}';`);
  return [...imports, ...code.map((block) => block.replace(IMPORT, '')), 'app.synth();\n'].join('\n');
}

const UNIT_TEST = 'readme.test.ts';

const withCode = pages.filter((page) => blocks(page, 'ts').length > 0);

describe('the code of the pages', () => {
  const folder = mkdtempSync(join(tmpdir(), 'docs-'));
  const nameOf = (page: string) => page.replace(/\W/g, '-');
  const outdirOf = (page: string) => join(folder, `dist-${nameOf(page)}`);

  beforeAll(() => {
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    for (const page of withCode) {
      writeFileSync(join(folder, `${nameOf(page)}.ts`), program(page));
    }
    writeFileSync(join(folder, UNIT_TEST), blocks('README.md', 'ts test').join(''));
    const files = [...withCode.map((page) => `${nameOf(page)}.ts`), UNIT_TEST];
    // A page declares what its reader needs to see, used or not.
    const compilerOptions = { noUnusedLocals: false };
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: relative(folder, join(ROOT, 'tsconfig.json')),
        compilerOptions,
        include: [],
        files,
      }),
    );
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('compiles', () => {
    expect(run('tsc', '-p', folder)).toBe('');
  });

  test('that README shows as a unit test passes', () => {
    const config = {
      ...require('../jest.config.js'),
      rootDir: ROOT,
      roots: [folder],
      testMatch: [join(folder, UNIT_TEST)],
    };
    run('jest', '--ci=false', '--config', JSON.stringify(config));
  });

  test.each(withCode)('of %s runs, and writes the manifests it shows', (page) => {
    const outdir = outdirOf(page);
    const env = { CDK8S_OUTDIR: outdir, CDKTF_OUTDIR: outdir };
    run('tsx', '--tsconfig', join(folder, 'tsconfig.json'), join(folder, `${nameOf(page)}.ts`), env);
    const files = readdirSync(outdir, { recursive: true, encoding: 'utf8' });
    const texts = files
      .filter((file) => /\.(yaml|json)$/.test(file))
      .map((file) => readFileSync(join(outdir, file), 'utf8'));
    expect(texts).not.toEqual([]);
    for (const manifest of blocks(page, 'yaml')) {
      expect(texts.join('---\n')).toContain(manifest);
    }
  });
});

test.each(pages)('%s links only to what exists', (page) => {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link as string);
  for (const link of links) {
    expect(() => readdirSync(join(ROOT, page, '..', link))).not.toThrow(/ENOENT/);
  }
});

test('the messages that README shows are those of the code', () => {
  const text = readFileSync(join(ROOT, 'README.md'), 'utf8');
  expect(text).toContain(refusal(() => Peer.ipBlock('10.1.2.3/8')).message);
  const traffic = AksTraffic.on({ engine: 'calico', cloud: 'AzureCloud' });
  expect(text).toContain(refusal(() => traffic.toEntraId()).message);
  const shop = chart();
  new AksNetworkPolicy(shop, 'everybody', { rules: [IngressRule.allow({ from: [Peer.otherNamespaces()] })] });
  const [finding] = Findings.of(shop).list();
  expect(text).toContain(
    `  ${finding?.path} ${finding?.at} (main.ts:9:1)\n    ${finding?.message} [${finding?.code}]`,
  );
});

const withTerminal = pages.filter((page) => blocks(page, 'console').length > 0);

test.each(withTerminal)('the terminal of %s shows what the commands answer', async (page) => {
  const folder = mkdtempSync(join(tmpdir(), 'terminal-'));
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist/shop.k8s.yaml'), Yaml.stringify(...SHOP));
  mkdirSync(join(folder, 'base'));
  writeFileSync(join(folder, 'base/shop.k8s.yaml'), Yaml.stringify(...BASE));
  mkdirSync(join(folder, 'policies'));
  const orders = policy('orders', { podSelector: { matchLabels: { app: 'wep' } }, policyTypes: ['Egress'] });
  writeFileSync(join(folder, 'policies/orders.yaml'), Yaml.stringify(orders));
  const shown = blocks(page, 'console').join('');
  const commands = [...shown.matchAll(/^\$ npx aks-netpol (.*)$/gm)].map(([, words]) => words as string);
  const here = process.cwd();
  const { PATH } = process.env;
  // A live cluster answers from a recording.
  process.env.PATH = `${join(__dirname, 'support/recorded')}${delimiter}${PATH}`;
  process.env.KUBECTL_RECORDING = join(__dirname, 'cli/recordings/shop.json');
  process.chdir(folder);
  const answered: string[] = [];
  try {
    for (const words of commands) {
      answered.push(`$ npx aks-netpol ${words}\n${(await cli(...words.split(' '))).out}`);
    }
  } finally {
    process.chdir(here);
    process.env.PATH = PATH;
    rmSync(folder, { recursive: true });
  }
  expect(answered.join('')).toBe(shown);
});

test('the program that checks JSON with the packaged schema takes an answer, and nothing else', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'check-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(ROOT, join(folder, 'node_modules/cdk8s-aks-network-policy'));
  symlinkSync(join(ROOT, 'node_modules/ajv'), join(folder, 'node_modules/ajv'));
  writeFileSync(join(folder, 'check.js'), blocks('lib/render/README.md', 'js').join(''));
  writeFileSync(join(folder, 'shop.yaml'), Yaml.stringify(...SHOP));
  const { out } = await cli('connections', '--format', 'json', join(folder, 'shop.yaml'));
  const check = (input: string) => spawnSync('node', ['check.js'], { cwd: folder, input, encoding: 'utf8' });
  const right = check(out);
  const wrong = check(out.replaceAll('"verdict"', '"answer"'));
  rmSync(folder, { recursive: true });
  expect(right).toMatchObject({ stdout: '6 connections\n', stderr: '', status: 0 });
  expect(wrong).toMatchObject({ stderr: expect.stringContaining("required property 'verdict'"), status: 1 });
});

test('the program that draws a picture writes what the command line does', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'picture-'));
  writeFileSync(join(folder, 'shop.yaml'), Yaml.stringify(...SHOP));
  const [code] = blocks('lib/render/README.md', 'js picture') as [string];
  const written: string[] = [];
  const stdout = { write: (text: string) => written.push(text) };
  new Function('require', 'process', code.replace("'dist/'", JSON.stringify(folder)))(require, { stdout });
  const { out } = await cli('connections', '--format', 'svg', folder);
  rmSync(folder, { recursive: true });
  expect(written.join('')).toBe(out);
  expect(out).toMatch(/<\/svg>\n$/);
});

test('what README shows as an aks-netpol.yaml is one', () => {
  const shown = blocks('README.md', 'yaml aks-netpol.yaml');
  expect(shown).toHaveLength(1);
  const { problems, intent, failOn } = readLintConfig({ text: shown.join(''), file: 'aks-netpol.yaml' });
  expect(problems).toEqual([]);
  expect(new Set(intent.expectations.map(({ kind }) => kind)).size).toBe(3);
  expect([intent.acknowledgements.length, failOn]).toEqual([1, 'warning']);
});

test('README has the exit codes as --help has them', () => {
  const rows = [...EXIT_CODES.matchAll(/^ {2}(\d+) +(.*)$/gm)].map(
    ([, code, text]) => `| ${code} | ${text} |\n`,
  );
  expect(rows).toHaveLength(5);
  expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain(rows.join(''));
});

test('the schemas that the package exports are packed', () => {
  const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const schemas = Object.values<string>(exports).filter((file) =>
    String(file).startsWith('./lib/render/schemas/'),
  );
  const [{ files }] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: 'pipe',
    }),
  );
  const packed = files.map(({ path }: { path: string }) => `./${path}`);
  expect(schemas).toHaveLength(readdirSync(join(ROOT, 'lib/render/schemas')).length);
  expect(packed).toEqual(expect.arrayContaining(schemas));
});

test('every command that README tells to run is a script', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const named = [...readFileSync(join(ROOT, 'README.md'), 'utf8').matchAll(/npm run ([\w:-]+)/g)].map(
    ([, name]) => name,
  );
  expect(named.length).toBeGreaterThan(0);
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
});

function run(tool: string, ...args: (string | Record<string, string>)[]): string {
  const env = typeof args.at(-1) === 'object' ? (args.pop() as Record<string, string>) : {};
  try {
    return execFileSync(join(BIN, tool), args as string[], {
      cwd: ROOT,
      env: { ...process.env, ...env },
      encoding: 'utf8',
      stdio: 'pipe',
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${tool} failed:\n${stdout}${stderr}`);
  }
}
