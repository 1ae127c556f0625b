import { allOf, anyOf, type Tristate } from '../../lib/model/tristate';

test.each<{ answers: readonly Tristate[]; all: Tristate; any: Tristate }>([
  { answers: [], all: 'yes', any: 'no' },
  { answers: ['yes', 'yes'], all: 'yes', any: 'yes' },
  { answers: ['no', 'no'], all: 'no', any: 'no' },
  { answers: ['yes', 'no'], all: 'no', any: 'yes' },
  { answers: ['no', 'yes'], all: 'no', any: 'yes' },
  { answers: ['yes', 'unknown', 'yes'], all: 'unknown', any: 'yes' },
  { answers: ['no', 'unknown', 'no'], all: 'no', any: 'unknown' },
  { answers: ['unknown', 'no'], all: 'no', any: 'unknown' },
  { answers: ['unknown', 'yes'], all: 'unknown', any: 'yes' },
])('of $answers all are needed: $all; one suffices: $any', ({ answers, all, any }) => {
  expect([allOf(answers), anyOf(answers)]).toEqual([all, any]);
});
