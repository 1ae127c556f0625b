import type { AppLike, ChartLike, ManifestInput } from '../manifests/inputs';
import { type ReadManifests, readManifests } from '../manifests/read-manifests';
import { refusesCidrFlaws } from '../model/cidr';
import { remember } from '../model/collections';
import { defined } from '../model/defined';
import type { EngineProfile } from '../model/engine-profile';
import type { ManifestProblem } from '../model/manifest-problem';
import { isMap, NetworkPolicyError, refuseIf, show } from '../model/problem';
import { type JudgeOptions, Reachability } from '../reachability/reachability';

/**
 * What a test asks about: a cdk8s `App` or `Chart`, manifests as objects, paths of files and folders, a list of these, or
 * the result of `readManifests`.
 */
export type Subject = Manifests | SubjectWithOptions;

type Manifests = ManifestInput | readonly ManifestInput[] | ReadManifests;

export class SubjectWithOptions {
  public constructor(
    public readonly manifests: Manifests,
    public readonly options: JudgeOptions,
  ) {}
}

/**
 * The same manifests on a cluster with this profile: `expect(withProfile(chart, profile))`.
 *
 * @param subject a profile that it already has is replaced
 * @param profile an `AksClusterProfile`, or only an engine: `{ engine: 'cilium' }`
 * @throws NetworkPolicyError `type-mismatch`; the fields are checked with the first question
 */
export function withProfile(subject: Subject, profile: EngineProfile): SubjectWithOptions {
  refuseIf((problems) => isMap(profile, 'withProfile profile', problems));
  return withOptions(subject, { profile });
}

/**
 * The same manifests without pods that no manifest declares: `expect(knownOnly(chart))`. What a policy allows to other
 * namespaces or labels is then not seen; answers say so.
 */
export function knownOnly(subject: Subject): SubjectWithOptions {
  return withOptions(subject, { knownOnly: true });
}

function withOptions(subject: Subject, options: JudgeOptions): SubjectWithOptions {
  const { manifests, options: before } = optionsOf(subject);
  return new SubjectWithOptions(manifests, { ...before, ...options });
}

function optionsOf(subject: Subject): SubjectWithOptions {
  return subject instanceof SubjectWithOptions ? subject : new SubjectWithOptions(subject, {});
}

export interface JudgedSubject {
  readonly reachability: Reachability;
  readonly problems: readonly ManifestProblem[];
}

interface Remembered {
  /** The content of the subject, to notice a change. */
  readonly text: string;
  readonly manifests: ReadManifests;
  readonly byOptions: Map<string, Reachability>;
}

const remembered = new WeakMap<object, Remembered>();

/**
 * Judges a subject. A subject that has not changed is neither read nor judged again; to notice a change, a chart is
 * synthesized each time. Files are read each time.
 *
 * @throws NetworkPolicyError `type-mismatch`
 */
export function judgeSubject(subject: Subject): JudgedSubject {
  const asked = optionsOf(subject);
  checkSubject(asked.manifests);
  const { manifests, byOptions } = recall(asked);
  const { profile = {}, knownOnly = false } = asked.options;
  const reachability = remember(byOptions, JSON.stringify([profile, knownOnly]), () =>
    Reachability.of(manifests.cluster, { profile, knownOnly }),
  );
  return { reachability, problems: manifests.problems };
}

function checkSubject(subject: unknown): void {
  for (const input of Array.isArray(subject) ? subject : [subject]) {
    const isObject = typeof input === 'object' && input !== null;
    // Any other construct may contain policies, but cannot be read by itself.
    const isOtherConstruct = isObject && 'node' in input && !('toJson' in input || 'charts' in input);
    if (isOtherConstruct || !(isObject || typeof input === 'string')) {
      throw new NetworkPolicyError({
        code: 'type-mismatch',
        at: 'the subject',
        got: show(input),
        problem: 'is not an app, a chart, a manifest or a path',
        fix: isOtherConstruct ? 'give the chart that it is in' : 'give one of these, or a list of them',
      });
    }
  }
}

function recall({ manifests: subject, options }: SubjectWithOptions): Remembered {
  const { kubernetesVersion } = options.profile ?? {};
  const content = textOf(subject);
  // The version decides which CIDRs can be read.
  const text = `${refusesCidrFlaws(kubernetesVersion)} ${content}`;
  if (typeof subject === 'string' || content === undefined) {
    return read(subject, '', kubernetesVersion);
  }
  let known = remembered.get(subject);
  if (known === undefined || known.text !== text) {
    known = read(subject, text, kubernetesVersion);
    remembered.set(subject, known);
  }
  return known;
}

function read(subject: Manifests, text: string, kubernetesVersion: string | undefined): Remembered {
  const options = defined({ kubernetesVersion });
  const manifests = isRead(subject)
    ? subject
    : readManifests(Array.isArray(subject) ? subject : [subject as ManifestInput], options);
  return { text, manifests, byOptions: new Map() };
}

/** The current content of a subject; `undefined` if it is in files. */
function textOf(subject: Manifests): string | undefined {
  if (typeof subject === 'string') {
    return undefined;
  }
  if (Array.isArray(subject)) {
    const texts = subject.map(textOf);
    return texts.includes(undefined) ? undefined : texts.join('\n');
  }
  // The result of readManifests never changes.
  return isRead(subject) ? '' : JSON.stringify(objectsOf(subject as object));
}

function objectsOf(input: object): unknown {
  const { charts = [input] } = input as Partial<AppLike>;
  return charts.map((chart) => ('toJson' in chart ? (chart as ChartLike).toJson() : chart));
}

function isRead(subject: object | string): subject is ReadManifests {
  return typeof subject === 'object' && 'cluster' in subject && 'problems' in subject;
}
