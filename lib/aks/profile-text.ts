import type { FieldPath } from '../model/field-path';
import { isPlainObject, NetworkPolicyError, show } from '../model/problem';
import type { ReadDocument } from '../yaml/documents';
import type { AksClusterProfile } from './cluster-profile';
import { makeProfile } from './profile-fields';

/**
 * A profile from YAML, as `toYaml` writes it. Versions need no quotes: 1.30 stays 1.30.
 *
 * @throws NetworkPolicyError `profile-unreadable`, and what `AksClusterProfile.of` refuses
 */
export function profileFromYaml(text: string): AksClusterProfile {
  const at = 'AksClusterProfile.fromYaml';
  const document = onlyDocument(text, at);
  return makeProfile(asWritten(document.value, [], document), 'profile');
}

/**
 * The value with numbers, and booleans outside `localDns`, replaced by their text: 1.30 is a version, and `no` and 0400
 * may be names of node pools.
 */
function asWritten(value: unknown, at: FieldPath, document: ReadDocument): unknown {
  if (Array.isArray(value)) {
    return value.map((entry, i) => asWritten(entry, [...at, i], document));
  }
  if (isPlainObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([field, entry]) => [field, asWritten(entry, [...at, field], document)]),
    );
  }
  const isText = typeof value === 'number' || (typeof value === 'boolean' && at[0] !== 'localDns');
  return isText ? (document.locate({ code: 'type-mismatch', at }).written ?? value) : value;
}

function onlyDocument(text: string, at: string): ReadDocument {
  // The YAML reader is loaded only when a profile is read as YAML.
  const { readDocuments } = require('../yaml/documents') as typeof import('../yaml/documents');
  const { Lines } = require('../yaml/lines') as typeof import('../yaml/lines');
  const lineAt = (offset: number) => {
    const { line, column } = new Lines(text).placeOf(offset);
    return `line ${line}, column ${column}`;
  };
  const refuse = (got: string, problem: string, fix: string) =>
    new NetworkPolicyError({ code: 'profile-unreadable', at, got, problem, fix });
  const [document, second] = readDocuments(text);
  if (document === undefined) {
    throw refuse(show(text), 'contains no YAML', 'give the text of a YAML document');
  }
  const [problem] = document.problems;
  if (problem !== undefined) {
    throw refuse(problem.got, `${lineAt(document.locate(problem).offset)}: ${problem.problem}`, problem.fix);
  }
  if (second !== undefined) {
    throw refuse(
      'a second document',
      `${lineAt(second.offset)}: only the first document would count`,
      'put all of it into one document',
    );
  }
  return document;
}

/**
 * A profile from JSON, as `toJson` writes it.
 *
 * @throws NetworkPolicyError `profile-unreadable`, and what `AksClusterProfile.of` refuses
 */
export function profileFromJson(text: string): AksClusterProfile {
  const at = 'AksClusterProfile.fromJson';
  return makeProfile(parseJson(text, at), 'profile');
}

/** The known fields as YAML, always in the same order. */
export function profileToYaml(profile: AksClusterProfile): string {
  const { dump } = require('js-yaml') as typeof import('js-yaml');
  return dump(makeProfile(profile, 'AksClusterProfile.toYaml'), { lineWidth: -1, noRefs: true });
}

/** The known fields as JSON of several lines, always in the same order. */
export function profileToJson(profile: AksClusterProfile): string {
  return `${JSON.stringify(makeProfile(profile, 'AksClusterProfile.toJson'), undefined, 2)}\n`;
}

/** The value of a JSON text; any other value is returned as it is. */
export function parseJson(json: unknown, at: string): unknown {
  if (typeof json !== 'string') {
    return json;
  }
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new NetworkPolicyError({
      code: 'profile-unreadable',
      at,
      got: show(json),
      problem: `is not JSON: ${(error as Error).message.split('\n')[0]}`,
      fix: 'give the text of a JSON document',
    });
  }
}
