import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { atTerminal } from './support/person';
import { environment, MAIN, need, newFolder, writeProgram } from './support/programs';

need('script');

const here = newFolder();
const programs = newFolder();

writeProgram(programs, 'aks-netpol', `exec '${process.execPath}' '${MAIN}' "$@"`);

test('a plugin of kubectl can ask a person at the terminal', async () => {
  writeProgram(
    programs,
    'kubectl',
    `case "$*" in
*'config view'*) echo '{"name":"bed"}'; exit ;;
*--raw*) printf 'password: ' >/dev/tty; read answer </dev/tty; echo "$answer" >'${join(here, 'answer')}' ;;
esac
echo 'error: You must be logged in to the server (Unauthorized)' >&2; exit 1`,
  );
  const { status } = await atTerminal('aks-netpol list', {
    cwd: here,
    env: environment(newFolder(), programs),
    typing: [{ after: /password: /, text: 'secret\n' }],
  });
  expect(readFileSync(join(here, 'answer'), 'utf8')).toBe('secret\n');
  expect(status).toBe(3);
});
