/*
 * Parses the action's file with GitHub's own parser, and prints the problems as JSON. It runs in a process of its own, because
 * the parser is a module that imports JSON as bundlers do.
 */
import { readFileSync } from 'node:fs';
import { register } from 'node:module';

const JSON_MODULES = `export const resolve = async (name, context, next) => {
  const found = await next(name, context);
  return name.endsWith('.json') ? { ...found, importAttributes: { type: 'json' } } : found;
};`;
register(`data:text/javascript,${encodeURIComponent(JSON_MODULES)}`);

const { parseAction } = await import('@actions/workflow-parser/actions/action-parser');
const { NoOperationTraceWriter } = await import('@actions/workflow-parser/templates/trace-writer');
const [, , file] = process.argv;
const { context } = parseAction(
  { name: file, content: readFileSync(file, 'utf8') },
  new NoOperationTraceWriter(),
);
process.stdout.write(JSON.stringify(context.errors.getErrors().map(({ message }) => message)));
