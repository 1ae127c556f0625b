import { placeOf } from '../model/place';
import { NetworkPolicyError } from '../model/problem';
import { checkList } from './options';
import { Port, type PortLike } from './port';

/**
 * The ports of a list; undefined for every port of every protocol: no list, or `Port.all()` in it.
 *
 * @throws NetworkPolicyError `ports-empty`, `type-mismatch`, and the codes of `Port.of`
 */
export function listedPorts(ports: unknown, at: string): readonly Port[] | undefined {
  if (ports === undefined) {
    return undefined;
  }
  checkList(ports, at);
  const read = (ports as readonly PortLike[]).map((port, i) => Port.at(port, placeOf(at, i)));
  if (read.length === 0) {
    throw new NetworkPolicyError({
      code: 'ports-empty',
      at,
      got: '[]',
      problem: 'an empty list could mean every port or none',
      fix: 'write [Port.all()] to allow every port, or denyAll() to allow none',
    });
  }
  return read.some((port) => port.toParts().kind === 'all') ? undefined : read;
}
