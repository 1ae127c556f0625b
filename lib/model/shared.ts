/**
 * A property that all copies of this package in a process share: an app may load several copies, and each must see what
 * the others set. The holder may be any object, or `globalThis`.
 */
export class Shared<T> {
  private readonly key: symbol;

  /** @param name must keep its meaning forever, because the copies may have different versions */
  public constructor(name: string) {
    this.key = Symbol.for(`cdk8s-aks-network-policy.${name}`);
  }

  /** The value of an object or of its prototype. */
  public of(holder: object): T | undefined {
    return (holder as Readonly<Record<symbol, T | undefined>>)[this.key];
  }

  public set(holder: object, value: T): T {
    Object.defineProperty(holder, this.key, { value, configurable: true });
    return value;
  }
}
