import { openTag } from '../render/xml';
import { type Attributes, section, wrap } from './html';

/** Where a reader asks, and sees one workload; shown by the page's own code, which answers. */
export function askSection(): string {
  return wrap('div', { class: 'interactive', hidden: '' }, askForms());
}

function askForms(): string {
  return section(
    'ask',
    'Ask',
    wrap(
      'form',
      { id: 'ask-form', class: 'row', autocomplete: 'off' },
      field('From', 'from', { list: 'ends', placeholder: 'shop/web, internet, any' }),
      field('To', 'to', { list: 'ends', placeholder: 'shop/db, 10.0.0.0/8' }),
      field('Port', 'port', { placeholder: 'every port', size: 9 }),
      '<button type="submit">Ask</button>',
    ),
    '<div id="answer" role="status"></div>',
    wrap(
      'form',
      { id: 'workload-form', class: 'row', autocomplete: 'off' },
      field('One workload', 'workload', { list: 'workloads', placeholder: 'shop/db' }),
      '<button type="submit">Show</button>',
    ),
    '<div id="workload" role="status"></div>',
    '<datalist id="ends"></datalist><datalist id="workloads"></datalist>',
  );
}

/** Which connections are shown; a port counts where a row has it among others. */
export function connectionFilter(): string {
  const option = (value: string, text: string) => wrap('option', { value }, text);
  return wrap(
    'form',
    { id: 'connection-form', class: 'row interactive', hidden: '', autocomplete: 'off' },
    wrap('label', {}, 'Namespace', wrap('select', { name: 'namespace' }, option('', 'all'))),
    wrap(
      'label',
      {},
      'Direction',
      wrap(
        'select',
        { name: 'direction' },
        option('', 'both'),
        option('into', 'into it'),
        option('out', 'out of it'),
      ),
    ),
    field('Port', 'port', { placeholder: 'every port', size: 9 }),
    field('Search', 'search', { type: 'search', placeholder: 'part of a row' }),
    '<output id="connection-count"></output>',
  );
}

/** A field with its label around it. */
export function field(label: string, name: string, attributes: Attributes): string {
  return wrap('label', {}, label, openTag('input', { name, ...attributes }));
}
