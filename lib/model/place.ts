import { type FieldPath, fieldText, liesIn } from './field-path';

/** Where a problem is: the path of a field, or the name of a call or a thing. */
export type Place = FieldPath | string;

/** The field that a check looks at. Its path is put together only for a problem, because most fields have none. */
export type Spot = Place | InnerField;

interface InnerField {
  readonly around: Spot;
  readonly key: string | number;
}

export function inside(around: Spot, key: string | number): Spot {
  return { around, key };
}

/** The place of a spot, or of a field inside it; `Peer.ipBlock.cidr` for a field of a call's argument. */
export function placeOf(spot: Spot, ...field: FieldPath): Place {
  const keys = [...field];
  let root = spot;
  while (typeof root !== 'string' && !isPath(root)) {
    keys.unshift(root.key);
    root = root.around;
  }
  return typeof root === 'string' ? fieldText([root, ...keys]) : [...root, ...keys];
}

/** Whether a place is the path of a field. */
export function isPath(spot: Spot): spot is FieldPath {
  return Array.isArray(spot);
}

/** Whether a place is this field, or inside it. */
export function isInField(place: Place, field: FieldPath): boolean {
  return isPath(place) && liesIn(place, field);
}

/** `spec.ingress[0].from`, `Port.tcpRange`, `the document` */
export function describePlace(place: Place): string {
  return isPath(place) ? fieldText(place) : place;
}
