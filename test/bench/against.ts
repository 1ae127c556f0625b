import { type ChildProcess, spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { type Against, UsageError, withFolder } from './command-line';
import { generateCluster } from './generator';
import { manifestsOf, writeManifests } from './manifests';
import { AKS_NETPOL, median, print } from './measure';
import { SIZES } from './sizes';

/** Pairs after the first, which then only warms up; a program slower than `PATIENCE` gets the first alone. */
const ROUNDS = 5;
const PATIENCE = 10;

/** Runs its words and tells what the shell's `times` counted for them and their children. */
const TIMED = '"$@" >/dev/null 3>&-; status=$?; times >&3; exit "$status"';

/** The status of a shell that found no such program, or none that it may run. */
const NOT_RUN = [126, 127];

type Run = { readonly seconds: number } | { readonly failure: string };

/** CPU time of another program, by that of `aks-netpol connections` on the same folder. */
export async function benchAgainst({ against, limit, sizes }: Against): Promise<void> {
  console.log(`\n${against.join(' ')}, CPU time by that of aks-netpol connections (median of paired rounds)`);
  for (const name of sizes) {
    // One object in each file: some programs read only the first document of a file.
    const { folder, remove } = writeManifests(manifestsOf(generateCluster(SIZES[name])), 'object');
    const own = [process.execPath, AKS_NETPOL, 'connections', folder];
    const found: number[] = [];
    let failure: string | undefined;
    let isSlow = false;
    while (failure === undefined && !isSlow && found.length <= ROUNDS) {
      const ours = await run(own, limit);
      const start = performance.now();
      const other = 'failure' in ours ? ours : await run(withFolder(against, folder), limit);
      isSlow ||= performance.now() - start > PATIENCE * 1000;
      if ('failure' in ours) {
        failure = `aks-netpol itself: ${ours.failure}`;
      } else if ('failure' in other) {
        failure = other.failure;
      } else {
        found.push(other.seconds / ours.seconds);
      }
    }
    remove();
    if (failure !== undefined) {
      print(name, name === sizes.at(-1) ? failure : `${failure}; larger clusters are left out`);
      return;
    }
    const counted = found.length > 1 ? found.slice(1) : found;
    print(name, `${counted.length} ${counted.length === 1 ? 'round' : 'rounds'}`, median(counted).toFixed(2));
  }
}

/** Runs a program to its end, or stops it and all that it started. */
async function run(words: readonly string[], limit: number): Promise<Run> {
  // A group of its own, so that children of the program are stopped with it.
  const shell = spawn('sh', ['-c', TIMED, 'sh', ...words], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const stop = () => shell.exitCode === null && stopGroup(shell);
  process.once('exit', stop);
  const interrupt = () => process.exit(130);
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    stop();
  }, limit * 1000);
  const [status, complaint, times] = await Promise.all([
    new Promise<number | null>((done, fail) => shell.once('error', fail).once('close', done)),
    text(shell.stderr as NodeJS.ReadableStream),
    text(shell.stdio[3] as NodeJS.ReadableStream),
  ]).catch((error: Error) => {
    throw new UsageError(`--against measures with a POSIX shell, which did not start: ${error.message}`);
  });
  clearTimeout(timer);
  process
    .removeListener('exit', stop)
    .removeListener('SIGINT', interrupt)
    .removeListener('SIGTERM', interrupt);
  const [said] = complaint.trim().split('\n');
  if (isLate) {
    return { failure: `no answer in ${limit} s` };
  }
  if (status !== null && NOT_RUN.includes(status)) {
    throw new UsageError(`"${words[0]}" cannot be run (${said}): write the path of a program`);
  }
  if (status !== 0) {
    return { failure: `ended with ${status}, so its time says nothing (${said})` };
  }
  return { seconds: childSeconds(times) };
}

function stopGroup({ pid }: ChildProcess): void {
  if (pid !== undefined) {
    process.kill(-pid, 'SIGKILL');
  }
}

/** User and system seconds of the children, from the second line that `times` prints: `0m1.234s 0m0.056s`. */
export function childSeconds(times: string): number {
  const [user, system] = [...(times.split('\n')[1] ?? '').matchAll(/(\d+)m([\d.,]+)s/g)].map(
    ([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds?.replace(',', '.')),
  );
  if (user === undefined || system === undefined) {
    throw new Error(`this shell's times cannot be read: ${times}`);
  }
  return user + system;
}
