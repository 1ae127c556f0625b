import { renderCsv } from './csv';
import { renderJson } from './json';
import type { Renderer, TabularRenderer } from './listing';
import { renderMarkdown } from './markdown';
import { renderTable } from './table';

/** The outputs of a listing, by the names a person asks for them. */
export const RENDERERS = {
  table: renderTable,
  json: renderJson,
  csv: renderCsv,
  markdown: renderMarkdown,
} as const satisfies Record<string, Renderer>;

export type Format = keyof typeof RENDERERS;

/** Those that a person reads. */
export const FOR_PERSONS = {
  table: renderTable,
  markdown: renderMarkdown,
} as const satisfies Partial<Record<Format, TabularRenderer>>;
