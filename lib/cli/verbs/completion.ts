import { harmless } from '../../model/harmless';
import { STUBS } from '../completion/stubs';
import { EXIT_CODE } from '../exit-code';
import { print, type Terminal } from '../terminal';

export async function run(terminal: Terminal, shell: keyof typeof STUBS): Promise<void> {
  await print(terminal.stdout, [harmless(STUBS[shell])]);
  terminal.exitCode = EXIT_CODE.yes;
}
