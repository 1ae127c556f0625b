import { SYSTEM_NAMESPACES } from '../aks/system-namespaces';
import { qualifiedName } from '../model/cluster';
import { remember } from '../model/collections';
import type { LabelSelector, LabelSelectorRequirement } from '../model/label-selector';
import { type Labels, NAMESPACE_NAME_LABEL } from '../model/labels';
import type { PodSelection } from '../model/policy-rules';
import { meets, requirementsOf } from '../model/selector-match';
import { slipsOf } from '../model/word-slip';
import { couldBeRead, namespacesMeant } from './completeness';
import type { LintContext } from './context';
import { oncePerContext } from './context';
import { withRequirement } from './mended-selector';

/** A value in a selector that nothing here carries, and the carried value of which it is a misspelling. */
export interface MisspeltWord {
  readonly key: string;
  readonly written: string;
  readonly known: string;
  /** Who carries the known one. */
  readonly carriers: readonly string[];
  /** Whether the selector was to keep the carriers out. */
  readonly excludes: boolean;
  /** The selector with the known one. */
  readonly right: LabelSelector;
}

interface Labelled {
  readonly name: string;
  readonly labels: Labels;
}

/** The known values of labels by their keys, and of which of them a word may be a misspelling. */
class Vocabulary {
  private readonly values = new Map<string, Set<string>>();
  private readonly slips = new Map<string, readonly string[]>();

  public note(labels: Labels): void {
    for (const [key, value] of Object.entries(labels)) {
      remember(this.values, key, () => new Set<string>()).add(value);
    }
  }

  public slipsOf(key: string, word: string): readonly string[] {
    const known = this.values.get(key);
    return known === undefined || known.has(word)
      ? []
      : remember(this.slips, `${key} ${word}`, () => slipsOf(word, known));
  }
}

/** The labels of workloads, and those that services select or makers put on pods, which may stand elsewhere. */
const wordsOfPods = oncePerContext(({ cluster }: LintContext) => {
  const words = new Vocabulary();
  for (const { labels } of cluster.workloads) {
    words.note(labels);
  }
  for (const { podLabels } of cluster.makers ?? []) {
    words.note(podLabels);
  }
  for (const { selector = {} } of cluster.services) {
    words.note(selector);
  }
  return words;
});

/** The namespaces that are known by name or label; those of Kubernetes, AKS and its add-ons by name. */
const namespaces = oncePerContext(({ cluster }: LintContext) => {
  const given = new Set(cluster.namespaces.map(({ name }) => name));
  const known: readonly Labelled[] = [
    ...cluster.namespaces.map(({ name, labels }) => ({ name, labels: named(name, labels) })),
    ...SYSTEM_NAMESPACES.filter((name) => !given.has(name)).map((name) => ({ name, labels: named(name) })),
  ];
  const words = new Vocabulary();
  for (const { labels } of known) {
    words.note(labels);
  }
  return { known, words };
});

const named = (name: string, labels: Labels = {}) => ({ ...labels, [NAMESPACE_NAME_LABEL]: name });

/** The misspelt words in a selector of namespaces; none where a namespace could not be read. */
export function misspeltNamespaces(
  context: LintContext,
  selector: PodSelection['namespaces'],
): readonly MisspeltWord[] {
  if (typeof selector === 'string') {
    return [];
  }
  const isUnread = context.cluster.unreadable.some(({ kind }) => kind === undefined || kind === 'Namespace');
  const { known, words } = namespaces(context);
  return isUnread ? [] : misspelt(selector, words, () => known);
}

/** The misspelt words in the pod selector of a peer, or of a policy. */
export function misspeltLabels(context: LintContext, selection: PodSelection): readonly MisspeltWord[] {
  return misspelt(selection.pods, wordsOfPods(context), () =>
    placesOf(context, selection.namespaces)
      .filter((name) => couldBeRead(context, name))
      .flatMap((name) => context.workloadsIn(name))
      .map((workload) => ({ name: qualifiedName(workload), labels: workload.labels })),
  );
}

/** The namespaces in which pods are meant, or may be. */
function placesOf(context: LintContext, selected: PodSelection['namespaces']): readonly string[] {
  if (typeof selected === 'string') {
    return [selected];
  }
  const { sure, inDoubt } = namespacesMeant(context, selected);
  return [...sure, ...inDoubt].map(({ name }) => name);
}

/** The misspelt words of a selector. Two values of one requirement are both meant, however alike they are. */
function misspelt(
  selector: LabelSelector,
  words: Vocabulary,
  candidates: () => readonly Labelled[],
): readonly MisspeltWord[] {
  const requirements = requirementsOf(selector);
  return requirements.flatMap((requirement, place) => {
    const { key, operator, values = [] } = requirement;
    const isValued = operator === 'In' || operator === 'NotIn';
    return (isValued ? values : []).flatMap((written) => {
      const slips = words.slipsOf(key, written).filter((each) => !values.includes(each));
      const fitting = slips.length === 0 ? [] : candidates().filter(fitsBut(requirement, requirements));
      for (const known of slips) {
        const carriers = fitting.filter(({ labels }) => labels[key] === known).map(({ name }) => name);
        if (carriers.length > 0) {
          const right = values.map((each) => (each === written ? known : each));
          return [
            {
              key,
              written,
              known,
              carriers,
              excludes: operator === 'NotIn',
              right: withRequirement(selector, place, { key, values: right }),
            },
          ];
        }
      }
      return [];
    });
  });
}

/** Whether somebody meets all other requirements of a selector: only such a one can have been meant. */
function fitsBut(one: LabelSelectorRequirement, all: readonly LabelSelectorRequirement[]) {
  const others = all.filter((each) => each !== one);
  return ({ labels }: Labelled) => others.every((each) => meets(each, labels[each.key]));
}
