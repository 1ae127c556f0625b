import type { Unreadable } from '../model/cluster';
import { append, appendAll, countOne } from '../model/collections';
import { defined, filled } from '../model/defined';
import { areEqual } from '../model/equal';
import type { ManifestProblem } from '../model/manifest-problem';
import { groupOf, nameOfKind } from '../model/object-kinds';
import { type OtherPolicyKind, type OtherSyntax, otherPolicyOf, partOfOthers } from '../model/other-policies';
import { isInField } from '../model/place';
import { isMap, isPlainObject, type Problem, type Problems } from '../model/problem';
import type { SourcePosition } from '../model/source-position';
import type { ReadDocument } from '../yaml/documents';
import type { Collected, CollectorOptions } from './collector-options';
import { TextPlaces } from './field-places';
import { foreignWorkload } from './foreign-workloads';
import { FoundUnjudged, isIgnored, otherKindsOf } from './found-unjudged';
import {
  certainOf,
  checkNames,
  describeNamed,
  GeneratedNames,
  type Named,
  objectIdentityOf,
  objectNameOf,
} from './identity';
import { isListKind, KINDS, kindOf, meantKind } from './kinds';
import { FoundObjects, type ManifestKind } from './manifest-kind';
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
import { invalidityIn, problemsIn, readUnjudged } from './unjudged';
import { UnreadObjects } from './unread-objects';
import { type KeptPolicy, WrittenPolicies } from './written-policy';

/** The first object of a name. */
interface Entry {
  /** Returns its value; undefined if names are unique. */
  readonly again: (() => unknown) | undefined;
  readonly source: SourcePosition;
  readonly unreadable: Unreadable | undefined;
  readonly place: ((found: FoundObjects) => void) | undefined;
  readonly written: KeptPolicy | undefined;
  conflict?: Unreadable;
}

const MAX_LISTS = 10;

/** Collects manifests one by one: the objects in them, and their problems. */
export class Collector {
  public readonly problems: ManifestProblem[] = [];
  /** Problems that change no answer. */
  public readonly remarks: ManifestProblem[] = [];
  /** The objects of kinds that are not read. */
  public readonly unread = new UnreadObjects();
  /** The number of objects that are read, by kind, without NetworkPolicies. */
  public readonly otherKinds = new Map<string, number>();
  /** The number of policies that were left out on request, by kind. */
  public readonly ignored = new Map<string, number>();
  public readonly written: WrittenPolicies;
  public readonly places = new TextPlaces();
  /** Set if every service and every object that policies may refer to was added. */
  public hasEveryPart = false;
  private readonly entries = new Map<string, Entry>();
  private readonly generated = new GeneratedNames();
  private readonly unjudged = new FoundUnjudged();
  private readonly lost: Unreadable[] = [];
  private count = 0;

  public constructor(private readonly options: CollectorOptions = {}) {
    this.written = new WrittenPolicies(options.keepsComments);
  }

  /**
   * Adds an input that could not be opened.
   *
   * @param kind of the objects in it; left out if they could have any kind
   * @param except namespaces that the objects are not in
   */
  public fail(problem: ManifestProblem, kind?: string, except: readonly string[] = []): void {
    this.problems.push(problem);
    this.lost.push({
      ...(kind === undefined ? otherKindsOf(undefined, this.options.ignoredKinds) : { kind }),
      ...filled({ except }),
      problem,
      source: problem.source,
    });
  }

  /** The number of manifests, including those with problems. A List counts as its entries, an empty one as one. */
  public get size(): number {
    return this.count;
  }

  /** Reports a document that `kubectl` refuses, so that it changes no cluster. */
  public refuse({ value, problems }: ReadDocument, origin: Origin): void {
    const problem = isPlainObject(value) ? kindMissing(value.kind) : notAnObject(value);
    const reported = problems.length > 0 ? problems : [problem];
    appendAll(
      this.problems,
      reported.map((each) => origin.refine(each)),
    );
  }

  /** Notes that policies of a kind may exist but could not be listed, except in some namespaces. */
  public hide(kind: OtherPolicyKind, except: readonly string[] = []): void {
    this.unjudged.hide(kind, except);
  }

