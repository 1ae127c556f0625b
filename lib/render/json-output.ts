import type { Head, Listing, Note } from './listing';

/**
 * Goes up when a reader of an earlier version would misread the document: a field is gone, or changed its name,
 * type or meaning. A new field or word leaves it. `schemas/` has a JSON Schema for each document.
 */
export const SCHEMA_VERSION = 1;

/** What a JSON document is made from; a `Listing` is one. */
export interface JsonSource<Row> extends Pick<Listing<Row>, 'name' | 'rows' | 'toJson' | 'edges'> {
  /** What stands before the rows. */
  readonly head?: Pick<Head, 'json'>;
  readonly notes?: readonly Pick<Note, 'json'>[];
}

/** `{"schemaVersion": 1, "connections": [...]}`, a row on each line. */
export function* renderJson<Row>({
  name,
  head,
  notes = [],
  rows,
  toJson,
}: JsonSource<Row>): Generator<string> {
  const first = Object.entries(Object.assign({}, head?.json, ...notes.map(({ json }) => json))).map(
    ([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}, `,
  );
  yield `{"schemaVersion": ${SCHEMA_VERSION}, ${first.join('')}${JSON.stringify(name)}: [`;
  let separator = '\n';
  for (const row of rows) {
    yield `${separator}${JSON.stringify(toJson(row))}`;
    separator = ',\n';
  }
  yield '\n]}\n';
}
