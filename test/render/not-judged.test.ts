import { diffConnections } from '../../lib/diff/diff-connections';
import { summarizeChanges } from '../../lib/diff/summary';
import { lint } from '../../lib/lint/lint-cluster';
import { readManifests } from '../../lib/manifests/read-manifests';
import type { EngineName } from '../../lib/model/engine-profile';
import { Reachability } from '../../lib/reachability/reachability';
import { changeListing } from '../../lib/render/change-listing';
import { connectionListing } from '../../lib/render/connection-listing';
import { connectionTable } from '../../lib/render/connection-table';
import { exposureListing } from '../../lib/render/exposure-listing';
import { exposureTable } from '../../lib/render/exposure-table';
import type { LintAnswer } from '../../lib/render/lint-answer';
import type { Listing, Tabular } from '../../lib/render/listing';
import { FOR_PERSONS, LINT_RENDERERS, RENDERERS } from '../../lib/render/outputs';
import { verdictListing } from '../../lib/render/verdict-listing';
import { prometheus } from '../support/makers';
import { cilium } from '../support/other-policies';
import { SHOP } from '../support/shop';
import { SILENT } from './lint-answer';

const source = { file: 'policies/db.yaml', line: 4 };
const { cluster } = readManifests([
  ...SHOP,
  { file: source.file, text: `\n\n\n${JSON.stringify(cilium('db'))}` },
]);
const judged = (engine: EngineName) => Reachability.of(cluster, { profile: { engine } });
const question = { from: 'shop/web', to: 'shop/db', port: 5432 };

type Format = 'json' | 'markdown' | 'table';
const print = <Row>(format: Format, listing: Listing<Row>) => [...RENDERERS[format](listing)].join('');

const told = <Row>(format: 'markdown' | 'table', table: Tabular<Row>) =>
  [...FOR_PERSONS[format](table)].join('');

const LISTINGS: readonly {
  readonly of: string;
  readonly text: (format: Format, engine: EngineName) => string;
}[] = [
  {
    of: 'connections',
    text: (format, engine) => print(format, connectionListing(judged(engine).connections(), judged(engine))),
  },
  {
    of: 'exposures',
    text: (format, engine) => {
      const reachability = judged(engine);
      const exposures = reachability.exposure();
      return format === 'json'
        ? print(format, exposureListing(exposures, reachability))
        : told(format, exposureTable(exposures, reachability));
    },
  },
  {
    of: 'connections for a person',
    text: (format, engine) => {
      const [reachability, rows] = [judged(engine), judged(engine).connections()];
      return format === 'json'
        ? print(format, connectionListing(rows, reachability))
        : told(format, connectionTable(rows, reachability));
    },
  },
  {
    of: 'verdicts',
    text: (format, engine) =>
      print(format, verdictListing([judged(engine).verdict(question)], judged(engine))),
  },
  {
    of: 'changes',
    text: (format, engine) => {
      const [before, after] = [judged(engine), judged(engine)];
      const changes = diffConnections(before, after);
      return print(format, changeListing(changes, summarizeChanges(changes, before, after, {}), before));
    },
  },
];

const KNOWN = {
  kind: 'CiliumNetworkPolicy',
  group: 'cilium.io',
  namespace: 'shop',
  name: 'db-cilium',
  source,
};

describe.each(LISTINGS)('a listing of $of', ({ text }) => {
  test.each([
    { engine: 'cilium', effect: 'unknown', says: 'what they could change is unknown' },
    { engine: 'azure', effect: 'none', says: 'the engine does not enforce them' },
  ] as const)('tells what is not judged on $engine', ({ engine, effect, says }) => {
    const sentence = `Not judged: CiliumNetworkPolicy shop/db-cilium; ${says}.`;
    expect(JSON.parse(text('json', engine)).notJudged).toEqual([{ ...KNOWN, effect }]);
    expect(text('markdown', engine).split('\n')[0]).toBe(sentence);
    // A terminal has it on standard error.
    expect(text('table', engine)).not.toContain('Not judged');
  });
});

