import { type Harmless, harmlessPieces } from '../model/harmless';
import { renderJunit } from './junit';
import type { LintAnswer, LintRenderer, LintRenderOptions } from './lint-answer';
import type { LintFormat } from './lint-formats';
import { renderLintGcc } from './lint-gcc';
import { renderLintGithub } from './lint-github';
import { renderLintHuman } from './lint-human';
import { renderLintJson } from './lint-json';
import { renderLintMarkdown } from './lint-markdown';
import { renderSarif } from './sarif';

/** The outputs of findings. */
export const LINT_RENDERERS = {
  human: harmlessly(renderLintHuman),
  json: harmlessly(renderLintJson),
  sarif: harmlessly(renderSarif),
  junit: harmlessly(renderJunit),
  github: renderLintGithub,
  gcc: harmlessly(renderLintGcc),
  markdown: harmlessly(renderLintMarkdown),
} as const satisfies Record<LintFormat, LintRenderer>;

function harmlessly(render: LintRenderer) {
  return (answer: LintAnswer, options?: LintRenderOptions): Iterable<Harmless> =>
    harmlessPieces(render(answer, options));
}
