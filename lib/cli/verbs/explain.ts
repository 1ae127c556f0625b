import { explanation } from '../../reachability/answers/explanation';
import { renderJson } from '../../render/json-output';
import { verdictListing } from '../../render/verdict-listing';
import type { ExplainOptions } from '../commands/explain';
import { ask } from '../judge-question';
import { inLines, print, type Terminal, tell } from '../terminal';

export async function run(
  terminal: Terminal,
  from: string,
  to: string,
  portAndPaths: readonly string[],
  options: ExplainOptions,
): Promise<void> {
  const { verdict, reachability } = await ask(terminal, from, to, portAndPaths, options);
  await (options.format === 'json'
    ? print(terminal.stdout, renderJson(verdictListing([verdict], reachability)))
    : tell(terminal, inLines(explanation(verdict))));
}
