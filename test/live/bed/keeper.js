// Runs a program for as long as standard input stays open. Whoever holds the other end may end in any way, even
// killed: the pipe closes, the program is killed and its folder goes.
//
//   node keeper.js FOLDER LOG PROGRAM ARGUMENT…      FOLDER is - for one that stays
const { spawn } = require('node:child_process');
const { openSync, rmSync } = require('node:fs');

const [folder, log, program, ...words] = process.argv.slice(2);
const output = openSync(log, 'a');
const child = spawn(program, words, { stdio: ['ignore', output, output] });

const end = () => child.kill('SIGKILL');
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, end);
}
process.stdin.on('end', end).on('error', end).resume();
child.on('error', (error) => {
  require('node:fs').writeSync(output, `${error.message}\n`);
  close();
});
child.on('exit', close);

function close() {
  if (folder !== '-') {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  process.exit(0);
}
