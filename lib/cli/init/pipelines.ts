import type { InitFile } from './starter';

/** The services whose pipelines init can write. */
export const PIPELINES = ['github', 'azure'] as const;

export type Pipeline = (typeof PIPELINES)[number];

/** @param profile the file with the cluster's profile; left out where there is none */
export function pipelineFile(pipeline: Pipeline, profile: string | undefined): InitFile {
  const known = profile === undefined ? '' : ` --profile ${profile}`;
  return pipeline === 'github' ? githubWorkflow(known) : azurePipeline(known);
}

const LINT = 'npx cdk8s-aks-network-policy lint';

function githubWorkflow(profile: string): InitFile {
  return {
    name: '.github/workflows/network-policies.yaml',
    what: 'a workflow that checks pull requests',
    text: `name: network policies
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 22, cache: npm }
      - run: npm ci
      - run: npx cdk8s synth --check-upgrade=false
      - run: npx jest --ci
      # Findings stand at the lines of the pull request, and as a table in the summary of the run.
      - run: ${LINT}${profile} --format github --format markdown=findings.md dist/
      - if: always()
        run: cat findings.md >> "$GITHUB_STEP_SUMMARY" || true
`,
  };
}

function azurePipeline(profile: string): InitFile {
  return {
    name: 'azure-pipelines.network-policies.yml',
    what: 'a pipeline that checks each change',
    text: `trigger: [main]
pr: [main]
pool: { vmImage: ubuntu-latest }
steps:
  - task: UseNode@1
    inputs: { version: 22.x }
  - script: npm ci
    displayName: install
  - script: npx cdk8s synth --check-upgrade=false
    displayName: synth
  - script: npx jest --ci
    displayName: test
  - script: ${LINT}${profile} --format human --format junit=findings.xml dist/
    displayName: lint
  # Findings stand on the tab Tests of the run, a case for each rule.
  - task: PublishTestResults@2
    condition: succeededOrFailed()
    inputs: { testResultsFormat: JUnit, testResultsFiles: findings.xml, testRunTitle: network policies }
`,
  };
}
