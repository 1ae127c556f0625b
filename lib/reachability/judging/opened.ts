import type { PortSet } from '../../model/port-set';
import type { PortBounds } from '../sets/port-bounds';
import type { PortPart, SetLike } from '../sets/port-map';

/** Ports that are open surely, or perhaps. */
export interface PortVerdict {
  readonly ports: PortSet;
  readonly verdict: 'allowed' | 'unknown';
}

/** What is open for members of a set. */
export interface Open<S> extends PortVerdict {
  readonly set: S;
}

/** The ports that are open surely and, beyond them, those that may be. */
export function verdictsOf({ sure, possible }: PortBounds): readonly PortVerdict[] {
  return [
    ...(sure.isEmpty ? [] : [{ ports: sure, verdict: 'allowed' as const }]),
    ...(sure === possible ? [] : [{ ports: possible.without(sure), verdict: 'unknown' as const }]),
  ];
}

/** Sets by what is open for them; those with the same ports and the same verdict together. */
export function openedIn<S extends SetLike<S>>(parts: readonly PortPart<S>[]): readonly Open<S>[] {
  const found = { allowed: new Map<string, Open<S>>(), unknown: new Map<string, Open<S>>() };
  for (const { set, ports: bounds } of parts) {
    for (const { ports, verdict } of set.isEmpty ? [] : verdictsOf(bounds)) {
      const known = found[verdict].get(ports.key);
      found[verdict].set(ports.key, { set: known === undefined ? set : known.set.or(set), ports, verdict });
    }
  }
  return [...found.allowed.values(), ...found.unknown.values()];
}
