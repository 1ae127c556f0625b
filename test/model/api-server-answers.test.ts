import { validateNetworkPolicy } from '../../lib/model/check-policy';
import answers from '../corpus/api-server-answers.json';
import { causesOf, fieldsAndReasons } from '../support/api-server-reasons';

interface Case {
  name: string;
  status: number;
  policy: unknown;
  causes?: { field?: string; reason?: string }[];
}

const cases = answers.cases as Case[];
const accepted = cases.filter(({ status }) => status === 201);
const refused = cases.filter(({ status }) => status === 422);
const unreadable = cases.filter(({ status }) => status === 400);

describe(`what ${answers.source} answered`, () => {
  test.each(accepted)('$name is accepted', ({ policy }) => {
    expect(validateNetworkPolicy(policy)).toEqual([]);
  });

  test.each(refused)(
    '$name is refused at the same fields for the same reasons',
    ({ policy, causes = [] }) => {
      expect(fieldsAndReasons(validateNetworkPolicy(policy))).toEqual(causesOf(causes));
    },
  );

  test.each(unreadable)('$name is refused as unreadable', ({ policy }) => {
    const codes = validateNetworkPolicy(policy).map(({ code }) => code);
    expect(codes.length).toBeGreaterThan(0);
    expect(['field-unknown', 'status-superfluous', 'type-mismatch', 'port-out-of-range']).toEqual(
      expect.arrayContaining(codes),
    );
  });

  test('every case but the missing namespace, which only a cluster knows, is judged above', () => {
    const judged = [...accepted, ...refused, ...unreadable].map(({ name }) => name);
    expect(cases.map(({ name }) => name).filter((name) => !judged.includes(name))).toEqual([
      'bad-33-no-namespace-exists',
    ]);
  });
});
