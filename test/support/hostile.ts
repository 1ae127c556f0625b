import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { deployment, policy, SHOP } from './shop';
import { plantSideFile } from './side-file';

/** What commands are made of: of terminals, pipelines, spreadsheets, comments, markup, and programs. */
const PIECES = [
  ...['::', '::error', '::add-mask', ':', '##', '#', '[', 'vso[', 'VSO[', ']', 'error', 'task.complete', ' '],
  ...[
    '\n',
    '\r\n',
    '\r',
    '\t',
    '\u0085',
    '\u2028',
    '\u200b',
    '\u202e',
    '\u00a0',
    '\ufeff',
    '\ud800',
    '\uffff',
    '\u{e0041}',
  ],
  ...['\u001b[31m', '\u001b[2J', '\u001b]0;x\u0007', '\u009b1m', '\u0000', '\u007f', '\u3164'],
  ...[
    '=1+1',
    '+',
    '-',
    '@team',
    '"',
    "'",
    ',',
    '|',
    '#12',
    '!7',
    '[a](https://a.b)',
    'www.a.b',
    '<b>',
    '&lt;',
    '`',
    '~~~',
    '$x$',
  ],
  ...['*/', '//', '\\', '$', '{x}', ']]>', '<!--', '%0A', '%', 'a', 'ü', '😀'],
];

/** Whatever is put together of them. */
export const hostileText = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 14 })
  .map((parts) => parts.join(''));

/** Texts that are known to be commands. */
export const COMMANDS = [
  PIECES.join(''),
  'x\n::error::planted\n##vso[task.complete result=Succeeded;]\n##[error]planted\ny',
  '::stop-commands::planted::',
  "=cmd|' /C calc'!A0",
  '@team #12 [a](https://a.b) <img src=x>',
  '#\u200b#vso[task.complete]',
];

/** What the program beside the manifests accepts a finding of. */
const ACCEPTED = policy('accepted', { podSelector: { matchLabels: { app: 'gone' } } });

/** Objects of the shop, around which others have written a text wherever they may. */
export function hostileShop(text: string) {
  const annotations = {
    'cdk8s-aks-network-policy/construct': text,
    'cdk8s-aks-network-policy/source': `${text}:3:4`,
  };
  const lonely = policy('lonely', { podSelector: { matchLabels: { app: 'gone' } } });
  const annotated = [...SHOP, lonely].map((object) => ({
    ...object,
    metadata: { ...object.metadata, annotations },
  }));
  return [
    ...annotated,
    ACCEPTED,
    unjudged(text),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
    },
    ingress('web', text),
  ];
}

/** The same with objects that no server would take. */
export function brokenShop(text: string) {
  const web = deployment('web');
  return [
    ...hostileShop(text),
    { ...web, metadata: { name: text, namespace: 'shop' } },
    { ...web, metadata: { name: 'web-2', namespace: text } },
    {
      ...web,
      metadata: { name: 'web-3', namespace: 'shop' },
      spec: { ...web.spec, selector: { matchLabels: { [text]: text } } },
    },
    { ...policy(text, { podSelector: {} }), kind: `${text}Policy` },
    {
      ...policy('odd', { podSelector: {} }),
      spec: { podSelector: { matchLabels: { app: text } }, [text]: text },
    },
    policy(text, {
      podSelector: { matchExpressions: [{ key: 'a', operator: text as 'In', values: [text] }] },
    }),
    ingress(text, text),
  ];
}

function unjudged(name: string) {
  return {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name, namespace: 'shop' },
    spec: { endpointSelector: { matchLabels: { app: 'web' } }, ingress: [{}] },
  };
}

function ingress(name: string, host: string) {
  const backend = { service: { name: 'web', port: { number: 80 } } };
  const rules = [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }];
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace: 'shop' },
    spec: { rules },
  };
}

export interface HostileFolder {
  readonly manifests: string;
  readonly before: string;
  /** What an operator says, with reasons that somebody else has written. */
  readonly config: string;
}

/** Manifests in a file whose name is the text as far as a name can be, with a program's words beside them. */
export function writeHostile(folder: string, text: string, objects: readonly object[]): HostileFolder {
  const name = Buffer.from(text.replaceAll(/[/\0\ud800]/g, '_'))
    .subarray(0, 120)
    .toString();
  const [manifests, before] = [join(folder, 'after'), join(folder, 'before')];
  for (const each of [manifests, before]) {
    mkdirSync(each, { recursive: true });
  }
  const write = (file: string, items: readonly object[]) =>
    writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  write(join(manifests, `${name}.json`), objects);
  write(join(before, 'shop.json'), SHOP.slice(0, 2));
  plantSideFile(manifests, [ACCEPTED], ['selects-no-workload'], { program: text });
  const config = join(folder, 'aks-netpol.yaml');
  const acknowledge = [
    { rule: 'selects-no-workload', object: 'shop/lonely', reason: text.trim() === '' ? 'a' : text },
    { rule: 'no-engine', reason: `waits ${text}` },
  ];
  writeFileSync(config, JSON.stringify({ acknowledge }));
  return { manifests, before, config };
}
