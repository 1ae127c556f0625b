import { readAddress } from '../model/cidr';
import { isDay } from '../model/day';
import { defined } from '../model/defined';
import { nearestWord } from '../model/edit-distance';
import type { FieldPath } from '../model/field-path';
import { type Acknowledgement, type Expectation, FINDING_CODES, type FindingCode } from '../model/finding';
import { readHostName } from '../model/named-host';
import { inside, type Place, placeOf, type Spot } from '../model/place';
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

export function readAcknowledgement(
  entry: Entry,
  at: FieldPath,
  problems: Problems,
): Acknowledgement | undefined {
  checkFields(entry, ['rule', 'object', 'construct', 'reason', 'until', 'atMost'], at, problems);
  const rule = readRule(entry, at, problems);
  const reason = readReason(entry, at, problems);
  if (reason === undefined && (entry.reason == null || typeof entry.reason === 'string')) {
    problems.push({
      code: 'reason-missing',
      at: placeOf(at, 'reason'),
      got: show(entry.reason),
      problem: 'the next reader needs to know why a finding is accepted',
      fix: 'write why it is all right',
    });
  }
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
    if (!(error instanceof NetworkPolicyError)) {
      throw error;
    }
    const { code, got, problem, fix } = error;
    problems.push({ code, at: placeOf(at, 'port'), got, problem, fix });
  }
  return String(port);
}

function textOf(entry: Entry, key: string, at: FieldPath, problems: Problems): string | undefined {
  const value = entry[key];
  return value != null && isString(value, inside(at, key), problems) ? value : undefined;
}

function missing(at: Place, fix: string): Problem {
  return { code: 'field-missing', at, got: show(undefined), problem: 'is required', fix };
}
