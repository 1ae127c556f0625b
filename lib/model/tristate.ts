export type Tristate = 'yes' | 'no' | 'unknown';

export function allOf(answers: Iterable<Tristate>): Tristate {
  let all: Tristate = 'yes';
  for (const answer of answers) {
    if (answer === 'no') {
      return 'no';
    }
    all = answer === 'unknown' ? answer : all;
  }
  return all;
}

export function anyOf(answers: Iterable<Tristate>): Tristate {
  let any: Tristate = 'no';
  for (const answer of answers) {
    if (answer === 'yes') {
      return 'yes';
    }
    any = answer === 'unknown' ? answer : any;
  }
  return any;
}
