import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { AksNetworkPolicy, Expectations, Findings, PodSelector } from 'cdk8s-aks-network-policy';
import { lint } from '../../lib/lint/lint-cluster';
import { readManifests } from '../../lib/manifests/read-manifests';
import {
  type Acknowledgement,
  type Expectation,
  type FindingCode,
  joinIntents,
  NO_INTENT,
} from '../../lib/model/finding';
import type { SideFile } from '../../lib/model/side-file';
import { pod } from './judge';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'voices-'));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const RULE = 'selects-no-workload';
/** Without a workload in its namespace, nobody could say that a policy selects none. */
const PODS = ['a', 'b', 'one', 'two', 'default'].map((namespace) => pod(`${namespace}/web`, '10.0.0.1'));

/** A policy that no program wrote. */
const handwritten = (
  namespace = 'default',
  { annotations = '{}', podSelector = '{ matchLabels: { app: gone } }' } = {},
) =>
  `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: hand, namespace: ${namespace}, annotations: ${annotations} }
spec: { podSelector: ${podSelector}, policyTypes: [Ingress] }
`;

/** A program writes a chart `shop` with a policy `shop/own` that selects nobody, into a folder of its own. */
function synthesize(into: string, say: (app: App, policy: AksNetworkPolicy) => void = () => {}): string {
  const outdir = join(folder, into);
  mkdirSync(outdir, { recursive: true });
  const app = new App({ outdir });
  const chart = new Chart(app, 'shop', { namespace: into });
  const policy = new AksNetworkPolicy(chart, 'own', {
    name: 'own',
    podSelector: PodSelector.labels({ app: 'gone' }),
  });
  say(app, policy);
  app.synth();
  return outdir;
}

const everything = (app: App) => Findings.of(app).acknowledge(RULE, { reason: 'planned' });
const sideFile = (outdir: string) => join(outdir, 'network-policies.netpol-meta');
const write = (path: string, text: string) => writeFileSync(join(folder, path), text);

/** Which findings of a rule are open, and which accepted, by their objects. */
function judged(
  sources: Parameters<typeof readManifests>[0],
  { rule = RULE, operator = {} }: { rule?: FindingCode; operator?: Partial<typeof NO_INTENT> } = {},
) {
  const { cluster, intent } = readManifests([...sources, PODS]);
  const report = lint(cluster, { intent: joinIntents(intent, { ...NO_INTENT, ...operator }) });
  const of = (list: typeof report.findings) =>
    list.filter((each) => each.rule === rule).map(({ object }) => `${object.namespace ?? ''}/${object.name}`);
  return { open: of(report.findings), accepted: of(report.acknowledged), report };
}

