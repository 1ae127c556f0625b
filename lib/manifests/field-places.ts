import type { SourcePosition } from '../model/cluster';
import type { FieldPath } from '../model/field-path';
import { describeObject, type FieldPlaces, type ObjectReference } from '../model/finding';
import type { ReadDocument } from '../yaml/documents';
import type { Lines } from '../yaml/lines';

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

  /** Takes the text of an object. */
  public note(object: ObjectReference, source: SourcePosition, text: ObjectText): void {
    this.texts.set(keyOf(object, source), text);
  }

  public placeOf(object: ObjectReference, source: SourcePosition, field: FieldPath): SourcePosition {
    const text = this.texts.get(keyOf(object, source));
    const document = text && this.read(text);
    if (text === undefined || document === undefined) {
      return source;
    }
    const { offset } = document.locate({ code: 'type-mismatch', at: [...text.root, ...field] });
    return { ...source, ...text.lines.placeOf(offset) };
  }

  private read({ document: read }: ObjectText): ReadDocument | undefined {
    if (this.last?.read !== read) {
      this.last = { read, document: read() };
    }
    return this.last.document;
  }
}

/** Entries of a List stand at one line, and files may hold objects of one name. */
function keyOf(object: ObjectReference, { file, line }: SourcePosition): string {
  return JSON.stringify([file, line, describeObject(object)]);
}
