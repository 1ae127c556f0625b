import { type FieldPath, fieldText, liesIn } from './field-path';

/** Where something is: a field by its path, or a call or a thing by its name, which nobody takes apart. */
export type Place = FieldPath | string;

/** Where a check is. Most of what is checked is right, so a path is put together only where there is something to say. */
export type Spot = Place | InnerField;

interface InnerField {
  readonly around: Spot;
  readonly key: string | number;
}

/** A field inside what stands at a spot. */
export function inside(around: Spot, key: string | number): Spot {
  return { around, key };
}

/** A spot, or a field inside it, as a problem tells it. In what a call is given it has a name: `Peer.ipBlock.cidr`. */
export function placeOf(spot: Spot, ...field: FieldPath): Place {
  const keys = [...field];
  let root = spot;
  while (typeof root !== 'string' && !isPath(root)) {
    keys.unshift(root.key);
    root = root.around;
  }
  return typeof root === 'string' ? fieldText([root, ...keys]) : [...root, ...keys];
}

/** Whether a place is a field. */
export function isPath(spot: Spot): spot is FieldPath {
  return Array.isArray(spot);
}

/** Whether a place is a field, or lies in it. */
export function isInField(place: Place, field: FieldPath): boolean {
  return isPath(place) && liesIn(place, field);
}

/** `spec.ingress[0].from`, `Port.tcpRange`, `the document` */
export function describePlace(place: Place): string {
  return isPath(place) ? fieldText(place) : place;
}
