import { canonicalText } from '../model/canonical-text';
import type { NotBuilt } from '../model/inventory';
import { otherPolicyOf } from '../model/other-policies';
import { isPlainObject } from '../model/problem';
import { describeNamed, objectNameOf } from './identity';
import { kindOf } from './kinds';

/** An object that contains others; its content stands for the digest that an inventory has of it. */
export interface Holder extends Omit<NotBuilt, 'digest'> {
  readonly content: string;
}

/** How deep objects are sought inside an object. */
const MAX_DEPTH = 12;

/**
 * For an object that contains others which matter for traffic, such as an OpenShift Template or a Fleet Work: a controller
 * creates them elsewhere, or with other values. Undefined for any other object.
 */
export function holderOf(
  value: Readonly<Record<string, unknown>>,
  defaultNamespace: string,
): Holder | undefined {
  const parts = Object.values(value).reduce((sum: number, inner) => sum + countIn(inner, MAX_DEPTH), 0);
  return parts === 0
    ? undefined
    : {
        by: 'controller',
        name: describeNamed(value.kind as string, objectNameOf(value, defaultNamespace)),
        parts,
        content: canonicalText(value),
      };
}

/** The number of objects in a value whose kinds matter for traffic. */
function countIn(value: unknown, depth: number): number {
  if (depth === 0 || typeof value !== 'object' || value === null) {
    return 0;
  }
  return isPlainObject(value) && isPlainObject(value.metadata) && isKnown(value)
    ? 1
    : Object.values(value).reduce((sum: number, inner) => sum + countIn(inner, depth - 1), 0);
}

function isKnown({ kind, apiVersion }: Readonly<Record<string, unknown>>): boolean {
  return (
    typeof kind === 'string' &&
    typeof apiVersion === 'string' &&
    (kindOf(kind, apiVersion) ?? otherPolicyOf(kind, apiVersion)) !== undefined
  );
}
