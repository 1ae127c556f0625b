import type { Cluster } from '../../lib/model/cluster';
import { read } from '../support/shop-cluster';

const shop = read();

/** The shop; `main` is 8080 on `web`, 5432 on `db`, and undeclared on `probe`. */
export const NAMED_PORTS: Cluster = {
  ...shop,
  workloads: shop.workloads.map((each) => ({
    ...each,
    ports: each.ports.map((port) => (each.name === 'probe' ? port : { ...port, name: 'main' })),
  })),
};
