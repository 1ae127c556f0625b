/** A condition that Terraform checks, and the sentence it shows when the condition is false. */
export interface Assertion {
  /** An expression in Terraform's language, without `${` and `}`. */
  readonly condition: string;
  readonly errorMessage: string;
}

/** A value as an expression of Terraform's language: JSON is one, but for what looks like a template. */
export function hclLiteral(value: unknown): string {
  return escapeText(JSON.stringify(value));
}

/** `x` as the JSON syntax of Terraform wants an expression. */
export function interpolate(expression: string): string {
  return `\${${expression}}`;
}

/**
 * A value whose texts mean themselves: Terraform reads every text of its JSON syntax as a template, keys
 * too, so that a script with `${HOME}` in a ConfigMap would be an error or, worse, a value.
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
