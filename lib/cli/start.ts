import { EXIT_CODE } from './exit-code';
import { type Called, run } from './program';

/**
 * Runs the command line of this process.
 *
 * @param called by which name. @default aks-netpol
 */
export function start(called?: Called): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // A reader that leaves early, as `head` does, is no error, not even while help is written. A full disk is one.
      if (error.code !== 'EPIPE') {
        process.once('exit', () => {
          process.exitCode = EXIT_CODE.cannotJudge;
        });
      }
    });
  }

  // What fails here is a complaint that could not be written: the exit code has to do.
  run(process.argv.slice(2), process, called).catch(() => {});
}
