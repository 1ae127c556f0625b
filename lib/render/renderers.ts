import { type Harmless, harmlessPieces } from '../model/harmless';
import { renderCsv } from './csv';
import { renderJson } from './json-output';
import type { Layout, Listing, Renderer, Tabular, TabularRenderer } from './listing';
import { renderMarkdown } from './markdown';
import { renderTable } from './table';

/** The outputs of a listing, by the names a person asks for them. */
export const RENDERERS = {
  table: harmlessly(renderTable),
  json: renderJson,
  csv: harmlessly(renderCsv),
  markdown: harmlessly(renderMarkdown),
} as const satisfies Record<string, Renderer>;

export type Format = keyof typeof RENDERERS;

/** Those that a person reads. */
export const FOR_PERSONS = {
  table: tabularly(renderTable),
  markdown: tabularly(renderMarkdown),
} as const satisfies Partial<Record<Format, TabularRenderer>>;

function harmlessly(render: Renderer) {
  return <Row>(listing: Listing<Row>, layout?: Layout): Iterable<Harmless> =>
    harmlessPieces(render(listing, layout));
}

function tabularly(render: TabularRenderer) {
  return <Row>(rows: Tabular<Row>, layout?: Layout): Iterable<Harmless> =>
    harmlessPieces(render(rows, layout));
}
