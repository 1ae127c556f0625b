import { type Harmless, harmlessPieces } from '../model/harmless';
import type { Depicted } from './draw-graph';
import type { DriftReport } from './drift-listing';
import type { LintRenderer } from './lint-answer';
import type { Layout, Listing, Renderer, Tabular, TabularRenderer } from './listing';

/**
 * For each kind of answer its outputs, by the names a person asks for them; the first is the default. An output is a
 * line here and a file, which is loaded when somebody asks for it.
 */

/** The outputs of a listing. */
export const RENDERERS = {
  table: forPersons(() => (require('./table') as typeof import('./table')).renderTable),
  json: forPrograms(() => (require('./json-output') as typeof import('./json-output')).renderJson),
  csv: forPrograms(() => (require('./csv') as typeof import('./csv')).renderCsv, { hasRowsOnly: true }),
  markdown: forPersons(() => (require('./markdown') as typeof import('./markdown')).renderMarkdown),
} as const satisfies Record<string, Renderer>;

export type Format = keyof typeof RENDERERS;

/** A difference as Markdown, whose parts stand in an order of their own. */
export const renderChangeReport = output(
  () => (require('./change-markdown') as typeof import('./change-markdown')).renderChangeMarkdown,
);

/** The outputs of a listing whose rows have ends, beside those that every listing has. */
export const PICTURES = {
  mermaid: picture(() => (require('./mermaid') as typeof import('./mermaid')).renderMermaid),
  dot: picture(() => (require('./dot') as typeof import('./dot')).renderDot),
  svg: picture(() => (require('./svg') as typeof import('./svg')).renderSvg),
  matrix: picture(() => (require('./matrix') as typeof import('./matrix')).renderMatrix),
} as const;

export type PictureFormat = keyof typeof PICTURES;

/** The outputs of findings. */
export const LINT_RENDERERS = {
  human: sentences(() => (require('./lint-human') as typeof import('./lint-human')).renderLintHuman),
  json: output(() => (require('./lint-json') as typeof import('./lint-json')).renderLintJson),
  sarif: output(() => (require('./sarif') as typeof import('./sarif')).renderSarif),
  junit: output(() => (require('./junit') as typeof import('./junit')).renderJunit),
  github: commands(() => (require('./lint-github') as typeof import('./lint-github')).renderLintGithub),
  'azure-devops': commands(
    () => (require('./lint-azure-devops') as typeof import('./lint-azure-devops')).renderLintAzureDevops,
  ),
  gitlab: output(() => (require('./lint-gitlab') as typeof import('./lint-gitlab')).renderLintGitlab),
  gcc: output(() => (require('./lint-gcc') as typeof import('./lint-gcc')).renderLintGcc),
  markdown: output(() => (require('./lint-markdown') as typeof import('./lint-markdown')).renderLintMarkdown),
} as const satisfies Record<string, LintRenderer>;

export type LintFormat = keyof typeof LINT_RENDERERS;

export const LINT_FORMATS = Object.keys(LINT_RENDERERS) as LintFormat[];

/** The outputs of what is to be said of one policy. */
export const PORTRAIT_RENDERERS = {
  text: sentences(() => (require('./policy-portrait') as typeof import('./policy-portrait')).portraitText),
  json: output(() => (require('./policy-portrait') as typeof import('./policy-portrait')).portraitJson),
  yaml: output(() => (require('./policy-portrait') as typeof import('./policy-portrait')).portraitYaml),
} as const;

/** The outputs of a verdict that is explained. */
export const EXPLANATION_RENDERERS = {
  text: sentences(() => (require('./verdict-listing') as typeof import('./verdict-listing')).explanationText),
  json: output(() => (require('./verdict-listing') as typeof import('./verdict-listing')).explanationJson),
} as const;

/** The outputs of policies that were imported. */
export const IMPORT_RENDERERS = {
  text: output(() => (require('./imported-policies') as typeof import('./imported-policies')).importText),
  json: output(() => (require('./imported-policies') as typeof import('./imported-policies')).importJson),
} as const;

