import { defined } from '../model/defined';
import { readCodePosition } from '../model/finding';
import { isPlainObject } from '../model/problem';
import { ANNOTATIONS } from '../model/side-file';
import type { SourcePosition } from '../model/source-position';

export type Author = Pick<SourcePosition, 'construct' | 'code' | 'program'>;

/** The author in an object's annotations. Anybody can write these, so they are only used for messages. */
export function annotatedAuthor({
  metadata,
}: Readonly<Record<string, unknown>>): Omit<Author, 'program'> | undefined {
  const { annotations } = isPlainObject(metadata) ? metadata : {};
  const { [ANNOTATIONS.construct]: construct, [ANNOTATIONS.source]: line } = isPlainObject(annotations)
    ? annotations
    : {};
  const code = readCodePosition(line);
  return typeof construct !== 'string' ? undefined : { construct, ...defined({ code }) };
}
