import type { DepartureId } from '../../aks/engine-departures';
import type { Tristate } from '../../model/tristate';
import type { Engine } from './engine';

const NONE: readonly DepartureId[] = [];

/**
 * What the reading of one part of a policy asks of the engine. Notes each departure that took part, so that
 * an answer can name it.
 */
export class Hooks {
  private noted: readonly DepartureId[] = NONE;

  /** @param engine left out: the specification */
  public constructor(private readonly engine?: Engine) {}

  /** Ask only where the departure would make a difference. */
  public does(id: DepartureId): Tristate {
    const state = this.engine?.does(id) ?? 'no';
    if (state !== 'no') {
      this.note(id);
    }
    return state;
  }

  public hidesLabel(key: string): Tristate {
    const found = this.engine?.hidesLabel(key);
    return found === undefined || found.hidden === 'no' ? 'no' : this.does(found.by);
  }

  /** What a part that was read before says here. */
  public pick<T>({ actual, specified, by }: Reading<T>): T {
    if (this.engine === undefined) {
      return specified;
    }
    for (const id of by) {
      this.note(id);
    }
    return actual;
  }

  public get departures(): readonly DepartureId[] {
    return this.noted;
  }

  private note(id: DepartureId): void {
    if (!this.noted.includes(id)) {
      this.noted = [...this.noted, id];
    }
  }
}

/** A part of a policy as the engine reads it, beside what the specification says. */
export interface Reading<T> {
  readonly actual: T;
  /** The same object as `actual` where the engine keeps to the specification. */
  readonly specified: T;
  /** The departures between the two. */
  readonly by: readonly DepartureId[];
}

/** Reads a part of a policy with an engine's hooks and, where one of them took part, without. */
export function read<T>(engine: Engine, how: (hooks: Hooks) => T): Reading<T> {
  const hooks = new Hooks(engine);
  const actual = how(hooks);
  const by = hooks.departures;
  return { actual, specified: by.length === 0 ? actual : how(new Hooks()), by };
}
