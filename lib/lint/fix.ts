import { editWords } from '../codegen/edit-words';
import { policySnippet } from '../codegen/snippets';
import { isCiliumKind } from '../model/cilium-kind';
import { qualifiedName } from '../model/cluster';
import { defined } from '../model/defined';
import type { Edit, FieldEdit } from '../model/edit';
import { type FieldPath, fieldText } from '../model/field-path';
import { describeObject, type ObjectReference } from '../model/finding';
import type { NetworkPolicy } from '../model/network-policy';
import type { SourcePosition } from '../model/source-position';
import { flow } from './pieces';

/** What to do about a finding. A plain text is for everybody. */
export type Fix = string | WordedFix;

/** What to do about every finding of a rule. */
export type FixWords =
  | string
  | {
      readonly yaml: string;
      readonly code: string;
      /** For policies of Cilium's own kinds. @default the same as for a NetworkPolicy */
      readonly cilium?: string;
    };

/** The same in the words of whoever wrote what is to be changed. */
export interface WordedFix {
  /** For a manifest written by hand: the field, and what to write there. */
  readonly yaml: Words;
  /** For a program with constructs: an expression. */
  readonly code: Words;
  /** The same as data, for whoever applies it. Left out where a person has to choose. */
  readonly edits?: readonly Edit[];
  /** Where the object stands that is to be changed. @default where the object of the finding stands */
  readonly source?: SourcePosition;
}

/** A text, or a function that makes it: of two wordings only one is needed. */
export type Words = string | (() => string);

/** A fix from whose edits both wordings are made. */
export type EditFix = WordedFix & { readonly edits: readonly Edit[] };

/** Something of which a field is to be changed. */
export type Editable = ObjectReference & {
  readonly source?: SourcePosition;
  /** The object itself, of a policy: what constructs call a part of it depends on its other parts. */
  readonly written?: object;
};

/**
 * A field gets another value.
 *
 * @param preset for a rule, where a preset of the constructs writes it
 */
export function write(object: Editable, at: FieldPath, value: unknown, preset?: string): EditFix {
  return fieldFix(object, { of: referenceTo(object), kind: 'write', at, value }, preset);
}

/** The same for a field that is not the one of the finding, so that its whole place is told. */
export function writeElsewhere(object: Editable, at: FieldPath, value: unknown): EditFix {
  const fix = write(object, at, value);
  const name = qualifiedName(object);
  return {
    ...fix,
    yaml: () => `write ${fieldText(at)} of ${name}: ${flow(value)}`,
    code: () => `${say(fix.code)} in ${name}`,
  };
}

/**
 * A list gets one more entry.
 *
 * @param preset for a rule, where a preset of the constructs writes it
 */
export function add(object: Editable, at: FieldPath, value: unknown, preset?: string): EditFix {
  return fieldFix(object, { of: referenceTo(object), kind: 'add', at, value }, preset);
}

/** An entry of a list makes room for one or more others. */
export function instead(object: Editable, at: FieldPath, [first, ...others]: readonly unknown[]): EditFix {
  return together(write(object, at, first), ...others.map((each) => add(object, at.slice(0, -1), each)));
}

/** An entry of a list, or a field, is taken out. */
export function remove(object: Editable, at: FieldPath): EditFix {
  return fieldFix(object, { of: referenceTo(object), kind: 'remove', at });
}

/** A whole object is deleted. */
export function deletion(object: Editable): EditFix {
  const of = referenceTo(object);
  const words = `delete ${describeObject(of)}`;
  return { yaml: words, code: words, edits: [{ kind: 'delete', of }], ...defined({ source: object.source }) };
}

/**
 * A policy is added.
 *
 * @param source of an object beside which it belongs: its author is to write the policy
 * @param rules its rules as presets of the constructs. @default the rules of the policy
 */
export function creation(
  policy: NetworkPolicy,
  source: SourcePosition | undefined,
  rules: () => readonly string[] | undefined = () => undefined,
): EditFix {
  return {
    yaml: () => `add ${flow(policy)}`,
    code: () => `add ${policySnippet(policy, rules())}`,
    edits: [{ kind: 'create', object: policy }],
    ...defined({ source }),
  };
}

/** The same with more to say behind it. */
export function withMore(fix: EditFix, more: string): EditFix {
  return { ...fix, yaml: () => `${say(fix.yaml)}${more}`, code: () => `${say(fix.code)}${more}` };
}

/** The same in other words. */
export function inWords(words: string, fix: EditFix): EditFix {
  return { ...fix, yaml: words, code: words };
}

/** Several changes that belong together, in the words of the author of what the first one changes. */
export function together(...fixes: readonly EditFix[]): EditFix {
  return {
    yaml: () => fixes.map(({ yaml }) => say(yaml)).join(', and '),
    code: () => fixes.map(({ code }) => say(code)).join(', and '),
    edits: fixes.flatMap(({ edits }) => edits),
    ...defined({ source: fixes[0]?.source }),
  };
}

/**
 * A fix in the words of the author of what is to be changed; in YAML where the author is not known.
 *
 * @param about where the object of the finding stands
 */
export function wordsFor(fix: Fix, about: SourcePosition | undefined): string {
  if (typeof fix === 'string') {
    return fix;
  }
  const { yaml, code, source: { construct, program } = about ?? {} } = fix;
  return say(construct === undefined && program === undefined ? yaml : code);
}

/** Words as a text. */
export function say(words: Words): string {
  return typeof words === 'string' ? words : words();
}

/** What to do about a finding of a rule that tells nothing else of it. */
export function usualFix(fix: FixWords, { kind }: Pick<ObjectReference, 'kind'>): Fix {
  return typeof fix !== 'string' && fix.cilium !== undefined && isCiliumKind({ kind }) ? fix.cilium : fix;
}

/** The wordings beside each other, for readers of whom nobody knows which one they need. */
export function bothWords(fix: FixWords): string {
  if (typeof fix === 'string') {
    return fix;
  }
  const { yaml, code, cilium } = fix;
  const more = cilium === undefined ? '' : `; in a policy of Cilium's own kinds: ${cilium}`;
  return `${yaml}; with constructs: ${code}${more}`;
}

function referenceTo({ kind, namespace, name }: Editable): ObjectReference {
  return { kind, ...defined({ namespace }), name };
}

function fieldFix(object: Editable, edit: FieldEdit, preset?: string): EditFix {
  return {
    yaml: () => inYaml(edit),
    code: () => inCode(object, edit, preset) ?? inYaml(edit),
    edits: [edit],
    ...defined({ source: object.source }),
  };
}

function inCode(object: Editable, edit: FieldEdit, preset?: string): string | undefined {
  const { kind, written } = object;
  return kind === 'NetworkPolicy' && written !== undefined
    ? editWords(written as NetworkPolicy, edit, qualifiedName(object), preset)
    : undefined;
}

function inYaml(edit: FieldEdit): string {
  const { of, at } = edit;
  switch (edit.kind) {
    case 'write':
      return `write ${fieldText(lastKey(at))}: ${flow(edit.value)}`;
    case 'add':
      return `add to ${fieldText(at)} of ${qualifiedName(of)}: ${flow(edit.value)}`;
    case 'remove':
      return `take ${fieldText(at)} of ${qualifiedName(of)} out`;
  }
}

/** `except[1]`: the field is told with the finding, so that its end is enough. */
function lastKey(at: FieldPath): FieldPath {
  const isPlace = typeof at.at(-1) === 'number';
  return at.slice(isPlace ? -2 : -1);
}
