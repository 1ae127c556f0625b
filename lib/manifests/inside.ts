import { isAbsolute, relative, sep } from 'node:path';

/** Whether a path is a folder itself, or leads to something in it; both as the file system names them. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
