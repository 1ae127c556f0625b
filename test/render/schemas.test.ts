import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { diagnose } from '../../lib/aks/diagnosis';
import { ENGINE_AGENTS } from '../../lib/aks/engine-agents';
import { ENGINE_NAMES } from '../../lib/aks/engines';
import { diffConnections } from '../../lib/diff/diff-connections';
import { summarizeChanges } from '../../lib/diff/summary';
import type { Cluster } from '../../lib/model/cluster';
import { NetworkPolicyError } from '../../lib/model/problem';
import { Reachability } from '../../lib/reachability/reachability';
import { changeListing } from '../../lib/render/change-listing';
import { connectionListing } from '../../lib/render/connection-listing';
import { diagnosisListing } from '../../lib/render/diagnosis-listing';
import { exposureListing } from '../../lib/render/exposure-listing';
import { renderJson, SCHEMA_VERSION } from '../../lib/render/json-output';
import { renderTable } from '../../lib/render/table';
import { verdictListing } from '../../lib/render/verdict-listing';
import { profiles } from '../aks/profiles';
import { cluster, DUAL_STACK, OUTSIDE, partlyKnown } from '../reachability/arbitrary';
import { podsOf } from '../reachability/reference';
import { cli } from '../support/run-cli';
import { synthesizeApp } from '../support/synth-app';
import { expectValid, NAMES, type Schema, schemaOf, validatorOf } from './schemas';

const isChanges = validatorOf('changes');
const isConnections = validatorOf('connections');
const isExposures = validatorOf('exposures');
const isVerdicts = validatorOf('verdicts');
const isLint = validatorOf('lint');
const isPolicies = validatorOf('policies');
const isPolicy = validatorOf('policy');
const isDiagnosis = validatorOf('diagnosis');

const folder = mkdtempSync(join(tmpdir(), 'schemas-'));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (name: string, items: readonly object[]) => {
  writeFileSync(join(folder, name), JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  return join(folder, name);
};

/** What a verb answers in JSON. */
async function json(...words: string[]): Promise<string> {
  return (await cli(...words, '--format', 'json')).out;
}

test.each(NAMES)('the schema of %s is exact: no object in it has room for an unknown field', (name) => {
  const open = (schema: Schema): Schema[] => [
    ...(schema.type === 'object' && schema.additionalProperties !== false ? [schema] : []),
    ...Object.values({ ...schema.properties, ...schema.definitions }).flatMap(open),
    ...[...(schema.anyOf ?? []), ...(schema.items === undefined ? [] : [schema.items])].flatMap(open),
  ];
  // What stands in a manifest is Kubernetes' to say.
  const manifest = schemaOf(name).definitions?.PolicyPortrait?.properties?.manifest;
  const twin = schemaOf(name).definitions?.ConvertedPolicyJson?.properties?.twins?.items;
  // The names of labels are the user's.
  const labels = schemaOf(name).definitions?.SelectorJson?.properties?.matchLabels;
  expect(open(schemaOf(name))).toEqual([labels, manifest, twin].filter((each) => each !== undefined));
  expect(schemaOf(name).properties?.schemaVersion?.const).toBe(SCHEMA_VERSION);
});

test('pods of AKS’s own that a policy selects and means fit the schemas', async () => {
  const file = write('system.json', [
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'names', namespace: 'kube-system' },
      spec: {
        podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
        ingress: [{ from: [{ namespaceSelector: {} }] }],
      },
    },
  ]);
  expectValid(isPolicies, await json('list', file));
  expectValid(isPolicy, await json('show', 'kube-system/names', file));
});

