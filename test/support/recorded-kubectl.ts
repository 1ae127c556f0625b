import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

const SHOP = resolve(__dirname, '../cli/recordings/shop.json');
const RECORDED = join(__dirname, 'recorded');

type Answers = Record<string, { stdout: string; stderr: string; status: number }>;

export interface RecordedKubectl {
  /** Changes some answers, until the next test. */
  readonly answerBut: (change: (answers: Answers) => void) => void;
  /** Every request for objects of a kind fails with this message, until the next test. */
  readonly refuse: (plural: string, stderr: string) => void;
  /** Runs something with no kubectl on the PATH. */
  readonly without: <T>(work: () => Promise<T>) => Promise<T>;
}

/** The command line starts the kubectl that is first on the PATH: in this file one that answers from a recording. */
export function useRecordedKubectl(): RecordedKubectl {
  const folder = mkdtempSync(join(tmpdir(), 'kubectl-'));
  const { PATH } = process.env;
  const withRecorded = `${RECORDED}${delimiter}${PATH}`;
  beforeAll(() => {
    process.env.PATH = withRecorded;
  });
  beforeEach(() => {
    process.env.KUBECTL_RECORDING = SHOP;
  });
  afterAll(() => {
    process.env.PATH = PATH;
    delete process.env.KUBECTL_RECORDING;
    rmSync(folder, { recursive: true });
  });

  const answerBut = (change: (answers: Answers) => void) => {
    const answers = JSON.parse(readFileSync(SHOP, 'utf8')) as Answers;
    change(answers);
    const file = join(folder, 'changed.json');
    writeFileSync(file, JSON.stringify(answers));
    process.env.KUBECTL_RECORDING = file;
  };
  return {
    answerBut,
    refuse: (plural, stderr) =>
      answerBut((answers) => {
        for (const key of Object.keys(answers).filter((each) => each.includes(`/${plural}?`))) {
          answers[key] = { stdout: '', stderr, status: 1 };
        }
      }),
    without: async (work) => {
      process.env.PATH = folder;
      try {
        return await work();
      } finally {
        process.env.PATH = withRecorded;
      }
    },
  };
}
