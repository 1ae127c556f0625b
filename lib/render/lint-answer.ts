import { isAbsolute, relative, resolve } from 'node:path';
import type { Acceptance } from '../lint/acceptances';
import type { LintReport } from '../lint/lint-cluster';
import { defined } from '../model/defined';
import { type FailOn, type FindingCode, isCounted, type LintFinding, SEVERITIES } from '../model/finding';
import type { ManifestProblem } from '../model/manifest-problem';
import type { SourcePosition } from '../model/source-position';
import { count } from '../model/word-list';
import type { Layout } from './listing';

/** What `aks-netpol lint` has to say, for every output of it. */
export interface LintAnswer extends LintReport {
  /** What could not be read. */
  readonly problems: readonly ManifestProblem[];
  /** From which severity on findings make the run fail. */
  readonly failOn: FailOn;
  /** The rules that were asked for, in the order of the catalogue. */
  readonly rules: readonly FindingCode[];
  /**
   * Where an acknowledgement had to stand already.
   *
   * @default nowhere: every acknowledgement that was read counts, also one that the change brings
   */
  readonly standing?: CountedAcknowledgements;
}

/** Which acknowledgements counted. */
export interface CountedAcknowledgements {
  /** The commits and files in one of which an acknowledgement had to stand. */
  readonly places: readonly string[];
  /** Those that stand in none of them: they came with the change, so they accept nothing. */
  readonly cameWithChange: readonly Acceptance[];
}

export interface LintRenderOptions extends Layout {
  /** Colours for a terminal; only `human` has them. @default none */
  readonly colour?: boolean;
  /** Whether `human` and `markdown` show all findings of a rule that has many. @default some, and how many there are */
  readonly wide?: boolean;
  /** Where paths begin that another program is to find. @default where this program runs */
  readonly folder?: string;
  /** The file that says what is accepted; `sarif` shows there what stands in no file. @default `aks-netpol.yaml` */
  readonly config?: string;
}

/** Prints an answer piece by piece; the same answer gives the same bytes. */
export type LintRenderer = (answer: LintAnswer, options?: LintRenderOptions) => Iterable<string>;

/** Part of an answer: the findings of these rules. All rules have run, so that no acknowledgement seems unused. */
export function onlyRules(answer: LintAnswer, rules: readonly FindingCode[]): LintAnswer {
  const isWanted = ({ rule }: { readonly rule: FindingCode }) => rules.includes(rule);
  const { standing } = answer;
  return {
    ...answer,
    findings: answer.findings.filter(isWanted),
    acknowledged: answer.acknowledged.filter(isWanted),
    notApplicable: answer.notApplicable.filter(isWanted),
    rules: answer.rules.filter((rule) => rules.includes(rule)),
    ...(standing === undefined
      ? {}
      : {
          standing: {
            ...standing,
            cameWithChange: standing.cameWithChange.filter((each) => isWanted(each.acknowledgement)),
          },
        }),
  };
}

/** Part of an answer: what is about objects of a namespace, about the namespace itself, or about the whole cluster. */
export function onlyNamespace(answer: LintAnswer, wanted: string): LintAnswer {
  const isWanted = ({ object: { kind, namespace = '', name } }: LintFinding) =>
    kind === 'Namespace' ? name === wanted : namespace === '' || namespace === wanted;
  return {
    ...answer,
    findings: answer.findings.filter(isWanted),
    acknowledged: answer.acknowledged.filter(isWanted),
  };
}

/** Whether something was found that makes the run fail. */
export function hasFailed({ findings, failOn }: LintAnswer): boolean {
  return findings.some(({ severity }) => isCounted(severity, failOn));
}

/** `1 error, 2 warnings`, `no findings`. */
export function countFindings(findings: readonly LintFinding[]): string {
  const counts = SEVERITIES.map(
    (severity) => [severity, findings.filter((finding) => finding.severity === severity).length] as const,
  ).filter(([, number]) => number > 0);
  return counts.length === 0
    ? 'no findings'
    : counts.map(([severity, number]) => count(number, severity)).join(', ');
}

/** A line that somebody can open. */
export interface FilePlace {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** The line of the manifest; undefined for standard input and for what was never in a file. */
export function manifestPlace({ file, line, column }: SourcePosition = {}): FilePlace | undefined {
  return file === undefined || file === '-' ? undefined : defined({ file, line, column });
}

/** The line to mend: the one in the user's program, or the manifest's. */
export function firstPlace(source: SourcePosition = {}): FilePlace | undefined {
  return source.code ?? manifestPlace(source);
}

/** A path as other programs name it: from the folder on, or whole outside of it; with slashes on every system. */
export function pathFrom(folder: string, file: string): string {
  const path = relative(folder, file);
  const isOutside = path.startsWith('..') || isAbsolute(path);
  return (isOutside ? resolve(file) : path).replaceAll('\\', '/');
}
