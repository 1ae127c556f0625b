import { readProfile } from '../../aks/read-profile';
import { aboutLeftAlone } from '../../manifests/unjudged-lines';
import { defined } from '../../model/defined';
import { type ManagedPolicy, managedPoliciesIn, policyName } from '../../plan/any-policy';
import { driftOf } from '../../plan/policy-drift';
import { isDrift } from '../../render/drift-listing';
import { DRIFT_RENDERERS } from '../../render/outputs';
import { sceneOfVersions } from '../../render/scene';
import type { DriftOptions } from '../commands/drift';
import { EXIT_CODE } from '../exit-code';
import {
  readPoliciesLive,
  readWanted,
  refuseNone,
  refuseNotInstalled,
  wantedPolicies,
} from '../live/compared-sources';
import { Kubectl } from '../live/kubectl';
import { previewConnections } from '../live/preview';
import { complain, inLines, layoutOf, print, type Terminal } from '../terminal';

export async function run(
  terminal: Terminal,
  paths: readonly string[],
  options: DriftOptions,
): Promise<void> {
  const profile = readProfile(options);
  const kubectl = new Kubectl(options, terminal.stderr);
  const read = await readWanted(paths, kubectl, options, profile, terminal);
  await complain(terminal, inLines(aboutLeftAlone(read.cluster, 'not compared with the cluster')));
  const { namespaces } = read.cluster;
  const wanted = await wantedPolicies(read, terminal);
  refuseNone([...namespaces, ...wanted]);
  await refuseNotInstalled(wanted, kubectl);
  const places = namespaces.map(({ name }) => name);
  const { cluster, problems } = await readPoliciesLive(kubectl, options, terminal, profile, wanted, {
    orIn: places,
  });
  const live = managedPoliciesIn(cluster);
  const drift = driftOf(wanted, live, new Set(places)).filter(
    (each) => options.all === true || isDrift(each),
  );
  const named = (policies: readonly ManagedPolicy[], ...words: string[]) => {
    const names = new Set(drift.filter(({ drift: word }) => words.includes(word)).map(policyName));
    return policies.filter((policy) => names.has(policyName(policy)));
  };
  const back = {
    put: named(wanted, 'missing', 'changed'),
    remove: named(live, 'extra'),
  };
  const preview = previewConnections(cluster, back, profile);
  const report = { ...preview, drift, scene: sceneOfVersions(preview.before, preview.after) };
  const layout = { ...layoutOf(terminal), ...defined({ wide: options.wide }) };
  await print(terminal.stdout, DRIFT_RENDERERS[options.format](report, layout));
  terminal.exitCode =
    problems.length > 0 ? EXIT_CODE.cannotJudge : drift.some(isDrift) ? EXIT_CODE.no : EXIT_CODE.yes;
}
