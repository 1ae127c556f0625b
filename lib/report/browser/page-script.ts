import { networkPoliciesIn } from '../../model/network-policy-entry';
import { Reachability } from '../../reachability/reachability';
import { textElement } from '../../render/xml';
import { readHash, writeHash } from '../hash-link';
import { DATA_ID, type PageData } from '../page-data';
import { answerTo, connectionRows, orProblem, rowsHtml, workloadAnswer } from './answers';
import { afterTyping, byId, fill, setValues, valuesOf } from './elements';
import { effectOf, manifestOf } from './what-if';

const data = JSON.parse(byId(DATA_ID).textContent ?? '') as PageData;
const { cluster, profile, knownOnly } = data;
const reachability = Reachability.of(cluster, { profile, knownOnly });

const workloads = cluster.workloads.map(({ namespace, name }) => `${namespace}/${name}`);
const names = new Set(workloads);
const namespaces = cluster.namespaces.map(({ name }) => name);
const ends = [...new Set([...workloads, 'internet', 'any', ...namespaces.map((name) => `${name}/*`)])];

/** So many completions are offered at once. */
const OFFERED = 40;

const [ask, one, filter] = ['ask-form', 'workload-form', 'connection-form'].map((id) =>
  byId<HTMLFormElement>(id),
) as [HTMLFormElement, HTMLFormElement, HTMLFormElement];

const trial = byId<HTMLFormElement>('what-if-form');
const editor = trial.elements.namedItem('text') as HTMLTextAreaElement;

const views: Readonly<Record<string, (values: Readonly<Record<string, string>>) => void>> = {
  ask(values) {
    setValues(ask, values);
    const { from = '', to = '', port = '' } = values;
    fill(byId('answer'), from === '' || to === '' ? '' : answerTo(reachability, from, to, port));
  },
  workload(values) {
    setValues(one, values);
    const { workload = '', port = '' } = values;
    fill(byId('workload'), workload === '' ? '' : workloadAnswer(reachability, workload, port));
  },
  'what-if'(values) {
    const { policy = '' } = values;
    setValues(trial, { policy });
    editor.value = manifestOf(policy, data);
    showEffect();
  },
  connections(values) {
    setValues(filter, values);
    showConnections();
  },
};

/** What was tried last, as constructs. */
let code = '';

function showEffect(): void {
  const { policy = '' } = valuesOf(trial);
  const { html, module } = effectOf(policy, editor.value, reachability, data);
  code = module;
  fill(byId('effect'), html);
}

function showConnections(): void {
  const values = valuesOf(filter);
  const place = byId('connection-table');
  fill(
    place,
    orProblem(() => {
      const rows = connectionRows(reachability, values);
      return rowsHtml(rows, reachability, 'Everything that is allowed or in doubt', 'No row is like that.');
    }),
  );
  const search = (values.search ?? '').toLowerCase();
  const rows = [...place.querySelectorAll<HTMLElement>('tbody tr')];
  for (const row of rows) {
    row.hidden = search !== '' && row.textContent?.toLowerCase().includes(search) !== true;
  }
  byId('connection-count').textContent = `${rows.filter(({ hidden }) => !hidden).length} rows`;
}

/** Goes where the address leads: a view of this page's code, or a part of the page, which unfolds. */
function follow(): void {
  const { view, values } = readHash(location.hash, (name) => names.has(name));
  views[view]?.(values);
  const part = document.getElementById(view === 'workload' ? 'workload' : view);
  for (let place = part; place !== null; place = place.parentElement) {
    if (place instanceof HTMLDetailsElement) {
      place.open = true;
    }
  }
  part?.scrollIntoView();
}

function goTo(view: string, values: Readonly<Record<string, string>>): void {
  const hash = writeHash({ view, values });
  if (hash === location.hash) {
    follow();
  } else {
    location.hash = hash;
  }
}

function offer(list: string, all: readonly string[], typed: string): void {
  const fitting = all.filter((name) => name.includes(typed)).slice(0, OFFERED);
  fill(byId(list), fitting.map((value) => textElement('option', { value }, '')).join(''));
}

for (const [form, list, all] of [
  [ask, 'ends', ends],
  [one, 'workloads', workloads],
] as const) {
  offer(list, all, '');
  form.addEventListener('input', ({ target }) => offer(list, all, (target as HTMLInputElement).value));
}
ask.addEventListener('submit', (event) => {
  event.preventDefault();
  goTo('ask', valuesOf(ask));
});
one.addEventListener('submit', (event) => {
  event.preventDefault();
  const values = valuesOf(one);
  if (names.has(values.workload ?? '')) {
    goTo('workload', values);
  } else {
    views.workload?.(values);
  }
});
fill(
  filter.elements.namedItem('namespace') as HTMLElement,
  ['', ...namespaces].map((value) => textElement('option', { value }, value === '' ? 'all' : value)).join(''),
);
filter.addEventListener('submit', (event) => event.preventDefault());
filter.addEventListener(
  'input',
  afterTyping(() => {
    history.replaceState(null, '', writeHash({ view: 'connections', values: valuesOf(filter) }));
    showConnections();
  }),
);
const policies = networkPoliciesIn(cluster).map(({ namespace, name }) => `${namespace}/${name}`);
fill(
  trial.elements.namedItem('policy') as HTMLElement,
  ['', ...policies]
    .map((value) => textElement('option', { value }, value === '' ? 'a new policy' : value))
    .join(''),
);
trial.addEventListener('submit', (event) => event.preventDefault());
trial.addEventListener('change', ({ target }) => {
  if (target !== editor) {
    goTo('what-if', { policy: valuesOf(trial).policy ?? '' });
  }
});
editor.addEventListener('input', afterTyping(showEffect));
for (const [button, text] of [
  ['copy-yaml', () => editor.value],
  ['copy-code', () => code],
] as const) {
  byId(button).addEventListener('click', async () => {
    await navigator.clipboard.writeText(text());
    byId('copied').textContent = 'Copied.';
  });
}
editor.value = manifestOf('', data);
document.addEventListener('keydown', (event) => {
  const isTyping =
    event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if (event.key === '/' && !isTyping) {
    event.preventDefault();
    (ask.elements.namedItem('from') as HTMLElement).focus();
  }
});
for (const part of document.querySelectorAll<HTMLElement>('.interactive')) {
  part.hidden = false;
}
addEventListener('hashchange', follow);
if (location.hash !== '') {
  follow();
}
