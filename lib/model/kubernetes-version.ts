/** The 33 of `1.33.2`, `v1.33` and `1.33`; `undefined` for other texts. */
function minorOf(version: string | undefined): number | undefined {
  const minor = /^v?1\.(\d+)/.exec(version ?? '')?.[1];
  return minor === undefined ? undefined : Number(minor);
}

/** Whether a version is `last` or earlier; `undefined` if it is not known. */
export function isUpTo(version: string | undefined, last: string): boolean | undefined {
  const minor = minorOf(version);
  return minor === undefined ? undefined : minor <= (minorOf(last) as number);
}

/** Whether a version is `first` or later; `undefined` if it is not known. */
export function isFrom(version: string | undefined, first: string): boolean | undefined {
  const minor = minorOf(version);
  return minor === undefined ? undefined : minor >= (minorOf(first) as number);
}
