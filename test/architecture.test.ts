import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const LIB = resolve(__dirname, '../lib');

/** Which rooms each room may import, besides itself. DESIGN in one table; lib/README.md says why. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  model: [],
  aks: ['model', 'yaml'],
  policy: ['model', 'aks'],
  presets: ['policy', 'model', 'aks'],
  yaml: ['model'],
  cluster: ['model', 'aks', 'yaml'],
  'cilium-kinds': ['model'],
  manifests: ['model', 'aks', 'yaml', 'cilium-kinds'],
  reachability: ['model', 'aks'],
  lint: ['model', 'aks', 'reachability', 'codegen'],
  diff: ['model', 'aks', 'reachability'],
  convert: ['model', 'cilium-kinds', 'reachability', 'diff'],
  plan: ['model', 'cilium-kinds'],
  render: ['model', 'aks', 'plan', 'reachability', 'lint', 'diff'],
  report: ['model', 'aks', 'yaml', 'plan', 'manifests', 'reachability', 'lint', 'diff', 'render', 'codegen'],
  codegen: ['model', 'aks', 'yaml', 'cilium-kinds', 'plan', 'manifests'],
  testing: ['model', 'aks', 'manifests', 'reachability', 'render'],
  cli: [
    'model',
    'aks',
    'yaml',
    'plan',
    'manifests',
    'reachability',
    'lint',
    'diff',
    'convert',
    'render',
    'report',
    'codegen',
  ],
  validation: ['model', 'aks', 'manifests', 'lint', 'render'],
  review: ['model', 'render', 'cli'],
  'analysis.ts': [
    'model',
    'aks',
    'plan',
    'manifests',
    'reachability',
    'lint',
    'diff',
    'convert',
    'render',
    'testing',
  ],
  'jest.ts': ['model', 'reachability', 'testing'],
  'index.ts': ['model', 'aks', 'policy', 'presets', 'validation'],
  'validation.ts': ['validation'],
  'cluster.ts': ['model', 'aks', 'cluster'],
};

/** Which packages a room may import at run time. */
const MAY_REQUIRE: Record<string, readonly string[]> = {
  policy: [
    'cdk8s',
    'constructs',
    'node:crypto',
    'node:fs',
    'node:module',
    'node:path',
    'node:url',
    'node:vm',
  ],
  presets: ['cdk8s', 'constructs'],
  aks: ['node:fs'],
  cluster: ['cdktf', 'constructs', 'node:fs', 'node:path', ...azurerm()],
  yaml: [],
  manifests: ['ignore', 'node:crypto', 'node:fs', 'node:path', 'node:util'],
  render: ['@dagrejs/dagre', 'node:crypto', 'node:path', 'node:url', 'node:util'],
  report: ['node:crypto'],
  validation: ['node:path'],
  review: ['node:fs', 'node:path', 'node:stream'],
  cli: [
    'commander',
    'node:child_process',
    'node:readline',
    'node:fs',
    'node:fs/promises',
    'node:os',
    'node:path',
    'node:stream',
  ],
};

/** The provider's resources one by one: its index takes seconds and 400 MB to load. */
function azurerm(): string[] {
  return [
    'provider',
    'kubernetes-cluster',
    'kubernetes-cluster-node-pool',
    'data-azurerm-kubernetes-cluster',
  ].map((resource) => `@cdktf/provider-azurerm/lib/${resource}`);
}

interface Import {
  readonly file: string;
  readonly room: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

const roomOf = (file: string) => file.split('/')[0] as string;

/** The files of TypeScript in a folder, by their paths in it. */
const sourcesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

const files = sourcesIn(LIB);
const textOf = (file: string) => readFileSync(join(LIB, file), 'utf8');

const imports: Import[] = files.flatMap((file) =>
  [...textOf(file).matchAll(/^(?:import|export) (type )?[^;]*?from '([^']+)'/gms)].map(
    ([, type, target]) => ({
      file,
      room: roomOf(file),
      target: target as string,
      typeOnly: type !== undefined,
    }),
  ),
);

const isLocal = ({ target }: Pick<Import, 'target'>) => target.startsWith('.');

