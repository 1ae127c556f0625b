import { AzurermProvider, type AzurermProviderConfig } from '@cdktf/provider-azurerm/lib/provider';
import { TerraformStack, Testing } from 'cdktf';

// biome-ignore lint/suspicious/noExplicitAny: the JSON of Terraform has no type worth writing down.
export type StackJson = Record<string, any>;

/** A stack as it is synthesized. */
export function stackJson(
  fill: (stack: TerraformStack) => unknown,
  provider: Partial<AzurermProviderConfig> = {},
): StackJson {
  const stack = new TerraformStack(Testing.app(), 'shop');
  new AzurermProvider(stack, 'azurerm', { features: [{}], ...provider });
  fill(stack);
  return JSON.parse(Testing.synth(stack, true)) as StackJson;
}

/** The address of the one data source of a stack. */
export function dataAddress(stack: StackJson): string {
  return `data.azurerm_kubernetes_cluster.${Object.keys(stack.data.azurerm_kubernetes_cluster)[0]}`;
}

/**
 * A stack without the kubernetes provider, which cannot be had from source: `terraform_data`, which is
 * part of Terraform, stands in for `kubernetes_manifest`, with the same conditions and dependencies.
 */
export function withStandIns(stack: StackJson): StackJson {
  const { kubernetes: _, ...provider } = stack.provider;
  const { kubernetes_manifest: manifests, ...resource } = stack.resource;
  const standIns = Object.entries(manifests as StackJson).map(([name, { manifest, depends_on, ...rest }]) => [
    name,
    {
      ...rest,
      input: manifest,
      depends_on: depends_on.map((address: string) =>
        address.replace('kubernetes_manifest', 'terraform_data'),
      ),
    },
  ]);
  return { ...stack, provider, resource: { ...resource, terraform_data: Object.fromEntries(standIns) } };
}

/** A test file whose cluster is what the provider would read. */
export function mockedTest(
  address: string,
  cluster: object,
  { expectFailures = [] }: { readonly expectFailures?: readonly string[] } = {},
): string {
  return `mock_provider "azurerm" {}

override_data {
  target = ${address}
  values = ${JSON.stringify(cluster)}
}

run "plan" {
  command = plan
  expect_failures = [${expectFailures.join(', ')}]
}
`;
}
