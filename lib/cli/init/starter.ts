import { quoted } from '../../codegen/literals';
import { chartId, moduleClassName } from '../../codegen/module';

/** A file that init may write, and what it holds, for a person. */
export interface InitFile {
  /** In the folder of the project. */
  readonly name: string;
  readonly text: string;
  readonly what: string;
}

/** A line that imports a module, wholly or some names of it. */
export function importing(module: string, names?: string): string {
  return `import ${names === undefined ? '' : `${names} from `}'${module}';`;
}

/** The names of what a namespace has. */
export const policiesFile = (namespace: string) => `${namespace}-policies`;

/** A first chart: nothing is open but name resolution, and one connection. */
export function starterChart(namespace: string): InitFile {
  return {
    name: `${policiesFile(namespace)}.ts`,
    what: 'a chart with a baseline and a connection',
    text: `${importing('cdk8s', '{ Chart }')}
${importing('cdk8s-aks-network-policy', '{ AllowedConnection, NamespaceBaseline }')}
${importing('constructs', 'type { Construct }')}

/** The network policies of namespace ${namespace}. */
export class ${moduleClassName(namespace)} extends Chart {
  public constructor(scope: Construct, id = ${quoted(chartId(namespace))}) {
    super(scope, id, { namespace: ${quoted(namespace)} });

    // Nothing comes in and nothing goes out, except that pods may ask for names ...
    new NamespaceBaseline(this, 'baseline', { ingress: 'DenyAll', egress: 'DenyAll' });

    // ... and except what is allowed from here on. Write the names, labels and ports of your own pods.
    new AllowedConnection(this, 'web-to-db', {
      from: { name: 'web', podSelector: { app: 'web' } },
      to: { name: 'db', podSelector: { app: 'db' } },
      ports: [5432],
    });
  }
}
`,
  };
}

/** A test of the first chart. */
export function starterTest(namespace: string): InitFile {
  const [web, db] = [quoted(`${namespace}/app=web`), quoted(`${namespace}/app=db`)];
  return {
    name: `${policiesFile(namespace)}.test.ts`,
    what: 'a test of who can reach whom',
    text: `${importing('cdk8s-aks-network-policy/jest')}
${importing('cdk8s', '{ Testing }')}
${importing(`./${policiesFile(namespace)}`, `{ ${moduleClassName(namespace)} }`)}

const policies = new ${moduleClassName(namespace)}(Testing.app());

test('web reaches db on its port, and on no other', () => {
  expect(policies).toAllow(${web}, ${db}, 5432);
  expect(policies).toDeny(${web}, ${db}, 22);
});

test('nobody else reaches db', () => {
  expect(policies).toDeny('internet', ${db});
  expect(policies).toDeny(${db}, ${web});
});

test('who can reach whom is what it was', () => {
  expect(policies).toMatchConnectivitySnapshot();
});
`,
  };
}

/** The program of a new project. */
export function starterProgram(namespace: string): InitFile {
  const name = moduleClassName(namespace);
  return {
    name: 'main.ts',
    what: 'the program that cdk8s synth runs',
    text: `${importing('cdk8s', '{ App }')}
${importing(`./${policiesFile(namespace)}`, `{ ${name} }`)}

const app = new App();
new ${name}(app);
app.synth();
`,
  };
}

/** What runs tests in TypeScript, where nothing says how. */
export const JEST_CONFIGURATION: InitFile = {
  name: 'jest.config.cjs',
  what: 'how Jest reads TypeScript',
  text: `/** @type {import('jest').Config} */
module.exports = {
  transform: { '\\\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
};
`,
};

/** What a new project has beside its program. */
export const NEW_PROJECT: readonly InitFile[] = [
  {
    name: 'tsconfig.json',
    what: 'how TypeScript is checked',
    text: `{
  "compilerOptions": {
    "target": "es2022",
    "module": "node16",
    "strict": true,
    "skipLibCheck": true,
    "noEmit": true,
    "types": ["node", "jest"]
  }
}
`,
  },
  { name: '.gitignore', what: 'what git leaves out', text: 'node_modules/\ndist/\n' },
];