test('every room is in the table', () => {
  expect([...new Set(files.map(roomOf))].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
});

test('rooms import only the rooms below them', () => {
  const forbidden = imports.filter(isLocal).filter(({ file, room, target }) => {
    const other = roomOf(relative(LIB, join(LIB, dirname(file), target)));
    return other !== room && !MAY_IMPORT[room]?.includes(other);
  });
  expect(forbidden).toEqual([]);
});

/** The parts of a room, each of which may import those before it. */
const PARTS = { reachability: ['sets', 'reading', 'judging', 'answers'] };

test('the parts of a room import only those before them', () => {
  for (const [room, parts] of Object.entries(PARTS)) {
    const rank = (file: string) => {
      const [top, part = ''] = file.split('/');
      return top === room ? parts.indexOf(part) : -1;
    };
    expect([...new Set(files.filter((file) => roomOf(file) === room).map(rank))].sort()).toEqual([
      -1, 0, 1, 2, 3,
    ]);
    const forbidden = imports.filter(isLocal).filter(({ file, target }) => {
      const other = relative(LIB, join(LIB, dirname(file), `${target}.ts`));
      return rank(file) >= 0 && roomOf(other) === room && (rank(other) > rank(file) || rank(other) < 0);
    });
    expect(forbidden).toEqual([]);
  }
});

test('rooms import only the packages that are theirs', () => {
  const forbidden = imports
    .filter((entry) => !isLocal(entry))
    .filter(({ room, target }) => !MAY_REQUIRE[room]?.includes(target));
  expect(forbidden).toEqual([]);
});

/** The files of the library that each file imports, by the file. */
function byImporter(
  some: readonly Pick<Import, 'file' | 'target'>[],
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { file, target } of some.filter(isLocal)) {
    found.set(file, [...(found.get(file) ?? []), `${join(dirname(file), target)}.ts`]);
  }
  return found;
}

/** All files that a file needs, directly or through others. */
function neededBy(file: string, needs: ReadonlyMap<string, readonly string[]>, seen = new Set<string>()) {
  for (const next of needs.get(file) ?? []) {
    if (!seen.has(next)) {
      seen.add(next);
      neededBy(next, needs, seen);
    }
  }
  return seen;
}

test('no two files need each other, be it for a type', () => {
  const needs = byImporter(imports);
  expect(files.filter((file) => neededBy(file, needs).has(file))).toEqual([]);
});

const loads = byImporter(imports.filter(({ typeOnly }) => !typeOnly));

/** All files that a file loads at once, directly or through others. */
const loadedBy = (file: string) => neededBy(file, loads);

/** An import path. */
const SHARED_NAMES = ['cluster.ts'];

