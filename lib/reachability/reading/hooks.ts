import type { DepartureId } from '../../aks/engine-departures';
import type { Tristate } from '../../model/tristate';
import type { Engine } from './engine';

const NONE: readonly DepartureId[] = [];

/** What the reader of a part of a policy asks of the engine. Notes the departures that take part. */
export class Hooks {
  private noted: readonly DepartureId[] = NONE;

  /** @param engine left out for the specification */
  public constructor(private readonly engine?: Engine) {}

  /** Whether the engine departs in this way. To be asked only where that makes a difference, because it is noted. */
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

  /** The meaning of a part that was read before. */
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

/** The meaning of a part of a policy, for the engine and by the specification. */
export interface Reading<T> {
  readonly actual: T;
  /** The same object as `actual` if the engine keeps to the specification. */
  readonly specified: T;
  /** The departures by which they differ. */
  readonly by: readonly DepartureId[];
}

/** Reads a part of a policy as the engine does and, if a departure takes part, as the specification does. */
export function read<T>(engine: Engine, how: (hooks: Hooks) => T): Reading<T> {
  const hooks = new Hooks(engine);
  const actual = how(hooks);
  const by = hooks.departures;
  return { actual, specified: by.length === 0 ? actual : how(new Hooks()), by };
}