/** The outputs of policies that were converted to the other kind. */
export const CONVERT_RENDERERS = {
  yaml: output(
    () => (require('./converted-policies') as typeof import('./converted-policies')).convertedYaml,
  ),
  json: output(
    () => (require('./converted-policies') as typeof import('./converted-policies')).convertedJson,
  ),
} as const;

/** The outputs of how a cluster differs from manifests. */
export const DRIFT_RENDERERS = {
  text: sentences(() => (require('./drift-listing') as typeof import('./drift-listing')).driftText),
  json: output(() => (require('./drift-listing') as typeof import('./drift-listing')).driftJson),
  ...driftPictures(),
} as const;

/** The outputs of a change of a cluster, written when it is over; as text it is told while it goes on. */
export const CHANGE_RENDERERS = {
  json: output(() => (require('./policy-changes') as typeof import('./policy-changes')).changesJson),
} as const;

/** What others wrote in it is no command of anybody, and each picture escapes it by its own rules. */
function picture(load: () => (listing: Depicted, layout?: Layout) => Iterable<string>) {
  return (listing: Depicted, layout?: Layout): Iterable<Harmless> => harmlessPieces(load()(listing, layout));
}

/** A picture as a block of Markdown. */
export function mermaidBlock(listing: Depicted): string {
  return `\`\`\`mermaid\n${[...PICTURES.mermaid(listing)].join('')}\`\`\``;
}

/** A picture of a drift is one of what bringing the cluster back would change. */
function driftPictures() {
  const of =
    (format: PictureFormat) =>
    (report: DriftReport, layout?: Layout): Iterable<Harmless> => {
      const { driftListing } = require('./drift-listing') as typeof import('./drift-listing');
      return PICTURES[format](driftListing(report), layout);
    };
  return { mermaid: of('mermaid'), dot: of('dot'), svg: of('svg'), matrix: of('matrix') };
}

/** A person gets rows in columns, whatever a program gets. */
function forPersons(load: () => TabularRenderer) {
  const render = <Row>(rows: Tabular<Row>, layout?: Layout): Iterable<Harmless> =>
    harmlessPieces(load()(rows, layout));
  return Object.assign(render, { isForPersons: true } as const);
}

/** @param has `hasRowsOnly`: no place for what a listing says of all its rows */
function forPrograms(load: () => Renderer, has: { readonly hasRowsOnly?: true } = {}) {
  const render = <Row>(listing: Listing<Row>, layout?: Layout): Iterable<Harmless> =>
    harmlessPieces(load()(listing, layout));
  return Object.assign(render, has);
}

/** The outputs of a listing that a person reads. */
export const FOR_PERSONS = Object.fromEntries(
  Object.entries(RENDERERS).filter(([, render]) => 'isForPersons' in render),
) as {
  readonly [F in Format as (typeof RENDERERS)[F] extends TabularRenderer ? F : never]: (typeof RENDERERS)[F];
};

type Render<Answer, Options, Text> = (answer: Answer, options?: Options) => Iterable<Text>;

/** What others wrote in it commands nobody. */
function output<Answer, Options>(
  load: () => Render<Answer, Options, string>,
): Render<Answer, Options, Harmless> {
  return (answer, options) => harmlessPieces(load()(answer, options));
}

/** The same for sentences, which fold at their words where a terminal is narrow. */
function sentences<Answer, Options extends Layout>(
  load: () => Render<Answer, Options, string>,
): Render<Answer, Options, Harmless> {
  return output(() => (answer, options) => {
    const { foldText } = require('./fold-lines') as typeof import('./fold-lines');
    const pieces = load()(answer, options);
    return options?.width === undefined ? pieces : foldText(pieces, options.width);
  });
}

/** For commands that are meant: the output itself makes the rest harmless. */
function commands<Answer, Options>(
  load: () => Render<Answer, Options, Harmless>,
): Render<Answer, Options, Harmless> {
  return (answer, options) => load()(answer, options);
}
