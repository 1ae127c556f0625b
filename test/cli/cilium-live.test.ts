import { AKS_BLOCK, other } from '../support/other-policies';
import { useRecordedKubectl } from '../support/recorded-kubectl';
import { cli } from '../support/run-cli';
import { SHOP } from '../support/shop';
import { useShopFiles } from './shop-files';

const { write } = useShopFiles();
const { answerBut } = useRecordedKubectl();

const list = (name: string, ...items: readonly object[]) =>
  write(`${name}.json`, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
const is = (app: string) => ({ matchLabels: { app } });
const CNP = (name: string, spec: object) => other('CiliumNetworkPolicy', 'cilium.io/v2', name, spec);
const CCNP = (name: string, spec: object) =>
  other('CiliumClusterwideNetworkPolicy', 'cilium.io/v2', name, spec);

const GROUPS = 'get --raw /apis';
const VERSION = 'cilium.io/v2';
const FORBIDDEN = { stdout: '', stderr: 'Error from server (Forbidden): x is forbidden\n', status: 1 };
const said = (value: object) => ({ stdout: JSON.stringify(value), stderr: '', status: 0 });
const listOf = (kind: string, items: readonly object[]) =>
  said({ kind: `${kind}List`, apiVersion: VERSION, items });

/** A cluster that has the kinds. */
function serve(
  cnps: readonly object[],
  ccnps: readonly object[] | 'forbidden',
  recording?: string,
  groups: readonly object[] | 'forbidden' = [],
) {
  answerBut((answers) => {
    if (recording === undefined) {
      const served = JSON.parse(answers[GROUPS]?.stdout as string).groups;
      served.push({ name: 'cilium.io', versions: [{ groupVersion: VERSION }] });
      answers[GROUPS] = said({ kind: 'APIGroupList', groups: served });
    }
    const resources = ['ciliumnetworkpolicies', 'ciliumclusterwidenetworkpolicies'].map((name) => ({
      name,
    }));
    answers[`get --raw /apis/${VERSION}`] = said({ kind: 'APIResourceList', resources });
    for (const place of ['', 'namespaces/shop/']) {
      answers[`get --raw /apis/${VERSION}/${place}ciliumnetworkpolicies?limit=500`] = listOf(
        'CiliumNetworkPolicy',
        cnps,
      );
    }
    answers[`get --raw /apis/${VERSION}/ciliumcidrgroups?limit=500`] =
      groups === 'forbidden' ? FORBIDDEN : listOf('CiliumCIDRGroup', groups);
    answers[`get --raw /apis/${VERSION}/ciliumclusterwidenetworkpolicies?limit=500`] =
      ccnps === 'forbidden' ? FORBIDDEN : listOf('CiliumClusterwideNetworkPolicy', ccnps);
  }, recording);
}

const invalid = (object: object, message?: string) => ({
  ...object,
  status: { conditions: [{ type: 'Valid', status: 'False', message }] },
});

test('list knows the kinds, and what their status says', async () => {
  serve([invalid(CNP('db', { endpointSelector: is('db'), ingress: [{}] }), 'no\npeer')], [AKS_BLOCK]);
  const { out, err, exitCode } = await cli('list');
  expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 });
  expect(out).toMatch(
    /^shop +cnp +db +app=db +Ingress +1 allow +1 +- +-\n {4}Cilium does not enforce it, says its status: no\\u000apeer\n/m,
  );
  expect(out).toMatch(/^- +ccnp +block-azure-destinations .* AKS$/m);
});

test('list says which kind it may not list', async () => {
  serve([], 'forbidden');
  const { err, exitCode } = await cli('list');
  expect(err).toContain('could not be listed: CiliumClusterwideNetworkPolicy.cilium.io; ');
  expect(exitCode).toBe(2);
});

test('list asks for the labels of namespaces where a policy selects by them', async () => {
  const byTeam = CCNP('team', {
    endpointSelector: { matchLabels: { 'io.cilium.k8s.namespace.labels.team': 'none' } },
    ingress: [{}],
  });
  serve([], [byTeam]);
  const { out, err } = await cli('list', '--kind', 'ccnp', '--format', 'json');
  expect(err).toBe('');
  expect(JSON.parse(out).policies).toMatchObject([{ name: 'team', pods: 0 }]);
});

