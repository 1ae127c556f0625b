import { append } from '../model/collections';
import { type Node, pairsOf } from './node';
import { textOfKey } from './scalars';

/** A comment of a YAML text, and the field or list entry it speaks of. */
export interface Comment {
  /** Without the `#` before it and the blanks around it. */
  readonly text: string;
  /** Such as `['spec', 'ingress', 0]`; empty for the whole document. */
  readonly path: readonly (string | number)[];
}

/** The comments of a document by entry of a List in it, so that each object finds its own at once. */
export class CommentIndex {
  private readonly entries = new Map<number, Comment[]>();

  public constructor(private readonly all: readonly Comment[]) {
    for (const comment of all) {
      const [list, entry] = comment.path;
      if (list === 'items' && typeof entry === 'number') {
        append(this.entries, entry, comment);
      }
    }
  }

  /**
   * @param above the path of an object in its document: empty, or `items` and a number for each List around it
   * @returns comments with paths from the object on
   */
  public under(above: Comment['path']): readonly Comment[] {
    const near = above.length === 0 ? this.all : this.entries.get(above[1] as number);
    return (near ?? [])
      .filter(({ path }) => above.every((part, i) => part === path[i]))
      .map(({ text, path }) => ({ text, path: path.slice(above.length) }));
  }
}

/** A node of a document, in the order in which they are written. */
interface Place {
  readonly path: Comment['path'];
  readonly start: number;
  /** Where a scalar ends; of anything else, its start. */
  readonly end: number;
  /** What a comment above its line speaks of; a list and an object that begin there leave it to what is in them. */
  readonly isSubject: boolean;
}

/**
 * The comments of a document, found between its scalars, so that a `#` in a text is none. One with something before it on its
 * line belongs to that, every other to what comes next, and the last to the document.
 *
 * @param text from where its first comment may stand to its end
 * @param base where that begins, as the document counts
 */
export function readComments(root: Node, text: string, base: number): Comment[] {
  if (!text.includes('#')) {
    return [];
  }
  const places = placesOf(root, base);
  const comments: Comment[] = [];
  let [scanned, before] = [0, -1];
  for (let next = 0; next <= places.length; next++) {
    const place = places[next];
    for (const [start, end] of commentsBetween(text, scanned, place?.start ?? text.length)) {
      const words = text.slice(start, end).replace(/^#+/, '').trim();
      if (words !== '') {
        comments.push({ text: words, path: subjectOf(text, start, places, before, next) });
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
): Comment['path'] {
  const previous = places[before];
  const line = text.lastIndexOf('\n', comment - 1) + 1;
  if (previous !== undefined && (previous.start >= line || previous.end > line)) {
    return previous.path;
  }
  return places.slice(next, next + 4).find(({ isSubject }) => isSubject)?.path ?? [];
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

function placesOf(root: Node, base: number): Place[] {
  const places: Place[] = [];
  const visit = (node: Node, path: Comment['path'], isSubject: boolean): void => {
    if (node.start !== undefined) {
      places.push({ path, start: node.start - base, end: node.end - base, isSubject });
    }
    if (node.kind === 'list') {
      for (const [i, child] of node.children.entries()) {
        visit(child, [...path, i], true);
      }
    } else if (node.kind === 'object') {
      for (const { key, value } of pairsOf(node)) {
        const field = [...path, textOfKey(key) ?? ''];
        visit(key, field, true);
        visit(value, field, false);
      }
    }
  };
  visit(root, [], false);
  return places;
}
