import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';

/** The keywords that the schemas of the JSON outputs are written with. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'boolean';
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

/** The JSON outputs, by the names of their schemas. */
export const NAMES = [
  'changes',
  'connections',
  'convert',
  'diagnosis',
  'drift',
  'exposures',
  'import',
  'lint',
  'policies',
  'policy',
  'policy-changes',
  'verdicts',
] as const;

export function schemaOf(name: (typeof NAMES)[number]): Schema {
  return JSON.parse(
    readFileSync(join(resolve(__dirname, '../../lib/render/schemas'), `${name}.json`), 'utf8'),
  );
}

/** A strict check: a schema that a validator could read in two ways is refused. */
export function validatorOf(name: (typeof NAMES)[number]): ValidateFunction {
  return new Ajv({ strict: true, allErrors: true }).compile(schemaOf(name));
}

/** Expects a text that is JSON of the schema; a failure shows what is wrong and where. */
export function expectValid(validate: ValidateFunction, text: string): void {
  validate(JSON.parse(text));
  expect(validate.errors ?? []).toEqual([]);
}

/** What a schema describes, as a TypeScript type. */
export function typeOf(schema: Schema): string {
  const { $ref, anyOf, items, properties, required = [] } = schema;
  if ($ref !== undefined) {
    return $ref.replace('#/definitions/', '');
  }
  if (anyOf !== undefined) {
    return anyOf.map(typeOf).join(' | ');
  }
  const words = 'const' in schema ? [schema.const] : schema.enum;
  if (words !== undefined) {
    return words.map((word) => JSON.stringify(word)).join(' | ');
  }
  switch (schema.type) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'boolean';
    case 'integer':
      return 'number';
    case 'array':
      return `readonly (${typeOf(items as Schema)})[]`;
    case 'object': {
      if (schema.additionalProperties === true) {
        return 'Readonly<Record<string, unknown>>';
      }
      if (typeof schema.additionalProperties === 'object') {
        return `Readonly<Record<string, ${typeOf(schema.additionalProperties)}>>`;
      }
      const fields = Object.entries(properties ?? {}).map(
        ([key, value]) => `readonly ${key}${required.includes(key) ? '' : '?'}: ${typeOf(value)};`,
      );
      return `{ ${fields.join(' ')} }`;
    }
    default:
      throw new Error(`no type for ${JSON.stringify(schema)}`);
  }
}
