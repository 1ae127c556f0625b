import { isFrom, isUpTo } from '../../lib/model/kubernetes-version';

test.each<{ version: string | undefined; from: boolean | undefined; upTo: boolean | undefined }>([
  { version: '1.32.9', from: false, upTo: true },
  { version: '1.33', from: true, upTo: true },
  { version: 'v1.33.2', from: true, upTo: true },
  { version: '1.34.0', from: true, upTo: false },
  { version: '1.5', from: false, upTo: true },
  { version: '1.133', from: true, upTo: false },
  { version: '2.33', from: undefined, upTo: undefined },
  { version: '11.33', from: undefined, upTo: undefined },
  { version: 'latest', from: undefined, upTo: undefined },
  { version: undefined, from: undefined, upTo: undefined },
])('$version is from 1.33 on: $from, and up to 1.33: $upTo', ({ version, from, upTo }) => {
  expect([isFrom(version, '1.33'), isUpTo(version, '1.33')]).toEqual([from, upTo]);
});
