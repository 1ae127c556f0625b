import { renderJunit } from './junit';
import type { LintRenderer } from './lint-answer';
import type { LintFormat } from './lint-formats';
import { renderLintGithub } from './lint-github';
import { renderLintHuman } from './lint-human';
import { renderLintJson } from './lint-json';
import { renderLintMarkdown } from './lint-markdown';
import { renderSarif } from './sarif';

/** The outputs of findings. */
export const LINT_RENDERERS: Readonly<Record<LintFormat, LintRenderer>> = {
  human: renderLintHuman,
  json: renderLintJson,
  sarif: renderSarif,
  junit: renderJunit,
  github: renderLintGithub,
  markdown: renderLintMarkdown,
};
