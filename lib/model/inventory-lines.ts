import { append, compare } from './collections';
import { describeNotBuilt, type Inventory, type NotBuilt } from './inventory';
import { count, firstWords } from './word-list';

/**
 * How much was read and what was passed over; empty if nothing was passed over.
 *
 * @param isVerbose list everything that was passed over, and say how much was read in any case
 */
export function aboutInventory(inventory: Inventory | undefined, isVerbose = false): readonly string[] {
  if (inventory === undefined) {
    return [];
  }
  const { manifests, files, passedOver, excluded, notBuilt } = inventory;
  const lines = [
    ...(passedOver.length === 0
      ? []
      : [`passed over ${count(passedOver.length, 'file')} without a manifest (${groupFiles(passedOver)})`]),
    ...(excluded.length === 0 ? [] : [`left out as asked: ${firstWords(excluded)}`]),
    ...(notBuilt.length === 0
      ? []
      : [`not built: ${countNotBuilt(notBuilt, (first) => ` (${howToBuild(first)})`)}`]),
  ];
  return lines.length === 0 && !isVerbose
    ? []
    : [
        `read ${count(manifests, 'manifest')} in ${count(files, 'file')}`,
        ...lines,
        ...(isVerbose
          ? [
              ...passedOver.map((file) => `passed over: ${file}`),
              ...excluded.map((path) => `left out as asked: ${path}`),
              ...notBuilt.map((each) => `not built: ${describeNotBuilt(each)}: ${howToBuild(each)}`),
            ]
          : []),
      ];
}

/**
 * `61 templates of 3 Helm charts (helm template charts/x | aks-netpol … -), 8 kustomizations (-k overlays/prod)`
 *
 * @param example text to append for a tool, made of its first folder
 */
export function countNotBuilt(
  notBuilt: readonly NotBuilt[],
  example: (first: NotBuilt) => string = () => '',
): string {
  const words = (by: NotBuilt['by'], describe: (found: readonly NotBuilt[]) => string) => {
    const found = notBuilt.filter((each) => each.by === by);
    const [first] = found;
    return first === undefined ? [] : [describe(found) + (by === 'controller' ? '' : example(first))];
  };
  const parts = (found: readonly NotBuilt[], noun: string) =>
    count(
      found.reduce((sum, each) => sum + each.parts, 0),
      noun,
    );
  return [
    ...words('helm', (found) => `${parts(found, 'template')} of ${count(found.length, 'Helm chart')}`),
    ...words('kustomize', (found) => count(found.length, 'kustomization')),
    ...words(
      'controller',
      (found) => `${parts(found, 'object')} in ${firstWords(found.map(describeNotBuilt))}`,
    ),
  ].join(', ');
}

/** How to build it, as a command or an instruction. */
export function howToBuild({ by, folder = '' }: Pick<NotBuilt, 'by' | 'folder'>): string {
  const word = shellWord(folder);
  return {
    helm: `helm template ${word} | aks-netpol … -`,
    kustomize: `-k ${word}`,
    controller: 'give the objects in it as manifests',
  }[by];
}

/** A text quoted for a POSIX shell. */
function shellWord(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** `.github 12, values.yaml 18 and 9 more`: the number of files by hidden folder, or else by name. */
function groupFiles(files: readonly string[]): string {
  const groups = new Map<string, string[]>();
  for (const file of files) {
    const parts = file.split(/[/\\]/);
    const hidden = parts.slice(0, -1).find((part) => /^\.[^.]/.test(part));
    append(groups, hidden ?? (parts.at(-1) as string), file);
  }
  const sorted = [...groups].sort(([a, some], [b, others]) => others.length - some.length || compare(a, b));
  return firstWords(sorted.map(([name, { length }]) => (length === 1 ? name : `${name} ${length}`)));
}