test.each([
  { why: 'what its message says', message: 'a rule without a peer', says: 'a rule without a peer' },
  { why: 'that there is no message', message: undefined, says: 'without a message' },
])('doctor tells of a policy that is invalid $why', async ({ message, says }) => {
  serve([invalid(CNP('db', {}), message)], [AKS_BLOCK], 'doctor-cilium');
  const { out, exitCode } = await cli('doctor');
  expect(out).toContain(
    `\nerror: Cilium does not enforce CiliumNetworkPolicy shop/db, says its status: ${says}\n`,
  );
  expect(out).toMatch(
    /^Cilium policies {8}2 +CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy objects$/m,
  );
  expect(exitCode).toBe(1);
  const { invalid: named, ciliumPolicies } = JSON.parse((await cli('doctor', '--format', 'json')).out);
  expect([named, ciliumPolicies]).toEqual([
    [{ kind: 'CiliumNetworkPolicy', namespace: 'shop', name: 'db', invalid: says }],
    2,
  ]);
});

test.each([
  { why: 'valid ones are fine', recording: 'doctor-cilium', ccnps: [AKS_BLOCK], exitCode: 0, says: '' },
  {
    why: 'ones that may not be listed are not known',
    recording: 'doctor-cilium',
    ccnps: 'forbidden' as const,
    exitCode: 2,
    says: 'this account may not list CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy objects',
  },
  {
    why: 'ones without Cilium are in vain',
    recording: 'doctor-none',
    ccnps: [AKS_BLOCK],
    exitCode: 1,
    says: 'CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy objects; the engine does not enforce them',
  },
])('doctor: $why', async ({ recording, ccnps, exitCode, says }) => {
  serve([], ccnps, recording);
  const { out, exitCode: code } = await cli('doctor');
  expect(code).toBe(exitCode);
  expect(out).toContain(says);
  expect(out).not.toContain('error: ');
});

test('a policy that its status calls invalid is unknown, and never certain', async () => {
  const deny = CNP('db', { endpointSelector: is('db'), ingressDeny: [{ fromEntities: ['all'] }] });
  const ask = () => cli('explain', 'shop/web', 'shop/db', '5432', '--cluster', '--engine', 'cilium');
  serve([deny], []);
  expect((await ask()).out).toContain('denied');
  serve([invalid(deny, 'no')], []);
  const { out, err, exitCode } = await ask();
  expect(out).toContain(
    'CiliumNetworkPolicy shop/db is invalid, as its status says, or was before it was changed',
  );
  expect(err).toContain('their status says that Cilium does not enforce them');
  expect(exitCode).toBe(2);
  // In a file it is about another time and place.
  const asked = await cli(
    'reach',
    'shop/web',
    'shop/db',
    '5432',
    '--engine',
    'cilium',
    list('old', ...SHOP, invalid(deny, 'no')),
  );
  expect(asked.out).toContain('denied');
});

test('drift compares the kinds, and leaves AKS’s own alone', async () => {
  const db = CNP('db', { endpointSelector: is('db'), ingress: [{}] });
  serve([CNP('db', { endpointSelector: is('db'), ingress: [{ fromEntities: ['world'] }] })], [AKS_BLOCK]);
  const mine = { ...AKS_BLOCK, spec: { endpointSelector: {}, ingress: [{}] } };
  const { out, err, exitCode } = await cli('drift', '--engine', 'cilium', list('wanted', db, mine));
  expect(err).toBe(
    'left alone, because it is AKS’s own: CiliumClusterwideNetworkPolicy block-azure-destinations\n',
  );
  expect(out).toContain(
    'changed  CiliumNetworkPolicy shop/db\n    spec.ingress[0].fromEntities: ["world"] -> nothing\n'.replace(
      '["world"] -> nothing',
      'nothing -> ["world"]',
    ),
  );
  expect(out).toMatch(/^- closed {2}every address/m);
  expect(exitCode).toBe(1);
});

