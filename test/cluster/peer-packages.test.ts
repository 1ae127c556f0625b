/** Loads the import path as if some packages were not installed. */
function loadWithout(...names: string[]): void {
  jest.isolateModules(() => {
    for (const name of names) {
      jest.doMock(
        name,
        () => {
          throw Object.assign(new Error(`Cannot find module '${name}'`), { code: 'MODULE_NOT_FOUND' });
        },
        { virtual: true },
      );
    }
    try {
      require('../../lib/cluster');
    } finally {
      for (const name of names) {
        jest.dontMock(name);
      }
    }
  });
}

test.each([
  {
    why: 'without both',
    names: ['cdktf', '@cdktf/provider-azurerm/lib/provider'],
    install: 'cdktf@^0.21.0 @cdktf/provider-azurerm@^14.23.1',
  },
  {
    why: 'without the bindings',
    names: ['@cdktf/provider-azurerm/lib/provider'],
    install: '@cdktf/provider-azurerm@^14.23.1',
  },
  { why: 'without cdktf', names: ['cdktf'], install: 'cdktf@^0.21.0' },
])('$why, what to install is named', ({ names, install }) => {
  expect(() => loadWithout(...names)).toThrow(
    expect.objectContaining({ code: 'peer-dependency-missing', fix: `run: npm install ${install}` }),
  );
});

test('the index of the provider, which costs seconds, is never loaded', () => {
  jest.isolateModules(() => {
    jest.doMock('@cdktf/provider-azurerm', () => {
      throw new Error('the index was loaded');
    });
    expect(() => require('../../lib/cluster')).not.toThrow();
  });
});
