import type { FieldPath } from '../model/field-path';
import { checkLabelSelector, type LabelSelector } from '../model/label-selector';
import { checkLabels, type Labels } from '../model/labels';
import { selectorWithoutNulls, textsWithoutNulls } from '../model/nulls';
import { inside, placeOf, type Spot } from '../model/place';
import { isList, isMap, isString, type Problem, type Problems, show } from '../model/problem';

const NOTHING = {};

/** Reads an object of a manifest field by field. A field of the wrong type is reported and counts as missing, like null. */
export class FieldReader {
  private constructor(
    private readonly value: Readonly<Record<string, unknown>>,
    private readonly problems: Problems,
    private readonly spot: Spot,
  ) {}

  public static of(value: unknown, problems: Problems): FieldReader {
    return new FieldReader(isMap(value, 'the object', problems) ? value : NOTHING, problems, []);
  }

  public has(key: string): boolean {
    return this.value[key] != null;
  }

  public object(key: string): FieldReader {
    return this.inner(this.value[key], inside(this.spot, key));
  }

  public at(path: FieldPath): FieldReader {
    return path.reduce((inner: FieldReader, key) => inner.object(String(key)), this);
  }

  public list(key: string): FieldReader[] {
    const list = inside(this.spot, key);
    return this.entries(key).map((entry, i) => this.inner(entry, inside(list, i)));
  }

  public texts(key: string): string[] {
    return this.entries(key).filter((entry, i): entry is string =>
      typeof entry === 'string' ? true : isString(entry, inside(inside(this.spot, key), i), this.problems),
    );
  }

  public text(key: string): string | undefined {
    const value = this.value[key];
    if (value == null || typeof value === 'string') {
      return value ?? undefined;
    }
    isString(value, inside(this.spot, key), this.problems);
    return undefined;
  }

  /** An annotation of the object; a value that is not text counts as missing, because no traffic depends on it. */
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

  /** A whole number from 0; any other value counts as missing, because no traffic depends on it alone. */
  public count(key: string): number | undefined {
    const value = this.value[key];
    return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
  }

  public numberOrText(key: string, first: number, last: number): number | string | undefined {
    return typeof this.value[key] === 'string' ? this.text(key) : this.number(key, first, last);
  }

  /** Labels; a null value is empty text, as for the API server. */
  public labels(key: string): Labels {
    const labels = this.value[key];
    if (labels == null || !this.check(key, checkLabels)) {
      return {};
    }
    return textsWithoutNulls(labels as Labels);
  }

  /** A label selector; one that the API server refuses counts as missing. */
  public selector(key: string): LabelSelector | undefined {
    const selector = this.value[key];
    const problems: Problem[] = [];
    checkLabelSelector(selector, [], problems);
    return problems.length === 0 ? selectorWithoutNulls(selector as LabelSelector) : undefined;
  }

  public report(key: string, problem: string, fix: string, code: Problem['code'] = 'type-mismatch'): void {
    this.problems.push({ code, at: placeOf(this.spot, key), got: show(this.value[key]), problem, fix });
  }

  /** Whether a field passes a check of the model, which reports its problems. */
  public check(key: string, check: (value: unknown, at: Spot, problems: Problems) => void): boolean {
    const before = this.problems.length;
    check(this.value[key], inside(this.spot, key), this.problems);
    return this.problems.length === before;
  }

  private inner(value: unknown, spot: Spot): FieldReader {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (value != null && !isObject) {
      isMap(value, spot, this.problems);
    }
    return new FieldReader(isObject ? (value as Record<string, unknown>) : NOTHING, this.problems, spot);
  }

  private entries(key: string): readonly unknown[] {
    const value = this.value[key];
    if (value == null || Array.isArray(value)) {
      return value ?? [];
    }
    isList(value, inside(this.spot, key), this.problems);
    return [];
  }
}
