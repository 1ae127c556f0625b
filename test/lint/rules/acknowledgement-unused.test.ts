import { policy, testFindings } from '../judge';
import { accept, blank, web } from './expectations';

testFindings('acknowledgement-unused', [
  {
    why: 'nothing of the kind',
    ...accept({ ...blank, rule: 'duplicate-name' }),
    manifests: [web],
    finds: [
      'warning Acknowledgement duplicate-name for shop: no finding duplicate-name is left for it to accept',
    ],
  },
  {
    why: 'another object',
    ...accept({ ...blank, object: 'lab' }),
    manifests: [web],
    finds: [
      'warning Acknowledgement no-default-deny for lab: no finding no-default-deny is left for it to accept',
    ],
  },
  {
    why: 'mended',
    ...accept(blank),
    manifests: [web, policy('shop/deny', { policyTypes: ['Ingress', 'Egress'] })],
    finds: [
      'warning Acknowledgement no-default-deny for shop: no finding no-default-deny is left for it to accept',
    ],
  },
  { why: 'used', ...accept(blank), manifests: [web] },
  {
    why: 'used for every object of the namespace',
    ...accept({ ...blank, object: 'shop/*' }),
    manifests: [web],
  },
  {
    why: 'over, and there is still something to accept',
    ...accept({ ...blank, until: '2026-11-21' }),
    manifests: [web],
  },
  {
    why: 'over, and mended',
    ...accept({ ...blank, until: '2026-11-21' }),
    manifests: [],
    finds: [
      'warning Acknowledgement no-default-deny for shop: no finding no-default-deny is left for it to accept',
    ],
  },
  { why: 'used for as many as it accepts', ...accept({ ...blank, atMost: 2 }), manifests: [web] },
  {
    why: 'for fewer than there are',
    ...accept({ ...blank, atMost: 1 }),
    manifests: [web],
    finds: [
      'warning Acknowledgement no-default-deny for shop: 2 findings no-default-deny are left for it and it accepts 1 at most, so it accepts none',
    ],
  },
  { why: 'not all that it may mean was read', ...accept({ ...blank, isPartial: true }), manifests: [] },
]);
