import { readPortEntry } from '../cilium-kinds/cilium-ports';
import { readFields, readList } from '../cilium-kinds/unread';
import { MOST_IN_A_LIST } from '../model/cilium-limits';
import { defined } from '../model/defined';
import { type FieldPath, fieldIn } from '../model/field-path';
import { checkHttpRequest } from '../model/http-request';
import type { TrafficPort } from '../model/policy-rules';
import { sayIf, Unsaid } from './cilium-unsaid';
import { type Code, type CodePart, call, list, object } from './code';
import { quoted } from './literals';
import { portCode } from './peer-code';
import type { PlacedComments } from './placed-comments';
import { labelsCode } from './selectors';

/** The ports of a rule, and the requests on them that it lets through. Without ports: every one. */
export interface AllowedPorts {
  readonly ports?: readonly CodePart[];
  readonly http?: Code;
}

/**
 * The ports of an entry, in parts of which each becomes a rule.
 *
 * @param fields of the entry
 * @returns undefined if it names none
 * @throws Unsaid, Unread for ports that constructs cannot say
 */
export function ciliumPortsCode(
  fields: Readonly<Record<string, unknown>>,
  at: FieldPath,
  { action, comments }: { readonly action: 'allow' | 'deny'; readonly comments: PlacedComments },
): readonly AllowedPorts[] | undefined {
  const { toPorts, icmps } = fields;
  if (icmps !== undefined) {
    if (toPorts !== undefined) {
      throw new Unsaid(fieldIn(at, 'icmps'), 'Cilium takes no ports beside messages of ICMP');
    }
    return inRules(messagesCode(icmps, fieldIn(at, 'icmps'), comments));
  }
  if (toPorts === undefined) {
    return undefined;
  }
  const list = fieldIn(at, 'toPorts');
  const parts = readList(toPorts, list, (part, there) => partCode(part, there, comments));
  if (parts.length === 0) {
    return undefined;
  }
  if (action === 'deny' && parts.some(({ isFiltered }) => isFiltered)) {
    throw new Unsaid(list, 'what denies has no filter');
  }
  // Those without a filter are one list.
  const open = parts.flatMap(({ ports, http }) => (http === undefined ? ports : []));
  return [
    ...(open.length === 0 ? [] : inRules(open)),
    ...parts.flatMap(({ ports, http }) => (http === undefined ? [] : inRules(ports, http))),
  ];
}

/** Cilium takes lists of a certain length, and what is one entry for it may be three ports. */
function inRules(ports: readonly CodePart[], http?: Code): AllowedPorts[] {
  return Array.from({ length: Math.ceil(ports.length / MOST_IN_A_LIST) }, (_, i) => ({
    ports: ports.slice(i * MOST_IN_A_LIST, (i + 1) * MOST_IN_A_LIST),
    ...(http === undefined ? {} : { http }),
  }));
}

function partCode(
  value: unknown,
  at: FieldPath,
  comments: PlacedComments,
): { readonly ports: readonly CodePart[]; readonly http?: Code; readonly isFiltered: boolean } {
  const { ports = [], rules } = readFields(value, at, ['ports', 'rules']);
  const there = fieldIn(at, 'ports');
  const read = readList(ports, there, (port, place) =>
    readPortEntry(port, place).map((each, i) => ({
      port: each,
      code: codeOf(each),
      comments: i === 0 ? comments.take(...place) : [],
    })),
  ).flat();
  if (read.length === 0) {
    throw new Unsaid(at, 'it names no port');
  }
  if (rules === undefined) {
    return { ports: read, isFiltered: false };
  }
  const filters = fieldIn(at, 'rules');
  const { http } = readFields(rules, filters, ['http']);
  const requests = readList(http, fieldIn(filters, 'http'), (request, place) => ({
    code: requestCode(request, place),
    comments: comments.take(...place),
  }));
  const isOfHttp = ({ protocol, port }: TrafficPort) => protocol === 'TCP' && port !== undefined;
  if (!read.every(({ port }) => isOfHttp(port))) {
    throw new Unsaid(there, 'constructs look at requests of HTTP on ports of TCP that are named or numbered');
  }
  // An empty list filters nothing.
  return { ports: read, isFiltered: true, ...(requests.length === 0 ? {} : { http: list(requests) }) };
}

function codeOf({ protocol, port, endPort }: TrafficPort): Code {
  return portCode({ protocol, ...defined({ port, endPort }) });
}

/** A header as Cilium reads it: its name, and its value after a blank. */
const HEADER = /^([^ :]+)(?:: (.*))?$/;

function requestCode(value: unknown, at: FieldPath): Code {
  const { headers = [], ...written } = readFields(value, at, ['method', 'path', 'host', 'headers']);
  // An empty text asks for nothing.
  const said = Object.entries(written).filter(([, text]) => text !== '');
  const pairs = readList(headers, fieldIn(at, 'headers'), (header, there) => {
    const [, name, text = ''] = (typeof header === 'string' ? HEADER.exec(header) : null) ?? [];
    if (name === undefined) {
      throw new Unsaid(there, 'it is not "Name: value"');
    }
    return [name, text] as const;
  });
  const asked = Object.fromEntries(pairs);
  if (Object.keys(asked).length < pairs.length) {
    throw new Unsaid(fieldIn(at, 'headers'), 'constructs name a header once');
  }
  const request = { ...Object.fromEntries(said), ...(pairs.length === 0 ? {} : { headers: asked }) };
  sayIf(at, (problems) => checkHttpRequest(request, at, problems));
  return object([
    ...said.map(([name, text]) => ({ name, code: quoted(String(text)) })),
    ...(pairs.length === 0 ? [] : [{ name: 'headers', code: labelsCode(asked) }]),
  ]);
}

/** The numbers of the types of messages that have a name as well, by family. */
const TYPES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  IPv4: { EchoReply: 0, EchoRequest: 8 },
  IPv6: { EchoReply: 129, EchoRequest: 128 },
};

function messagesCode(value: unknown, at: FieldPath, comments: PlacedComments): CodePart[] {
  const messages = readList(value, at, (each, there) => {
    const { fields = [] } = readFields(each, there, ['fields']);
    return readList(fields, fieldIn(there, 'fields'), (field, place) => {
      const { type, family = 'IPv4' } = readFields(field, place, ['type', 'family']);
      const number = typeof type === 'string' ? TYPES[String(family)]?.[type] : type;
      if (typeof number !== 'number' || TYPES[String(family)] === undefined) {
        throw new Unsaid(place, 'constructs name a type of ICMP messages by its number');
      }
      const isIpv6 = family === 'IPv6';
      return {
        code: call(
          'Port.icmp',
          String(number),
          ...(isIpv6 ? [object([{ name: 'family', code: quoted('IPv6') }])] : []),
        ),
        comments: comments.take(...place),
      };
    });
  }).flat();
  if (messages.length === 0) {
    throw new Unsaid(at, 'it names no messages');
  }
  return messages;
}