describe('a program accepts', () => {
  test('findings of what it wrote, from its folder and from memory, and is named', () => {
    let app: App | undefined;
    const outdir = synthesize('a', (each) => {
      app = each;
      everything(each);
    });
    for (const source of [outdir, app as App]) {
      const { open, accepted, report } = judged([source]);
      expect({ open, accepted }).toEqual({ open: [], accepted: ['a/own'] });
      expect(report.acknowledged[0]?.acceptedBy).toEqual({
        voice: 'program',
        program: report.acknowledged[0]?.source?.program,
      });
    }
  });

  test.each([
    {
      why: 'laid out otherwise',
      change: (text: string) => `# a comment\n${text.replace('metadata:\n', 'metadata:   \n')}`,
      isAccepted: true,
    },
    {
      why: 'as JSON, with its keys in another order',
      change: (text: string) => {
        const [policy] = readManifests([{ file: 'x', text }]).written;
        const entries = Object.entries(policy?.value as object).reverse();
        return JSON.stringify(Object.fromEntries(entries));
      },
      isAccepted: true,
    },
    {
      why: 'with another selector',
      change: (text: string) => text.replace('app: gone', 'app: lost'),
      isAccepted: false,
    },
    {
      why: 'with an annotation more',
      change: (text: string) => text.replace('metadata:\n', 'metadata:\n  annotations: { a: b }\n'),
      isAccepted: false,
    },
  ])('findings of an object $why: $isAccepted', ({ change, isAccepted }) => {
    const file = join(synthesize('a', everything), 'shop.k8s.yaml');
    const [before, after] = [readFileSync(file, 'utf8'), change(readFileSync(file, 'utf8'))];
    expect(after).not.toBe(before);
    writeFileSync(file, after);
    const { open, accepted } = judged([file]);
    expect({ open, accepted }).toEqual(
      isAccepted ? { open: [], accepted: ['a/own'] } : { open: ['a/own'], accepted: [] },
    );
  });

  test('what an acknowledgement no longer reaches is told at its line', () => {
    const file = join(synthesize('a', everything), 'shop.k8s.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('app: gone', 'app: lost'));
    const { report } = judged([file]);
    expect(report.findings.find(({ rule }) => rule === 'acknowledgement-unused')).toMatchObject({
      message:
        'no finding selects-no-workload about an object that is as its program wrote it is left for it to accept',
      source: { code: { file: 'test/lint/voices.test.ts' } },
    });
  });

  test('nothing for handwritten neighbours, in its folder or beside its app', () => {
    const outdir = synthesize('a', everything);
    write('a/hand.yaml', handwritten('a'));
    expect(judged([outdir])).toMatchObject({ open: ['a/hand'], accepted: ['a/own'] });
    const app = new App();
    new AksNetworkPolicy(new Chart(app, 'c'), 'p');
    everything(app);
    expect(judged([app, { file: 'hand.yaml', text: handwritten() }])).toMatchObject({
      open: ['default/hand'],
      accepted: [],
    });
  });

  test('nothing for another program with a chart of the same name', () => {
    const [a, b] = [synthesize('a', everything), synthesize('b')];
    expect(judged([a, b])).toMatchObject({ open: ['b/own'], accepted: ['a/own'] });
    const apps = ['one', 'two'].map((namespace) => {
      const app = new App();
      new AksNetworkPolicy(new Chart(app, 'shop', { namespace }), 'own', {
        name: 'own',
        podSelector: PodSelector.labels({ app: 'gone' }),
      });
      return app;
    }) as [App, App];
    everything(apps[0]);
    expect(judged(apps)).toMatchObject({ open: ['two/own'], accepted: ['one/own'] });
  });

  test('nothing for the cluster as a whole', () => {
    const outdir = synthesize('a', (app) => Findings.of(app).acknowledge('no-default-deny', { reason: 'x' }));
    const { open, accepted } = judged([outdir], { rule: 'no-default-deny' });
    expect({ open: open.includes('/a'), accepted }).toEqual({ open: true, accepted: [] });
  });
});

describe('expectations', () => {
  const expected: Expectation = { kind: 'must-not-reach', from: 'internet', to: 'a/web' };
  const accept = (app: App) => Findings.of(app).acknowledge('must-not-reach', { reason: 'x' });

  test.each([
    {
      why: 'a program’s own may be accepted by it',
      say: (app: App) => {
        accept(app);
        Expectations.of(app).mustNotReach({ from: 'internet', to: 'a/web' });
      },
      operator: {},
      open: 0,
    },
    {
      why: 'another program’s may not',
      say: accept,
      other: (app: App) => Expectations.of(app).mustNotReach({ from: 'internet', to: 'a/web' }),
      operator: {},
      open: 1,
    },
    { why: 'the operator’s may not', say: accept, operator: { expectations: [expected] }, open: 1 },
    {
      why: 'the operator’s may be accepted by the operator',
      say: accept,
      operator: {
        expectations: [expected],
        acknowledgements: [{ rule: 'must-not-reach', reason: 'x' } as Acknowledgement],
      },
      open: 0,
    },
  ])('$why', ({ say, other = () => {}, operator, open }) => {
    const outdir = synthesize('a', say);
    const found = judged([outdir, synthesize('b', other)], { rule: 'must-not-reach', operator });
    expect([found.open.length, found.accepted.length]).toEqual([open, 1 - open]);
  });
});

test('a program does not accept what is found about acknowledgements; the operator may', () => {
  const outdir = synthesize('a', (app) => {
    for (const rule of ['duplicate-name', 'acknowledgement-unused'] as const) {
      Findings.of(app).acknowledge(rule, { reason: 'x' });
    }
  });
  const rule = 'acknowledgement-unused';
  expect(judged([outdir], { rule })).toMatchObject({ open: [expect.anything(), expect.anything()] });
  const operator = { acknowledgements: [{ rule, reason: 'x' } as const] };
  expect(judged([outdir], { rule, operator })).toMatchObject({ open: [] });
});

describe('an object that claims a construct', () => {
  const claim = (construct: string, more: { podSelector?: string } = {}) =>
    handwritten('a', { annotations: `{ cdk8s-aks-network-policy/construct: ${construct} }`, ...more });

  test.each([
    { why: 'is told by it', construct: 'shop/own' },
    { why: 'is told by it, and by the whole program', construct: 'shop' },
  ])('$why, and accepted by nobody', ({ construct }) => {
    const outdir = synthesize('a', everything);
    write('a/hand.yaml', claim(construct));
    const operator = { acknowledgements: [{ rule: RULE, reason: 'x', construct } as const] };
    const { open, accepted, report } = judged([outdir], { operator });
    expect({ open, accepted }).toEqual({ open: ['a/hand'], accepted: ['a/own'] });
    expect(report.findings.find(({ rule }) => rule === RULE)?.source).toMatchObject({ construct });
    expect(report.findings.find(({ rule }) => rule === RULE)?.source).not.toHaveProperty('program');
  });

  test('is judged by its manifest, whatever the construct says of itself', () => {
    jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const app = new App({ outdir: join(folder, 'a') });
    new AksNetworkPolicy(new Chart(app, 'shop', { namespace: 'a' }), 'own', { podSelector: {}, name: 'own' });
    app.synth();
    write('a/hand.yaml', claim('shop/own', { podSelector: '{ matchLabels: {} }' }));
    expect(judged([join(folder, 'a')], { rule: 'blank-selector' }).open).toEqual(['a/hand', 'a/own']);
  });
});

describe('the operator', () => {
  const operator = { acknowledgements: [{ rule: RULE, reason: 'x', construct: 'shop' } as const] };

  test('accepts findings of a construct where its program tells of the object', () => {
    expect(judged([synthesize('a')], { operator })).toMatchObject({ accepted: ['a/own'] });
  });

  test('and not where the object has changed since', () => {
    const file = join(synthesize('a'), 'shop.k8s.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('app: gone', 'app: lost'));
    expect(judged([file], { operator })).toMatchObject({ open: ['a/own'], accepted: [] });
  });

  test('can leave out what programs say', () => {
    const outdir = synthesize('a', (app) => {
      everything(app);
      Expectations.of(app).mustReach({ from: 'a/x', to: 'a/y' });
    });
    const { cluster, intent } = readManifests([outdir], { sideFiles: false });
    expect(intent).toEqual(NO_INTENT);
    expect(cluster.policies[0]?.source).toEqual({ file: join(outdir, 'shop.k8s.yaml'), line: 1 });
  });
});

describe('a side file without digests', () => {
  const strip = (outdir: string, change: (program: SideFile['programs'][number]) => object) => {
    const { programs, ...rest } = JSON.parse(readFileSync(sideFile(outdir), 'utf8')) as SideFile;
    writeFileSync(sideFile(outdir), JSON.stringify({ ...rest, programs: programs.map(change) }));
  };
  const early = (program: SideFile['programs'][number]) => ({
    ...program,
    objects: program.objects.map(({ digest: _, ...object }) => object),
  });

  test('accepts nothing, says so once, and still tells constructs, lines and expectations', () => {
    const outdir = synthesize('a', (app, policy) => {
      everything(app);
      Findings.of(policy).acknowledge('blank-selector', { reason: 'x' });
      Expectations.of(app).mustReach({ from: 'a/x', to: 'a/y' });
    });
    strip(outdir, early);
    const { cluster, problems, remarks, intent } = readManifests([outdir]);
    expect(problems).toEqual([]);
    expect(remarks).toMatchObject([
      { code: 'side-file-without-digests', source: { file: sideFile(outdir) } },
    ]);
    expect(cluster.policies[0]?.source).toMatchObject({ construct: 'shop/own' });
    expect(intent.programs).toMatchObject([
      { findings: [], acknowledgements: [], expectations: [{ to: 'a/y' }] },
    ]);
    expect(judged([outdir]).report.findings.map(({ rule }) => rule)).not.toContain('acknowledgement-unused');
    expect(judged([outdir]).open).toEqual(['a/own']);
  });

  test('says nothing of it where it accepts nothing', () => {
    const outdir = synthesize('a');
    strip(outdir, early);
    expect(readManifests([outdir]).remarks).toEqual([]);
  });
});
