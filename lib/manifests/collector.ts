import { isDeepStrictEqual } from 'node:util';
import type { SourcePosition, Unreadable } from '../model/cluster';
import { append, countOne } from '../model/collections';
import { defined } from '../model/defined';
import type { ManifestProblem } from '../model/manifest-problem';
import { groupOf, nameOfKind } from '../model/object-kinds';
import { type OtherPolicyKind, otherPolicyOf } from '../model/other-policies';
import { isInField } from '../model/place';
import { isMap, isPlainObject, type Problem, type Problems } from '../model/problem';
import type { UnjudgedPolicy } from '../model/unjudged-policy';
import type { ReadDocument } from '../yaml/documents';
import type { CollectorOptions } from './collector-options';
import { TextPlaces } from './field-places';
import { foreignWorkload } from './foreign-workloads';
import { FoundUnjudged } from './found-unjudged';
import { GeneratedNames } from './generated-names';
import { certainOf, checkNames, describeNamed, type Named, objectIdentityOf, objectNameOf } from './identity';
import { isIgnored, otherKindsOf } from './ignored-kinds';
import { FoundObjects, isListKind, KINDS, kindOf, type ManifestKind, meantKind } from './kinds';
import {
  conflict,
  inEntry,
  isHarmless,
  kindMissing,
  kindMisspelt,
  listUnreadable,
  notAnObject,
  versionUnknown,
} from './object-problems';
import type { Origin } from './origin';
import { readUnjudged } from './unjudged';
import { UnreadObjects } from './unread-objects';
import type { WrittenPolicy } from './written-policy';

/** An object that has a name, as it was first found. */
interface Entry {
  /** Its value; left out where no other of the same name can come. */
  readonly again: (() => unknown) | undefined;
  readonly source: SourcePosition;
  readonly unreadable: Unreadable | undefined;
  readonly place: ((found: FoundObjects) => void) | undefined;
  /** For a NetworkPolicy. */
  readonly written: MutablePolicy | undefined;
  conflict?: Unreadable;
}

type MutablePolicy = WrittenPolicy & { readonly problems: Problem[] };

/** How deep Lists may stand in Lists. */
const MAX_LISTS = 10;

/** Takes manifests one by one, and knows in the end what they hold and what was wrong. */
export class Collector {
  public readonly problems: ManifestProblem[] = [];
  /** What a person should know, and no answer depends on. */
  public readonly remarks: ManifestProblem[] = [];
  /** What nothing here reads. */
  public readonly unread = new UnreadObjects();
  /** How many of each kind are read, NetworkPolicies not counted. */
  public readonly otherKinds = new Map<string, number>();
  /** How many policies of each kind were left out because somebody said so. */
  public readonly ignored = new Map<string, number>();
  /** The NetworkPolicies in the order in which they came. */
  public readonly written: WrittenPolicy[] = [];
  /** Where the fields of the objects stand that are read. */
  public readonly places = new TextPlaces();
  private readonly entries = new Map<string, Entry>();
  private readonly generated = new GeneratedNames();
  private readonly unjudged = new FoundUnjudged();
  private readonly lost: Unreadable[] = [];
  private count = 0;

  public constructor(private readonly options: CollectorOptions = {}) {}

  /**
   * Takes a source that could not be opened.
   *
   * @param kind of the objects that it would hold; left out when anything could stand in it
   * @param except the namespaces in which they are not
   */
  public fail(problem: ManifestProblem, kind?: string, except: readonly string[] = []): void {
    this.problems.push(problem);
    this.lost.push({
      ...(kind === undefined ? otherKindsOf(undefined, this.options.ignoredKinds) : { kind }),
      ...(except.length === 0 ? {} : { except }),
      problem,
      source: problem.source,
    });
  }

  /** How many manifests have come, those with problems too; a List counts as what is in it, and an empty one as one. */
  public get size(): number {
    return this.count;
  }

  /** Takes a document that `kubectl` refuses: it is told, and changes no cluster. */
  public refuse({ value, problems }: ReadDocument, origin: Origin): void {
    const isMeant = isPlainObject(value);
    const told = problems.length > 0 ? problems : [isMeant ? kindMissing(value.kind) : notAnObject(value)];
    this.problems.push(...told.map((problem) => origin.refine(problem)));
  }

  /** Takes that policies of a kind may be there, which could not be listed. */
  public hide(kind: OtherPolicyKind): void {
    this.unjudged.hide(kind);
  }

