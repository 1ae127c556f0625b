import type { Protocol } from './network-policy';
import { inside, placeOf, type Spot } from './place';
import { checkFields, isMap, isString, type Problems, show } from './problem';

export const PROTOCOLS: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];

/**
 * One entry of `ports` as the API server checks it.
 *
 * @see kubernetes pkg/apis/networking/validation, ValidateNetworkPolicyPort
 */
export function checkPort(entry: unknown, at: Spot, problems: Problems): void {
  // JSON's null in a list is Go's zero value: the server reads it as {}.
  if (entry === null || !isMap(entry, at, problems)) {
    return;
  }
  checkFields(entry, ['protocol', 'port', 'endPort'], at, problems);
  const { protocol, port, endPort } = entry;
  if (
    protocol != null &&
    isString(protocol, inside(at, 'protocol'), problems) &&
    !PROTOCOLS.includes(protocol as Protocol)
  ) {
    problems.push({
      code: 'protocol-unknown',
      at: placeOf(at, 'protocol'),
      got: show(protocol),
      problem: 'there is no such protocol',
      fix: 'write TCP, UDP or SCTP, in capitals',
    });
  }
  if (typeof port === 'string') {
    checkPortName(port, inside(at, 'port'), problems);
  } else if (port != null) {
    checkPortNumber(port, inside(at, 'port'), problems);
  }
  if (endPort != null) {
    checkEndPort(endPort, port, inside(at, 'endPort'), problems);
  }
}

/** Whether `port` is a number from 1 to 65535; reports a problem if not. */
export function checkPortNumber(
  port: unknown,
  at: Spot,
  problems: Problems,
  insteadOfZero = 'leave the port out for every port of the protocol',
): port is number {
  if (typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= 65535) {
    return true;
  }
  problems.push({
    code: typeof port === 'number' ? 'port-out-of-range' : 'type-mismatch',
    at: placeOf(at),
    got: show(port),
    problem: 'a port is a whole number from 1 to 65535',
    fix: port === 0 ? insteadOfZero : 'give a number from 1 to 65535',
  });
  return false;
}

/** Checks the last port of a range that starts at `port`. */
export function checkEndPort(endPort: unknown, port: unknown, at: Spot, problems: Problems): void {
  const got = show(endPort);
  if (port == null) {
    problems.push({
      code: 'end-port-without-port',
      at: placeOf(at),
      got,
      problem: 'a range needs its first port',
      fix: 'add port',
    });
  } else if (typeof port === 'string') {
    problems.push({
      code: 'end-port-with-name',
      at: placeOf(at),
      got,
      problem: 'a range cannot start at a port name',
      fix: 'write the first port as a number',
    });
  } else {
    checkPortNumber(endPort, at, problems, 'end the range at a port from 1 to 65535');
    if (typeof endPort === 'number' && typeof port === 'number' && endPort < port) {
      problems.push({
        code: 'port-range-reversed',
        at: placeOf(at),
        got: `${port}-${endPort}`,
        problem: 'the last port must not be smaller than the first',
        fix: `write the range from ${endPort} to ${port}`,
      });
    }
  }
}

/** Checks the name of a container port, in a policy or in a pod. */
export function checkPortName(name: unknown, at: Spot, problems: Problems): void {
  if (!isString(name, at, problems)) {
    return;
  }
  if (name.length > 15 || !/^[-a-z0-9]+$/.test(name) || !/[a-z]/.test(name) || /--|^-|-$/.test(name)) {
    problems.push({
      code: 'port-name-invalid',
      at: placeOf(at),
      got: show(name),
      problem:
        'a port name has 1 to 15 of a-z, 0-9 and "-", at least one letter, no "--", and no "-" at either end',
      fix:
        /^\d{1,5}$/.test(name) && Number(name) <= 65535
          ? `write the number ${Number(name)}`
          : 'write a name such as "http"',
    });
  }
}
