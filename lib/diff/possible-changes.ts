import type { PodSet } from '../model/pod-set';
import { PortSet } from '../model/port-set';
import { type PossiblePart, partsNearby } from '../reachability/judging/possible-rows';
import type { PossibleReader } from '../reachability/reading/possible-reader';
import type { PortBounds, PortPool } from '../reachability/sets/port-bounds';
import { inDoubt, type PortChange, type PortChanges } from './port-change';

/** The change of the ports that somebody leaves open with possible pods. */
export interface PossibleChange {
  readonly set: PodSet;
  /** The pods of the set for which nothing changes. */
  readonly except: readonly PodSet[];
  readonly ports: PortChange;
}

/** What somebody leaves open with possible pods in one version. */
export interface PossibleVersion {
  readonly possible: PossibleReader;
  /** A pod has the ports of all parts that it fits together. */
  readonly parts: readonly PossiblePart[];
  /** The ports that are open with all pods of a set. */
  open(set: PodSet): PortBounds;
  /** The doubts about a set: the same text if the same is unknown. */
  doubts(set: PodSet): string;
}

/** Every set of pods that the versions treat differently, if such a pod could exist. */
export function possibleChanges(
  before: PossibleVersion,
  after: PossibleVersion,
  changes: PortChanges,
): PossibleChange[] {
  if (before.possible.space.equals(after.possible.space) && areAlike(before.parts, after.parts)) {
    return [];
  }
  const parts = [...before.parts, ...after.parts].map(({ set }) => set);
  const sets = new Map([...parts, ...relabelled(parts, before, after)].map((set) => [set.key, set]));
  const found = [...sets.values()].flatMap((set): PossibleChange[] => {
    if (!isToldApart(set, before) && !isToldApart(set, after)) {
      const doubts = before.doubts(set) === after.doubts(set) ? PortSet.NONE : PortSet.ALL;
      return [{ set, except: [], ports: changes.of(before.open(set), after.open(set), doubts) }];
    }
    return [
      ...gainsOf(set, after, before, 'opened'),
      ...gainsOf(set, before, after, 'closed'),
      ...doubtsOf(set, before, after),
    ].map(({ ports, except, word }) => ({
      set,
      except,
      ports: changeOf(set, ports, [before, after], changes, word),
    }));
  });
  return found.filter(({ ports }) => ports.isChange);
}

/** Whether two versions have the same parts without doubts. */
function areAlike(before: readonly PossiblePart[], after: readonly PossiblePart[]): boolean {
  return (
    before.length === after.length &&
    before.every(({ set, ports: was }, i) => {
      const { set: other, ports: is } = after[i] as PossiblePart;
      return (
        set.key === other.key &&
        was.sure === was.possible &&
        is.sure === is.possible &&
        was.sure.key === is.sure.key
      );
    })
  );
}

/** The parts of sets in namespaces whose labels fit in one version and not in the other. */
function relabelled(sets: readonly PodSet[], before: PossibleVersion, after: PossibleVersion): PodSet[] {
  const [was, is] = [before.possible.space, after.possible.space];
  return was.equals(is) ? [] : sets.flatMap((set) => was.relabelled(set, is));
}

/** Whether a part of a version has some pods of a set, and not all. */
function isToldApart(set: PodSet, { possible: { space }, parts }: PossibleVersion): boolean {
  return partsNearby(parts)
    .to(set)
    .some((part) => space.overlap(part.set, set) && !space.covers([part.set], set));
}

/** Ports that change with the pods of a set, except some. */
interface Gain {
  readonly word: 'opened' | 'closed' | 'unknown';
  readonly ports: PortSet;
  readonly except: readonly PodSet[];
}

/** The ports that are surely open in `version`, and surely not in `other`. */
function gainsOf(
  set: PodSet,
  version: PossibleVersion,
  other: PossibleVersion,
  word: 'opened' | 'closed',
): readonly Gain[] {
  const sure = ownPorts(set, version, other);
  let gains: Gain[] = sure.isEmpty ? [] : [{ word, ports: sure, except: [] }];
  for (const known of partsNearby(other.parts).to(set)) {
    const had = known.ports.possible;
    if (gains.some((each) => each.ports.overlaps(had)) && other.possible.space.overlap(known.set, set)) {
      gains = gains
        .flatMap((each) => [
          { ...each, ports: each.ports.without(had) },
          { ...each, ports: each.ports.and(had), except: [...each.except, known.set] },
        ])
        .filter((each) => !each.ports.isEmpty);
    }
  }
  const remains = (except: readonly PodSet[]) =>
    [version, other].every(({ possible }) => possible.remains(set, except));
  const told = gains.filter(({ except }) => remains(except));
  const [first, ...more] = told;
  const left = [...new Map(told.flatMap(({ except }) => except.map((each) => [each.key, each]))).values()];
  return first === undefined ||
    more.length === 0 ||
    !remains(left) ||
    left.some((each) => !hasOwnRow(each, set, [version, other]))
    ? told
    : // One row with all exceptions is read faster than several rows by their ports.
      [{ ...first, ports: more.reduce((all, { ports }) => all.or(ports), first.ports), except: left }];
}

/** Whether a part of a set has rows of its own for all that changes with it. */
function hasOwnRow(part: PodSet, whole: PodSet, versions: readonly PossibleVersion[]): boolean {
  return versions.every(
    (version) => version.possible.space.covers([whole], part) && !isToldApart(part, version),
  );
}

/** The ports of the part of this very set or, if neither version has such a part, the ports open with the set. */
function ownPorts(set: PodSet, version: PossibleVersion, other: PossibleVersion): PortSet {
  const partIn = ({ parts }: PossibleVersion) =>
    partsNearby(parts)
      .to(set)
      .find((part) => part.set.key === set.key);
  const part = partIn(version);
  return part !== undefined
    ? part.ports.sure
    : partIn(other) === undefined
      ? version.open(set).sure
      : PortSet.NONE;
}

/** The ports that are in doubt in a version, unless they are in doubt in the other for the same reasons. */
function doubtsOf(set: PodSet, before: PossibleVersion, after: PossibleVersion): Gain[] {
  const [was, is] = [inDoubt(before.open(set)), inDoubt(after.open(set))];
  const other = was.without(is).or(is.without(was));
  const ports = before.doubts(set) === after.doubts(set) ? other : was.or(is);
  return ports.isEmpty ? [] : [{ word: 'unknown', ports, except: [] }];
}

/** The change of some ports, with the ports that are open in both versions for all of a set. */
function changeOf(
  set: PodSet,
  ports: PortSet,
  [before, after]: readonly [PossibleVersion, PossibleVersion],
  changes: PortChanges,
  word: Gain['word'],
): PortChange {
  const [was, is] = [before.open(set), after.open(set)];
  const both = was.sure.and(is.sure).without(ports);
  if (word !== 'unknown') {
    const all = both.or(ports);
    return changes.of(
      changes.before.exactly(word === 'opened' ? both : all),
      changes.after.exactly(word === 'opened' ? all : both),
    );
  }
  const part = (pool: PortPool, { sure, possible }: PortBounds) =>
    pool.between(both.or(sure.and(ports)), both.or(possible.and(ports)));
  return changes.of(part(changes.before, was), part(changes.after, is), ports);
}
