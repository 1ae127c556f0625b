import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { ENGINE_NAMES } from '../../lib/aks/engines';
import { diffConnections } from '../../lib/diff/diff-connections';
import { summarizeChanges } from '../../lib/diff/summary';
import type { Cluster } from '../../lib/model/cluster';
import { Reachability } from '../../lib/reachability/reachability';
import { changeListing } from '../../lib/render/change-listing';
import { connectionListing } from '../../lib/render/connection-listing';
import { renderJson, SCHEMA_VERSION } from '../../lib/render/json';
import { verdictListing } from '../../lib/render/verdict-listing';
import { cluster, DUAL_STACK, OUTSIDE, partlyKnown } from '../reachability/arbitrary';
import { podsOf } from '../reachability/reference';
import { cli } from '../support/run-cli';
import { synthesizeApp } from '../support/synth-app';
import { expectValid, NAMES, type Schema, schemaOf, validatorOf } from './schemas';

const isChanges = validatorOf('changes');
const isConnections = validatorOf('connections');
const isVerdicts = validatorOf('verdicts');
const isLint = validatorOf('lint');

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
  expect(open(schemaOf(name))).toEqual([]);
  expect(schemaOf(name).properties?.schemaVersion?.const).toBe(SCHEMA_VERSION);
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

  test('as findings fits the schema', async () => {
    for (const engine of ENGINE_NAMES) {
      expectValid(isLint, await json('lint', '--engine', engine, file));
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
        expectValid(isVerdicts, verdicts(reachability, of(each)));
        const open = Reachability.of({ ...each, policies: [] });
        const changes = diffConnections(open, reachability);
        const summary = summarizeChanges(changes, open, reachability);
        expectValid(isChanges, [...renderJson(changeListing(changes, summary))].join(''));
      },
    ),
    { numRuns: 60 },
  );
});
