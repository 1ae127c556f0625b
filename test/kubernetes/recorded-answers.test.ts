import answers from '../corpus/api-server-answers.json';
import { type Cause, judge } from './validator';

interface Case {
  readonly name: string;
  readonly status: number;
  readonly policy: unknown;
  readonly causes?: readonly Cause[];
  readonly storedSpec?: unknown;
}

// Whether a namespace exists is not in the policy: only a cluster knows.
const cases = (answers.cases as Case[]).filter(({ status }) => status !== 404);
const verdicts = new Map(judge(cases.map(({ policy }) => policy)).map((verdict, i) => [cases[i], verdict]));

const inOrder = (causes: readonly Cause[]) => causes.map((cause) => JSON.stringify(cause)).sort();

describe(`the checker says what ${answers.source} said`, () => {
  test.each(cases.filter(({ status }) => status === 201))('$name is stored the same', (recorded) => {
    expect(verdicts.get(recorded)).toEqual({ stored: recorded.storedSpec });
  });

  test.each(cases.filter(({ status }) => status !== 201))(
    '$name is refused at the same fields in the same words',
    (recorded) => {
      const { status, causes } = verdicts.get(recorded) as { status: number; causes: Cause[] };
      const sorted = (list: readonly Cause[]) =>
        inOrder(list.map(({ field, reason, message }) => ({ field, reason, message }) as Cause));
      expect({ status, causes: sorted(causes) }).toEqual({
        status: recorded.status,
        causes: sorted(recorded.causes ?? []),
      });
    },
  );

  test('only the case that asks for the existence of a namespace is left out', () => {
    expect(cases).toHaveLength(answers.cases.length - 1);
  });
});
