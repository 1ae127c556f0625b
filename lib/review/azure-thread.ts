import { type Commented, Rest, type RestAnswer, saidIn } from './rest';
import { markerOf } from './review-page';

type Environment = Readonly<Record<string, string | undefined>>;

/** A thread of a pull request, as far as it is looked at. */
interface AzureThread {
  readonly id: number;
  readonly status?: string;
  readonly isDeleted?: boolean;
  readonly properties?: Readonly<Record<string, unknown>> | null;
  readonly comments?: readonly {
    readonly id: number;
    readonly content?: string;
    readonly isDeleted?: boolean;
  }[];
}

type ThreadStatus = 'active' | 'fixed';

export interface ThreadOptions {
  readonly key: string;
  /** Whether nothing stands against the change. */
  readonly passes: boolean;
  /** Whether there is something to say where nothing was said yet. */
  readonly isWorthTelling: boolean;
}

/** The property by which the thread of a job is found. */
const PROPERTY = 'aksNetpolReview';

const VERSION = 'api-version=7.1';

/**
 * Writes the one thread that a job has in a pull request: active where the change does not pass, so that a policy of the
 * branch may ask for its resolution, and fixed where it does. A change about which there is nothing to say begins none.
 *
 * @see https://learn.microsoft.com/rest/api/azure/devops/git/pull-request-threads
 */
export async function commentOnAzure(
  text: string,
  { key, passes, isWorthTelling }: ThreadOptions,
  env: Environment,
): Promise<Commented> {
  const number = env.SYSTEM_PULLREQUEST_PULLREQUESTID ?? '';
  if (!/^\d+$/.test(number) || (env.BUILD_REPOSITORY_PROVIDER ?? 'TfsGit') !== 'TfsGit') {
    return { outcome: 'none' };
  }
  const {
    SYSTEM_COLLECTIONURI: collection,
    SYSTEM_TEAMPROJECT: project,
    BUILD_REPOSITORY_ID: repository,
  } = env;
  const { SYSTEM_ACCESSTOKEN: token } = env;
  // A variable that is not mapped stays as it is written.
  if (token === undefined || token === '' || token.startsWith('$(')) {
    return { outcome: 'refused', why: 'there is no token; map SYSTEM_ACCESSTOKEN: $(System.AccessToken)' };
  }
  if (collection === undefined || project === undefined || repository === undefined) {
    return { outcome: 'refused', why: 'the variables of the agent do not name the repository' };
  }
  const threads = `${collection.replace(/\/$/, '')}/${encodeURIComponent(project)}/_apis/git/repositories/${encodeURIComponent(repository)}/pullRequests/${number}/threads`;
  const rest = new Rest({ Authorization: `Bearer ${token}` });
  const listed = await rest.ask('GET', `${threads}?${VERSION}`);
  const { value } = (listed.body ?? {}) as { readonly value?: readonly AzureThread[] };
  if (!listed.isDone || !Array.isArray(value)) {
    return refused(listed);
  }
  const status = passes ? 'fixed' : 'active';
  const own = (value as readonly AzureThread[]).find((each) => isOwn(each, key));
  if (own === undefined) {
    return isWorthTelling ? begin(rest, threads, text, key, status) : { outcome: 'none' };
  }
  return renew(rest, `${threads}/${own.id}`, text, own, status);
}

async function begin(
  rest: Rest,
  threads: string,
  text: string,
  key: string,
  status: ThreadStatus,
): Promise<Commented> {
  const made = await rest.ask('POST', `${threads}?${VERSION}`, {
    comments: [{ parentCommentId: 0, content: text, commentType: 'text' }],
    status,
    properties: { [PROPERTY]: key },
  });
  return made.isDone ? { outcome: 'created' } : refused(made);
}

async function renew(
  rest: Rest,
  thread: string,
  text: string,
  { status, comments = [] }: AzureThread,
  wanted: ThreadStatus,
): Promise<Commented> {
  const [first] = comments;
  if (first !== undefined) {
    const edited = await rest.ask('PATCH', `${thread}/comments/${first.id}?${VERSION}`, { content: text });
    if (!edited.isDone) {
      return refused(edited);
    }
  }
  if (status !== wanted) {
    const turned = await rest.ask('PATCH', `${thread}?${VERSION}`, { status: wanted });
    if (!turned.isDone) {
      return refused(turned);
    }
  }
  return { outcome: 'updated' };
}

/** A property is given as a text, and answered as an object with its type. */
function isOwn({ isDeleted, properties, comments = [] }: AzureThread, key: string): boolean {
  const property = properties?.[PROPERTY];
  const { $value } = (
    typeof property === 'object' && property !== null ? property : { $value: property }
  ) as {
    readonly $value?: unknown;
  };
  const [first] = comments;
  return (
    isDeleted !== true &&
    first?.isDeleted !== true &&
    $value === key &&
    first?.content?.startsWith(markerOf(key)) !== false
  );
}

function refused(answer: RestAnswer): Commented {
  const said = saidIn(answer);
  return {
    outcome: 'refused',
    why:
      answer.status === 403 || said.includes('TF401027')
        ? `the build may not comment (${said}); give its identity, "<project> Build Service (<organization>)" or "Project Collection Build Service (<organization>)", the permission "Contribute to pull requests" on this repository, under Project settings, Repositories, Security`
        : `Azure DevOps answered ${said}`,
  };
}
