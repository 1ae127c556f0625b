import { NetworkPolicyError, show } from '../model/problem';
import type { AksClusterProfile } from './cluster-profile';
import { makeProfile } from './profile-fields';

/** `js-yaml`, loaded by the first profile that is read or written as YAML: nobody else pays for it. */
function yaml(): typeof import('js-yaml') {
  return require('js-yaml');
}

/**
 * A profile from YAML, as `toYaml` writes it. Versions need no quotes: 1.30 stays 1.30.
 *
 * @throws NetworkPolicyError `profile-unreadable`, and what `AksClusterProfile.of` refuses
 */
export function profileFromYaml(text: string): AksClusterProfile {
  const at = 'AksClusterProfile.fromYaml';
  const { load, FAILSAFE_SCHEMA, boolCoreTag, nullCoreTag } = yaml();
  // Numbers stay text: no field is one, and 1.30 is a version.
  const schema = FAILSAFE_SCHEMA.withTags(boolCoreTag, nullCoreTag);
  return makeProfile(
    readable(at, 'YAML', text, () => load(text, { schema })),
    at,
  );
}

/**
 * A profile from JSON, as `toJson` writes it.
 *
 * @throws NetworkPolicyError `profile-unreadable`, and what `AksClusterProfile.of` refuses
 */
export function profileFromJson(text: string): AksClusterProfile {
  const at = 'AksClusterProfile.fromJson';
  return makeProfile(parseJson(text, at), at);
}

/** The known fields as YAML, always in the same order. */
export function profileToYaml(profile: AksClusterProfile): string {
  return yaml().dump(makeProfile(profile, 'AksClusterProfile.toYaml'), { lineWidth: -1, noRefs: true });
}

/** The known fields as JSON of several lines, always in the same order. */
export function profileToJson(profile: AksClusterProfile): string {
  return `${JSON.stringify(makeProfile(profile, 'AksClusterProfile.toJson'), undefined, 2)}\n`;
}

/** The value of a text that another program wrote as JSON; values that are no text are taken as read. */
export function parseJson(json: unknown, at: string): unknown {
  return typeof json === 'string' ? readable(at, 'JSON', json, () => JSON.parse(json)) : json;
}

function readable(at: string, format: string, text: string, read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    throw new NetworkPolicyError({
      code: 'profile-unreadable',
      at,
      got: show(text),
      problem: `is not ${format}: ${(error as Error).message.split('\n')[0]}`,
      fix: `give the text of a ${format} document`,
    });
  }
}