  /** @param problems what is known to be wrong with the manifest already */
  public add(value: unknown, origin: Origin, problems: readonly Problem[] = [], depth = 0): void {
    if (value == null && problems.length === 0) {
      return;
    }
    this.count++;
    if (value === undefined || !isMap(value, 'the document', [])) {
      this.lose({}, problems.length > 0 ? problems : [notAnObject(value)], origin);
      return;
    }
    const { kind, apiVersion } = value;
    if (typeof kind !== 'string' || kind === '') {
      this.lose({}, [...problems, kindMissing(kind)], origin);
    } else if (problems.some(({ at }) => isInField(at, ['kind']))) {
      this.lose({}, problems, origin);
    } else if (isListKind(kind, value)) {
      this.addList(value, kind, origin, problems, depth);
    } else {
      const known = kindOf(kind, apiVersion, value);
      const other = known === undefined ? otherPolicyOf(kind, apiVersion) : undefined;
      const how = known ?? foreignWorkload(value);
      if (other !== undefined) {
        this.addOther(value, other, problems, origin.ofObject(value));
      } else if (how === undefined) {
        this.skip(value, kind, problems, origin);
      } else {
        this.addObject(value, how, origin.ofObject(value), [...problems]);
      }
    }
  }

  /** What was read, without the objects that stand there twice and differ. */
  public finish(): {
    readonly found: FoundObjects;
    readonly unjudged: readonly UnjudgedPolicy[];
    readonly unreadable: readonly Unreadable[];
  } {
    const found = new FoundObjects();
    const unreadable = [...this.lost];
    for (const { conflict, place, unreadable: own } of this.entries.values()) {
      if (conflict !== undefined || own !== undefined) {
        unreadable.push((conflict ?? own) as Unreadable);
      } else {
        place?.(found);
      }
    }
    found.makers.push(...this.unread.makers());
    return { found, unjudged: this.unjudged.list(), unreadable };
  }

  private addList(
    list: Readonly<Record<string, unknown>>,
    kind: string,
    origin: Origin,
    problems: readonly Problem[],
    depth: number,
  ): void {
    // Without the field the text may break off before it, or have it under another name.
    const items = 'items' in list ? (list.items ?? []) : undefined;
    const others: Problem[] = [];
    const inEntries = new Map<number, Problem[]>();
    for (const problem of problems) {
      const inner = inEntry(problem);
      if (inner === undefined) {
        others.push(problem);
      } else {
        append(inEntries, inner.entry, { ...problem, at: inner.at });
      }
    }
    if (!Array.isArray(items) || others.length > 0 || depth === MAX_LISTS) {
      this.lose({}, others.length > 0 ? problems : [listUnreadable(items)], origin, kind);
      return;
    }
    // The API server leaves kind and version of the entries of a typed list out.
    const stem = kind.slice(0, -'List'.length);
    this.count -= items.length === 0 ? 0 : 1;
    const implied = stem === '' ? {} : { kind: stem, apiVersion: list.apiVersion };
    for (const [i, item] of items.entries()) {
      const isTyped = stem === '' || !isMap(item, [], []) || item.kind !== undefined;
      this.add(
        isTyped ? (item ?? {}) : { ...implied, ...item },
        origin.entry(i),
        inEntries.get(i),
        depth + 1,
      );
    }
  }

  private addObject(
    value: Readonly<Record<string, unknown>>,
    kind: ManifestKind,
    origin: Origin,
    problems: Problems,
  ): void {
    const { defaultNamespace = 'default', accepted = [] } = this.options;
    const name = kind.workload ?? (value.kind as string);
    const named = this.generated.distinct(
      name,
      objectNameOf(value, kind.isNamespaced ? defaultNamespace : ''),
    );
    this.places.note(name, named, origin);
    if (value.apiVersion !== kind.apiVersion) {
      problems.push(versionUnknown(name, value.apiVersion, kind.apiVersion));
      this.enter(value, kind, named, origin, problems);
      return;
    }
    if (name !== 'NetworkPolicy') {
      checkNames(value, named, problems);
    }
    const place = kind.read(value, objectIdentityOf(name, named, origin), problems);
    const told = problems.filter(({ code }) => !accepted.includes(code));
    this.remark(told.filter(isHarmless), origin, describeNamed(name, named));
    this.enter(
      value,
      kind,
      named,
      origin,
      told.filter((problem) => !isHarmless(problem)),
      place,
    );
  }

