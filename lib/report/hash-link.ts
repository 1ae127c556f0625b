/** Which state of the page a link leads to. */
export interface PageState {
  /** `ask`, `connections`, `what-if`, `workload`; the id of a part of the page otherwise. */
  readonly view: string;
  readonly values: Readonly<Record<string, string>>;
}

const VIEWS = ['ask', 'connections', 'what-if'];

/**
 * Reads the part of an address behind `#`: `shop/db?port=5432` is a workload, `ask?from=a/b&to=c/d&port=80` a question.
 *
 * @param isWorkload whether there is a workload of this name
 */
export function readHash(hash: string, isWorkload: (name: string) => boolean): PageState {
  const [path = '', query = ''] = splitAt(decoded(hash.replace(/^#/, '')), '?');
  const values = Object.fromEntries(new URLSearchParams(query));
  if (VIEWS.includes(path)) {
    return { view: path, values };
  }
  return isWorkload(path)
    ? { view: 'workload', values: { ...values, workload: path } }
    : { view: path, values: {} };
}

/** The same for an address; what is empty is left out. */
export function writeHash({ view, values: { workload = '', ...values } }: PageState): string {
  const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== ''))
    .toString()
    .replaceAll('%2F', '/');
  return `#${view === 'workload' ? workload : view}${query === '' ? '' : `?${query}`}`;
}

function splitAt(text: string, mark: string): readonly [string, string] {
  const place = text.indexOf(mark);
  return place < 0 ? [text, ''] : [text.slice(0, place), text.slice(place + 1)];
}

/** What is no code of a character stays as it is. */
function decoded(text: string): string {
  try {
    // The query has codes of its own.
    const [path, query] = splitAt(text, '?');
    return query === '' ? decodeURIComponent(path) : `${decodeURIComponent(path)}?${query}`;
  } catch {
    return text;
  }
}
