import type { Named } from './identity';

/** Names that the API server will make: each is nobody else's, although all that is known of them is a prefix. */
export class GeneratedNames {
  private readonly counts = new Map<string, number>();

  /** The name by which an object is told from others of its kind and place: the second of a prefix is `load-?2`. */
  public distinct(kind: string, named: Named): Named {
    if (named.isGenerated !== true) {
      return named;
    }
    const key = `${kind} ${named.namespace}/${named.name}`;
    const count = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, count);
    return count === 1 ? named : { ...named, name: `${named.name}${count}` };
  }
}
