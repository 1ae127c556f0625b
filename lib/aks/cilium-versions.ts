import type { EngineProfile } from '../model/engine-profile';
import { CILIUM_MINORS, type CiliumMinor, type CiliumOption } from '../model/refusal';
import type { Tristate } from '../model/tristate';
import { aksDocs, type FactSource } from './fact-source';

const CHANGELOG: FactSource = { from: 'Azure/AKS, CHANGELOG.md, of 2026-07-17', read: '2026-11-30' };

/** The minor versions of Cilium that AKS may run with a version of Kubernetes. */
interface CiliumOfKubernetes {
  readonly kubernetes: string;
  readonly cilium: readonly CiliumMinor[];
}

/** For 1.36 the documentation says 1.18.9 or later, and the change log 1.19.3 and 1.19.5. */
const CILIUM_ON_AKS: {
  readonly versions: readonly CiliumOfKubernetes[];
  readonly sources: readonly FactSource[];
} = {
  versions: [
    { kubernetes: '1.31', cilium: ['1.16'] },
    { kubernetes: '1.32', cilium: ['1.17'] },
    { kubernetes: '1.33', cilium: ['1.17'] },
    { kubernetes: '1.34', cilium: ['1.18'] },
    { kubernetes: '1.35', cilium: ['1.18'] },
    { kubernetes: '1.36', cilium: ['1.18', '1.19'] },
  ],
  sources: [aksDocs('azure-cni-powered-by-cilium.md', '2026-11-30'), CHANGELOG],
};

/** Of a Kubernetes that is not known: those that AKS supports. */
const SUPPORTED = CILIUM_MINORS.filter((minor) => minor !== '1.16');

/** The minor versions of Cilium that a cluster may run. */
export function ciliumMinors({ engine, kubernetesVersion }: EngineProfile): readonly CiliumMinor[] {
  const minor = /^v?(1\.\d+)/.exec(kubernetesVersion ?? '')?.[1];
  const row =
    engine === 'cilium' ? CILIUM_ON_AKS.versions.find(({ kubernetes }) => kubernetes === minor) : undefined;
  return row?.cilium ?? SUPPORTED;
}

/**
 * What AKS switches on in Cilium, by its configuration in the tests of Azure's container networking.
 *
 * @see Azure/azure-container-networking cbd7560cf, test/integration/manifests/cilium, read 2026-11-30
 */
const ALWAYS_OFF: readonly CiliumOption[] = ['node-selectors', 'extended-protocols'];

/** Whether the agents of a cluster have an option. */
export function hasOption(option: CiliumOption, { engine, acns }: EngineProfile): Tristate {
  if (ALWAYS_OFF.includes(option)) {
    return engine === 'cilium' ? 'no' : 'unknown';
  }
  // Without Advanced Container Networking Services there is no proxy, so that Cilium refuses the policy. Microsoft says
  // that the traffic is blocked.
  return acns === 'L7' || (acns === 'FQDN' && option === 'dns-proxy') ? 'yes' : 'unknown';
}
