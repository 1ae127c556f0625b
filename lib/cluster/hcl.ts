/** A condition that Terraform checks, and the message if it is false. */
export interface Assertion {
  /** An expression in Terraform's language, without `${` and `}`. */
  readonly condition: string;
  readonly errorMessage: string;
}

/** A value as an expression of Terraform's language: JSON, with templates escaped. */
export function hclLiteral(value: unknown): string {
  return escapeText(JSON.stringify(value));
}

/** An expression in the JSON syntax of Terraform: `${…}`. */
export function interpolate(expression: string): string {
  return `\${${expression}}`;
}

/** An assertion as a precondition or postcondition of a resource. */
export function interpolated({ condition, errorMessage }: Assertion): Assertion {
  return { condition: interpolate(condition), errorMessage };
}

/**
 * A value with escaped texts: Terraform reads every text and key of its JSON syntax as a template, so `${HOME}` in a
 * script of a ConfigMap would be an error or, worse, replaced.
 */
export function escapeTemplates(value: unknown): unknown {
  if (typeof value === 'string') {
    return escapeText(value);
  }
  if (Array.isArray(value)) {
    return value.map(escapeTemplates);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [escapeText(key), escapeTemplates(entry)]),
    );
  }
  return value;
}

function escapeText(text: string): string {
  return text.replace(/([$%])\{/g, '$1$1{');
}
