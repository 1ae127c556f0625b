/** Rows in columns. */
export interface Tabular<Row> {
  readonly columns: readonly Column<Row>[];
  /** May be found while they are printed; read once. */
  readonly rows: Iterable<Row>;
  /** What stands before the rows; a listing that has it shows no columns where there are no rows. */
  readonly head?: Head;
  /** What holds for all rows. */
  readonly notes?: readonly Note[];
  /** What stands behind the rows for a person. */
  readonly foot?: readonly string[];
}

/** Rows that every output can print. */
export interface Listing<Row> extends Tabular<Row> {
  /** What the rows are, as the key of the list in JSON: `connections`. */
  readonly name: string;
  /** The row for a program: all of it, not only what the columns show. */
  toJson(row: Row): unknown;
}

/** What holds for all rows of a listing: a line above them, and fields in JSON. CSV has only rows. */
export interface Note {
  readonly line: string;
  readonly json: Readonly<Record<string, unknown>>;
  /** Set where a terminal has told it already; what is printed for another place says it again. */
  readonly isTold?: true;
}

/** What a listing says as a whole, for a person and for a program. CSV has only rows. */
export interface Head {
  readonly lines: readonly string[];
  /** By the key that it has in JSON. */
  readonly json: Readonly<Record<string, unknown>>;
}

export interface Column<Row> {
  /** One lower-case word. */
  readonly heading: string;
  /** What a row says here: one text, or several that stand below each other where there is room. */
  cell(row: Row): readonly string[];
  /** Set where a table has no room for it beside the others: it stands below its row. */
  readonly isBelow?: true;
}

/** What is known of the place where a listing is printed. */
export interface Layout {
  /** Of a terminal, in columns. @default no limit: in a pipe and in a file nothing is folded */
  readonly width?: number;
}

/**
 * Prints a listing piece by piece, each piece ending with its line, so that a large answer is never in memory
 * as text.
 */
export type Renderer = <Row>(listing: Listing<Row>, layout?: Layout) => Iterable<string>;

/** The same for a person, who gets rows in columns whatever a program gets. */
export type TabularRenderer = <Row>(rows: Tabular<Row>, layout?: Layout) => Iterable<string>;
