import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { type AskOptions, Kubectl, type KubectlAnswer } from '../../lib/cli/live/kubectl';
import { expectHarmless, expectWords } from '../support/harmless-text';
import { COMMANDS, hostileText } from '../support/hostile';
import { type Format, READ } from '../support/output-readers';
import { type Answers, useRecordedKubectl } from '../support/recorded-kubectl';
import { type CliAnswer, cli, cliAsking } from '../support/run-cli';
import { policy } from '../support/shop';

const { answerBut } = useRecordedKubectl();
const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
afterAll(() => rmSync(folder, { recursive: true }));

const EXAMPLES = COMMANDS.map((text): [string] => [text]);
const LIST = 'get --raw /apis/networking.k8s.io/v1/networkpolicies?limit=500';
const FILE = join(folder, 'wanted.json');

/** What a server does with what it is sent: it stores it with words of others, or refuses it in its own. */
type Serve = (text: string, isTrial: boolean) => 'stores' | string;

/** A server whose objects, managers and refusals are hostile. */
function serving(text: string, serve: Serve): void {
  const { ask } = Kubectl.prototype;
  jest.spyOn(Kubectl.prototype, 'ask').mockImplementation(async function (
    this: Kubectl,
    words: readonly string[],
    options: AskOptions = {},
  ): Promise<KubectlAnswer> {
    if (words[0] !== 'apply' && words[0] !== 'delete') {
      return ask.call(this, words, options);
    }
    const answer = serve(text, words.includes('--dry-run=server'));
    return answer === 'stores'
      ? { isDone: true, stdout: words[0] === 'apply' ? stored(options.input ?? '', text) : '{}', stderr: '' }
      : { isDone: false, stdout: '', stderr: answer };
  });
}

function stored(input: string, text: string): string {
  const { items } = JSON.parse(input) as { items: { metadata: object }[] };
  const said = { annotations: { note: text }, managedFields: [{ manager: text, operation: 'Apply' }] };
  return JSON.stringify({
    items: items.map((each) => ({ ...each, metadata: { ...each.metadata, ...said } })),
  });
}

/** The policies of the cluster carry the text, too. */
function living(text: string): void {
  answerBut((answers: Answers) => {
    const { items, ...list } = JSON.parse(answers[LIST]?.stdout as string);
    const said = { annotations: { note: text }, managedFields: [{ manager: text, operation: 'Update' }] };
    const objects = items.map((each: { metadata: object }) => ({
      ...each,
      metadata: { ...each.metadata, ...said },
    }));
    answers[LIST] = { stdout: JSON.stringify({ ...list, items: objects }), stderr: '', status: 0 };
  });
}

const STORES: Serve = () => 'stores';
const REFUSES: Serve = (text) => `Error from server: ${text}\n${text}`;
const REFUSES_LATE: Serve = (text, isTrial) => (isTrial ? 'stores' : `Error from server: ${text}\n${text}`);
const IS_LOST: Serve = (text, isTrial) => (isTrial ? 'stores' : `Unable to connect to the server: ${text}`);

const VERBS: readonly { why: string; words: readonly string[]; serve: Serve }[] = [
  { why: 'apply', words: ['apply', '--yes', '--fail-on', 'never', FILE], serve: STORES },
  {
    why: 'apply that is refused at the trial',
    words: ['apply', '--yes', '--fail-on', 'never', FILE],
    serve: REFUSES,
  },
  {
    why: 'apply that is refused',
    words: ['apply', '--yes', '--fail-on', 'never', FILE],
    serve: REFUSES_LATE,
  },
  { why: 'apply that nobody answers', words: ['apply', '--yes', '--fail-on', 'never', FILE], serve: IS_LOST },
  { why: 'create', words: ['create', '--yes', '--fail-on', 'never', '-f', FILE], serve: STORES },
  {
    why: 'create that is refused',
    words: ['create', '--yes', '--fail-on', 'never', '-f', FILE],
    serve: REFUSES_LATE,
  },
  { why: 'delete', words: ['delete', 'db-ingress', '-n', 'shop', '--yes'], serve: STORES },
  {
    why: 'delete that is refused',
    words: ['delete', 'db-ingress', '-n', 'shop', '--yes'],
    serve: REFUSES_LATE,
  },
];

function expectHarmlessAnswer({ out, err }: CliAnswer, format: Format): void {
  expectHarmless(out);
  expectWords(err);
  expect(err).not.toMatch(/^ +at /m);
  expect(out === '' ? err : '').toBe('');
  READ[format](out);
}

/** A policy that is new, or is there otherwise, and says the text wherever it may. */
function write(text: string, verb: string): void {
  const { metadata, ...more } = policy(verb === 'create' ? 'new' : 'db-ingress', { podSelector: {} });
  writeFileSync(FILE, JSON.stringify({ ...more, metadata: { ...metadata, annotations: { note: text } } }));
}

test.each(VERBS.flatMap((each) => (['text', 'json'] as const).map((format) => ({ ...each, format }))))(
  'what others say is no command in what $why writes as $format',
  async ({ words, serve, format }) => {
    await fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        living(text);
        serving(text, serve);
        write(text, words[0] as string);
        const answer = await cli(...words, '--format', format);
        jest.spyOn(Kubectl.prototype, 'ask').mockRestore();
        expectHarmlessAnswer(answer, format);
        expect(answer.exitCode).toBe(serve === STORES ? 0 : serve === IS_LOST ? 3 : 1);
      }),
      { numRuns: 6, examples: EXAMPLES },
    );
  },
);

test('nor in what a person is asked', async () => {
  await fc.assert(
    fc.asyncProperty(hostileText, async (text) => {
      living(text);
      serving(text, STORES);
      write(text, 'apply');
      expectHarmlessAnswer(await cliAsking(() => 'n\n', 'apply', '--fail-on', 'never', FILE), 'text');
      jest.spyOn(Kubectl.prototype, 'ask').mockRestore();
    }),
    { numRuns: 6, examples: EXAMPLES },
  );
});

const DOCTORS = ['doctor-none', 'doctor-cilium'] as const;

test.each(
  DOCTORS.flatMap((recording) =>
    (['table', 'json', 'csv', 'markdown'] as const).map((format) => ({ recording, format })),
  ),
)(
  'what a cluster says is no command in what doctor writes of $recording as $format',
  async ({ recording, format }) => {
    await fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        answerBut((answers) => {
          for (const [request, answer] of Object.entries(answers)) {
            answers[request] = { ...answer, stdout: withText(answer.stdout, text) };
          }
        }, recording);
        expectHarmlessAnswer(await cli('doctor', '--format', format), format);
      }),
      { numRuns: 10, examples: EXAMPLES },
    );
  },
);

/** An answer whose labels, images and words carry a text. A version with one is refused. */
function withText(stdout: string, text: string): string {
  const hostile = ['image', 'kubernetes.azure.com/agentpool', 'kubernetes.io/os'];
  try {
    return JSON.stringify(JSON.parse(stdout), (key, value) =>
      typeof value === 'string' && hostile.includes(key)
        ? `${value}${text}`
        : key === 'command' || key === 'args'
          ? [...value, text]
          : value,
    );
  } catch {
    return stdout;
  }
}