test('where everything is judged nothing is said', () => {
  const reachability = Reachability.of(readManifests(SHOP).cluster);
  const document = print('json', connectionListing([], reachability));
  expect(JSON.parse(document)).toEqual({ schemaVersion: 1, connections: [] });
});

describe('findings', () => {
  const { notJudged } = lint(cluster, { profile: { engine: 'cilium' } });
  const answer: LintAnswer = { ...SILENT, notJudged };
  const text = (format: keyof typeof LINT_RENDERERS, of = answer) => [...LINT_RENDERERS[format](of)].join('');
  const SENTENCE = 'Not judged: CiliumNetworkPolicy shop/db-cilium; what they could change is unknown.';

  test('as JSON', () => {
    expect(JSON.parse(text('json')).notJudged).toEqual([{ ...KNOWN, effect: 'unknown' }]);
    expect(JSON.parse(text('json', SILENT)).notJudged).toEqual([]);
  });

  test('as SARIF: a notification with its place', () => {
    const { toolConfigurationNotifications } = JSON.parse(text('sarif')).runs[0].invocations[0];
    expect(toolConfigurationNotifications).toEqual([
      {
        level: 'note',
        message: { text: SENTENCE },
        descriptor: { id: 'policy-not-judged' },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'policies/db.yaml', uriBaseId: '%SRCROOT%' },
              region: { startLine: 4 },
            },
          },
        ],
      },
    ]);
  });

  test('as JUnit: beside the case of the input', () => {
    expect(text('junit')).toContain(`<system-out>${SENTENCE}</system-out>`);
    expect(text('junit', SILENT)).not.toContain('system-out');
  });

  test('as commands of a GitHub workflow: a notice at its line', () => {
    expect(text('github').split('\n')[0]).toBe(
      `::notice file=policies/db.yaml,line=4,title=policy-not-judged::${SENTENCE}`,
    );
  });

  test('as Markdown', () => {
    expect(text('markdown')).toContain(`\n${SENTENCE}\n`);
    expect(text('markdown', SILENT)).not.toContain('Not judged');
  });
});

describe('findings of manifests whose pods somebody else makes', () => {
  const { makers } = lint(readManifests([...SHOP, prometheus()]).cluster, {});
  const text = (format: keyof typeof LINT_RENDERERS) =>
    [...LINT_RENDERERS[format]({ ...SILENT, makers })].join('');
  const SENTENCE = 'Not judged exactly: the pods of Prometheus shop/main; no manifest declares them.';

  test('as JSON', () => {
    expect(JSON.parse(text('json')).makers).toEqual([
      { kind: 'Prometheus', namespace: 'shop', name: 'main' },
    ]);
  });

  test('as SARIF: a notification', () => {
    const { toolConfigurationNotifications } = JSON.parse(text('sarif')).runs[0].invocations[0];
    expect(toolConfigurationNotifications).toEqual([
      { level: 'note', message: { text: SENTENCE }, descriptor: { id: 'pods-made-elsewhere' } },
    ]);
  });

  test('as JUnit: beside the case of the input', () => {
    expect(text('junit')).toContain(`<system-out>${SENTENCE}</system-out>`);
  });

  test('as commands of a GitHub workflow: a notice', () => {
    expect(text('github').split('\n')[0]).toBe(`::notice title=pods-made-elsewhere::${SENTENCE}`);
  });

  test('as Markdown', () => {
    expect(text('markdown')).toContain(`\n${SENTENCE}\n`);
  });
});

test('many are named up to five, and the others counted', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const many = readManifests(names.map((name) => cilium(name))).cluster;
  const [line] = [...RENDERERS.markdown(connectionListing([], Reachability.of(many)))];
  expect(line).toContain('CiliumNetworkPolicy shop/e-cilium and 2 more;');
});
