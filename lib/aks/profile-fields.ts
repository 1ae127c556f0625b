import { readAddress, readCidr } from '../model/cidr';
import { nearestWord } from '../model/edit-distance';
import { isDnsLabel } from '../model/names';
import { inside, placeOf, type Spot } from '../model/place';
import {
  checkEach,
  checkFields,
  isMap,
  isString,
  type Problems,
  refuseIf,
  show,
  type ValueCheck,
} from '../model/problem';
import { AZURE_CLOUDS } from './clouds';
import type { AksClusterProfile } from './cluster-profile';
import { ACNS_POLICIES, MANAGED_POLICIES } from './cluster-profile';
import { checkCombinations } from './combinations';
import { DATA_PLANES, ENGINE_NAMES, NETWORK_PLUGIN_MODES, NETWORK_PLUGINS } from './engines';

/** The fields of a profile in the order in which they are written, with their checks. */
const FIELDS: Readonly<Record<keyof AksClusterProfile, ValueCheck>> = {
  engine: oneOf(ENGINE_NAMES),
  dataPlane: oneOf(DATA_PLANES),
  networkPlugin: oneOf(NETWORK_PLUGINS),
  networkPluginMode: oneOf(NETWORK_PLUGIN_MODES),
  kubernetesVersion: checkKubernetesVersion,
  windowsNodePools: listOf(isString),
  localDns: checkBoolean,
  podCidrs: listOf(checkCidr),
  serviceCidrs: listOf(checkCidr),
  nodeCidrs: listOf(checkCidr),
  apiServerAddresses: listOf(checkAddress),
  cloud: oneOf(AZURE_CLOUDS),
  acns: oneOf(ACNS_POLICIES),
  managedNamespaces: listOf(checkManagedNamespace),
};

/**
 * A checked, frozen profile without `null` and `undefined`.
 *
 * @throws NetworkPolicyError the first problem
 */
export function makeProfile(fields: unknown, at: string): AksClusterProfile {
  let profile: AksClusterProfile = {};
  refuseIf((problems) => {
    if (!isMap(fields, at, problems)) {
      return;
    }
    checkFields(fields, Object.keys(FIELDS), at, problems);
    for (const [field, check] of Object.entries(FIELDS)) {
      const value = fields[field];
      if (value != null) {
        check(value, inside(at, field), problems);
        profile = { ...profile, [field]: frozenCopy(value) };
      }
    }
    if (problems.length === 0) {
      checkCombinations(profile, at, problems);
    }
  });
  return Object.freeze(profile);
}

function oneOf(values: readonly string[]): ValueCheck {
  return (value, at, problems) => {
    if (!values.includes(value as string)) {
      problems.push({
        code: 'value-unknown',
        at: placeOf(at),
        got: show(value),
        problem: 'there is no such value',
        fix: `${meant(value, values)}write one of ${values.join(', ')}, or leave it out if it is not known`,
      });
    }
  };
}

function meant(value: unknown, values: readonly string[]): string {
  const nearest = typeof value === 'string' ? nearestWord(value.toLowerCase(), values) : undefined;
  return nearest === undefined ? '' : `did you mean ${show(nearest)}? `;
}

function listOf(check: ValueCheck): ValueCheck {
  return (value, at, problems) => checkEach(value, at, problems, check);
}

function checkBoolean(value: unknown, at: Spot, problems: Problems): void {
  if (typeof value !== 'boolean') {
    problems.push({
      code: 'type-mismatch',
      at: placeOf(at),
      got: show(value),
      problem: 'must be true or false',
      fix: 'write true or false, or leave it out if it is not known',
    });
  }
}

function checkKubernetesVersion(value: unknown, at: Spot, problems: Problems): void {
  if (typeof value !== 'string' || !/^\d+\.\d+(\.\d+)?$/.test(value)) {
    problems.push({
      code: 'kubernetes-version-invalid',
      at: placeOf(at),
      got: show(value),
      problem: 'a Kubernetes version has a major and a minor number, and may have a patch number',
      fix: 'write a text such as "1.33" or "1.33.2"',
    });
  }
}

function checkCidr(value: unknown, at: Spot, problems: Problems): void {
  if (isString(value, at, problems) && readCidr(value) === undefined) {
    problems.push({
      code: 'cidr-invalid',
      at: placeOf(at),
      got: show(value),
      problem: 'is not a CIDR',
      fix: 'write an address, "/" and a prefix length, such as "10.244.0.0/16"',
    });
  }
}

function checkAddress(value: unknown, at: Spot, problems: Problems): void {
  if (isString(value, at, problems) && readAddress(value) === undefined) {
    problems.push({
      code: 'address-invalid',
      at: placeOf(at),
      got: show(value),
      problem: 'is not an IP address',
      fix: 'write one such as "20.50.1.2"; the name of the API server can be resolved with dig or nslookup',
    });
  }
}

function checkManagedNamespace(value: unknown, at: Spot, problems: Problems): void {
  if (!isMap(value, at, problems)) {
    return;
  }
  checkFields(value, ['name', 'ingress', 'egress'], at, problems);
  if (isString(value.name, inside(at, 'name'), problems) && !isDnsLabel(value.name)) {
    problems.push({
      code: 'namespace-invalid',
      at: placeOf(at, 'name'),
      got: show(value.name),
      problem: 'a namespace has 1 to 63 of a-z, 0-9 and "-", and a letter or digit at both ends',
      fix: 'write the name of the namespace',
    });
  }
  for (const direction of ['ingress', 'egress']) {
    if (value[direction] != null) {
      oneOf(MANAGED_POLICIES)(value[direction], inside(at, direction), problems);
    }
  }
}

/** The ranges of a cluster, from a list, or from the older field for a single range. */
export function rangesOf(list: unknown, single: unknown): unknown {
  if (Array.isArray(list) && list.length > 0) {
    return list;
  }
  return typeof single === 'string' && single !== '' ? [single] : undefined;
}

/** A frozen copy without `null` fields, which mean that a value is not known. */
function frozenCopy(value: unknown): unknown {
  if (Array.isArray(value)) {
    return Object.freeze(value.map(frozenCopy));
  }
  if (typeof value === 'object' && value !== null) {
    const known = Object.entries(value).filter(([, entry]) => entry != null);
    return Object.freeze(Object.fromEntries(known.map(([key, entry]) => [key, frozenCopy(entry)])));
  }
  return value;
}