describe.each(['aks-store', 'online-boutique', 'portal-form'])('what is said of %s', (app) => {
  const { objects } = synthesizeApp(app);
  const file = write(`${app}.json`, objects);
  const ends = ['internet', '10.0.0.0/8', '2001:db8::1'];

  test.each(['behaviour', 'workload'])('as connections by %s fits the schema', async (groupBy) => {
    for (const engine of ENGINE_NAMES) {
      expectValid(isConnections, await json('connections', '--group-by', groupBy, '--engine', engine, file));
    }
  });

  test('as exposures fits the schema', async () => {
    for (const engine of ENGINE_NAMES) {
      expectValid(isExposures, await json('exposure', '--engine', engine, file));
    }
    expectValid(isExposures, await json('exposure', '--from', 'internet', file));
  });

  test('of known pods alone fits the schemas', async () => {
    expectValid(isConnections, await json('connections', '--known-only', file));
    expectValid(isExposures, await json('exposure', '--known-only', file));
    expectValid(isChanges, await json('diff', '--known-only', file, write('nothing.json', [])));
    expectValid(isVerdicts, await json('reach', 'internet', '10.0.0.1', '--known-only', file));
  });

  test('as findings fits the schema', async () => {
    for (const engine of ENGINE_NAMES) {
      expectValid(isLint, await json('lint', '--engine', engine, file));
    }
  });

  test('as policies and as one policy fits the schemas', async () => {
    const listed = await json('list', file);
    expectValid(isPolicies, listed);
    const { policies } = JSON.parse(listed) as { policies: { namespace: string; name: string }[] };
    expect(policies).not.toEqual([]);
    for (const { namespace, name } of policies.slice(0, 3)) {
      expectValid(isPolicy, await json('show', name, '-n', namespace, '--engine', 'azure', file));
    }
  });

  test('as verdicts fits the schema', async () => {
    const { connections } = JSON.parse(await json('connections', '--group-by', 'workload', file));
    const workloads: { namespace: string; name: string }[] = connections.flatMap(
      ({ from, to }: Record<string, { workloads?: [] }>) => [
        ...(from?.workloads ?? []),
        ...(to?.workloads ?? []),
      ],
    );
    const pods = [...new Set(workloads.map(({ namespace, name }) => `${namespace}/${name}`))].slice(0, 4);
    for (const from of [...pods, ...ends]) {
      for (const to of [...pods, ...ends]) {
        expectValid(isVerdicts, await json('reach', from, to, file));
        expectValid(isVerdicts, await json('explain', from, to, '443', '--engine', 'azure', file));
      }
    }
  });
});

/** Verdicts between all ends of a cluster, as JSON. */
const verdicts = (reachability: Reachability, of: Cluster) => {
  const ends = [...podsOf(of), ...OUTSIDE].map(({ name }) => name);
  const questions = ends.flatMap((from) =>
    ends.flatMap((to) => [
      { from, to },
      { from, to, port: 80, protocol: 'UDP' as const },
      { from, to, port: 'http' },
    ]),
  );
  return [...renderJson(verdictListing(questions.map((each) => reachability.verdict(each))))].join('');
};

test.each([
  { known: 'wholly', of: (each: Cluster) => each },
  { known: 'partly', of: partlyKnown },
])('what is said of random clusters that are $known known fits the schemas', ({ of }) => {
  fc.assert(
    fc.property(
      cluster,
      fc.constantFrom(undefined, ...ENGINE_NAMES),
      fc.constantFrom('behaviour' as const, 'workload' as const),
      (each, engine, groupBy) => {
        const profile = { ...DUAL_STACK.profile, ...(engine === undefined ? {} : { engine }) };
        const reachability = Reachability.of(of(each), { profile });
        const rows = connectionListing(reachability.connections({ groupBy }));
        expectValid(isConnections, [...renderJson(rows)].join(''));
        expectValid(isExposures, [...renderJson(exposureListing(reachability.exposure()))].join(''));
        expectValid(isVerdicts, verdicts(reachability, of(each)));
        const open = Reachability.of({ ...each, policies: [] });
        const changes = diffConnections(open, reachability);
        const summary = summarizeChanges(changes, open, reachability);
        expectValid(isChanges, [...renderJson(changeListing(changes, summary))].join(''));
      },
    ),
    { numRuns: 30 },
  );
});

/** Leaves out what the service refuses: no cluster is like that. */
function ifPossible<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    fc.pre(!(error instanceof NetworkPolicyError));
    throw error;
  }
}

test('what doctor says of a cluster, whatever an account may see of it, fits the schema', () => {
  const seen = fc.record(
    {
      daemonSets: fc.subarray(ENGINE_AGENTS.map((agent) => ({ ...agent, images: ['agent:v1'] }))),
      nodes: fc.subarray([
        { name: 'a', os: 'linux', pool: 'system', podCidrs: ['10.244.0.0/24'] },
        { name: 'b', os: 'windows', podCidrs: [] },
        { name: 'c', os: 'unknown', podCidrs: [] },
      ]),
      version: fc.constant('v1.33.2'),
      policies: fc.nat({ max: 2 }),
    },
    { requiredKeys: [] },
  );
  const said = fc.property(seen, fc.option(profiles, { nil: undefined }), (inside, outside) => {
    const diagnosis = ifPossible(() => diagnose(inside, outside));
    const text = [...renderJson(diagnosisListing(diagnosis))].join('');
    expectValid(isDiagnosis, text);
    // What the table says cannot be told is missing, and nothing else is.
    const { head: _, ...table } = diagnosisListing(diagnosis);
    const [, ...lines] = [...renderTable(table)];
    const rows = JSON.parse(text).diagnosis as { readonly is?: string }[];
    expect(rows.map(({ is }) => is === undefined)).toEqual(
      lines.map((line) => line.includes('  cannot tell  ')),
    );
  });
  fc.assert(said, { numRuns: 500 });
});
