import { moduleClassName } from '../../codegen/module';
import { installing } from './packages';
import { PROJECT_FILE, type Project } from './project';
import { policiesFile } from './starter';
import { validationLines } from './validation-lines';

/** What init has begun with. */
export interface Begun {
  readonly namespace: string;
  /** The packages that run what it has written. */
  readonly runs: readonly string[];
  /** The file with the cluster's profile. */
  readonly profile?: string;
}

/** What is left for a person to do, line by line. */
export function nextSteps(
  before: Project,
  now: Project,
  { namespace, runs, profile }: Begun,
): readonly string[] {
  const name = moduleClassName(namespace);
  return [
    ...(now.folder === '.' ? [] : [`cd ${now.folder}`]),
    ...(before.packages === undefined ? ['npm install'] : installing(before.packages, runs)),
    ...(now.validations === 'ours'
      ? []
      : [`add to ${PROJECT_FILE}:`, ...indented(validationLines(profile).trimEnd().split('\n'))]),
    ...(now.program?.includes(name) === true
      ? []
      : [
          'add to your program, before app.synth():',
          ...indented([`import { ${name} } from './${policiesFile(namespace)}';`, `new ${name}(app);`]),
        ]),
    'npx cdk8s synth',
    'npx jest',
    'npx cdk8s-aks-network-policy connections dist/',
  ];
}

const indented = (lines: readonly string[]) => lines.map((line) => `  ${line}`);
