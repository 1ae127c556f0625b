import { type AcceptedChange, CHANGE_MARKS } from '../model/accepted-change';
import { readAddress } from '../model/cidr';
import { isDay } from '../model/day';
import { defined } from '../model/defined';
import { nearestWord } from '../model/edit-distance';
import type { FieldPath } from '../model/field-path';
import { type Acknowledgement, type Expectation, FINDING_CODES, type FindingCode } from '../model/finding';
import { readHostName } from '../model/named-host';
import { inside, type Place, placeOf, type Spot } from '../model/place';
import { PortSet } from '../model/port-set';
import { readPort } from '../model/port-text';
import {
  checkFields,
  isList,
  isString,
  NetworkPolicyError,
  type Problem,
  type Problems,
  show,
} from '../model/problem';

type Entry = Readonly<Record<string, unknown>>;

export function readAcceptedChange(
  entry: Entry,
  at: FieldPath,
  problems: Problems,
): AcceptedChange | undefined {
  checkFields(entry, ['change', 'from', 'to', 'ports', 'reason', 'until'], at, problems);
  const change = CHANGE_MARKS.find((each) => each === entry.change);
  if (change === undefined) {
    problems.push({
      code: 'value-unknown',
      at: placeOf(at, 'change'),
      got: show(entry.change),
      problem: 'there is no such change',
      fix: `write one of ${CHANGE_MARKS.join(', ')}`,
    });
  }
  const [from, to] = (['from', 'to'] as const).map((end) => readNames(entry[end], inside(at, end), problems));
  const ports = readPorts(entry, at, problems);
  const reason = requireReason(entry, 'a change', at, problems);
  const until = readDay(entry, at, problems);
  return change === undefined || from === undefined || to === undefined || reason === undefined
    ? undefined
    : { change, from, to, reason, ...defined({ ports, until }) };
}

/** One name, or a list of names, as `diff` writes them. */
function readNames(names: unknown, at: Spot, problems: Problems): readonly string[] | undefined {
  if (names == null || (Array.isArray(names) && names.length === 0)) {
    problems.push(missing(placeOf(at), 'name who is meant, as aks-netpol diff --wide does'));
    return undefined;
  }
  if (typeof names === 'string') {
    return [names];
  }
  return isList(names, at, problems) && names.every((name, i) => isString(name, inside(at, i), problems))
    ? (names as readonly string[])
    : undefined;
}

/** `80/TCP, 8000-8100/TCP`, as `diff` writes them. */
function readPorts({ ports }: Entry, at: FieldPath, problems: Problems): PortSet | undefined {
  if (ports == null || (typeof ports !== 'number' && !isString(ports, inside(at, 'ports'), problems))) {
    return undefined;
  }
  const sets = String(ports)
    .split(',')
    .flatMap((text) => portsOf(text.trim(), placeOf(at, 'ports'), problems) ?? []);
  return PortSet.union(sets);
}

function portsOf(text: string, at: Place, problems: Problems): PortSet | undefined {
  try {
    const asked = readPort(text);
    if ('ports' in asked) {
      return asked.ports;
    }
    problems.push({
      code: 'port-unreadable',
      at,
      got: show(text),
      problem: 'changes are told by numbers, and this is a name',
      fix: 'write the numbers, such as 5432/TCP',
    });
  } catch (error) {
    addPortProblem(error, at, problems);
  }
  return undefined;
}

export function readAcknowledgement(
  entry: Entry,
  at: FieldPath,
  problems: Problems,
): Acknowledgement | undefined {
  checkFields(entry, ['rule', 'object', 'construct', 'reason', 'until', 'atMost'], at, problems);
  const rule = readRule(entry, at, problems);
  const reason = requireReason(entry, 'a finding', at, problems);
  const object = readObject(entry, at, problems);
  const construct = textOf(entry, 'construct', at, problems);
  const until = readDay(entry, at, problems);
  const atMost = readAtMost(entry, at, problems);
  return rule === undefined || reason === undefined
    ? undefined
    : { rule, reason, ...defined({ object, construct, until, atMost }) };
}

export function readFlow(
  kind: 'must-reach' | 'must-not-reach',
  entry: Entry,
  at: FieldPath,
  problems: Problems,
): Expectation | undefined {
  checkFields(entry, ['from', 'to', 'port', 'reason'], at, problems);
  const from = readEnd(entry.from, inside(at, 'from'), problems);
  const to = isHost(entry.to) ? entry.to : readEnd(entry.to, inside(at, 'to'), problems);
  const more = defined({ port: readPortText(entry, at, problems), reason: readReason(entry, at, problems) });
  return from === undefined || to === undefined ? undefined : { kind, from, to, ...more };
}

export function readOnlyFrom(entry: Entry, at: FieldPath, problems: Problems): Expectation | undefined {
  checkFields(entry, ['to', 'port', 'from', 'reason'], at, problems);
  const to = readEnd(entry.to, inside(at, 'to'), problems);
  const more = defined({ port: readPortText(entry, at, problems), reason: readReason(entry, at, problems) });
  if (entry.from == null) {
    problems.push(missing(placeOf(at, 'from'), 'list who may reach it; [] is nobody'));
    return undefined;
  }
  if (!isList(entry.from, inside(at, 'from'), problems)) {
    return undefined;
  }
  const from = entry.from.flatMap((end, i) => readEnd(end, inside(inside(at, 'from'), i), problems) ?? []);
  return to === undefined ? undefined : { kind: 'only-from', to, from, ...more };
}

