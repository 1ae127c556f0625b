import { defined } from '../model/defined';
import type { FieldPath } from '../model/field-path';
import type { FieldPlaces, ObjectReference } from '../model/finding';
import type { SourcePosition } from '../model/source-position';
import type { ReadDocument } from '../yaml/documents';
import type { Named } from './identity';
import type { ObjectText, Origin } from './origin';

/**
 * The places of fields in the texts that were read. A text is read again at the first question about it and kept until a
 * question about another text, so ask about one text after the other.
 */
export class TextPlaces implements FieldPlaces {
  private readonly texts = new Map<string, ObjectText>();
  private last:
    | { readonly read: ObjectText['document']; readonly document: ReadDocument | undefined }
    | undefined;

  /** Remembers the text of an object, if it has one. */
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

/** A finding points at the key of a field, because its value may only begin on the next line. */
const AT_ITS_KEY = { code: 'field-unknown' } as const;

/** Entries of a List have the same line, and several files may have objects of the same name. */
function keyOf({ kind, namespace, name }: ObjectReference, { file, line }: SourcePosition): string {
  return JSON.stringify([file, line, kind, namespace, name]);
}
