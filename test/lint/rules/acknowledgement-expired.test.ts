import { testFindings } from '../judge';
import { accept, blank, web } from './expectations';

testFindings('acknowledgement-expired', [
  {
    why: 'over since yesterday',
    ...accept({ ...blank, until: '2026-11-21' }),
    manifests: [web],
    finds: [
      'warning Acknowledgement no-default-deny for shop: no-default-deny was accepted until 2026-11-21 and counts again; the reason was: next sprint',
    ],
  },
  { why: 'the last day', ...accept({ ...blank, until: '2026-11-22' }), manifests: [web] },
  { why: 'for ever', ...accept(blank), manifests: [web] },
  { why: 'over, and nothing is left to accept', ...accept({ ...blank, until: '2026-11-21' }), manifests: [] },
]);
