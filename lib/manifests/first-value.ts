import { readDocuments } from '../yaml/documents';
import { openFile } from './files';

/** What is said first in a file, for a look at what it is; undefined where nothing can be read. */
export function firstValueIn(path: string): unknown {
  const opened = openFile(path);
  return 'text' in opened ? readDocuments(opened.text).next().value?.value : undefined;
}
