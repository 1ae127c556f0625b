import { basename } from 'node:path';
import { RULES } from '../lint/catalogue';
import { describeObject, type LintFinding } from '../model/finding';
import { type Harmless, harmless, inOneLine } from '../model/harmless';
import type { ManifestProblem } from '../model/manifest-problem';
import { describePlace } from '../model/place';
import { describeSource, type SourcePosition } from '../model/source-position';
import { findingWords } from '../render/finding-words';
import type { ValidationContextLike, ViolatingResource, ViolationLike } from './plugin-context';

export class ReportPlaces {
  public constructor(private readonly context: Pick<ValidationContextLike, 'metadata' | 'stdout'>) {}

  /** An object under a heading, with its construct and one line of text. */
  public resource(name: string, source: SourcePosition, location: string): ViolatingResource {
    const resourceName = inReport(name);
    if (source.construct !== undefined) {
      // The report looks up constructs by this name. Kind and namespace are part of it, because a Deployment and its policy
      // may have the same name.
      this.context.metadata[resourceName] = { path: inReport(source.construct) };
    }
    const manifestPath = inReport(source.file ?? source.code?.file ?? 'N/A');
    return { resourceName, locations: [inReport(location)], manifestPath };
  }

  /** `main.ts:12:5`, the line to change: of the rule, of the construct, or of the manifest. */
  public line({ source = {} }: LintFinding): string {
    const { construct: _, code, ...manifest } = source;
    return this.text(code === undefined ? manifest : { code });
  }

  /** A position as text, without the folder of a manifest for standard output, which is temporary. */
  public text({ file, ...place }: SourcePosition): string {
    const shown = file !== undefined && this.context.stdout === true ? basename(file) : file;
    return describeSource(shown === undefined ? place : { ...place, file: shown });
  }
}

export function violationsOf(findings: readonly LintFinding[], places: ReportPlaces): ViolationLike[] {
  return grouped(findings, (finding) => {
    const { rule, severity, object, message, fix, source = {} } = finding;
    const { what, seen } = findingWords(finding);
    const words = [what, seen].filter((part) => part !== undefined).join('; ');
    const location = [places.line(finding), words].filter((part) => part !== '').join(': ');
    return {
      ruleName: rule,
      recommendation: `${severity}: ${RULES.find(({ id }) => id === rule)?.summary ?? message}`,
      fix,
      resource: places.resource(describeObject(object), source, location),
    };
  });
}

/** Problems of manifests, grouped by problem and fix. */
export function violationsOfProblems(
  problems: readonly ManifestProblem[],
  places: ReportPlaces,
): ViolationLike[] {
  return grouped(problems, ({ code, at, got, problem, fix, source, object }) => ({
    ruleName: code,
    recommendation: 'error: what cannot be understood may be a policy or change one, so nothing is certain',
    fix,
    resource: places.resource(
      object ?? source.file ?? 'N/A',
      source,
      `${places.text(source)}: ${describePlace(at)}: ${problem}; got ${got}`,
    ),
  }));
}

interface Entry extends Readonly<Record<'ruleName' | 'recommendation' | 'fix', string>> {
  readonly resource: ViolatingResource;
}

function grouped<T>(entries: readonly T[], read: (entry: T) => Entry): ViolationLike[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries.map(read)) {
    const key = JSON.stringify([entry.ruleName, entry.recommendation, entry.fix]);
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups.values()].map((group) => {
    const { ruleName, recommendation, fix } = group[0] as Entry;
    return {
      ruleName: inReport(ruleName),
      recommendation: inReport(recommendation),
      fix: inReport(fix),
      violatingResources: group.map(({ resource }) => resource),
    };
  });
}

/** A text for the report, which `cdk8s` prints. */
export function inReport(text: string): Harmless {
  return harmless(inOneLine(text));
}
