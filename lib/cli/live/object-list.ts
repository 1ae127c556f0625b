import { isPlainObject, NetworkPolicyError, show } from '../../model/problem';

/** Where the API server lists the objects of a kind. */
export interface ObjectList {
  readonly kind: string;
  readonly apiVersion: string;
  /** The name of the list in paths. */
  readonly plural: string;
  /** @default every namespace, and what is in none */
  readonly namespace?: string;
  /** Whether each object is in a namespace. @default not known */
  readonly isNamespaced?: boolean;
}

/** How many objects a page has at most. */
const PAGE = 500;

/** `/apis/apps/v1/namespaces/shop/deployments?limit=500`. */
export function pageOf({ apiVersion, plural, namespace }: ObjectList, token: string): string {
  const group = apiVersion.includes('/') ? 'apis' : 'api';
  const place = namespace === undefined ? '' : `namespaces/${namespace}/`;
  const rest = token === '' ? '' : `&continue=${encodeURIComponent(token)}`;
  return `/${group}/${apiVersion}/${place}${plural}?limit=${PAGE}${rest}`;
}

/** How many pages without an object may follow each other; servers may send one where all of it is gone meanwhile. */
const MOST_EMPTY = 10;

/** Five million objects: Kubernetes is built for 150,000 pods. */
const MOST_PAGES = 10_000;

/** How long a continue token may be in characters; the API server's have some hundred. */
const LONGEST_TOKEN = 8_000;

/**
 * Takes the pages of a list for what they say they are. What is no list of that kind would else be an empty one, and an
 * empty cluster allows everything.
 *
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks
 */
export class PageCheck {
  private readonly tokens = new Set<string>();
  private pages = 0;
  private empty = 0;

  public constructor(private readonly list: ObjectList) {}

  /**
   * @param items what came as the objects of a page
   * @throws NetworkPolicyError `answer-unreadable`
   */
  public checkItems(items: readonly object[]): readonly object[] {
    for (const item of items) {
      this.checkItem(item as Item);
    }
    return items;
  }

  /**
   * The continue token, with which the server is asked for the next page; `''` after the last one.
   *
   * @param page all of it but its objects
   * @param count how many objects it had
   * @throws NetworkPolicyError `answer-unreadable`
   */
  public nextOf(page: unknown, count: number): string {
    const { kind, apiVersion } = this.list;
    const isList =
      isPlainObject(page) &&
      page.kind === `${kind}List` &&
      page.apiVersion === apiVersion &&
      // Those that came alone are not in it.
      Array.isArray(page.items) &&
      page.items.length === 0;
    if (!isList) {
      throw this.unreadable(page, `is no ${kind}List of ${apiVersion}`);
    }
    const { continue: next = '', remainingItemCount: rest = 0 } = isPlainObject(page.metadata)
      ? page.metadata
      : {};
    if (typeof next !== 'string' || next.length > LONGEST_TOKEN || !isWellFormed(next)) {
      throw this.unreadable(next, 'does not say how it continues');
    }
    if (next === '' && rest !== 0) {
      throw this.unreadable(page.metadata, 'ends before all of it has come');
    }
    if (this.tokens.has(next)) {
      throw this.unreadable(next, 'continues with a page that has been read');
    }
    this.tokens.add(next);
    this.pages += 1;
    this.empty = count === 0 ? this.empty + 1 : 0;
    if (next !== '' && (this.empty === MOST_EMPTY || this.pages === MOST_PAGES)) {
      throw this.unreadable(
        next,
        `has no end after ${this.pages} pages, ${this.empty} of them in a row empty`,
      );
    }
    return next;
  }

  /** What is thrown where an answer is none, with what came. */
  public unreadable(got: unknown, problem: string): NetworkPolicyError {
    return answerUnreadable(`the list of ${this.list.kind} objects`, got, problem);
  }

  private checkItem(item: Item): void {
    const { kind, apiVersion, namespace, isNamespaced } = this.list;
    const { name, namespace: place } = isPlainObject(item.metadata) ? item.metadata : {};
    // The API server leaves kind and version out in a list, but not those of installed kinds.
    const isOfKind = (item.kind ?? kind) === kind && (item.apiVersion ?? apiVersion) === apiVersion;
    if (!isOfKind || !isName(name)) {
      throw this.unreadable(item, `holds what is no ${kind}`);
    }
    if (isNamespaced === true && (!isName(place) || place !== (namespace ?? place))) {
      throw this.unreadable(item.metadata, 'holds an object of another namespace, or of none');
    }
  }
}

interface Item {
  readonly kind?: unknown;
  readonly apiVersion?: unknown;
  readonly metadata?: unknown;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** Half a character cannot be sent. */
function isWellFormed(text: string): boolean {
  try {
    encodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** What a cluster was asked for, and what came in its place. */
export function answerUnreadable(at: string, got: unknown, problem: string): NetworkPolicyError {
  return new NetworkPolicyError({
    code: 'answer-unreadable',
    at,
    got: show(got),
    problem,
    fix: 'see what kubectl get --raw prints: a proxy, or another program of that name, may answer in place of the API server',
  });
}
