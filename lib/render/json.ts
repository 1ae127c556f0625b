import type { Listing } from './listing';

/** Changes when a reader of an earlier version would misread the document; new fields do not change it. */
export const SCHEMA_VERSION = 1;

/** `{"schemaVersion": 1, "connections": [...]}`, a row on each line. */
export function* renderJson<Row>({ name, rows, toJson }: Listing<Row>): Generator<string> {
  yield `{"schemaVersion": ${SCHEMA_VERSION}, ${JSON.stringify(name)}: [`;
  let separator = '\n';
  for (const row of rows) {
    yield `${separator}${JSON.stringify(toJson(row))}`;
    separator = ',\n';
  }
  yield '\n]}\n';
}