  private enter(
    value: Readonly<Record<string, unknown>>,
    { workload }: ManifestKind,
    named: Named,
    origin: Origin,
    problems: readonly Problem[],
    place?: (found: FoundObjects) => void,
  ): void {
    const kind = workload ?? (value.kind as string);
    const text = describeNamed(kind, named);
    const about = { kind, ...(workload === undefined ? {} : { isWorkload: true as const }) };
    const known = problems.length === 0 ? undefined : certainOf(value, about, named, problems);
    if (known !== undefined && (known.namespace === undefined || known.name === undefined)) {
      this.keep(value, named, origin, problems);
      this.lose(known, problems, origin, text);
      return;
    }
    // Several groups have a Gateway, and one of each may carry a name; of workloads nobody could tell two of a kind apart.
    const isNameEnough = KINDS.has(kind) || workload !== undefined;
    const groupedText = isNameEnough ? text : `${text} of ${groupOf(value.apiVersion)}`;
    const first = this.entries.get(groupedText);
    if (first !== undefined && (first.again === undefined || isDeepStrictEqual(first.again(), value))) {
      return;
    }
    const written = this.keep(value, named, origin, problems);
    const unreadable = known === undefined ? undefined : this.note(known, problems, origin, text);
    if (first === undefined) {
      const again = this.options.isUnique === true ? undefined : origin.again(value);
      this.entries.set(groupedText, { again, source: origin.source, unreadable, place, written });
      if (written === undefined) {
        countOne(this.otherKinds, isNameEnough ? kind : nameOfKind(kind, value.apiVersion));
      }
    } else {
      const certain = { ...about, ...(named as Required<Pick<Unreadable, 'namespace' | 'name'>>) };
      const problem = conflict(text, first.source);
      first.conflict = this.note(certain, [problem], origin, text);
      first.written?.problems.push(problem);
      written?.problems.push(problem);
    }
  }

  private keep(
    value: Readonly<Record<string, unknown>>,
    { namespace, name }: Named,
    origin: Origin,
    problems: readonly Problem[],
  ): MutablePolicy | undefined {
    if (value.kind !== 'NetworkPolicy') {
      return undefined;
    }
    const written = {
      value,
      ...defined({ namespace, name }),
      source: origin.source,
      problems: [...problems],
      comments: this.options.keepsComments === true ? origin.comments() : [],
    };
    this.written.push(written);
    return written;
  }

  private addOther(
    value: Readonly<Record<string, unknown>>,
    how: OtherPolicyKind,
    problems: readonly Problem[],
    origin: Origin,
  ): void {
    const { defaultNamespace = 'default' } = this.options;
    const kindName = nameOfKind(how.kind, value.apiVersion);
    if (isIgnored(how.kind, value.apiVersion, this.options.ignoredKinds)) {
      countOne(this.ignored, kindName);
      return;
    }
    const named = objectNameOf(value, how.isNamespaced ? defaultNamespace : '');
    if (problems.length > 0) {
      this.note({ kind: how.kind }, problems, origin, describeNamed(how.kind, named));
    }
    // What may be half of it tells of nobody whom it leaves alone.
    const readable = problems.length > 0 ? { ...value, spec: undefined, specs: undefined } : value;
    const isNew = this.unjudged.add(
      readUnjudged(readable, how, objectIdentityOf(how.kind, named, origin)),
      how,
    );
    if (isNew) {
      countOne(this.otherKinds, kindName);
    }
  }

  private skip(
    value: Readonly<Record<string, unknown>>,
    kind: string,
    problems: readonly Problem[],
    origin: Origin,
  ): void {
    const { apiVersion } = value;
    const isNew = !this.unread.has(nameOfKind(kind, apiVersion));
    const meant = isNew ? meantKind(kind, apiVersion) : undefined;
    if (meant !== undefined) {
      this.lose({}, [...problems, kindMisspelt(kind, meant)], origin);
      return;
    }
    const isSource = this.unread.add(value, origin, this.options.defaultNamespace ?? 'default');
    const isPart = this.unjudged.note(value);
    if (isSource || isPart) {
      this.problems.push(...problems.map((problem) => ({ ...origin.refine(problem), object: kind })));
    } else {
      this.remark(problems, origin, kind);
    }
  }

  /** Takes problems that leave open nothing about traffic. */
  private remark(problems: readonly Problem[], origin: Origin, object: string): void {
    for (const problem of problems) {
      const refined = origin.refine(problem);
      this.remarks.push({ ...refined, fix: `${refined.fix}; this changes no answer`, object });
    }
  }

  private lose(
    certain: Omit<Unreadable, 'problem' | 'source'>,
    problems: readonly Problem[],
    origin: Origin,
    object?: string,
  ): void {
    const others = certain.kind === undefined ? otherKindsOf(origin, this.options.ignoredKinds) : {};
    this.lost.push({ ...this.note(certain, problems, origin, object), ...others });
  }

  /** Reports problems of an object, and gives what stands for it among the unreadable. */
  private note(
    certain: Omit<Unreadable, 'problem' | 'source'>,
    problems: readonly Problem[],
    origin: Origin,
    object?: string,
  ): Unreadable {
    for (const problem of problems) {
      const refined = origin.refine(problem);
      this.problems.push(object === undefined ? refined : { ...refined, object });
    }
    return { ...certain, problem: problems[0] as Problem, source: origin.source };
  }
}
