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

export const strykerPlugins = [{ kind: 'Checker', name: 'drawn', factory: createDrawn }];
