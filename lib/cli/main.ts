#!/usr/bin/env node
import { run } from './program';

// A reader that leaves early, as `head` does, is no error, not even while help is written.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') {
      throw error;
    }
  });
}

void run(process.argv.slice(2), process);
