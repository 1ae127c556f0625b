import { type Defined, defined } from '../../lib/model/defined';

test('what is undefined is left out, and nothing else', () => {
  const fields = { a: undefined, b: 0, c: '', d: null, e: [] as number[], f: false, g: undefined };
  expect(Object.entries(defined(fields))).toStrictEqual([
    ['b', 0],
    ['c', ''],
    ['d', null],
    ['e', []],
    ['f', false],
  ]);
  expect(Object.keys(fields)).toHaveLength(7);
});

test('a field that may be undefined may be missing, and one that may not is there', () => {
  const { name, port }: Defined<{ name: string; port: number | undefined }> = defined({
    name: 'web',
    port: Number('80') as number | undefined,
  });
  const length: number = name.length;
  // @ts-expect-error A port may be missing.
  const next: number = port;
  const exact: { readonly name: string; readonly port?: number } = defined({ name, port });
  expect([length, next, exact]).toEqual([3, 80, { name: 'web', port: 80 }]);
});
