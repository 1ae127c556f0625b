import type { EngineName } from '../model/engine-profile';
import type { ObjectReference } from '../model/finding';
import type { LintContext } from './context';

/** What a finding about the cluster as a whole is about; a profile has no name. */
export const CLUSTER: ObjectReference = { kind: 'Cluster', name: 'profile' };

/** What a rule about an engine has to know. */
export function needsEngine({ profile: { engine, networkPlugin } }: LintContext): string | undefined {
  if (engine !== undefined) {
    return undefined;
  }
  return networkPlugin === 'none'
    ? 'the profile does not name the engine that comes with a network plugin of your own: byo-cilium, byo-calico or none'
    : 'the profile does not name the network policy engine of the cluster';
}

const isOneOf =
  (...engines: readonly EngineName[]) =>
  ({ profile: { engine } }: LintContext) =>
    engine !== undefined && engines.includes(engine);

export const isCilium = isOneOf('cilium', 'byo-cilium');
export const isCalico = isOneOf('calico', 'byo-calico');
export const isNpm = isOneOf('azure');
