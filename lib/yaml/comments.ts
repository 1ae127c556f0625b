import { append } from '../model/collections';
import { keyedChildrenOf, type Node } from './node';
import { textOfKey } from './scalars';

/** A comment of a YAML text, and its subject: a field or a list entry. */
export interface Comment {
  /** Without `#` and the blanks around it. */
  readonly text: string;
  /** `['spec', 'ingress', 0]`; empty for the whole document. */
  readonly path: readonly (string | number)[];
}

/** The comments of a document, indexed by the entries of a List, so that each object finds its own quickly. */
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
   * @param above the path of an object: empty, or `items` and a number for each List around it
   * @returns comments with paths relative to the object
   */
  public under(above: Comment['path']): readonly Comment[] {
    const near = above.length === 0 ? this.all : this.entries.get(above[1] as number);
    return (near ?? [])
      .filter(({ path }) => above.every((part, i) => part === path[i]))
      .map(({ text, path }) => ({ text, path: path.slice(above.length) }));
  }
}

/** The place of a node in a document. */
interface Place {
  readonly path: Comment['path'];
  readonly start: number;
  /** The end of a scalar; for other nodes, the start. */
  readonly end: number;
  /** Whether a comment above its line may be about it: a comment above a list or an object is about its first entry. */
  readonly isSubject: boolean;
}

/**
 * The comments of a document. They are sought between scalars, so that a `#` inside a scalar does not count. A comment at
 * the end of a line is about that line, any other about what follows, and one at the end about the document.
 *
 * @param text of the document, with the comments before it
 * @param base the offset at which the text begins, relative to the document
 */
export function readComments(root: Node, text: string, base: number): Comment[] {
  if (!text.includes('#')) {
    return [];
  }
  const places = placesOf(root, base);
  const comments: Comment[] = [];
  const hashFrom = hashesIn(text);
  let [scanned, before] = [0, -1];
  for (let next = 0; next <= places.length; next++) {
    const place = places[next];
    for (const [start, end] of commentsBetween(text, hashFrom, scanned, place?.start ?? text.length)) {
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

/** Finds the next `#` from an offset on. It keeps the last one found, because many calls in a row find the same. */
function hashesIn(text: string): (from: number) => number {
  let [asked, found] = [0, -1];
  return (from) => {
    if (from < asked || from > found) {
      const next = text.indexOf('#', from);
      [asked, found] = [from, next < 0 ? text.length : next];
    }
    return found;
  };
}

/** The starts and ends of comments in a part of a text without scalars. */
function* commentsBetween(
  text: string,
  hashFrom: (from: number) => number,
  from: number,
  to: number,
): Generator<readonly [number, number]> {
  for (let at = hashFrom(from); at < to; at = hashFrom(at + 1)) {
    // A "#" without a blank before it belongs to a tag or an anchor.
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
      for (const { key, value } of keyedChildrenOf(node)) {
        const field = [...path, textOfKey(key) ?? ''];
        visit(key, field, true);
        visit(value, field, false);
      }
    }
  };
  visit(root, [], false);
  return places;
}
