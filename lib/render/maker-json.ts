import type { Maker } from '../model/cluster';

/** An object from which somebody makes pods that no manifest tells of, such as a Prometheus. */
export type MakerJson = Pick<Maker, 'kind' | 'namespace' | 'name'>;

export function makerJson({ kind, namespace, name }: Maker): MakerJson {
  return { kind, namespace, name };
}
