import { qualifiedName } from '../model/cluster';
import { append } from '../model/collections';
import type { LintFinding } from '../model/finding';
import { scopesOf } from '../model/finding';
import type { Acceptance } from './acceptances';

/** What is accepted, by the rule, the object and the construct that it names, so that a finding need not ask all of it. */
export class AcceptanceIndex {
  private readonly places = new Map<Acceptance, number>();
  private readonly byScope = new Map<string, Acceptance[]>();

  public constructor(acceptances: readonly Acceptance[]) {
    for (const [place, each] of acceptances.entries()) {
      const { rule, object, construct } = each.acknowledgement;
      this.places.set(each, place);
      append(this.byScope, keyOf(rule, object, construct), each);
    }
  }

  /** What may mean a finding, in its order; all that does is among it. */
  public near({ rule, object, source }: LintFinding): readonly Acceptance[] {
    const found: Acceptance[] = [];
    for (const name of namesOf(object)) {
      for (const construct of [undefined, ...scopesOf(source?.construct ?? '')]) {
        found.push(...(this.byScope.get(keyOf(rule, name, construct)) ?? []));
      }
    }
    return found.sort((a, b) => this.placeOf(a) - this.placeOf(b));
  }

  private placeOf(acceptance: Acceptance): number {
    return this.places.get(acceptance) ?? 0;
  }
}

/** What an acknowledgement may call an object; left out, it means every object. */
function namesOf({ namespace, name }: LintFinding['object']): readonly (string | undefined)[] {
  return namespace === undefined
    ? [undefined, name, `${name}/*`]
    : [undefined, `${namespace}/*`, qualifiedName({ namespace, name })];
}

function keyOf(rule: string, object: string | undefined, construct: string | undefined): string {
  return JSON.stringify([rule, object ?? null, construct ?? null]);
}
