#!/usr/bin/env node
import { EXIT_CODE } from './exit-code';
import { run } from './program';

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
run(process.argv.slice(2), process).catch(() => {});
