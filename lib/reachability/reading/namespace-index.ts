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

/** The key that Azure NPM uses itself for the set of all namespaces. */
const NPM_ALL_NAMESPACES = 'all-namespaces';

/** Which namespaces there are, and the units in those that a selector matches. */
export class NamespaceIndex {
  private readonly namespaces: ReadonlyMap<string, Namespace>;
  private readonly known = new Map<string, Reading<Bounds<Bits>>>();

  public constructor(
    declared: readonly Namespace[],
    private readonly index: UnitIndex,
    private readonly engine: Engine,
  ) {
    const namespaces = new Map<string, Namespace>();
    for (const { workload } of index.units) {
      const name = workload.namespace;
      namespaces.set(name, { name, labels: {}, declared: false });
    }
    for (const namespace of declared) {
      namespaces.set(namespace.name, namespace);
    }
    this.namespaces = namespaces;
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
      const matches = allOf(requirements.map((requirement) => judge(requirement, namespace, hooks)));
      if (matches !== 'no') {
        (matches === 'yes' ? matched : inDoubt).push(namespace.name);
      }
    }
    const sure = this.index.inNamespaces(matched);
    return inDoubt.length === 0
      ? Bounds.exactly(sure)
      : new Bounds(sure, sure.or(this.index.inNamespaces(inDoubt)));
  }

  /** Whether too little is known of a namespace to tell whether a peer looks there. */
  public isInDoubt(looksIn: string | LabelSelector, name: string): boolean {
    return (
      typeof looksIn !== 'string' &&
      this.namespaces.get(name)?.declared === false &&
      requirementsOf(looksIn).some(({ key }) => key !== NAMESPACE_NAME_LABEL)
    );
  }
}

/** As an engine judges a requirement that it reads in its own way. */
function judge(requirement: LabelSelectorRequirement, namespace: Namespace, hooks: Hooks): Tristate {
  return fitsEveryNamespace(requirement, hooks) === 'yes' ? 'yes' : meetsInNamespace(requirement, namespace);
}

/** Whether an engine lets a requirement fit every namespace, whatever it says. */
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
