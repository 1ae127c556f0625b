import { load } from 'js-yaml';
import { readLintConfig } from '../../lib/manifests/lint-config';
import { GATES } from '../../lib/model/gate-name';
import { blocks, textOf } from '../support/docs';

describe('the recipes for pipelines', () => {
  const page = 'lib/review/README.md';
  const shown = (file: string) => {
    const found = blocks(page).filter(({ name }) => name === file);
    expect(found).toHaveLength(1);
    return found.map(({ code }) => code).join('');
  };

  test('accept changes as --config reads them', () => {
    const { problems, acceptedChanges } = readLintConfig({
      text: shown('aks-netpol.yaml'),
      file: 'a.yaml',
    });
    expect(problems).toEqual([]);
    expect(acceptedChanges).toHaveLength(1);
  });

  test('tell every gate as --help does', () => {
    const text = textOf(page);
    for (const [name, meaning] of Object.entries(GATES)) {
      expect(text).toContain(`| \`${name}\` | ${meaning} |\n`);
    }
  });

  test('give the action and the template only what they take', () => {
    const action = load(textOf('.github/actions/aks-netpol/action.yml')) as {
      readonly inputs: object;
    };
    const template = load(textOf('.azuredevops/aks-netpol.yml')) as {
      readonly parameters: readonly { readonly name: string }[];
    };
    const { jobs } = load(shown('workflow')) as { jobs: { policies: { steps: { with?: object }[] } } };
    const { steps } = load(shown('pipeline')) as { steps: { parameters?: object }[] };
    expect(Object.keys(action.inputs)).toEqual(
      expect.arrayContaining(Object.keys(jobs.policies.steps.at(-1)?.with ?? { none: 0 })),
    );
    expect(template.parameters.map(({ name }) => name)).toEqual(
      expect.arrayContaining(Object.keys(steps.at(-1)?.parameters ?? { none: 0 })),
    );
  });

  test('find the versions that Renovate is to raise', () => {
    const { customManagers } = JSON.parse(shown('renovate')) as {
      customManagers: { matchStrings: string[] }[];
    };
    const versionIn = (text: string) =>
      customManagers.flatMap(({ matchStrings }) =>
        matchStrings.flatMap((pattern) => new RegExp(pattern).exec(text)?.groups?.currentValue ?? []),
      );
    const plugin = /^validations:\n.*?^```/ms.exec(textOf('lib/validation/README.md'))?.[0] ?? '';
    expect(versionIn(plugin)).toEqual(['0.1.0']);
    expect(versionIn(shown('pre-commit'))).toEqual(['0.1.0']);
    expect(versionIn(shown('gitlab'))).toEqual(['0.1.0']);
  });

  test('have a hook that runs for manifests of an app', () => {
    const { repos } = load(shown('pre-commit')) as {
      repos: { hooks: { files: string; entry: string }[] }[];
    };
    const [hook] = repos[0]?.hooks ?? [];
    expect('dist/shop.k8s.yaml').toMatch(new RegExp(hook?.files ?? '^$'));
    expect('main.ts').not.toMatch(new RegExp(hook?.files ?? ''));
  });
});
