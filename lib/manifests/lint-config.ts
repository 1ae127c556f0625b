import type { AcceptedChange } from '../model/accepted-change';
import { appendAll } from '../model/collections';
import { defined } from '../model/defined';
import type { FieldPath } from '../model/field-path';
import {
  type Acknowledgement,
  type Expectation,
  FAIL_ON,
  type FailOn,
  type Intent,
  isReasonToWrite,
  joinIntents,
  NO_INTENT,
} from '../model/finding';
import { compareProblems, type ManifestProblem } from '../model/manifest-problem';
import { checkFields, isList, isMap, type Problem, type Problems, show } from '../model/problem';
import type { SourcePosition } from '../model/source-position';
import { readDocuments } from '../yaml/documents';
import { Lines } from '../yaml/lines';
import { openFile } from './files';
import type { ManifestText } from './inputs';
import { readAcceptedChange, readAcknowledgement, readFlow, readOnlyFrom } from './lint-config-entries';
import { DocumentOrigin } from './origin';

/** The content of an `aks-netpol.yaml`. */
export interface LintConfig {
  readonly intent: Intent;
  readonly failOn?: FailOn;
  /** What `diff` accepts. */
  readonly acceptedChanges: readonly AcceptedChange[];
  /** The problems in it; an entry with a problem is left out. */
  readonly problems: readonly ManifestProblem[];
  /** Remarks about entries that count nevertheless. */
  readonly remarks: readonly ManifestProblem[];
}

/** What a file says that says nothing. */
export const NO_CONFIG: LintConfig = { intent: NO_INTENT, acceptedChanges: [], problems: [], remarks: [] };

const SECTIONS = ['acknowledge', 'acceptChanges', 'mustReach', 'mustNotReach', 'onlyFrom', 'failOn'];

/**
 * Reads what the operator accepts and expects, each entry with its place. Never throws for the content of the file.
 *
 * @param input the path of a file, or its text
 */
export function readLintConfig(input: string | ManifestText): LintConfig {
  const opened = typeof input === 'string' ? openFile(input) : input;
  if ('problem' in opened) {
    return { ...NO_CONFIG, problems: [opened.problem] };
  }
  const { file, text } = opened;
  const lines = new Lines(text);
  const [document, second] = [...readDocuments(text)].filter(
    ({ value, problems }) => value != null || problems.length > 0,
  );
  if (document === undefined) {
    return NO_CONFIG;
  }
  const reader = new ConfigReader(new DocumentOrigin(file, lines, document));
  const config = reader.read(document.value, document.problems);
  const several =
    second === undefined ? [] : [new DocumentOrigin(file, lines, second).refine(SEVERAL_DOCUMENTS)];
  return { ...config, problems: [...config.problems, ...several].sort(compareProblems) };
}

/** Joins several files. The last `failOn` counts. */
export function readLintConfigs(files: readonly string[]): LintConfig {
  const configs = files.map((file) => readLintConfig(file));
  const failOn = configs.flatMap((config) => config.failOn ?? []).at(-1);
  return {
    intent: joinIntents(...configs.map(({ intent }) => intent)),
    ...defined({ failOn }),
    acceptedChanges: configs.flatMap(({ acceptedChanges }) => acceptedChanges),
    problems: configs.flatMap(({ problems }) => problems),
    remarks: configs.flatMap(({ remarks }) => remarks),
  };
}

const SEVERAL_DOCUMENTS: Problem = {
  code: 'documents-several',
  at: 'the document',
  got: 'a second document',
  problem: 'only the first document would count',
  fix: 'put all of it into one document',
};

class ConfigReader {
  private readonly problems: Problem[] = [];

  public constructor(private readonly origin: DocumentOrigin) {}

  public read(value: unknown, problems: readonly Problem[]): LintConfig {
    appendAll(this.problems, problems);
    // If the document is not YAML, that problem is already reported.
    const config = value === undefined ? {} : value;
    if (!isMap(config, 'the document', this.problems)) {
      return { ...NO_CONFIG, problems: this.placed() };
    }
    checkFields(config, SECTIONS, [], this.problems);
    const expect = (key: string, read: Read<Expectation>) => this.entries(config, key, read);
    const intent: Intent = {
      acknowledgements: this.entries<Acknowledgement>(config, 'acknowledge', readAcknowledgement),
      expectations: [
        ...expect('mustReach', (...entry) => readFlow('must-reach', ...entry)),
        ...expect('mustNotReach', (...entry) => readFlow('must-not-reach', ...entry)),
        ...expect('onlyFrom', readOnlyFrom),
      ],
      programs: [],
    };
    const acceptedChanges = this.entries<AcceptedChange>(config, 'acceptChanges', readAcceptedChange);
    const failOn = this.failOn(config.failOn);
    const remarks = [
      ...reasonsToWrite(intent.acknowledgements, 'acknowledge'),
      ...reasonsToWrite(acceptedChanges, 'acceptChanges'),
    ];
    return { intent, acceptedChanges, ...defined({ failOn }), problems: this.placed(), remarks };
  }

  private entries<T extends { readonly source?: SourcePosition }>(
    config: Readonly<Record<string, unknown>>,
    key: string,
    read: Read<T>,
  ): T[] {
    const entries = config[key] ?? [];
    if (!isList(entries, [key], this.problems)) {
      return [];
    }
    return entries.flatMap((entry, i) => {
      const at = [key, i];
      const problems: Problems = [];
      const found = isMap(entry, at, problems) ? read(entry, at, problems) : undefined;
      appendAll(this.problems, problems);
      return found === undefined || problems.length > 0 ? [] : [{ ...found, source: this.placeOf(at) }];
    });
  }

  private failOn(value: unknown): FailOn | undefined {
    const known = FAIL_ON.find((each) => each === value);
    if (value != null && known === undefined) {
      this.problems.push({
        code: 'value-unknown',
        at: ['failOn'],
        got: show(value),
        problem: 'there is no such value',
        fix: `write one of ${FAIL_ON.join(', ')}`,
      });
    }
    return known;
  }

  private placeOf(at: FieldPath): SourcePosition {
    return this.origin.refine({ code: 'type-mismatch', at, got: '', problem: '', fix: '' }).source;
  }

  private placed(): ManifestProblem[] {
    return this.problems.map((problem) => this.origin.refine(problem));
  }
}

/** One remark for all: a new baseline has hundreds of missing reasons. */
function reasonsToWrite(
  accepted: readonly Pick<Acknowledgement, 'reason' | 'source'>[],
  section: string,
): ManifestProblem[] {
  const [first, ...others] = accepted.filter(({ reason }) => isReasonToWrite(reason));
  return first === undefined
    ? []
    : [
        {
          code: 'reason-missing',
          at: section,
          got: show(first.reason),
          problem: `${others.length === 0 ? 'a reason is' : `${others.length + 1} reasons are`} not written yet`,
          fix: 'the entries count nevertheless; write why they are all right before their last day, or mend what they accept',
          source: first.source ?? {},
        },
      ];
}

/** Reads one entry of a list, and reports its problems. */
type Read<T> = (entry: Readonly<Record<string, unknown>>, at: FieldPath, problems: Problems) => T | undefined;
