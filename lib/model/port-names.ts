import type { ContainerPort, Workload } from './cluster';
import { append } from './collections';
import type { Protocol } from './network-policy';

/** A port that has a name, and the kind of container that gives it: `init` is an init container that ends. */
export interface NamedPort {
  readonly port: number;
  readonly protocol: Protocol;
  readonly by: 'container' | 'sidecar' | 'init';
}

/** The ports of a pod by their names, of each those of containers first, then those of sidecars, in their order. */
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

/** The numbers that a name stands for by the specification: those of containers and of sidecars. */
export function numbersOf(names: PortNames, name: string, protocol: Protocol): readonly number[] {
  return (names.get(name) ?? []).flatMap((each) =>
    each.protocol === protocol && each.by !== 'init' ? each.port : [],
  );
}

/** The same text for pods whose names mean the same to everybody: the order counts where one name stands twice. */
export function textOfNames(names: PortNames): string {
  return [...names]
    .map(([name, list]) => `${name} ${list.map(({ by, port, protocol }) => `${by} ${port}/${protocol}`)}`)
    .sort()
    .join(' ');
}
