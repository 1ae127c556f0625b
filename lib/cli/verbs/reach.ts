import { verdictListing } from '../../render/verdict-listing';
import { ask } from '../judge-question';
import type { QuestionOptions } from '../options/ends';
import type { ListingOptions } from '../options/format';
import { printListing } from '../print-listing';
import type { Terminal } from '../terminal';

export async function run(
  terminal: Terminal,
  from: string,
  to: string,
  portAndPaths: readonly string[],
  options: QuestionOptions & ListingOptions,
): Promise<void> {
  const { verdict, reachability } = await ask(terminal, from, to, portAndPaths, options);
  await printListing(terminal, options, verdictListing([verdict], reachability));
}
