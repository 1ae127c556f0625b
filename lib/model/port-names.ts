import type { ContainerPort, Workload } from './cluster';
import { append, compare } from './collections';
import type { Protocol } from './network-policy';

/** A named port, and the kind of container that declares it: `init` is an init container that ends. */
export interface NamedPort {
  readonly port: number;
  readonly protocol: Protocol;
  readonly by: 'container' | 'sidecar' | 'init';
}

/** The ports of a pod by name: for each name first those of containers, then of sidecars, then of init containers. */
export type PortNames = ReadonlyMap<string, readonly NamedPort[]>;

export function portNamesOf({ ports, initPorts = [] }: Pick<Workload, 'ports' | 'initPorts'>): PortNames {
  const names = new Map<string, NamedPort[]>();
  const add = ({ name, port, protocol }: ContainerPort, by: NamedPort['by']) => {
    if (name !== undefined) {
      append(names, name, { port, protocol, by });
    }
  };
  for (const port of ports) {
    add(port, port.ofSidecar === true ? 'sidecar' : 'container');
  }
  for (const port of initPorts) {
    add(port, 'init');
  }
  return names;
}

/** The numbers of a port name according to the specification: those of containers and sidecars. */
export function numbersOf(names: PortNames, name: string, protocol: Protocol): readonly number[] {
  return (names.get(name) ?? []).flatMap((each) =>
    each.protocol === protocol && each.by !== 'init' ? each.port : [],
  );
}

/** Equal for equal port names. The order of ports counts only within one name. */
export function keyOfNames(names: PortNames): string {
  return JSON.stringify([...names].sort(([a], [b]) => compare(a, b)));
}
