import type { FindingCode } from '../../lib/model/finding';
import { findingsOf } from './engine-cases/case';
import { CILIUM_CASES } from './engine-cases/cilium';
import { CLUSTER_CASES } from './engine-cases/cluster';
import { CONNECTION_CASES } from './engine-cases/connection';
import { NPM_CASES } from './engine-cases/npm';

const rows = Object.entries({ ...CLUSTER_CASES, ...CILIUM_CASES, ...NPM_CASES, ...CONNECTION_CASES }).flatMap(
  ([rule, cases]) => cases.map((each) => ({ rule: rule as FindingCode, ...each })),
);

test.each(rows)('$rule: $why', ({ rule, ...each }) => {
  expect(findingsOf(rule, each)).toEqual(each.finds);
});
