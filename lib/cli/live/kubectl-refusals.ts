import { NetworkPolicyError, type ProblemCode } from '../../model/problem';

/**
 * What kubectl says when it cannot, what that means, and what helps. The first that fits counts. An expression never goes
 * back over what it has read: others write the text, as long as they like.
 */
const REFUSALS: readonly {
  readonly says: RegExp;
  readonly code: ProblemCode;
  readonly problem: string;
  readonly fix: string;
}[] = [
  {
    says: / denied (the )?request\b/i,
    code: 'admission-denied',
    problem: 'a rule of the cluster refuses this object',
    fix: 'its message says what it wants; the rule is a webhook or a ValidatingAdmissionPolicy of the cluster',
  },
  {
    says: /Precondition failed|the (UID|ResourceVersion) in the (precondition|record)|the object has been modified|uid mismatch: the provided object/i,
    code: 'changed-meanwhile',
    problem: 'somebody has changed, created or deleted it since it was read',
    fix: 'run the same again, and look at it anew',
  },
  {
    says: /exceeded quota/i,
    code: 'admission-denied',
    problem: 'a quota leaves no room for it',
    fix: 'see kubectl describe quota in the namespace that the message names; delete what nobody needs, or ask for more',
  },
  {
    says: /because it is being terminated/i,
    code: 'admission-denied',
    problem: 'its namespace is being deleted',
    fix: 'name another, or create it again when it is gone',
  },
  {
    says: /\(Forbidden\)|forbidden:|cannot (get|list|create|patch|update|delete|watch) resource/i,
    code: 'forbidden',
    problem: 'your account may not do this',
    fix: 'ask for the verb that is named in the message, on this resource',
  },
  {
    says: /\(Unauthorized\)|must be logged in|AADSTS|kubelogin|az login|getting credentials|exec plugin|no Auth Provider|token (has )?expired/i,
    code: 'not-signed-in',
    problem: 'the cluster does not know who you are',
    fix: 'sign in: az login, then az aks get-credentials (and kubelogin convert-kubeconfig -l azurecli)',
  },
  {
    says: /context "[^"]*" does not exist|cannot locate context|no context exists|current-context is not set|no configuration has been provided|couldn't load kubeconfig|error: stat |error loading config|localhost:8080 was refused/i,
    code: 'cluster-unreachable',
    problem: 'kubectl knows no such cluster',
    fix: 'see kubectl config get-contexts; az aks get-credentials adds one',
  },
  {
    says: /no such host|connection refused|i\/o timeout|no route to host|TLS handshake timeout|Unable to connect|did you specify the right host|network is unreachable|EOF$|connection reset/im,
    code: 'cluster-unreachable',
    problem: 'the cluster cannot be reached from here',
    fix: 'is it running (az aks show), and if it is private, are you in its network or use az aks command invoke?',
  },
  {
    says: /\(Conflict\)|Apply failed with \d+ conflict|conflict with/i,
    code: 'field-conflict',
    problem: 'somebody else manages fields that this would change',
    fix: 'see who does it in the message; --force-conflicts takes the fields over',
  },
  {
    says: /\(NotFound\)|could not find the requested resource/i,
    code: 'object-missing',
    problem: 'there is no such object',
    fix: 'check the name and --namespace',
  },
];

/** With this begins advice on kubectl's own options. */
const ADVICE = 'Please review the fields above';

/**
 * Why kubectl failed, in a sentence of ours, with what it said itself.
 *
 * @param context in which it did
 */
export function refusalOf(words: readonly string[], stderr: string, context?: string): NetworkPolicyError {
  const [message = ''] = stderr.split(ADVICE, 1);
  const said = message
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('; ');
  const known = REFUSALS.find(({ says }) => says.test(said));
  return new NetworkPolicyError({
    code: known?.code ?? 'kubectl-failed',
    at: ['kubectl', ...(context === undefined ? [] : ['--context', context]), ...words.slice(0, 2)].join(' '),
    got: said === '' ? 'no message' : said,
    problem: known?.problem ?? 'kubectl failed',
    fix: known?.fix ?? 'its own message tells why',
  });
}
