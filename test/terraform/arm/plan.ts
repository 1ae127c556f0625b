import type { TerraformStack } from 'cdktf';
import type { Run } from '../../tools/run';
import { stackJson } from '../tools/stacks';
import { type Workspace, workspace } from '../tools/terraform';
import { type AzureStandIn, SUBSCRIPTION } from './stand-in';

/** Plans a stack with the real provider against the stand-in, saves the plan as `saved`, and has it judged. */
export async function planAgainst(
  azure: AzureStandIn,
  fill: (stack: TerraformStack) => unknown,
  judge: (place: Workspace, planned: Run) => void,
): Promise<void> {
  const stack = stackJson(fill, {
    subscriptionId: SUBSCRIPTION,
    useMsi: true,
    msiEndpoint: azure.identityEndpoint,
    metadataHost: azure.host,
    resourceProviderRegistrations: 'none',
  });
  const place = workspace(stack, {}, { SSL_CERT_FILE: azure.certFile });
  try {
    judge(place, await place.planAlone('-out=saved', '-json', '-input=false'));
  } finally {
    place.remove();
  }
}
