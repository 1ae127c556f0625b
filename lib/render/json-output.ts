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
export function renderJson<Row>({
  name,
  head,
  notes = [],
  rows,
  toJson,
}: JsonSource<Row>): Generator<string> {
  const fields = Object.assign({}, head?.json, ...notes.map(({ json }) => json));
  return jsonDocument(fields, { [name]: jsonOf(rows, toJson) });
}

function* jsonOf<Row>(rows: Iterable<Row>, toJson: (row: Row) => unknown): Generator<unknown> {
  for (const row of rows) {
    yield toJson(row);
  }
}

/**
 * A document piece by piece, an entry of a list on each line.
 *
 * @param before fields before the lists
 * @param after fields behind them
 */
export function* jsonDocument(
  before: Fields,
  lists: Readonly<Record<string, Iterable<unknown>>> = {},
  after: Fields = {},
): Generator<string> {
  yield `{"schemaVersion": ${SCHEMA_VERSION}${fieldsOf(before)}`;
  for (const [name, entries] of Object.entries(lists)) {
    yield `, ${JSON.stringify(name)}: [`;
    let separator = '\n';
    for (const entry of entries) {
      yield `${separator}${JSON.stringify(entry)}`;
      separator = ',\n';
    }
    yield '\n]';
  }
  yield `${fieldsOf(after)}}\n`;
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(fields: Fields): string {
  const written = Object.entries(fields).map(
    ([key, value]) => `, ${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  );
  return written.join('');
}
