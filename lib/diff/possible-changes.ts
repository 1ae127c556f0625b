import type { PodSet } from '../model/pod-set';
import { PortSet } from '../model/port-set';
import { type PossiblePart, partsNearby } from '../reachability/judging/possible-rows';
import type { PossibleReader } from '../reachability/reading/possible-reader';
import type { PortBounds, PortPool } from '../reachability/sets/port-bounds';
import type { PortChange, PortChanges } from './port-change';

/** How the ports change that somebody leaves open with pods that no manifest tells of. */
export interface PossibleChange {
  readonly set: PodSet;
  /** Those of the set that the other version treats so already. */
  readonly except: readonly PodSet[];
  readonly ports: PortChange;
}

/** What one version leaves open with pods that no manifest tells of. */
export interface PossibleVersion {
  readonly possible: PossibleReader;
  /** Pods have the ports of all parts that they fit together. */
  readonly parts: readonly PossiblePart[];
  /** What is open with all pods of a set. */
  open(set: PodSet): PortBounds;
  /** What is in doubt about a set: the same text where the same is not known. */
  doubts(set: PodSet): string;
}

/** Every set of pods that one version treats otherwise than the other, as long as a pod remains that could exist. */
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
      ...gainsOf(set, after, before),
      ...lossesOf(set, before, after),
      ...doubtsOf(set, before, after),
    ].map(({ ports, except, word }) => ({
      set,
      except,
      ports: changeOf(set, ports, [before, after], changes, word),
    }));
  });
  return found.filter(({ ports }) => ports.isChange);
}

/** Whether two versions surely leave the same open with the same sets. */
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

/** What sets have in namespaces whose labels fit them in one version and not in the other. */
function relabelled(sets: readonly PodSet[], before: PossibleVersion, after: PossibleVersion): PodSet[] {
  const [was, is] = [before.possible.space, after.possible.space];
  return was.equals(is) ? [] : sets.flatMap((set) => was.relabelled(set, is));
}

/** Whether a version treats some pods of a set otherwise than the others. */
function isToldApart(set: PodSet, { possible: { space }, parts }: PossibleVersion): boolean {
  return partsNearby(parts)
    .to(set)
    .some((part) => space.overlap(part.set, set) && !space.covers([part.set], set));
}

/** Ports that change with the pods of a set, except some of them. */
interface Gain {
  readonly word: 'opened' | 'closed' | 'unknown';
  readonly ports: PortSet;
  readonly except: readonly PodSet[];
}

/** What is surely open in one version, and in the other surely not. */
function gainsOf(set: PodSet, version: PossibleVersion, other: PossibleVersion): readonly Gain[] {
  const sure = ownPorts(set, version, other);
  let gains: Gain[] = sure.isEmpty ? [] : [{ word: 'opened', ports: sure, except: [] }];
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
    : // One row that leaves out all of them is read sooner than several by their ports.
      [{ ...first, ports: more.reduce((all, { ports }) => all.or(ports), first.ports), except: left }];
}

/** Whether all that changes with a part of a set is told of the part itself. */
function hasOwnRow(part: PodSet, whole: PodSet, versions: readonly PossibleVersion[]): boolean {
  return versions.every(
    (version) => version.possible.space.covers([whole], part) && !isToldApart(part, version),
  );
}

/** What is told of a set: what is said of it or, where neither version speaks of it, what is open with it. */
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

function lossesOf(set: PodSet, before: PossibleVersion, after: PossibleVersion): Gain[] {
  return gainsOf(set, before, after).map((each) => ({ ...each, word: 'closed' }));
}

/** What is in doubt in a version, unless the other knows as little for the same reasons. */
function doubtsOf(set: PodSet, before: PossibleVersion, after: PossibleVersion): Gain[] {
  const [was, is] = [inDoubt(before.open(set)), inDoubt(after.open(set))];
  const other = was.without(is).or(is.without(was));
  const ports = before.doubts(set) === after.doubts(set) ? other : was.or(is);
  return ports.isEmpty ? [] : [{ word: 'unknown', ports, except: [] }];
}

function inDoubt({ sure, possible }: PortBounds): PortSet {
  return possible.without(sure);
}

/** The change of some ports, beside those that are open with all of a set in both versions. */
function changeOf(
  set: PodSet,
  ports: PortSet,
  [before, after]: readonly [PossibleVersion, PossibleVersion],
  changes: PortChanges,
  word: Gain['word'],
): PortChange {
  const [was, is] = [before.open(set), after.open(set)];
  const both = was.sure.and(is.sure).without(ports);
  const exactly = (pool: PortPool, open: PortSet) => pool.exactly(open);
  if (word !== 'unknown') {
    const all = both.or(ports);
    return changes.of(
      exactly(changes.before, word === 'opened' ? both : all),
      exactly(changes.after, word === 'opened' ? all : both),
    );
  }
  const part = (pool: PortPool, { sure, possible }: PortBounds) =>
    pool.between(both.or(sure.and(ports)), both.or(possible.and(ports)));
  return changes.of(part(changes.before, was), part(changes.after, is), ports);
}
