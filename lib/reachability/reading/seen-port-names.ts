import type { Protocol } from '../../model/network-policy';
import type { NamedPort } from '../../model/port-names';
import type { Tristate } from '../../model/tristate';
import type { Hooks } from './hooks';

/** A number that a name has, and whether that is sure. */
export interface SeenNumber {
  readonly port: number;
  readonly isSure: boolean;
}

/**
 * The numbers that a name has on pods as the engine sees it.
 *
 * @param declared the ports of the pods with this name, of any protocol
 */
export function seenNumbers(
  declared: readonly NamedPort[],
  protocol: Protocol,
  hooks: Hooks,
): readonly SeenNumber[] {
  const seen = declared
    .map((port) => ({ ...port, isSeen: isSeen(port, hooks) }))
    .filter((port) => port.isSeen !== 'no');
  const numbers = (ports: typeof seen) =>
    ports.flatMap((each) =>
      each.protocol === protocol ? { port: each.port, isSure: each.isSeen === 'yes' } : [],
    );
  const [all, last] = [numbers(seen), numbers(seen.slice(-1))];
  const isLastAll = all.every(({ port }) => last.some((each) => each.port === port));
  // An engine that keeps one port for each name has no doubts.
  return isLastAll || hooks.does('port-name-is-that-of-last-container') === 'no' ? all : last;
}

function isSeen({ by }: NamedPort, hooks: Hooks): Tristate {
  switch (by) {
    case 'container':
      return 'yes';
    case 'sidecar':
      return hooks.does('sidecar-port-name-not-seen') === 'yes'
        ? 'no'
        : hooks.does('init-port-name-may-be-seen') === 'no'
          ? 'yes'
          : 'unknown';
    case 'init':
      return hooks.does('init-port-name-may-be-seen');
  }
}
