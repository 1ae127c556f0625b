import { EVENT_ID, type Event, getScalarValue } from 'js-yaml';
import { append } from '../model/append';
import { offsetOf } from './events';

/** A comment of a YAML text, and the field or list entry it speaks of. */
export interface Comment {
  /** Without the `#` before it and the blanks around it. */
  readonly text: string;
  /** Such as `['spec', 'ingress', 0]`; empty for the whole document. */
  readonly path: readonly (string | number)[];
}

/** A comment, the document it belongs to, counted from 0, and where it stands. */
export interface PlacedComment extends Comment {
  readonly document: number;
}

/** The comments of a text by document and by entry of a List in it, so that each object finds its own at once. */
export class CommentIndex {
  private readonly documents = new Map<number, Comment[]>();
  private readonly entries = new Map<string, Comment[]>();

  public constructor(comments: readonly PlacedComment[]) {
    for (const comment of comments) {
      const [list, entry] = comment.path;
      append(this.documents, comment.document, comment);
      if (list === 'items' && typeof entry === 'number') {
        append(this.entries, `${comment.document} ${entry}`, comment);
      }
    }
  }

  /**
   * @param above the path of an object in its document: empty, or `items` and a number for each List around it
   * @returns comments with paths from the object on
   */
  public under(document: number, above: Comment['path']): readonly Comment[] {
    const near =
      above.length === 0 ? this.documents.get(document) : this.entries.get(`${document} ${above[1]}`);
    return (near ?? [])
      .filter(({ path }) => above.every((part, i) => part === path[i]))
      .map(({ text, path }) => ({ text, path: path.slice(above.length) }));
  }
}

/** A node of a document, in the order in which they are written. */
interface Place {
  readonly document: number;
  readonly path: Comment['path'];
  readonly start: number;
  /** Where a scalar ends; of anything else, its start. */
  readonly end: number;
  /** What a comment above its line speaks of; a list and an object that begin there leave it to what is in them. */
  readonly isSubject: boolean;
}

/**
 * The comments of a text, found between the scalars that js-yaml tells, so that a `#` in a text is none. One with
 * something before it on its line belongs to that, every other to what comes next, and the last to its document.
 *
 * @param events of all documents of the text
 */
export function readComments(events: readonly Event[], text: string): PlacedComment[] {
  if (!text.includes('#')) {
    return [];
  }
  const places = placesOf(events, text);
  const comments: PlacedComment[] = [];
  let [scanned, before] = [0, -1];
  for (let next = 0; next <= places.length; next++) {
    const place = places[next];
    const separator = separatorBetween(text, places[before], place);
    for (const [start, end] of commentsBetween(text, scanned, place?.start ?? text.length)) {
      const found = subjectOf(text, start, places, before, next, separator);
      const words = text.slice(start, end).replace(/^#+/, '').trim();
      if (found !== undefined && words !== '') {
        comments.push({ text: words, ...found });
      }
    }
    if (place !== undefined) {
      scanned = Math.max(scanned, place.end);
      before = next;
    }
  }
  return comments;
}

function subjectOf(
  text: string,
  comment: number,
  places: readonly Place[],
  before: number,
  next: number,
  separator: number,
): Pick<PlacedComment, 'document' | 'path'> | undefined {
  const previous = places[before];
  const line = text.lastIndexOf('\n', comment - 1) + 1;
  if (previous !== undefined && (previous.start >= line || previous.end > line)) {
    return previous;
  }
  const following = places.slice(next, next + 4).find(({ isSubject }) => isSubject);
  const isLast = previous !== undefined && previous.document !== following?.document && comment < separator;
  return isLast ? { document: previous.document, path: [] } : following;
}

/** Where the next document's `---` stands behind one place and before another; `Infinity` where none does. */
function separatorBetween(text: string, before: Place | undefined, after: Place | undefined): number {
  const start = before?.end ?? 0;
  const found = before?.document === after?.document ? -1 : text.slice(start, after?.start).search(/^---\s/m);
  return found < 0 ? Number.POSITIVE_INFINITY : start + found;
}

/** Where comments begin and end in a part of a text that holds no scalar. */
function* commentsBetween(text: string, from: number, to: number): Generator<readonly [number, number]> {
  for (let at = text.indexOf('#', from); at >= 0 && at < to; at = text.indexOf('#', at + 1)) {
    // Within a tag or an anchor it has no blank before it.
    if (at === 0 || /\s/.test(text.charAt(at - 1))) {
      const end = text.indexOf('\n', at);
      yield [at, end < 0 ? text.length : end];
      at = end < 0 ? text.length : end;
    }
  }
}

/** A list or object that is open, and how far it has come. */
interface Open {
  readonly path: Comment['path'];
  readonly isList: boolean;
  count: number;
  key: string;
}

function placesOf(events: readonly Event[], text: string): Place[] {
  const places: Place[] = [];
  const open: (Open | undefined)[] = [];
  let document = -1;
  for (const event of events) {
    if (event.type === EVENT_ID.POP) {
      open.pop();
      continue;
    }
    if (event.type === EVENT_ID.DOCUMENT) {
      document++;
      open.push(undefined);
      continue;
    }
    const parent = open.at(-1);
    const isKey = parent !== undefined && !parent.isList && parent.count % 2 === 0;
    const isEntry = parent?.isList === true;
    if (parent !== undefined && isKey) {
      parent.key = event.type === EVENT_ID.SCALAR ? getScalarValue(text, event) : '';
    }
    const path = parent === undefined ? [] : [...parent.path, isEntry ? parent.count : parent.key];
    if (parent !== undefined) {
      parent.count++;
    }
    const start = offsetOf(event);
    if (start !== undefined) {
      const end = event.type === EVENT_ID.SCALAR ? Math.max(event.valueEnd, start) : start;
      places.push({ document, path, start, end, isSubject: isKey || isEntry });
    }
    if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) {
      open.push({ path, isList: event.type === EVENT_ID.SEQUENCE, count: 0, key: '' });
    }
  }
  return places;
}
