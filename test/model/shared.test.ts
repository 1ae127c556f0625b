import { Shared } from '../../lib/model/shared';

/** The class as another copy of the package has it. */
function otherCopy(): typeof Shared {
  let copy = Shared;
  jest.isolateModules(() => {
    copy = (require('../../lib/model/shared') as { Shared: typeof Shared }).Shared;
  });
  return copy;
}

test('what one copy of the package notes on an object, another finds there', () => {
  const Other = otherCopy();
  expect(Other).not.toBe(Shared);
  const holder = {};
  expect(new Shared<string>('test').set(holder, 'noted')).toBe('noted');
  expect(new Other<string>('test').of(holder)).toBe('noted');
  expect(new Other<string>('another').of(holder)).toBeUndefined();
  expect(new Shared<string>('test').of({})).toBeUndefined();
});

test('it can be noted anew, is found by the prototype, and is no field of the object', () => {
  const shared = new Shared<number>('test');
  const holder = { a: 1 };
  shared.set(holder, 1);
  shared.set(holder, 2);
  expect(shared.of(Object.create(holder))).toBe(2);
  expect({ ...holder }).toStrictEqual({ a: 1 });
  expect(Reflect.ownKeys({ ...holder })).toEqual(['a']);
});