function readRule({ rule }: Entry, at: FieldPath, problems: Problems): FindingCode | undefined {
  if (rule == null) {
    problems.push(missing(placeOf(at, 'rule'), 'name the rule whose findings are accepted'));
    return undefined;
  }
  if (!isString(rule, inside(at, 'rule'), problems)) {
    return undefined;
  }
  const known = FINDING_CODES.find((code) => code === rule);
  if (known === undefined) {
    problems.push(ruleUnknown(rule, placeOf(at, 'rule')));
  }
  return known;
}

export function ruleUnknown(got: string, at: Place): Problem {
  const nearest = nearestWord(got, FINDING_CODES);
  return {
    code: 'finding-unknown',
    at,
    got: show(got),
    problem: 'there is no such rule',
    fix:
      nearest === undefined ? `the rules are ${FINDING_CODES.join(', ')}` : `did you mean ${show(nearest)}?`,
  };
}

function requireReason(entry: Entry, what: string, at: FieldPath, problems: Problems): string | undefined {
  const reason = readReason(entry, at, problems);
  if (reason === undefined && (entry.reason == null || typeof entry.reason === 'string')) {
    problems.push({
      code: 'reason-missing',
      at: placeOf(at, 'reason'),
      got: show(entry.reason),
      problem: `the next reader needs to know why ${what} is accepted`,
      fix: 'write why it is all right',
    });
  }
  return reason;
}

function readReason(entry: Entry, at: FieldPath, problems: Problems): string | undefined {
  const reason = textOf(entry, 'reason', at, problems)?.trim();
  return reason === '' ? undefined : reason;
}

function readDay({ until }: Entry, at: FieldPath, problems: Problems): string | undefined {
  if (until == null || !isString(until, inside(at, 'until'), problems)) {
    return undefined;
  }
  if (!isDay(until)) {
    problems.push({
      code: 'date-invalid',
      at: placeOf(at, 'until'),
      got: show(until),
      problem: 'is not a day of the calendar',
      fix: 'write the last day on which it is accepted, such as 2026-12-31',
    });
  }
  return until;
}

/** The name of an object, or `shop/*` for all objects of a namespace. */
function readObject(entry: Entry, at: FieldPath, problems: Problems): string | undefined {
  const object = textOf(entry, 'object', at, problems);
  if (object?.includes('*') === true && !/^[^*/]+\/\*$/.test(object)) {
    problems.push({
      code: 'value-unknown',
      at: placeOf(at, 'object'),
      got: show(object),
      problem: 'a * is only allowed for all objects of a namespace, as in shop/*',
      fix: 'name the object, or leave the field out to accept the rule everywhere',
    });
  }
  return object;
}

function readAtMost({ atMost }: Entry, at: FieldPath, problems: Problems): number | undefined {
  if (atMost == null) {
    return undefined;
  }
  if (!Number.isInteger(atMost) || (atMost as number) < 1) {
    problems.push({
      code: 'value-unknown',
      at: placeOf(at, 'atMost'),
      got: show(atMost),
      problem: 'must be a number of findings, at least 1',
      fix: 'write how many are accepted, or leave it out to accept any number',
    });
  }
  return atMost as number;
}

function readEnd(end: unknown, at: Spot, problems: Problems): string | undefined {
  if (end == null) {
    problems.push(missing(placeOf(at), `write ${ENDS}`));
    return undefined;
  }
  if (!isString(end, at, problems)) {
    return undefined;
  }
  if (!isEnd(end)) {
    problems.push({
      code: 'end-unreadable',
      at: placeOf(at),
      got: show(end),
      problem: 'is not an end of a connection',
      fix: `write ${ENDS}`,
    });
  }
  return end;
}

function isHost(end: unknown): end is string {
  return typeof end === 'string' && readHostName(end) !== undefined;
}

/** Labels and names that do not exist are reported by the evaluator. */
function isEnd(end: string): boolean {
  return (
    end === 'internet' ||
    end === 'any' ||
    /^node:.|^[^/]+\/[^/]+$|^[^/]+\/.*[=!() ]/.test(end) ||
    readAddress(end) !== undefined
  );
}

const ENDS =
  'namespace/workload, namespace/pod, an address, a CIDR, node:NAME, internet, any, namespace/* or namespace/app=web';

function readPortText({ port }: Entry, at: FieldPath, problems: Problems): string | undefined {
  if (port == null || (typeof port !== 'number' && !isString(port, inside(at, 'port'), problems))) {
    return undefined;
  }
  try {
    readPort(port);
  } catch (error) {
    addPortProblem(error, placeOf(at, 'port'), problems);
  }
  return String(port);
}

function addPortProblem(error: unknown, at: Place, problems: Problems): void {
  if (!(error instanceof NetworkPolicyError)) {
    throw error;
  }
  const { code, got, problem, fix } = error;
  problems.push({ code, at, got, problem, fix });
}

function textOf(entry: Entry, key: string, at: FieldPath, problems: Problems): string | undefined {
  const value = entry[key];
  return value != null && isString(value, inside(at, key), problems) ? value : undefined;
}

function missing(at: Place, fix: string): Problem {
  return { code: 'field-missing', at, got: show(undefined), problem: 'is required', fix };
}
