import { readManifests } from '../../lib/analysis';
import { childSeconds } from './against';
import { PARTS, readCommandLine, splitCommand, UsageError, withFolder } from './command-line';
import { generateCluster } from './generator';
import { DIMENSIONS, type Dimension } from './growing';
import { manifestsOf, yamlFiles } from './manifests';
import { median, ratios } from './measure';
import { SIZE_NAMES, SIZES } from './sizes';

describe('the command line', () => {
  test.each([
    { why: 'nothing: every part', words: [], read: { parts: PARTS } },
    {
      why: 'parts in the order given',
      words: ['reading', 'loading'],
      read: { parts: ['reading', 'loading'] },
    },
    {
      why: 'sizes from small to large, whatever their order',
      words: ['reading', '--size', '1000x1000,100x100'],
      read: { parts: ['reading'], sizes: ['100x100', '1000x1000'] },
    },
    {
      why: 'another program: every size of manifests, two minutes for a run',
      words: ['--against', 'tool {}'],
      read: { against: ['tool', '{}'], limit: 120, sizes: SIZE_NAMES.slice(0, -1) },
    },
    {
      why: 'its limit and sizes, before or after it',
      words: ['--limit', '0.5', '--against', 'tool', '--size', '100x100'],
      read: { against: ['tool'], limit: 0.5, sizes: ['100x100'] },
    },
    { why: 'help', words: ['reading', '--help'], read: 'help' },
  ])('$why', ({ words, read }) => {
    expect(readCommandLine(words)).toEqual(read);
  });

  test.each([
    {
      words: ['speed'],
      says: 'there is no part "speed": write one of synthesis, loading, start, reading, evaluation, cilium, lint, difference, growth',
    },
    { words: ['--quick'], says: 'there is no part "--quick": write one of' },
    { words: ['--size', '5x5'], says: 'there is no size "5x5": write one of 100x100, 300x300' },
    { words: ['--size'], says: 'there is no size "": write one of' },
    {
      words: ['--against'],
      says: "--against needs a command: write npm run bench -- --against 'program --dir {}'",
    },
    { words: ['--against', ' '], says: '--against needs a command' },
    { words: ['--against', '"tool'], says: 'a quote is not closed in "tool' },
    {
      words: ['--against', 'tool', 'list'],
      says: '"list" stands after the command: put all of it in quotes',
    },
    { words: ['reading', '--against', 'tool'], says: '--against runs alone: leave out "reading"' },
    { words: ['--limit', '60'], says: '--limit goes with --against, as in' },
    {
      words: ['--against', 'tool', '--limit', '0'],
      says: 'needs a number of seconds, not "0": write --limit 60',
    },
    { words: ['--against', 'tool', '--limit', '9999999'], says: 'needs a number of seconds, not "9999999"' },
    { words: ['--against', 'tool', '--limit', 'a'], says: 'needs a number of seconds, not "a"' },
    { words: ['--against', 'tool', '--limit'], says: 'needs a number of seconds, not ""' },
  ])('refused: $words', ({ words, says }) => {
    expect(() => readCommandLine(words)).toThrow(UsageError);
    expect(() => readCommandLine(words)).toThrow(says);
  });
});

describe('the command of another program', () => {
  test.each([
    { command: '  tool  list ', words: ['tool', 'list'] },
    { command: `"/my tools/a" --dir='{} x'`, words: ['/my tools/a', '--dir={} x'] },
    { command: `sh -c 'tool "$0" | wc'`, words: ['sh', '-c', 'tool "$0" | wc'] },
    { command: `tool '' "it's"`, words: ['tool', '', "it's"] },
    { command: 'C:\\tool.exe', words: ['C:\\tool.exe'] },
  ])('words of $command', ({ command, words }) => {
    expect(splitCommand(command)).toEqual(words);
  });

  test.each([
    { why: 'at the end when nothing asks for it', words: ['tool', 'list'], run: ['tool', 'list', '/a $& b'] },
    {
      why: 'in the place of each {}',
      words: ['tool', '-d={}', '{}'],
      run: ['tool', '-d=/a $& b', '/a $& b'],
    },
  ])('the folder $why', ({ words, run }) => {
    expect(withFolder(words, '/a $& b')).toEqual(run);
  });

  test.each([
    { shell: 'dash', times: '0m0.50s 0m0.10s\n1m2.25s 0m0.50s\n', seconds: 62.75 },
    { shell: 'bash with a decimal comma', times: '0m0,001s 0m0,002s\n0m1,250s 0m0,250s\n', seconds: 1.5 },
  ])('CPU time as $shell tells it', ({ times, seconds }) => {
    expect(childSeconds(times)).toBeCloseTo(seconds);
  });

  test('CPU time that is not told is an error, not a zero', () => {
    expect(() => childSeconds('')).toThrow('cannot be read');
  });
});

describe('figures', () => {
  test.each([
    { values: [3], middle: 3 },
    { values: [10, 9, 1], middle: 9 },
    { values: [4, 1, 3, 2], middle: 3 },
  ])('the median of $values', ({ values, middle }) => {
    expect(median(values)).toBe(middle);
  });

  test('each ratio is to the first contestant of its own round, and the first round does not count', () => {
    const [base, other] = [
      [100, 1, 2, 4],
      [1, 3, 4, 12],
    ];
    const found = ratios({ base: () => base.shift() ?? 0, other: () => other.shift() ?? 0 }, 3);
    expect(found).toEqual({ other: 3 });
  });
});

describe('the clusters', () => {
  const cluster = generateCluster(SIZES['100x100']);

  test('the same seed gives the same cluster, another seed another', () => {
    expect(generateCluster(SIZES['100x100'])).toEqual(cluster);
    expect(generateCluster(SIZES['100x100'], 2)).not.toEqual(cluster);
  });

  test.each(['namespace', 'object'] as const)('are read back whole from a file for each %s', (per) => {
    const files = yamlFiles(manifestsOf(cluster), per);
    const { cluster: read, problems } = readManifests([...files].map(([file, text]) => ({ file, text })));
    expect(problems).toEqual([]);
    const count = per === 'namespace' ? 10 : 210;
    expect([files.size, read.namespaces.length, read.workloads.length, read.policies.length]).toEqual([
      count,
      10,
      100,
      100,
    ]);
  });

  test('live pods are read back under their owners', () => {
    const size = { namespaces: 2, workloads: 4, policies: 2, pods: 12 };
    const { cluster: read, problems } = readManifests(manifestsOf(generateCluster(size)));
    expect(problems).toEqual([]);
    expect(read.workloads.map(({ pods }) => pods.length)).toEqual([3, 3, 3, 3]);
  });
});

test.each(Object.entries<Dimension>(DIMENSIONS))(
  'twice as much makes an input twice as long: %s',
  (_, { size, files }) => {
    const [once, twice] = [size, 2 * size].map((n) => Object.values(files(n)).join('').length) as [
      number,
      number,
    ];
    expect(twice / once).toBeGreaterThan(1.5);
    expect(twice / once).toBeLessThan(2.3);
  },
);
