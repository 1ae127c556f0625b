import { isDeepStrictEqual } from 'node:util';
import { readDocuments } from '../../lib/yaml/documents';
import { decodeText } from '../../lib/yaml/encoding';
import { answers } from './program';

/** What is read of a file: values of documents, and why no more of it is read. */
export interface Reading {
  readonly documents: readonly unknown[];
  readonly error?: string;
}

/** A file that is read otherwise here than by kubectl. */
export interface Difference {
  readonly text: string;
  readonly what: 'other values' | 'refused here alone' | 'refused by kubectl alone';
  readonly ours: readonly Outcome[];
  readonly kubectl: Reading;
}

/** What becomes of a document here. */
type Outcome = { readonly value: unknown } | { readonly refused: string };

/** What kubectl's own code reads of each file, in order. */
export function readAsKubectl(files: readonly Buffer[]): Reading[] {
  const lines = files.map((file) => file.toString('base64'));
  return answers('MANIFEST_DECODER', lines).map((line) => JSON.parse(line) as Reading);
}

/** Every file that is read otherwise. After what kubectl refuses it reads nothing, and this goes on: that is not compared. */
export function differences(files: readonly Buffer[]): Difference[] {
  return readAsKubectl(files).flatMap((kubectl, i) => {
    const decoded = decodeText(files[i] as Buffer);
    const ours = 'text' in decoded ? outcomes(decoded.text) : [{ refused: decoded.problem.code }];
    const what = differenceOf(ours, kubectl);
    const text = 'text' in decoded ? decoded.text : '';
    return what === undefined ? [] : [{ text, what, ours, kubectl }];
  });
}

function differenceOf(
  ours: readonly Outcome[],
  { documents, error }: Reading,
): Difference['what'] | undefined {
  for (const [i, value] of documents.entries()) {
    const own = ours[i];
    if (own === undefined || !('value' in own)) {
      return own === undefined ? 'other values' : 'refused here alone';
    }
    if (!isDeepStrictEqual(own.value, value)) {
      return 'other values';
    }
  }
  const next = ours[documents.length];
  if (error !== undefined) {
    return next === undefined || 'value' in next ? 'refused by kubectl alone' : undefined;
  }
  return next === undefined ? undefined : 'value' in next ? 'other values' : 'refused here alone';
}

/** A key twice is told of, and the value is the same; so is what kubectl passes over. */
const TOLD = ['key-duplicate', 'document-without-separator'];

function outcomes(text: string): Outcome[] {
  return [...readDocuments(text)].flatMap(({ value, problems }): Outcome[] => {
    const refused = problems.find(({ code }) => !TOLD.includes(code));
    if (refused !== undefined) {
      return [{ refused: refused.code }];
    }
    // What JSON has no word for, kubectl has not either.
    return value == null ? [] : [{ value: JSON.parse(JSON.stringify(value)) as unknown }];
  });
}
