import type { Cluster } from '../../lib/model/cluster';
import { read } from '../support/shop-cluster';

const shop = read();

/** The shop, where `main` is 8080 of `web` and 5432 of `db`, and nothing of `probe`. */
export const NAMED_PORTS: Cluster = {
  ...shop,
  workloads: shop.workloads.map((each) => ({
    ...each,
    ports: each.ports.map((port) => (each.name === 'probe' ? port : { ...port, name: 'main' })),
  })),
};