test.each([
  {
    why: 'nameless',
    objects: [{ ...CNP('a', { endpointSelector: {}, ingress: [{}] }), metadata: { namespace: 'shop' } }],
    says: 'policies without a name cannot',
  },
  {
    why: 'twice, and otherwise',
    objects: [
      CNP('a', { endpointSelector: {}, ingress: [{}] }),
      CNP('a', { endpointSelector: {}, egress: [{}] }),
    ],
    says: 'there are several policies of this kind and name, which differ',
  },
  {
    why: 'twice, with other labels',
    objects: ['x', 'y'].map((team) => {
      const policy = CNP('a', { endpointSelector: {}, ingress: [{}] });
      return { ...policy, metadata: { ...policy.metadata, labels: { team } } };
    }),
    says: 'there are several policies of this kind and name, which differ',
  },
  {
    why: 'AKS’s own alone',
    objects: [AKS_BLOCK],
    says: 'there is no NetworkPolicy, no CiliumNetworkPolicy, no Cilium',
  },
])('apply refuses policies that are $why', async ({ objects, says }) => {
  serve([], []);
  const { err, exitCode } = await cli('apply', '--dry-run', list('refused', ...objects));
  expect(err).toContain(says);
  expect(exitCode).toBe(2);
});

test('apply and drift refuse where policies of a kind may not be listed', async () => {
  serve([], 'forbidden');
  const file = list('wide', CCNP('deny', { endpointSelector: {}, ingress: [{}] }));
  for (const words of [['apply', '--dry-run'], ['drift']]) {
    const { err, exitCode } = await cli(...words, file);
    expect(err).toContain(
      'listing CiliumClusterwideNetworkPolicy objects; ask for the verb list on ciliumclusterwidenetworkpolicies.cilium.io [forbidden]',
    );
    expect(exitCode).toBe(2);
  }
});

test.each([
  {
    words: ['shop/db'],
    says: 'there are no such policies, so nothing is deleted; got shop/db; write cnp/shop/db for',
  },
  {
    words: ['shop/db-ingress'],
    says: 'write one of netpol/shop/db-ingress, cnp/shop/db-ingress [policy-ambiguous]',
  },
  { words: ['ccnp/block-azure-destinations'], says: 'AKS manages it, so nothing is deleted' },
  { words: ['--kind', 'ccnp', 'shop/x'], says: 'a CiliumClusterwideNetworkPolicy is in no namespace' },
  { words: ['cnp/none'], says: 'got CiliumNetworkPolicy shop/none; see aks-netpol list' },
])('delete $words says: $says', async ({ words, says }) => {
  const spec = { endpointSelector: is('db'), ingress: [{}] };
  serve([CNP('db', spec), CNP('db-ingress', spec)], [AKS_BLOCK]);
  const { out, err, exitCode } = await cli('delete', '--yes', ...words);
  expect(err).toContain(says);
  expect({ out, exitCode }).toEqual({ out: '', exitCode: 2 });
});

const PARTNERS = {
  metadata: { name: 'partners' },
  spec: { externalCIDRs: ['203.0.113.0/24'] },
};
const toPartners = CNP('web', {
  endpointSelector: is('web'),
  egress: [{ toCIDRSet: [{ cidrGroupRef: 'partners' }] }],
});

test.each<{ why: string; groups: readonly object[] | 'forbidden'; tells: RegExp }>([
  {
    why: 'of the cluster',
    groups: [PARTNERS],
    tells: /^- closed +shop\/web +0\.0\.0\.0-203\.0\.112\.255 +\* +none$/m,
  },
  {
    why: 'that the cluster does not have, so that it has no address',
    groups: [],
    tells: /^- closed +shop\/web +0\.0\.0\.0\/0 +\* +none$/m,
  },
  {
    why: 'that may not be listed, and so is not known',
    groups: 'forbidden',
    tells: /^\? unknown +shop\/web +0\.0\.0\.0\/0 +\* +unknown: \*$/m,
  },
])('drift judges a policy with the group of addresses $why', async ({ groups, tells }) => {
  serve([], [], undefined, groups);
  const { out } = await cli('drift', '--engine', 'cilium', '--wide', list('grouped', toPartners));
  expect(out).toMatch(tells);
});
