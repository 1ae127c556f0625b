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
 * What a test asks about: a cdk8s `App` or `Chart`, manifests as objects, paths of files and folders, several of
 * these in a list, or what `readManifests` gave.
 */
export type Subject = Manifests | SubjectWithOptions;

type Manifests = ManifestInput | readonly ManifestInput[] | ReadManifests;

/** Manifests, and how they are judged. */
export class SubjectWithOptions {
  public constructor(
    public readonly manifests: Manifests,
    public readonly options: JudgeOptions,
  ) {}
}

/**
 * The same manifests as a cluster with this profile treats them: `expect(withProfile(chart, profile))`.
 *
 * @param subject one that has a profile gets this one instead
 * @param profile an `AksClusterProfile`, or its engine alone: `{ engine: 'cilium' }`
 * @throws NetworkPolicyError `type-mismatch`; its fields are checked when something is asked
 */
export function withProfile(subject: Subject, profile: EngineProfile): SubjectWithOptions {
  refuseIf((problems) => isMap(profile, 'withProfile profile', problems));
  return withOptions(subject, { profile });
}

/**
 * The same manifests without the pods that no manifest tells of, AKS's own and those that could be there:
 * `expect(knownOnly(chart))`. What a policy opens to namespaces or labels that nobody declares is then not seen; answers
 * say so.
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

/** A subject that was read and judged. */
export interface JudgedSubject {
  readonly reachability: Reachability;
  readonly problems: readonly ManifestProblem[];
}

interface Remembered {
  /** What the subject says, to notice that it changed. */
  readonly text: string;
  readonly manifests: ReadManifests;
  readonly byOptions: Map<string, Reachability>;
}

const remembered = new WeakMap<object, Remembered>();

/**
 * Judges a subject. One that says the same as last time is neither read nor judged again; to notice a change, a
 * chart is synthesized each time. Files are read each time.
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
  for (const source of Array.isArray(subject) ? subject : [subject]) {
    const isObject = typeof source === 'object' && source !== null;
    // A construct that is none of these holds its policies within the tree, and says nothing of them itself.
    const isSilent = isObject && 'node' in source && !('toJson' in source || 'charts' in source);
    if (isSilent || !(isObject || typeof source === 'string')) {
      throw new NetworkPolicyError({
        code: 'type-mismatch',
        at: 'the subject',
        got: show(source),
        problem: 'is no app, chart, manifest or path',
        fix: isSilent ? 'give the chart that it is in' : 'give one of these, or a list of them',
      });
    }
  }
}

function recall({ manifests: subject, options }: SubjectWithOptions): Remembered {
  const { kubernetesVersion } = options.profile ?? {};
  const said = textOf(subject);
  // The version decides what of it can be read.
  const text = `${refusesCidrFlaws(kubernetesVersion)} ${said}`;
  if (typeof subject === 'string' || said === undefined) {
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

/** What the subject says now; `undefined` when files say it. */
function textOf(subject: Manifests): string | undefined {
  if (typeof subject === 'string') {
    return undefined;
  }
  if (Array.isArray(subject)) {
    const texts = subject.map(textOf);
    return texts.includes(undefined) ? undefined : texts.join('\n');
  }
  // What was read does not change.
  return isRead(subject) ? '' : JSON.stringify(objectsOf(subject as object));
}

function objectsOf(source: object): unknown {
  const { charts = [source] } = source as Partial<AppLike>;
  return charts.map((chart) => ('toJson' in chart ? (chart as ChartLike).toJson() : chart));
}

function isRead(subject: object | string): subject is ReadManifests {
  return typeof subject === 'object' && 'cluster' in subject && 'problems' in subject;
}
