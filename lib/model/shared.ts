/**
 * What objects carry for every copy of the package in a process: an app may load several, and each has to know what
 * the others noted. The symbol is in the registry that all of them share, and the object may be `globalThis`.
 */
export class Shared<T> {
  private readonly key: symbol;

  /** @param name never with another meaning: copies may be of different versions */
  public constructor(name: string) {
    this.key = Symbol.for(`cdk8s-aks-network-policy.${name}`);
  }

  /** What an object carries, itself or by its prototype. */
  public of(holder: object): T | undefined {
    return (holder as Readonly<Record<symbol, T | undefined>>)[this.key];
  }

  public set(holder: object, value: T): T {
    Object.defineProperty(holder, this.key, { value, configurable: true });
    return value;
  }
}
