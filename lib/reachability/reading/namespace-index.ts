import type { Namespace } from '../../model/cluster';
import { remember } from '../../model/collections';
import type { LabelSelector, LabelSelectorRequirement } from '../../model/label-selector';
import { NAMESPACE_NAME_LABEL } from '../../model/labels';
import { meetsInNamespace, requirementsOf } from '../../model/selector-match';
import { allOf, type Tristate } from '../../model/tristate';
import type { Bits } from '../sets/bits';
import { Bounds } from '../sets/bounds';
import type { UnitIndex } from '../sets/unit-index';
import type { Engine } from './engine';
import { type Hooks, type Reading, read } from './hooks';

/** The key by which Azure NPM itself keeps the set of all namespaces. */
const NPM_ALL_NAMESPACES = 'all-namespaces';

/** The units by their namespaces, and these by their labels. */
export class NamespaceIndex {
  private readonly namespaces: ReadonlyMap<string, Namespace>;
  private readonly known = new Map<string, Reading<Bounds<Bits>>>();

  public constructor(
    declared: readonly Namespace[],
    private readonly index: UnitIndex,
    private readonly engine: Engine,
  ) {
    const undeclared = index.units.map(({ workload: { namespace: name } }) => ({
      name,
      labels: {},
      declared: false,
    }));
    this.namespaces = new Map([...undeclared, ...declared].map((each) => [each.name, each]));
  }

  /** The units in the namespaces that a selector matches. */
  public select(selector: LabelSelector): Reading<Bounds<Bits>> {
    return remember(this.known, JSON.stringify(selector), () =>
      read(this.engine, (hooks) => this.match(selector, hooks)),
    );
  }

  private match(selector: LabelSelector, hooks: Hooks): Bounds<Bits> {
    const requirements = requirementsOf(selector);
    const matched: string[] = [];
    const inDoubt: string[] = [];
    for (const namespace of this.namespaces.values()) {
      const matches = allOf(
        requirements.map((each) =>
          fitsEveryNamespace(each, hooks) === 'yes' ? 'yes' : meetsInNamespace(each, namespace),
        ),
      );
      if (matches !== 'no') {
        (matches === 'yes' ? matched : inDoubt).push(namespace.name);
      }
    }
    const sure = this.index.inNamespaces(matched);
    return inDoubt.length === 0
      ? Bounds.exactly(sure)
      : new Bounds(sure, sure.or(this.index.inNamespaces(inDoubt)));
  }

  /** Whether a peer selects namespaces by labels, and those of this namespace are unknown. */
  public isInDoubt(looksIn: string | LabelSelector, name: string): boolean {
    return (
      typeof looksIn !== 'string' &&
      this.namespaces.get(name)?.declared === false &&
      requirementsOf(looksIn).some(({ key }) => key !== NAMESPACE_NAME_LABEL)
    );
  }
}

/** Whether the engine takes a requirement for one that every namespace meets. */
export function fitsEveryNamespace(
  { key, operator, values = [] }: LabelSelectorRequirement,
  hooks: Hooks,
): Tristate {
  return operator === 'NotIn' && new Set(values).size > 1
    ? hooks.does('namespace-not-in-is-any')
    : operator === 'Exists' && key === NPM_ALL_NAMESPACES
      ? hooks.does('all-namespaces-label')
      : 'no';
}
