import { NetworkPolicyError } from '../model/problem';

// The first import of lib/cluster.ts: it must run before any import of these packages.

/** The optional peer dependencies of this import path, with the range to install and the module that is needed. */
const PEERS = [
  { install: 'cdktf@^0.21.0', name: 'cdktf', load: () => require('cdktf') },
  {
    install: '@cdktf/provider-azurerm@^14.23.1',
    name: '@cdktf/provider-azurerm',
    load: () => require('@cdktf/provider-azurerm/lib/provider'),
  },
];

const missing = PEERS.filter(({ name, load }) => {
  try {
    load();
    return false;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const named = PEERS.find((peer) => message.includes(`'${peer.name}`));
    if (code !== 'MODULE_NOT_FOUND' || named === undefined) {
      throw error;
    }
    // The other peer may be missing.
    return named.name === name;
  }
});

if (missing.length > 0) {
  throw new NetworkPolicyError({
    code: 'peer-dependency-missing',
    at: 'cdk8s-aks-network-policy/cluster',
    got: `no ${missing.map(({ name }) => name).join(' and no ')}`,
    problem: 'needs packages that are not installed, because only this import path uses them',
    fix: `run: npm install ${missing.map(({ install }) => install).join(' ')}`,
  });
}
