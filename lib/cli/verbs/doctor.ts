import { AksClusterProfile } from '../../aks/cluster-profile';
import { type Diagnosis, diagnose } from '../../aks/diagnosis';
import { diagnosisListing } from '../../render/diagnosis-listing';
import { azAksShowText } from '../az-aks-show';
import type { DoctorOptions } from '../commands/doctor';
import { EXIT_CODE, type ExitCode } from '../exit-code';
import { Kubectl } from '../live/kubectl';
import { lookAt } from '../live/look-at-cluster';
import { printListing } from '../print-listing';
import { showing } from '../progress-line';
import { type Terminal, tellWritten } from '../terminal';
import { writeInto } from '../write-file';

export async function run(terminal: Terminal, options: DoctorOptions): Promise<void> {
  const { azAksShow, writeProfile } = options;
  const outside = azAksShow === undefined ? {} : AksClusterProfile.fromAzAksShow(azAksShowText(azAksShow));
  const { stderr } = terminal;
  const seen = await showing(stderr, 'looking at the cluster', () => lookAt(new Kubectl(options, stderr)));
  const diagnosis = diagnose(seen, outside);
  if (writeProfile !== undefined) {
    await writeInto(writeProfile, AksClusterProfile.toYaml(diagnosis.profile), { at: '--write-profile' });
    await tellWritten(terminal, writeProfile, 'the profile of the cluster, for --profile of other verbs');
  }
  await printListing(terminal, options, diagnosisListing(diagnosis));
  terminal.exitCode = exitCodeOf(diagnosis);
}

function exitCodeOf(diagnosis: Diagnosis): ExitCode {
  const { enforced, policies, ciliumPolicies, ciliumEnforced, invalid } = diagnosis;
  const isUnknown = ciliumPolicies === undefined && ciliumEnforced !== 'no';
  if (enforced === 'unknown' || policies === undefined || isUnknown) {
    return EXIT_CODE.cannotJudge;
  }
  const isInVain =
    (enforced === 'no' && policies > 0) ||
    (ciliumEnforced === 'no' && ciliumPolicies !== undefined && ciliumPolicies > 0) ||
    invalid.length > 0;
  return isInVain ? EXIT_CODE.no : EXIT_CODE.yes;
}
