/** The outputs of findings, by the names a person asks for them; the first is the default. */
export const LINT_FORMATS = ['human', 'json', 'sarif', 'junit', 'github', 'gcc', 'markdown'] as const;

export type LintFormat = (typeof LINT_FORMATS)[number];
