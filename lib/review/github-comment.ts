import { readFileSync } from 'node:fs';
import { type Commented, Rest, type RestAnswer, saidIn } from './rest';
import { markerOf } from './review-page';

type Environment = Readonly<Record<string, string | undefined>>;

/** A comment of a pull request, as far as it is looked at. */
interface GithubComment {
  readonly id: number;
  readonly body?: string;
  readonly user?: { readonly type?: string };
}

/** So many pages of a hundred comments are looked through. */
const MOST_PAGES = 30;

/**
 * Writes the one comment that a job has in a pull request, and writes it anew at each run. It is found by its marker and
 * never by being the last one, for another job may have written that. Only a bot's comment is changed, for people quote.
 *
 * @param text begins with the marker of the key
 */
export async function commentOnGithub(text: string, key: string, env: Environment): Promise<Commented> {
  const number = pullRequestIn(env.GITHUB_EVENT_PATH);
  if (number === undefined) {
    return { outcome: 'none' };
  }
  const {
    GITHUB_API_URL: api = 'https://api.github.com',
    GITHUB_REPOSITORY: repository,
    AKS_NETPOL_TOKEN: token,
  } = env;
  if (token === undefined || token === '' || repository === undefined) {
    return { outcome: 'refused', why: 'there is no token; give one with the input token' };
  }
  const rest = new Rest({
    Accept: 'application/vnd.github+json',
    Authorization: `Bearer ${token}`,
    'User-Agent': 'aks-netpol',
  });
  const comments = `${api}/repos/${repository}/issues/${number}/comments`;
  const found = await findComment(rest, `${comments}?per_page=100`, key);
  if ('refused' in found) {
    return { outcome: 'refused', why: refusal(found.refused) };
  }
  const { id } = found;
  const written =
    id === undefined
      ? await rest.ask('POST', comments, { body: text })
      : await rest.ask('PATCH', `${api}/repos/${repository}/issues/comments/${id}`, { body: text });
  return written.isDone
    ? { outcome: id === undefined ? 'created' : 'updated' }
    : { outcome: 'refused', why: refusal(written) };
}

/** The number of the pull request that a workflow runs for. */
function pullRequestIn(file: string | undefined): number | undefined {
  if (file === undefined) {
    return undefined;
  }
  const event = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly pull_request?: { readonly number?: unknown };
  };
  const number = event.pull_request?.number;
  return Number.isSafeInteger(number) ? (number as number) : undefined;
}

async function findComment(
  rest: Rest,
  first: string,
  key: string,
): Promise<{ readonly id?: number } | { readonly refused: RestAnswer }> {
  let url: string | undefined = first;
  for (let page = 0; url !== undefined && page < MOST_PAGES; page++) {
    const answer: RestAnswer = await rest.ask('GET', url);
    if (!answer.isDone || !Array.isArray(answer.body)) {
      return { refused: answer };
    }
    const own = (answer.body as readonly GithubComment[]).find(
      ({ body, user }) => user?.type === 'Bot' && body?.startsWith(markerOf(key)) === true,
    );
    if (own !== undefined) {
      return { id: own.id };
    }
    // A token is for one server.
    url =
      answer.next !== undefined && new URL(answer.next).origin === new URL(first).origin
        ? answer.next
        : undefined;
  }
  return {};
}

function refusal(answer: RestAnswer): string {
  return answer.status === 403 || answer.status === 404
    ? `the token may not comment (${saidIn(answer)}); a pull request from a fork has a read-only token, and any other job needs "permissions: pull-requests: write"`
    : `GitHub answered ${saidIn(answer)}`;
}
