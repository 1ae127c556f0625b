import type { CreateOptions } from '../commands/create';
import type { Terminal } from '../terminal';
import { applyPolicies } from './apply';

export function run(terminal: Terminal, { filename = [], ...options }: CreateOptions): Promise<void> {
  return applyPolicies(terminal, filename, 'create', options);
}
