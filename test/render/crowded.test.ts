import { changeWords } from '../../lib/diff/change-words';
import { diffConnections } from '../../lib/diff/diff-connections';
import { summarizeChanges } from '../../lib/diff/summary';
import { readManifests } from '../../lib/manifests/read-manifests';
import { Reachability } from '../../lib/reachability/reachability';
import { changeListing } from '../../lib/render/change-listing';
import { changeTable } from '../../lib/render/change-table';
import { connectionListing } from '../../lib/render/connection-listing';
import { connectionTable } from '../../lib/render/connection-table';
import { exposureTable } from '../../lib/render/exposure-table';
import { renderMarkdown } from '../../lib/render/markdown';
import { renderTable } from '../../lib/render/table';
import { CROWDED, OPEN_CROWD } from '../support/crowded';

const judge = (manifests: readonly object[], podCidrs?: readonly string[]) =>
  Reachability.of(readManifests(manifests).cluster, podCidrs === undefined ? {} : { profile: { podCidrs } });

const before = judge(OPEN_CROWD);
const after = judge(CROWDED);
const changes = diffConnections(before, after);
const summary = summarizeChanges(changes, before, after);
const words = changeWords(before, after);

const WIDTHS = [80, 160];

test.each(WIDTHS)('connections of hundreds, %i columns wide', (width) => {
  const text = [...renderTable(connectionTable(after.connections(), after), { width })].join('');
  expect(text).toMatchSnapshot();
  expect(text.split('\n').every((line) => line.length <= width)).toBe(true);
});

test.each(WIDTHS)('changes of hundreds, %i columns wide', (width) => {
  expect([...renderTable(changeTable(changes, summary, words), { width })].join('')).toMatchSnapshot();
});

test.each(WIDTHS)('exposures of hundreds, %i columns wide', (width) => {
  expect([...renderTable(exposureTable(after.exposure(), after), { width })].join('')).toMatchSnapshot();
});

test('changes of hundreds in a comment', () => {
  expect([...renderMarkdown(changeTable(changes, summary, words))].join('')).toMatchSnapshot();
});

test('manifests in another order give the same rows', () => {
  const turned = judge([...CROWDED].reverse());
  const text = (each: Reachability) =>
    [...renderTable(connectionTable(each.connections(), each))].join('').split('\n').sort();
  expect(text(turned)).toEqual(text(after));
});

test('a program gets every name and every row', () => {
  const rows = [...after.connections()];
  const { columns } = connectionListing([]);
  expect(Math.max(...rows.map((row) => columns[0]?.cell(row).length ?? 0))).toBeGreaterThan(200);
  const by = changeListing([], summary).columns.find(({ heading }) => heading === 'by');
  expect(Math.max(...changes.map((row) => by?.cell(row).length ?? 0))).toBe(12);
});

test('the range of pods answers what IP blocks leave open', () => {
  const told = (each: Reachability) => {
    const { rows, foot = [] } = connectionTable(each.connections(), each);
    return { unknown: [...rows].filter(({ verdict }) => verdict === 'unknown').length, foot };
  };
  expect(told(after)).toEqual({
    unknown: 2,
    foot: [
      '7 rows are unknown because IP blocks may cover pods whose addresses are not known: write podCidrs in the profile.',
      'Where a row says "some of", it stands for several of them: 7 in all, and --wide shows each.',
    ],
  });
  expect(told(judge(CROWDED, ['10.244.0.0/16']))).toEqual({ unknown: 0, foot: [] });
});
