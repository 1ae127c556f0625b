import { AksClusterProfile } from '../aks/cluster-profile';
import type { Example, LintRule } from './lint-rule';

/** The page of a rule, in Markdown: what stands in its file, for a reader. */
export function rulePage(rule: LintRule): string {
  const { id, severity, summary, why, fix, misses, sources, bad, good } = rule;
  const sections = [
    `# ${id}`,
    `${severity}: ${summary}.`,
    why,
    ...instead(fix),
    '## Speaks here',
    example(bad),
    '## Is silent here',
    example(good),
    ...(misses === undefined ? [] : ['## What it does not see', misses]),
    ...(sources.length === 0
      ? []
      : ['## Sources', sources.map(({ from, read }) => `- ${from}, read ${read}`).join('\n')]),
  ];
  return `${sections.join('\n\n')}\n`;
}

function instead(fix: LintRule['fix']): readonly string[] {
  return typeof fix === 'string'
    ? [`**Instead:** ${fix}.`]
    : [`**Instead**, in YAML: ${fix.yaml}.`, `With constructs: ${fix.code}.`];
}

function example({ manifests, profile, today, intent }: Example): string {
  return [
    ...(today === undefined ? [] : [`On ${today}:`]),
    ...(profile === undefined
      ? []
      : ['On a cluster with this profile:', fence(AksClusterProfile.toYaml(profile))]),
    ...(intent === undefined
      ? []
      : ['Beside the manifests is said:', fence(JSON.stringify(intent, undefined, 2), 'json')]),
    fence(manifests),
  ].join('\n\n');
}

/** So many lines of an example are shown; one that is about large numbers has more. */
const LINES = 60;

function fence(text: string, language = 'yaml'): string {
  const lines = text
    .trim()
    .replace(/^---\n/, '')
    .split('\n');
  const shown =
    lines.length > LINES
      ? [...lines.slice(0, LINES / 10), `# and ${lines.length - LINES / 10} lines more of the kind`]
      : lines;
  return `\`\`\`${language}\n${shown.join('\n')}\n\`\`\``;
}
