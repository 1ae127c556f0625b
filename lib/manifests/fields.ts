import { checkLabels, type Labels } from '../model/labels';
import { isList, isMap, isString, type Problem, type Problems, show } from '../model/problem';

const NOTHING = {};

/**
 * A place in a manifest, read field by field. What has the wrong type is a problem and reads as left out;
 * null is left out. Paths are put together only when there is something to say.
 */
export class Fields {
  private constructor(
    private readonly value: Readonly<Record<string, unknown>>,
    private readonly problems: Problems,
    private readonly parent: Fields | undefined,
    private readonly key: string | number,
  ) {}

  public static of(value: unknown, problems: Problems): Fields {
    return new Fields(isMap(value, 'the object', problems) ? value : NOTHING, problems, undefined, '');
  }

  public at(key: string): string {
    const path = this.path;
    return path === '' ? key : `${path}.${key}`;
  }

  private get path(): string {
    if (this.parent === undefined) {
      return '';
    }
    return typeof this.key === 'string' ? this.parent.at(this.key) : `${this.parent.path}[${this.key}]`;
  }

  public has(key: string): boolean {
    return this.value[key] != null;
  }

  public object(key: string): Fields {
    const value = this.value[key];
    return this.inside(value, key);
  }

  public list(key: string): Fields[] {
    const entries = this.entries(key);
    if (entries.length === 0) {
      return [];
    }
    const list = new Fields(NOTHING, this.problems, this, key);
    return entries.map((entry, i) => list.inside(entry, i));
  }

  public texts(key: string): string[] {
    return this.entries(key).filter((entry, i): entry is string =>
      typeof entry === 'string' ? true : isString(entry, `${this.at(key)}[${i}]`, this.problems),
    );
  }

  public text(key: string): string | undefined {
    const value = this.value[key];
    if (value == null || typeof value === 'string') {
      return value ?? undefined;
    }
    isString(value, this.at(key), this.problems);
    return undefined;
  }

  /** An annotation of the object; anything but a text reads as left out, because no traffic depends on it. */
  public annotation(key: string): string | undefined {
    const { annotations } = (this.value.metadata ?? NOTHING) as {
      annotations?: Record<string, unknown> | null;
    };
    const value = annotations?.[key];
    return typeof value === 'string' ? value : undefined;
  }

  public flag(key: string): boolean {
    const value = this.value[key];
    if (value != null && typeof value !== 'boolean') {
      this.report(key, 'must be true or false', 'write true or false');
    }
    return value === true;
  }

  /** A whole number from `first` to `last`. */
  public number(key: string, first: number, last: number): number | undefined {
    const value = this.value[key];
    if (typeof value === 'number' && Number.isInteger(value) && value >= first && value <= last) {
      return value;
    }
    if (value != null) {
      this.report(
        key,
        `must be a whole number from ${first} to ${last}`,
        `write a number from ${first} to ${last}`,
        typeof value === 'number' ? 'port-out-of-range' : 'type-mismatch',
      );
    }
    return undefined;
  }

  public numberOrText(key: string, first: number, last: number): number | string | undefined {
    return typeof this.value[key] === 'string' ? this.text(key) : this.number(key, first, last);
  }

  /** Labels; null values read as empty, as the API server reads them. */
  public labels(key: string): Labels {
    const labels = this.value[key];
    if (labels == null) {
      return {};
    }
    if (!this.check(key, checkLabels)) {
      return {};
    }
    const values = Object.values(labels as Labels);
    return values.includes(null as never)
      ? Object.fromEntries(Object.entries(labels as Labels).map(([name, value]) => [name, value ?? '']))
      : (labels as Labels);
  }

  public report(key: string, problem: string, fix: string, code: Problem['code'] = 'type-mismatch'): void {
    this.problems.push({ code, at: this.at(key), got: show(this.value[key]), problem, fix });
  }

  /** Hands a field to a check of the model; whether nothing is wrong with it. */
  public check(key: string, check: (value: unknown, at: string, problems: Problems) => void): boolean {
    const found: Problem[] = [];
    check(this.value[key], key, found);
    if (found.length > 0) {
      check(this.value[key], this.at(key), this.problems);
    }
    return found.length === 0;
  }

  private inside(value: unknown, key: string | number): Fields {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    const inner = new Fields(
      isObject ? (value as Record<string, unknown>) : NOTHING,
      this.problems,
      this,
      key,
    );
    if (value != null && !isObject) {
      isMap(value, inner.path, this.problems);
    }
    return inner;
  }

  private entries(key: string): readonly unknown[] {
    const value = this.value[key];
    if (value == null || Array.isArray(value)) {
      return value ?? [];
    }
    isList(value, this.at(key), this.problems);
    return [];
  }
}
