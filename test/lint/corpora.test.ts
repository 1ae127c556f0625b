import { lint } from '../../lib/lint/lint-cluster';
import { qualifiedName } from '../../lib/model/cluster';
import { describeObject, type LintFinding } from '../../lib/model/finding';
import { Reachability } from '../../lib/reachability/reachability';
import answers from '../corpus/api-server-answers.json';
import azure from '../corpus/engine-azure-observed.json';
import calico from '../corpus/engine-calico-observed.json';
import cilium from '../corpus/engine-cilium-recorded.json';
import enforced from '../corpus/engine-enforced.json';
import { type Case, clusterOf, inBed, SHARED, sharedCases } from '../reachability/cases';
import { ENGINES, ERRORS, type On, SHARED_WARNINGS, TWO_SLIPS } from './corpora-findings';

/** What an API server took, each policy in a namespace without pods. */
const taken = answers.cases
  .filter(({ status }) => status < 300)
  .map(({ name, policy }) => ({
    name: `api ${name}`,
    namespaces: [{ name: policy.metadata.namespace, labels: {} }],
    pods: [],
    policies: [policy],
    expected: [],
  }));

const OWN = {
  'engine-azure-observed.json': inBed(azure),
  'engine-calico-observed.json': inBed(calico),
  'engine-cilium-recorded.json': cilium as unknown as Case[],
  'engine-enforced.json': enforced as unknown as Case[],
  'api-server-answers.json': taken as unknown as Case[],
};

function findingsOf(each: Case, on: On): readonly LintFinding[] {
  return lint(clusterOf(each), { profile: on === 'none' ? {} : { engine: on }, today: '2026-11-22' })
    .findings;
}

/** `cilium: rules-of-unlisted-type`, sorted. */
function errorsOf(each: Case): string[] {
  const found = ENGINES.flatMap((on) =>
    findingsOf(each, on)
      .filter(({ severity }) => severity === 'error')
      .map(({ rule }) => `${on}: ${rule}`),
  );
  return [...new Set(found)].sort();
}

function expectedOf({ name }: Case): string[] {
  return ERRORS.filter(({ cases }) => cases.includes(name))
    .flatMap(({ rule, on }) => on.map((each) => `${each}: ${rule}`))
    .sort();
}

/** The pairs of rules that speak of one entry of a policy, beyond those that tell two slips. */
function doublesOf(each: Case): string[] {
  const doubles = new Set<string>();
  for (const on of ENGINES) {
    const rules = new Map<string, Set<string>>();
    for (const { rule, object, field } of findingsOf(each, on)) {
      const entry = `${describeObject(object)} ${field?.replace(/\.(ipBlock|podSelector|namespaceSelector).*$/, '')}`;
      rules.set(entry, (rules.get(entry) ?? new Set()).add(rule));
    }
    for (const [entry, names] of field(rules)) {
      const pair = [...names].sort();
      if (pair.length > 1 && !TWO_SLIPS.some((known) => pair.join() === known.rules.join())) {
        doubles.add(`${on}: ${entry}: ${pair.join(' and ')}`);
      }
    }
  }
  return [...doubles];
}

/** Entries of findings that name a field; those about a whole policy speak of many things. */
function field(rules: ReadonlyMap<string, ReadonlySet<string>>) {
  return [...rules].filter(([entry]) => !entry.endsWith(' undefined'));
}

function testCases(cases: readonly Case[]): void {
  test.each(cases)('$name: the errors are those that are listed', (each) => {
    expect(errorsOf(each)).toEqual(expectedOf(each));
  });

  test.each(cases)('$name: no slip is told twice', (each) => {
    expect(doublesOf(each)).toEqual([]);
  });
}

describe.each(Object.entries(OWN))('%s', (_, cases) => testCases(cases));

/** The witnesses of a case that are not so; those whose ends are none of the case's are left out. */
function falseWitnessesOf(each: Case, on: On): string[] {
  const cluster = clusterOf(each);
  const judged = Reachability.of(cluster, { profile: on === 'none' ? {} : { engine: on } });
  const ends = new Set(['internet', ...cluster.workloads.map(qualifiedName)]);
  return findingsOf(each, on).flatMap(({ rule, witness = '' }) => {
    const said = /^(\S+) → (\S+?)(?: (?:on )?(\S.*?))? is (allowed|denied)/.exec(witness);
    const [, from = '', to = '', ports = 'every port', verdict] = said ?? [];
    if (!ends.has(from) || !ends.has(to)) {
      return [];
    }
    const port = ports === 'every port' ? {} : { port: ports.split(', ')[0] as string };
    const outcome = judged.outcome({ from, to, ...port });
    return outcome === verdict ? [] : [`${rule}: ${witness}, and it is ${outcome}`];
  });
}

test.each(ENGINES)('on %s, the connections that findings name are as they say', (on) => {
  expect(Object.values(OWN).flatMap((cases) => cases.flatMap((each) => falseWitnessesOf(each, on)))).toEqual(
    [],
  );
});

describe.each(SHARED)('%s', (file) => {
  const cases = sharedCases(file);
  if (cases === undefined) {
    test.skip(`${file} is not beside this checkout`, () => {});
    return;
  }
  testCases(cases);

  if (file !== 'k8s-e2e-netpol.json') {
    test.each(cases)('$name: what is told beyond the missing default deny', (each) => {
      const rules = findingsOf(each, 'none').map(({ rule }) => rule);
      const told = [...new Set(rules)].filter((rule) => rule !== 'no-default-deny').sort();
      expect(told).toEqual(SHARED_WARNINGS[each.name] ?? []);
    });
  }
});

test('every case that is listed exists', () => {
  const files = SHARED.map(sharedCases);
  const cases = [...Object.values(OWN), ...files.map((each) => each ?? [])].flat();
  const names = new Set(cases.map(({ name }) => name));
  const listed = ERRORS.flatMap((each) => each.cases);
  const isHere = (name: string) => files.every((each) => each !== undefined) || !name.startsWith('Netpol');
  expect(listed.filter((name) => isHere(name) && !names.has(name))).toEqual([]);
});
