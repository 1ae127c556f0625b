import { textElement } from '../render/xml';
import { section, wrap } from './html';

/** Where a reader edits a policy, and sees at once what that does; shown by the page's own code. */
export function whatIfSection(): string {
  return wrap(
    'div',
    { class: 'interactive', hidden: '' },
    section(
      'what-if',
      'What if',
      textElement(
        'p',
        { class: 'quiet' },
        'Edit a policy, or write a new one: what that opens and closes stands beside it. Nothing leaves this page.',
      ),
      wrap(
        'form',
        { id: 'what-if-form', autocomplete: 'off' },
        wrap(
          'div',
          { class: 'row' },
          wrap('label', {}, 'Policy', wrap('select', { name: 'policy' })),
          wrap('button', { type: 'button', id: 'copy-yaml' }, 'Copy YAML'),
          wrap('button', { type: 'button', id: 'copy-code' }, 'Copy TypeScript'),
          '<output id="copied"></output>',
        ),
        wrap(
          'div',
          { class: 'columns' },
          wrap(
            'label',
            {},
            'Manifest',
            wrap('textarea', { name: 'text', spellcheck: 'false', autocapitalize: 'off', rows: 24 }),
          ),
          wrap('div', { id: 'effect', role: 'status' }),
        ),
      ),
    ),
  );
}
