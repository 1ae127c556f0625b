/** The answer to a question that what is known may leave open. */
export type Tristate = 'yes' | 'no' | 'unknown';

/** The answer where all of several things are needed. */
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

/** The answer where one of several things suffices. */
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