  /** @param problems that reading the document has found */
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
      const part = partOfOthers(kind, apiVersion);
      if (other !== undefined) {
        this.addOther(value, other, problems, origin.ofObject(value));
      } else if (part !== undefined) {
        this.addPart(value, part, problems, origin.ofObject(value));
      } else if (how === undefined) {
        this.skip(value, kind, problems, origin);
      } else {
        this.addObject(value, how, origin.ofObject(value), [...problems]);
      }
    }
  }

  /** The collected objects; those that were given twice and differ are unreadable. */
  public finish(): Collected {
    const found = new FoundObjects();
    const unreadable = [...this.lost];
    for (const { conflict, place, unreadable: own } of this.entries.values()) {
      if (conflict !== undefined || own !== undefined) {
        unreadable.push((conflict ?? own) as Unreadable);
      } else {
        place?.(found);
      }
    }
    appendAll(found.makers, this.unread.makers());
    const isLost = unreadable.some(({ kind = 'Service' }) => kind === 'Service');
    const parts = this.unjudged.parts(this.hasEveryPart && !isLost);
    return { found, parts, unjudged: this.unjudged.list({ ...found, ...parts }), unreadable };
  }

  private addList(
    list: Readonly<Record<string, unknown>>,
    kind: string,
    origin: Origin,
    problems: readonly Problem[],
    depth: number,
  ): void {
    // Without the field the text may be cut off, or the field misspelt.
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
    // In a typed list the API server omits kind and version of the entries.
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
    const reported = problems.filter(({ code }) => !accepted.includes(code));
    this.remark(reported.filter(isHarmless), origin, describeNamed(name, named));
    this.enter(
      value,
      kind,
      named,
      origin,
      reported.filter((problem) => !isHarmless(problem)),
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
      this.written.keep(value, named, origin, problems);
      this.lose(known, problems, origin, text);
      return;
    }
    // Several groups have a Gateway, which may have the same name. Workloads of one kind must differ in their names.
    const isNameEnough = KINDS.has(kind) || workload !== undefined;
    const group = isNameEnough ? undefined : groupOf(value.apiVersion);
    const key = JSON.stringify([kind, group, named.namespace, named.name]);
    const first = this.entries.get(key);
    if (first !== undefined && (first.again === undefined || areEqual(first.again(), value))) {
      return;
    }
    const written = this.written.keep(value, named, origin, problems);
    const unreadable = known === undefined ? undefined : this.note(known, problems, origin, text);
    if (first === undefined) {
      const again = this.options.isLive === true ? undefined : origin.again(value);
      this.entries.set(key, { again, source: origin.source, unreadable, place, written });
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

  private addOther(
    value: Readonly<Record<string, unknown>>,
    how: OtherPolicyKind,
    problems: readonly Problem[],
    origin: Origin,
  ): void {
    const kindName = nameOfKind(how.kind, value.apiVersion);
    if (isIgnored(how.kind, value.apiVersion, this.options.ignoredKinds)) {
      countOne(this.ignored, kindName);
      return;
    }
    const named = objectNameOf(value, how.isNamespaced ? (this.options.defaultNamespace ?? 'default') : '');
    this.places.note(how.kind, named, origin);
    const object = describeNamed(how.kind, named);
    this.note({ kind: how.kind }, problems, origin, object);
    // An incomplete spec does not show which pods the policy leaves alone, nor whether anybody refuses it.
    const readable = problems.length > 0 ? { ...value, spec: null, specs: null } : value;
    const policy = readUnjudged(readable, how, objectIdentityOf(how.kind, named, origin));
    const invalid = this.options.isLive ? invalidityIn(value) : undefined;
    if (this.unjudged.add({ ...policy, ...defined({ invalid }) }, how, readable)) {
      const refused = this.options.isLive ? [] : problemsIn(readable, how);
      this.note({ kind: how.kind }, refused, origin, object);
      if (how.syntax === 'cilium') {
        this.written.keep(value, named, origin, [...problems, ...refused]);
      }
      countOne(this.otherKinds, kindName);
    }
  }

  /** Adds an object that policies of other kinds may refer to. */
  private addPart(
    value: Readonly<Record<string, unknown>>,
    syntax: OtherSyntax,
    problems: readonly Problem[],
    origin: Origin,
  ): void {
    const kind = value.kind as string;
    this.note({}, problems, origin, describeNamed(kind, objectNameOf(value, '')));
    // What was not read as a whole says nothing for sure.
    if (this.unjudged.addPart(problems.length > 0 ? { ...value, spec: undefined } : value, syntax)) {
      countOne(this.otherKinds, nameOfKind(kind, value.apiVersion));
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
    const mayMatter = this.unread.add(value, origin, this.options.defaultNamespace ?? 'default');
    if (mayMatter) {
      appendAll(
        this.problems,
        problems.map((problem) => ({ ...origin.refine(problem), object: kind })),
      );
    } else {
      this.remark(problems, origin, kind);
    }
  }

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

  /** Reports problems of an object, and returns the unreadable object. */
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
