import { isDay } from '../model/day';
import { isPlainObject, type Problem, show } from '../model/problem';
import { SIDE_FILE_VERSION, type SideFile } from '../model/side-file';

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string';
const number: Check = (value) => typeof value === 'number';
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const list =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const object =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isPlainObject(value) && Object.entries(fields).every(([name, check]) => check(value[name]));

const code = object({ file: text, line: number, column: number });
const source = object({ construct: optional(text), code: optional(code) });

const PROGRAM = object({
  program: text,
  objects: list(
    object({
      apiVersion: text,
      kind: text,
      namespace: optional(text),
      name: text,
      construct: text,
      digest: optional(text),
      code: optional(code),
      rules: optional((value) => isPlainObject(value) && Object.values(value).every(code)),
    }),
  ),
  findings: list(
    object({
      code: text,
      at: text,
      message: text,
      path: text,
      source: optional(text),
      reason: optional(text),
    }),
  ),
  acknowledgements: list(
    object({
      rule: text,
      reason: text,
      until: optional(isDay),
      construct: text,
      source: optional(source),
    }),
  ),
  expectations: list(isExpectation),
});

function isExpectation(value: unknown): boolean {
  const from = isPlainObject(value) && value.kind === 'only-from' ? list(text) : text;
  return object({
    kind: (kind) => ['must-reach', 'must-not-reach', 'only-from'].includes(kind as string),
    to: text,
    from,
    port: optional(text),
    reason: optional(text),
    source: optional(source),
  })(value);
}

/** Reads a side file, or returns why it cannot be used. */
export function readSideFile(written: string): SideFile | Problem {
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch (error) {
    return unusable(written.slice(0, 20), `is not JSON: ${(error as Error).message}`);
  }
  const version = isPlainObject(value) ? value.schemaVersion : undefined;
  if (typeof version === 'number' && version > SIDE_FILE_VERSION) {
    return {
      code: 'side-file-newer',
      at: ['schemaVersion'],
      got: show(version),
      problem: `a newer version of this package wrote it, ${LOST}`,
      fix: 'update this package, or synthesize again with the version at hand',
    };
  }
  return object({ schemaVersion: (each) => each === SIDE_FILE_VERSION, programs: list(PROGRAM) })(value)
    ? (value as SideFile)
    : unusable(value, 'does not have the form that app.synth() writes');
}

const LOST = 'so it is not known what the authors accept and expect, nor which lines wrote these manifests';

function unusable(got: unknown, problem: string): Problem {
  return {
    code: 'side-file-invalid',
    at: 'the input',
    got: show(got),
    problem: `${problem}, ${LOST}`,
    fix: 'synthesize again, or delete the file',
  };
}
