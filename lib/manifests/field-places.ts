import type { SourcePosition } from '../model/cluster';
import { defined } from '../model/defined';
import type { FieldPath } from '../model/field-path';
import { describeObject, type FieldPlaces, type ObjectReference } from '../model/finding';
import type { ReadDocument } from '../yaml/documents';
import type { Lines } from '../yaml/lines';
import type { Named } from './identity';
import type { Origin } from './origin';

/** The text of an object, for whoever asks later where a field of it stands. It holds on to nothing but the text. */
export interface ObjectText {
  /** Reads the document once more. */
  readonly document: () => ReadDocument | undefined;
  readonly lines: Lines;
  /** The way to the object: empty, or `items` and a number for each List around it. */
  readonly root: FieldPath;
}

/**
 * Where the fields of objects stand that were read from texts. Only who asks pays for it: a text is read once more then,
 * and kept until the next one is asked for, so questions about one text are best asked together.
 */
export class TextPlaces implements FieldPlaces {
  private readonly texts = new Map<string, ObjectText>();
  private last:
    | { readonly read: ObjectText['document']; readonly document: ReadDocument | undefined }
    | undefined;

  /** Takes the text of an object, if it stands in one. */
  public note(kind: string, { namespace, name }: Named, origin: Pick<Origin, 'source' | 'text'>): void {
    const text = origin.text();
    if (text !== undefined && name !== undefined) {
      const place = namespace === '' ? undefined : namespace;
      this.texts.set(keyOf({ kind, ...defined({ namespace: place }), name }, origin.source), text);
    }
  }

  public placeOf(object: ObjectReference, source: SourcePosition, field: FieldPath): SourcePosition {
    const text = this.texts.get(keyOf(object, source));
    const document = text && this.read(text);
    if (text === undefined || document === undefined) {
      return source;
    }
    const { offset } = document.locate({ ...AT_ITS_KEY, at: [...text.root, ...field] });
    return { ...source, ...text.lines.placeOf(offset) };
  }

  private read({ document: read }: ObjectText): ReadDocument | undefined {
    if (this.last?.read !== read) {
      this.last = { read, document: read() };
    }
    return this.last.document;
  }
}

/** A finding is about a field as a whole, whose value may only begin in the next line. */
const AT_ITS_KEY = { code: 'field-unknown' } as const;

/** Entries of a List stand at one line, and files may hold objects of one name. */
function keyOf(object: ObjectReference, { file, line }: SourcePosition): string {
  return JSON.stringify([file, line, describeObject(object)]);
}
