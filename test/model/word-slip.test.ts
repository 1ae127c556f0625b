import { isSlip, slipsOf } from '../../lib/model/word-slip';

test.each([
  { why: 'a letter left out', written: 'frotend', known: 'frontend' },
  { why: 'a letter too many', written: 'frontennd', known: 'frontend' },
  { why: 'a letter that is another', written: 'frontemd', known: 'frontend' },
  { why: 'two letters swapped', written: 'forntend', known: 'frontend' },
  { why: 'two letters of a short word swapped', written: 'ngnix', known: 'nginx' },
  { why: 'the first two letters swapped', written: 'rfontend', known: 'frontend' },
  { why: 'one of a word and its plural', written: 'order', known: 'orders' },
  { why: 'one part of several', written: 'kube-sytem', known: 'kube-system' },
  { why: 'a hyphen left out', written: 'kubesystem', known: 'kube-system' },
  { why: 'a hyphen too many', written: 'front-end', known: 'frontend' },
  { why: 'a dash that is another', written: 'kube_system', known: 'kube-system' },
  { why: 'a capital letter', written: 'Frontend', known: 'frontend' },
  { why: 'a digit in place of a letter', written: 'fr0ntend', known: 'frontend' },
])('$why is a slip: $written, $known', ({ written, known }) => {
  expect(isSlip(written, known)).toBe(true);
});

test.each([
  { why: 'the word itself', written: 'frontend', known: 'frontend' },
  { why: 'a number behind it', written: 'web-1', known: 'web-2' },
  { why: 'a digit behind it', written: 'stage1', known: 'stage2' },
  { why: 'one with a digit and one without', written: 'redis6', known: 'redis' },
  { why: 'versions', written: 'v1', known: 'v2' },
  { why: 'versions whose dots tell them apart', written: 'v1.23', known: 'v12.3' },
  { why: 'a number behind a hyphen, and none', written: 'frontend-2', known: 'frontend' },
  { why: 'a letter behind a hyphen', written: 'team-a', known: 'team-b' },
  { why: 'short words', written: 'prd', known: 'prod' },
  { why: 'a short word with a digit', written: 'dev', known: 'dev2' },
  { why: 'short parts of long words', written: 'frontend-dev', known: 'frontend-deb' },
  { why: 'short words in capitals', written: 'DB', known: 'db' },
  { why: 'four letters, one of them another', written: 'cart', known: 'card' },
  { why: 'five letters, one of them another', written: 'stage', known: 'state' },
  { why: 'another first letter', written: 'sender', known: 'render' },
  { why: 'one letter more before it', written: 'oauth', known: 'auth' },
  { why: 'two slips', written: 'frotnend', known: 'fronteds' },
  { why: 'a slip in two parts', written: 'frotend-sytem', known: 'frontend-system' },
  { why: 'another number of parts', written: 'frotend-web', known: 'frontend' },
  { why: 'two hyphens too many', written: 'f-ront-end', known: 'frontend' },
  { why: 'nothing', written: '', known: 'frontend' },
])('$why: none: $written, $known', ({ written, known }) => {
  expect([isSlip(written, known), isSlip(known, written)]).toEqual([false, false]);
});

test('the words that may be meant are sorted, and a word that is known is none of them', () => {
  expect(slipsOf('payment', new Set(['web', 'payments', 'paymen']))).toEqual(['paymen', 'payments']);
  expect(slipsOf('payment', new Set(['payments', 'payment']))).toEqual([]);
});
