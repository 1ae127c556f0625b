import type { Workload } from '../model/cluster';
import type { EntryPoint } from '../model/entry-points';
import type { NotBuilt } from '../model/inventory';
import type { IpSet } from '../model/ip-set';
import type { PortSet } from '../model/port-set';
import type { Party } from '../reachability/answers/parties';
import type { Tone } from './colours';

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
  /** What a graph shows of the rows; left out where they have no ends. Rows may be read once, by this or by columns. */
  edges?(): Iterable<Edge>;
  /** What else a picture shows, and what it needs for its words. @default only what the edges tell of */
  readonly scene?: Scene;
}

/** Something that goes from one end to another, or may. */
export interface Edge {
  readonly from: EdgeEnd;
  readonly to: EdgeEnd;
  /** The ports that the mark is about. */
  readonly ports: PortSet;
  /**
   * Of a cluster: `allowed`; `entry`, where an object leads to these ports and policies may deny them. Of two versions:
   * `opened`, `closed`. Of both: `unknown`.
   */
  readonly mark: 'allowed' | 'entry' | 'opened' | 'closed' | 'unknown';
  /** Set for what is opened or closed where the two ends exchange something in both versions. */
  readonly stays?: true;
}

/** What is known beside the edges of a listing. */
export interface Scene {
  /** All known workloads, so that `every workload` says no more than that. */
  readonly workloads: readonly Workload[];
  /** Those of them that a picture shows although they may be at no end of an edge. */
  readonly shown: readonly Workload[];
  /** All addresses that the answer tells of. */
  readonly addresses: IpSet;
  /** What leads into the cluster, which a picture shows before the workloads that it shows. */
  readonly entryPoints: readonly EntryPoint[];
}

/** Pods or addresses; what leads into the cluster; or what was not built, whose pods nobody knows. */
export type EdgeEnd =
  | Party
  | { readonly entryPoint: Omit<EntryPoint, 'leadsTo'> }
  | { readonly notBuilt: Pick<NotBuilt, 'by' | 'name'> };

/** What holds for all rows of a listing: a line above them, and fields in JSON. CSV has only rows. */
export interface Note {
  readonly line: string;
  readonly json: Readonly<Record<string, unknown>>;
  /** Set where standard error has told it already: a table leaves it out, Markdown, which is read elsewhere, does not. */
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
  /** The colour of the cell in a table on a terminal. @default none */
  tone?(row: Row): Tone | undefined;
  /** Set where a table has no room for it beside the others: it stands below its row. */
  readonly isBelow?: true;
}

/** What is known of the place where a listing is printed. */
export interface Layout {
  /** Of a terminal, in columns. @default no limit: in a pipe and in a file nothing is folded */
  readonly width?: number;
  /** Whether there are colours. @default false */
  readonly colour?: boolean;
}

/**
 * Prints a listing piece by piece, each piece ending with its line, so that a large answer is never in memory
 * as text.
 */
export type Renderer = <Row>(listing: Listing<Row>, layout?: Layout) => Iterable<string>;

/** The same for a person, who gets rows in columns whatever a program gets. */
export type TabularRenderer = <Row>(rows: Tabular<Row>, layout?: Layout) => Iterable<string>;

/** What stands in a cell where nobody and nothing does. */
export const NOBODY = '-';

/** The texts of a cell. */
export function orNobody(texts: readonly string[]): readonly string[] {
  return texts.length === 0 ? [NOBODY] : texts;
}
