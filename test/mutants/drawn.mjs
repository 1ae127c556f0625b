import { isDeepStrictEqual } from 'node:util';

/**
 * A checker for Stryker, which mutates everything within a range: only the mutants that were drawn are tried.
 * Plain JavaScript, because Stryker's own processes load it.
 */
function createDrawn({ drawn }) {
  const isDrawn = (mutant) =>
    drawn.some((each) =>
      Object.entries(each).every(([part, value]) => isDeepStrictEqual(mutant[part], value)),
    );
  return {
    init: async () => {},
    group: async (mutants) => [mutants.map(({ id }) => id)],
    check: async (mutants) =>
      Object.fromEntries(
        mutants.map((mutant) => [
          mutant.id,
          isDrawn(mutant) ? { status: 'passed' } : { status: 'compileError', reason: 'not drawn' },
        ]),
      ),
  };
}
createDrawn.inject = ['options'];

/**
 * Keeps the parentheses of `(a as T) < b`, which Babel prints without them: a compiler then takes what follows the `<`
 * for a type's arguments. It is no more than asked at each node whether to ignore it, and ignores none.
 */
export const parentheses = {
  shouldIgnore({ node }) {
    if (node.type === 'BinaryExpression' && node.left.type === 'TSAsExpression') {
      const { loc, start, end } = node.left;
      node.left = { type: 'ParenthesizedExpression', expression: node.left, loc, start, end };
    }
  },
};

export const strykerPlugins = [
  { kind: 'Checker', name: 'drawn', factory: createDrawn },
  { kind: 'Ignore', name: 'parentheses', value: parentheses },
];
