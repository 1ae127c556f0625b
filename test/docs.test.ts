import { execFile, execFileSync, spawnSync } from 'node:child_process';
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
import { delimiter, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { Yaml } from 'cdk8s';
import { AksNetworkPolicy, AksTraffic, Findings, IngressRule, Peer } from 'cdk8s-aks-network-policy';
import { lint, readManifests } from 'cdk8s-aks-network-policy/analysis';
import { load } from 'js-yaml';
import { programAt } from '../lib/cli/program';
import { readLintConfig } from '../lib/manifests/lint-config';
import { verbPages } from './cli/pages';
import { anchors, blocks, links, PAGES, programs, ROOT, textOf } from './support/docs';
import { cli } from './support/run-cli';
import { BASE, policy, SHOP } from './support/shop';
import { chart, refusal } from './support/synth';

const BIN = join(ROOT, 'node_modules/.bin');
const UNIT_TEST = 'page.test.ts';

const withPrograms = PAGES.filter((page) => programs(page).length > 0);

/** The rules that have something to say about manifests, by the specification and on the engines that AKS offers. */
function rulesAbout(...inputs: Parameters<typeof readManifests>[0]): Set<string> {
  const { cluster, problems, intent, ruleLines, fieldPlaces } = readManifests(inputs);
  expect(problems).toEqual([]);
  const profiles = [
    {},
    { engine: 'calico' },
    { engine: 'cilium', kubernetesVersion: '1.36', acns: 'L7' },
  ] as const;
  return new Set(
    profiles.flatMap((profile) =>
      lint(cluster, { profile, intent, ruleLines, fieldPlaces }).findings.map(({ rule }) => rule),
    ),
  );
}

describe('the code of the pages', () => {
  const folder = mkdtempSync(join(tmpdir(), 'docs-'));
  const shop = join(folder, 'shop');
  const outdirOf = (file: string) => join(folder, 'out', file);

  beforeAll(() => {
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const all = withPrograms.flatMap(programs);
    for (const { file, code } of all) {
      writeFileSync(join(folder, file), code);
    }
    writeFileSync(
      join(folder, UNIT_TEST),
      PAGES.flatMap((page) => blocks(page, 'ts'))
        .filter(({ name }) => name === 'test')
        .map(({ code }) => code)
        .join(''),
    );
    // A page declares what its reader needs to see, used or not.
    const compilerOptions = { noUnusedLocals: false };
    const files = [...all.map(({ file }) => file), UNIT_TEST];
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

  test('compiles, each block by itself', async () => {
    expect(await run('tsc', '-p', folder)).toBe('');
  });

  test('that a page shows as a unit test passes', async () => {
    const config = {
      ...require('../jest.config.js'),
      rootDir: ROOT,
      roots: [folder],
      testMatch: [join(folder, UNIT_TEST)],
    };
    await run('jest', '--ci=false', '--config', JSON.stringify(config));
  });

  test.each(withPrograms)(
    'of %s runs, writes what the page shows, and has no finding that it is silent about',
    (page) => {
      const written: string[] = [];
      for (const { file, code, section } of programs(page)) {
        const outdir = outdirOf(file);
        const printed = runHere(join(folder, file), outdir);
        for (const [, comment] of code.matchAll(/console\.log\(.*\); \/\/ prints (.*)$/gm)) {
          expect([comment, printed]).toEqual([comment, expect.stringContaining(comment as string)]);
        }
        if (!code.includes('app.synth();')) {
          continue;
        }
        written.push(...texts(outdir));
        const isTold = (rule: string) => section.includes(`\`${rule}\``);
        const manifests = readdirSync(outdir).filter((name) => /\.k8s\.yaml$/.test(name));
        if (manifests.length > 0) {
          expect([file, [...rulesAbout(outdir)].filter((rule) => !isTold(rule))]).toEqual([file, []]);
        }
      }
      expect(written).not.toEqual([]);
      for (const { code, name } of blocks(page, 'yaml')) {
        if (name === '') {
          expect(written.join('---\n')).toContain(code);
        }
      }
    },
  );

  test('README shows what the commands answer about its ten lines', async () => {
    const [{ code, name } = { code: '', name: '' }] = programs('README.md');
    mkdirSync(shop);
    writeFileSync(join(shop, name), code);
    symlinkSync(join(folder, 'tsconfig.json'), join(shop, 'tsconfig.json'));
    await run('tsx', '--tsconfig', join(folder, 'tsconfig.json'), name, { cwd: shop, CDK8S_OUTDIR: 'dist' });
    expect(await answersIn(shop, shownCommands('README.md'))).toBe(shown('README.md'));
    const { out } = await cli('connections', '--format', 'mermaid', join(shop, 'dist'));
    expect(blocks('README.md', 'mermaid').map(({ code }) => code)).toEqual([out]);
  });

  /** Runs a program in this process, as loading what it needs again costs seconds, and returns what it prints. */
  function runHere(file: string, outdir: string): string {
    const printed: string[] = [];
    const log = jest
      .spyOn(console, 'log')
      .mockImplementation((...words) => void printed.push(words.map(String).join(' ')));
    const complained = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const before = { ...process.env };
    Object.assign(process.env, { CDK8S_OUTDIR: outdir, CDKTF_OUTDIR: outdir });
    try {
      require(file);
    } finally {
      process.env = before;
      log.mockRestore();
      complained.mockRestore();
    }
    return printed.join('\n');
  }
});

/** The texts that a program wrote. */
function texts(outdir: string): string[] {
  return readdirSync(outdir, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(yaml|json)$/.test(file))
    .map((file) => readFileSync(join(outdir, file), 'utf8'));
}

test('the manifest that explains network policies can be read, and has no finding that its page is silent about', () => {
  const manifests = blocks('lib/model/README.md', 'yaml');
  expect(manifests).toHaveLength(1);
  for (const { code, section } of manifests) {
    expect([...rulesAbout(load(code) as object)].filter((rule) => !section.includes(`\`${rule}\``))).toEqual(
      [],
    );
  }
});

test('pipelines that pages show are YAML', () => {
  const pipelines = PAGES.flatMap((page) => blocks(page, 'yaml')).filter(({ name }) =>
    ['workflow', 'pipeline', 'gitlab'].includes(name),
  );
  expect(pipelines).toHaveLength(3);
  for (const { code } of pipelines) {
    expect(load(code)).toEqual(expect.any(Object));
  }
});

test('the messages that pages show are those of the code', () => {
  const policies = textOf('lib/policy/README.md');
  expect(policies).toContain(refusal(() => Peer.ipBlock('10.1.2.3/8')).message);
  const traffic = AksTraffic.on({ engine: 'calico', cloud: 'AzureCloud' });
  expect(textOf('lib/presets/README.md')).toContain(refusal(() => traffic.toEntraId()).message);
  const shop = chart();
  new AksNetworkPolicy(shop, 'everybody', { rules: [IngressRule.allow({ from: [Peer.otherNamespaces()] })] });
  const [finding] = Findings.of(shop).list();
  const [lines = [], text = ''] =
    programs('lib/policy/README.md')
      .map(({ code }) => code.split('\n'))
      .flatMap((lines) =>
        lines.filter((line) => line.includes("'everybody'")).map((line) => [lines, line] as const),
      )[0] ?? [];
  const place = `main.ts:${lines.indexOf(text) + 1}:${text.indexOf('new ') + 1}`;
  expect(policies).toContain(
    `  ${finding?.path} ${finding?.at} (${place})\n    ${finding?.message} [${finding?.code}]`,
  );
});

describe('what is packed', () => {
  const [{ files }] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: 'pipe',
    }),
  );
  const packed: readonly string[] = files.map(({ path }: { path: string }) => path);

  test('has every page, and each of their links leads to something that is packed', () => {
    expect(packed).toEqual(expect.arrayContaining([...PAGES]));
    const dead = PAGES.flatMap((page) =>
      links(page)
        .filter(
          ({ path, anchor }) =>
            !packed.some((file) => file === path || file.startsWith(`${path}/`)) ||
            (anchor !== '' && !anchors(path).has(anchor)),
        )
        .map(({ path, anchor }) => `${page}: ${path}#${anchor}`),
    );
    expect(dead).toEqual([]);
  });

  test('has the schemas that the package exports', () => {
    const { exports } = JSON.parse(textOf('package.json'));
    const schemas = Object.values<string>(exports).filter((file) =>
      String(file).startsWith('./lib/render/schemas/'),
    );
    expect(schemas).toHaveLength(readdirSync(join(ROOT, 'lib/render/schemas')).length);
    expect(packed.map((path) => `./${path}`)).toEqual(expect.arrayContaining(schemas));
  });

  test('has no test and no source', () => {
    expect(packed.filter((path) => /\.test\.|^lib\/.*\.ts$|__snapshots__/.test(path))).toEqual([]);
  });
});

