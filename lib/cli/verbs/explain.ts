import { EXPLANATION_RENDERERS } from '../../render/outputs';
import type { ExplainOptions } from '../commands/explain';
import { ask } from '../judge-question';
import { layoutOf, print, type Terminal } from '../terminal';

export async function run(
  terminal: Terminal,
  from: string,
  to: string,
  portAndPaths: readonly string[],
  options: ExplainOptions,
): Promise<void> {
  const asked = await ask(terminal, from, to, portAndPaths, options);
  const { question } = asked.verdict;
  const isForEveryPort = question.port === undefined && question.http === undefined;
  const byPort = isForEveryPort ? asked.reachability.verdictsByPort(question) : [];
  await print(
    terminal.stdout,
    EXPLANATION_RENDERERS[options.format]({ ...asked, byPort }, layoutOf(terminal, options)),
  );
}
