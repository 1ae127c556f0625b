import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { isPortName, isPortNumber } from '../model/port-text';

/** Has verbs read the cluster of kubectl's context where a command line names no files, as plugins of kubectl do. */
export function readClusterByDefault(program: Command): void {
  program.hook('preAction', (_, verb) => {
    if (verb.options.some(({ long }) => long === '--cluster') && !namesFiles(verb)) {
      verb.setOptionValue('cluster', true);
    }
  });
}

function namesFiles(verb: Command): boolean {
  const named = verb.args.slice(verb.registeredArguments.filter(({ required }) => required).length);
  const [first] = named;
  return verb.opts().kustomize !== undefined || (named.length > 0 && !isPort(first, named.length, verb));
}

/** Whether the only word behind the ends of a question is its port. */
function isPort(word = '', count: number, verb: Command): boolean {
  const isQuestion = verb.registeredArguments.some((argument) => argument.name() === 'from');
  return isQuestion && count === 1 && (isPortNumber(word) || isPortName(word)) && !existsSync(word);
}