test('README is read in one go, and every page is linked with it both ways', () => {
  expect(textOf('README.md').split('\n').length).toBeLessThan(200);
  const guides = PAGES.filter((page) => /^lib\/.*README\.md$|^apps\/README\.md$/.test(page));
  expect(links('README.md').map(({ path }) => path)).toEqual(expect.arrayContaining(guides));
  const alone = guides.filter((page) => !links(page).some(({ path }) => path === 'README.md'));
  expect(alone).toEqual([]);
});

describe('the verbs', () => {
  const { commands } = programAt(process);

  test('have pages that say what --help says; `npm run pages` writes them', async () => {
    for (const [file, text] of await verbPages()) {
      expect([file, readFileSync(file, 'utf8')]).toEqual([file, text]);
    }
  });

  test('stand in the table of the command line', () => {
    const named = links('lib/cli/README.md').map(({ path }) => path);
    expect(named).toEqual(
      expect.arrayContaining(commands.map((verb) => `lib/cli/commands/${verb.name()}.md`)),
    );
  });

  test('have the options that pages tell to use', () => {
    const lines = PAGES.filter((page) => page !== 'CHANGELOG.md').flatMap((page) => [
      ...textOf(page)
        .replaceAll(' \\\n', ' ')
        .matchAll(/(?:\baks-netpol|npx cdk8s-aks-network-policy) ([a-z]+)((?: (?!\||&|>)[^\s`]+)*)/g),
    ]);
    expect(lines.length).toBeGreaterThan(20);
    for (const [line, name, words = ''] of lines) {
      const verb = commands.find((each) => each.name() === name);
      const options = verb?.options.flatMap(({ long, short }) => [long, short]) ?? [];
      const used = [...words.matchAll(/ (--?[a-z][\w-]*)/g)].map(([, option]) => option);
      expect([line, used.filter((option) => option !== '--help' && !options.includes(option))]).toEqual([
        line,
        [],
      ]);
      expect([line, verb?.name()]).toEqual([line, name]);
    }
  });
});

/** The commands that a page shows on a terminal, without the program's name. */
function shownCommands(page: string): string[] {
  return [...shown(page).matchAll(/^\$ npx aks-netpol (.*)$/gm)].map(([, words]) => words as string);
}

function shown(page: string): string {
  return blocks(page, 'console')
    .map(({ code }) => code)
    .join('');
}

/** What a terminal in a folder shows of commands. A live cluster answers from a recording. */
async function answersIn(folder: string, commands: readonly string[]): Promise<string> {
  const here = process.cwd();
  const { PATH } = process.env;
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
  }
  return answered.join('');
}

const withTerminal = PAGES.filter((page) => page !== 'README.md' && blocks(page, 'console').length > 0);

test.each(withTerminal)('the terminal of %s shows what the commands answer', async (page) => {
  const folder = mkdtempSync(join(tmpdir(), 'terminal-'));
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist/shop.k8s.yaml'), Yaml.stringify(...SHOP));
  mkdirSync(join(folder, 'base'));
  writeFileSync(join(folder, 'base/shop.k8s.yaml'), Yaml.stringify(...BASE));
  mkdirSync(join(folder, 'policies'));
  const orders = policy('orders', { podSelector: { matchLabels: { app: 'wep' } }, policyTypes: ['Egress'] });
  writeFileSync(join(folder, 'policies/orders.yaml'), Yaml.stringify(orders));
  const answers = await answersIn(folder, shownCommands(page));
  rmSync(folder, { recursive: true });
  expect(answers).toBe(shown(page));
});

test('the program that checks JSON with the packaged schema takes an answer, and nothing else', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'check-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(ROOT, join(folder, 'node_modules/cdk8s-aks-network-policy'));
  symlinkSync(join(ROOT, 'node_modules/ajv'), join(folder, 'node_modules/ajv'));
  writeFileSync(
    join(folder, 'check.js'),
    blocks('lib/render/README.md', 'js')
      .filter(({ name }) => name === '')
      .map(({ code }) => code)
      .join(''),
  );
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
  const code = blocks('lib/render/README.md').find(({ name }) => name === 'picture')?.code as string;
  const written: string[] = [];
  const stdout = { write: (text: string) => written.push(text) };
  new Function('require', 'process', code.replace("'dist/'", JSON.stringify(folder)))(require, { stdout });
  const { out } = await cli('connections', '--format', 'svg', folder);
  rmSync(folder, { recursive: true });
  expect(written.join('')).toBe(out);
  expect(out).toMatch(/<\/svg>\n$/);
});

test('what is shown as an aks-netpol.yaml is one', () => {
  const text = blocks('lib/lint/README.md', 'yaml').find(({ name }) => name === 'aks-netpol.yaml')?.code;
  const { problems, intent, failOn } = readLintConfig({ text: text as string, file: 'aks-netpol.yaml' });
  expect(problems).toEqual([]);
  expect(new Set(intent.expectations.map(({ kind }) => kind)).size).toBe(3);
  expect([intent.acknowledgements.length, failOn]).toEqual([1, 'warning']);
});

test('every command that pages tell to run is a script', () => {
  const { scripts } = JSON.parse(textOf('package.json'));
  const named = PAGES.flatMap((page) =>
    [...textOf(page).matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name),
  );
  expect(named.length).toBeGreaterThan(0);
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
});

const start = promisify(execFile);

/** Runs a tool; a folder to run it in and variables may stand last. */
async function run(tool: string, ...args: (string | Record<string, string>)[]): Promise<string> {
  const { cwd = ROOT, ...env } =
    typeof args.at(-1) === 'object' ? (args.pop() as Record<string, string>) : {};
  try {
    const options = { cwd, env: { ...process.env, ...env }, encoding: 'utf8' } as const;
    return (await start(join(BIN, tool), args as string[], options)).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${tool} failed:\n${stdout}${stderr}`);
  }
}
