import { changeWords } from '../diff/change-words';
import { diffConnections } from '../diff/diff-connections';
import { entryChanges } from '../diff/entry-change';
import { notBuiltChanges } from '../diff/not-built-change';
import { describeSummary, summarizeChanges } from '../diff/summary';
import type { Reachability } from '../reachability/reachability';
import { changeListing } from '../render/change-listing';
import { type ChangeTable, changeTable } from '../render/change-table';
import { sceneOfVersions } from '../render/scene';
import { renderSvg } from '../render/svg';
import { textElement } from '../render/xml';
import { section, wrap } from './html';
import { htmlTable } from './html-table';

/** Two versions of a cluster. */
export interface ChangesReport {
  readonly before: Reachability;
  readonly after: Reachability;
  /** Whether all of both could be read. */
  readonly isComplete: boolean;
  /** Whether pods ask LocalDNS for names. */
  readonly localDns: boolean;
}

/** What a person is told of the differences of two judgements. */
export interface DifferenceWords {
  readonly lines: readonly string[];
  readonly table: ChangeTable;
  readonly picture: () => string;
}

/** The same answer as `aks-netpol diff`. */
export function tellChanges({ before, after, isComplete, localDns }: ChangesReport): DifferenceWords {
  const changes = diffConnections(before, after);
  const answer = {
    knownOnly: after.knownOnly,
    entries: entryChanges(before, after),
    notBuiltChanges: notBuiltChanges(before, after),
    // Of one reading there is one inventory, which stands elsewhere.
    ...(before.inventory === after.inventory
      ? {}
      : { inventories: { before: before.inventory, after: after.inventory } }),
    scene: sceneOfVersions(before, after),
  };
  const summary = summarizeChanges(changes, before, after, { localDns, isComplete });
  return {
    lines: describeSummary(summary),
    table: changeTable(changes, summary, changeWords(before, after), answer),
    picture: () => [...renderSvg(changeListing(changes, summary, answer), {}, 'changes-picture')].join(''),
  };
}

/** What opens and closes, first of all that a reviewer reads. */
export function changesSection(changes: ChangesReport): string {
  const { lines, table, picture } = tellChanges(changes);
  const [first = '', ...rest] = lines;
  const versions = [changes.before, changes.after];
  const workloads = Math.max(...versions.map(({ judged }) => judged.cluster.workloads.length));
  return section(
    'changes',
    'Changes',
    textElement('p', { class: 'summary' }, first),
    ...(rest.length === 0 ? [] : [wrap('ul', {}, ...rest.map((line) => textElement('li', {}, line)))]),
    ...(table.rows.length === 0 ? [] : [pictureBox('What opens and closes', workloads, picture)]),
    changesTable('What opens and closes, and because of which rules', table),
  );
}

export function changesTable(caption: string, table: ChangeTable): string {
  return htmlTable(table, { caption, none: 'Nothing changes.', marked: 'change' });
}

/** A picture of more workloads takes gigabytes to lay out, and nobody could read it. */
const MOST_DRAWN = 3000;

/** A picture that is scrolled where it is wider than the page, or why there is none. */
export function pictureBox(label: string, workloads: number, draw: () => string): string {
  if (workloads > MOST_DRAWN) {
    const some = `${workloads} workloads are more than a picture has room for (${MOST_DRAWN}).`;
    return textElement('p', {}, `${some} The tables below have all of them.`);
  }
  return wrap('div', { class: 'picture', tabindex: 0, role: 'region', 'aria-label': label }, draw());
}
