import { ownManifest } from './packages';
import { PROJECT_FILE, type Project } from './project';
import type { InitFile } from './starter';

/** The lines of `cdk8s.yaml` that have `cdk8s synth` lint what it writes. */
export function validationLines(profile: string | undefined): string {
  return `# cdk8s synth lints the network policies that it writes. A finding of failOn, or a worse one, stops it.
validations:
  - package: ./node_modules/cdk8s-aks-network-policy
    class: NetworkPolicyValidation
    version: ${ownManifest().version}
    properties:
${profile === undefined ? '' : `      profile: ${profile}\n`}      failOn: error
`;
}

/** `cdk8s.yaml` with these lines behind what stands there; undefined where they have no place. */
export function withValidation(project: Project, profile: string | undefined): InitFile | undefined {
  const { configuration = 'language: typescript\napp: npx tsx main.ts\n', validations } = project;
  // Lines go behind lines, and not behind brackets or the end of a document.
  const takesLines = !/^\s*[{[]|^\.\.\.|^---(?=[\s\S]*^---)/m.test(configuration);
  if (validations !== 'missing' || !takesLines) {
    return undefined;
  }
  const lineEnd = configuration.includes('\r\n') ? '\r\n' : '\n';
  const before =
    configuration === '' || configuration.endsWith('\n') ? configuration : configuration + lineEnd;
  return {
    name: PROJECT_FILE,
    what: 'cdk8s synth lints what it writes',
    text: before + validationLines(profile).replaceAll('\n', lineEnd),
  };
}
