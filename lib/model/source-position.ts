/** Where an object was written, with line and column from 1. Unknown parts are left out. */
export interface SourcePosition {
  /** The path as the user gave it, or `-` for standard input. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** The path of the construct that wrote it, such as `app/shop/db-ingress`. */
  readonly construct?: string;
  /** The line of the user's program that created the construct. */
  readonly code?: CodePosition;
  /**
   * The program that wrote it, whose acknowledgements count for it. Set only if the program's side file has this exact
   * content. An annotation on the object sets `construct` and `code`, never this.
   */
  readonly program?: ProgramReference;
}

/** A program that wrote manifests, identified by both fields. */
export interface ProgramReference {
  /** The path of its first file, `main.ts`, relative to where it ran. */
  readonly name: string;
  /** Its side file; left out for an app in memory. */
  readonly file?: string;
}

/** A line and column of a program, counted from 1. */
export interface CodePosition {
  /** Relative to where the program ran. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The lines of rules, by policy, `shop/db`, and field, `spec.ingress[1]`. */
export type RuleLines = ReadonlyMap<string, Readonly<Record<string, CodePosition>>>;

/**
 * `app/shop/db-ingress, main.ts:12:5`, `policies/db.yaml:12:3`: the construct, if it is known, and the line of the
 * user's program, or else of the manifest.
 */
export function describeSource({ construct, code, file, line, column }: SourcePosition): string {
  const parts = code === undefined ? [file, line, column] : [code.file, code.line, code.column];
  const place = parts.filter((part) => part !== undefined).join(':');
  return [construct, place].filter((part) => part !== undefined && part !== '').join(', ');
}