test('no two files have one name, and no two exports', () => {
  const twice = (names: readonly string[]) => [
    ...new Set(names.filter((name, i) => names.indexOf(name) !== i)),
  ];
  expect(
    twice(
      // A verb is declared in one file and does its work in another.
      files.filter((file) => !file.startsWith('cli/verbs/')).map((file) => file.split('/').at(-1) as string),
    ),
  ).toEqual(SHARED_NAMES);
  // Each verb has its `add` and its `run`.
  const exported = (kinds: string) =>
    files
      .filter((file) => !/^cli\/(commands|verbs)\//.test(file))
      .map((file) =>
        [...textOf(file).matchAll(new RegExp(`^export (?:abstract |async )?(?:${kinds}) (\\w+)`, 'gm'))].map(
          ([, name]) => name as string,
        ),
      );
  expect(twice(exported('interface|type').flat())).toEqual([]);
  // In one file a value and its type may share a name.
  const all = exported('class|function\\*?|const|interface|type').flatMap((names) => [...new Set(names)]);
  expect(twice(all)).toEqual([]);
});

test('an app that writes policies loads nothing that judges them', () => {
  const loaded = [...loadedBy('index.ts')];
  const rooms = new Set(loaded.map(roomOf));
  expect([...rooms].sort()).toEqual(['aks', 'model', 'policy', 'presets', 'validation', 'validation.ts']);
  expect(loaded).not.toContain('validation/judge-chart.ts');
});

test.each([
  { file: 'aks/profile-fields.ts', when: 'there is a profile' },
  { file: 'presets/aks-egress-traffic.ts', when: 'a rule for AKS is asked for' },
  { file: 'model/expected-end.ts', when: 'something is expected' },
  { file: 'policy/write-side-file.ts', when: 'the app is synthesized' },
])('an app that writes policies loads $file when $when', ({ file }) => {
  expect(files).toContain(file);
  expect([...loadedBy('index.ts')]).not.toContain(file);
});

test('the command line loads what a verb can be told at once, and what does its work when it runs', () => {
  const filesIn = (folder: string) =>
    files.filter((file) => file.startsWith(`cli/${folder}/`)).map((file) => file.split('/')[2]);
  expect(filesIn('commands')).toEqual(filesIn('verbs'));
  const declared = filesIn('commands').map((file) => `cli/commands/${file}`);
  const loaded = ['cli/main.ts', ...declared].flatMap((file) => [...loadedBy(file)]);
  expect([...new Set(loaded.map(roomOf))].sort()).toEqual(['aks', 'cli', 'model', 'render']);
  expect([...loadedBy('cli/main.ts')].filter((file) => declared.includes(file))).toEqual([]);
});

test('the code of the page runs in a browser: it loads nothing of Node, whatever it does', () => {
  const needed = byImporter([
    ...imports.filter(({ typeOnly }) => !typeOnly),
    ...files.flatMap((file) =>
      [...textOf(file).matchAll(/require\('([^']+)'\)/g)].map(([, target]) => ({
        file,
        target: target as string,
      })),
    ),
  ]);
  const loaded = [...neededBy('report/browser/page-script.ts', needed)];
  expect(loaded).toEqual(
    expect.arrayContaining(['reachability/reachability.ts', 'reachability/answers/list-exposure.ts']),
  );
  const foreign = imports.filter(
    ({ file, target, typeOnly }) => !typeOnly && !target.startsWith('.') && loaded.includes(file),
  );
  expect([...new Set(foreign.map(({ target }) => target))]).toEqual([]);
  expect(loaded.filter((file) => /require\('node:/.test(textOf(file)))).toEqual([]);
});

test('no file is longer than a reader likes, and a rule is taken in at once', () => {
  const most = (file: string) => (/^lib\/lint\/rules\//.test(file) ? 102 : 400);
  const root = dirname(LIB);
  const all = ['lib', 'test'].flatMap((folder) =>
    sourcesIn(join(root, folder)).map((file) => `${folder}/${file}`),
  );
  const lengthOf = (file: string) => readFileSync(join(root, file), 'utf8').split('\n').length;
  expect(all).toEqual(expect.arrayContaining(['lib/lint/rules/only-from.ts', 'test/architecture.test.ts']));
  expect(all.filter((file) => lengthOf(file) > most(file))).toEqual([]);
});

/** What a NetworkPolicy looks like inside, by the names of its types and of what puts it into a form. */
const KNOWS_SPEC =
  /\b(NetworkPolicy(Spec|Peer|Port|IngressRule|EgressRule)|StoredSpec|storedSpec|checkIpBlock)\b|\bwritten\.spec\b/;

/** Whose task the written object is: what reads it, checks it, compares it as an object, writes, proposes or imports it. */
const MAY_KNOW_SPEC = [
  'aks/managed-policies.ts',
  'codegen',
  'convert',
  'index.ts',
  'lint/lifelines.ts',
  'lint/opening-fix.ts',
  'model/check-policy.ts',
  'model/ip-block.ts',
  'model/network-policy-entry.ts',
  'model/network-policy.ts',
  'model/nulls.ts',
  'model/stored-spec.ts',
  'plan',
  'policy',
  'presets',
];

test('other programs are started by the two files that know them, each its own', () => {
  const starting = files.filter((file) => /child_process|worker_threads|node:cluster/.test(textOf(file)));
  expect(starting).toEqual(['cli/git.ts', 'cli/live/kubectl-process.ts']);
  const starters = files.filter((file) => /\bstartKubectl\(/.test(textOf(file)));
  expect(starters).toEqual(['cli/live/kubectl-process.ts', 'cli/live/kubectl.ts']);
  expect(textOf('cli/git.ts')).toMatch(/program = 'git'/);
  expect(textOf('cli/live/kubectl.ts')).toMatch(/program = 'kubectl'/);
});

test('what the command line prints passes the files that make it harmless', () => {
  const writing = files.filter((file) =>
    /\b(stdout|stderr|stream|screen|console)\.(write|log|error)\(/.test(textOf(file)),
  );
  expect(writing).toEqual([
    'cli/progress-line.ts',
    'cli/terminal.ts',
    'policy/app-watch.ts',
    'cli/live/kubectl.ts',
  ]);
  // A constructs' app prints findings, which are made harmless as they are told.
  const own = writing.filter((file) => file.startsWith('cli/'));
  expect(own.filter((file) => !/\bharmless\(/.test(textOf(file)))).toEqual([]);
  expect(files.filter((file) => /\bas Harmless\b/.test(textOf(file)))).toEqual(['model/harmless.ts']);
});

test('what judges knows the rules of policies and no spec', () => {
  // A source may be cited by the name of a type.
  const codeOf = (file: string) => textOf(file).replace(/'[^'\n]*'/g, '');
  const knowing = files.filter((file) => KNOWS_SPEC.test(codeOf(file)));
  const isMeant = (file: string) =>
    MAY_KNOW_SPEC.some((each) => file === each || file.startsWith(`${each}/`));
  expect(knowing.filter((file) => !isMeant(file))).toEqual([]);
  expect(knowing.filter((file) => !/^(policy|presets|codegen)\//.test(file)).length).toBe(13);
});
