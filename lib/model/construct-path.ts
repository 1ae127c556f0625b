/** The paths at and above a construct, up to the app's: `a/b`, `a` and `''` of `a/b`. */
export function* scopesOf(path: string): Generator<string> {
  yield path;
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    yield path.slice(0, end);
  }
  if (path !== '') {
    yield '';
  }
}
