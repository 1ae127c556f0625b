import { NetworkPolicyError } from '../model/problem';

/**
 * The default releases of the azurerm provider: 4.x from 4.59.0 on, which change the engines azure and calico to cilium in
 * place. Up to 4.57 that change replaces the cluster, and the bindings would pin 4.55.0.
 *
 * @see hashicorp/terraform-provider-azurerm, CHANGELOG.md 4.58.0 and 4.59.0, read 2026-11-22
 */
export const AZURERM_VERSIONS = '>= 4.59.0, < 5.0.0';

/** The part of a stack that this file needs, for any binding. */
interface Stack {
  readonly node: { readonly path: string };
  addOverride(path: string, value: unknown): void;
}

const required = new WeakMap<Stack, string>();

/**
 * Sets the releases of the azurerm provider for a stack. A stack has only one such setting, so two constructs with
 * different ones are refused; a construct without one accepts the other's.
 *
 * @throws NetworkPolicyError `provider-version-conflict`
 */
export function requireAzurerm(stack: Stack, versions: string | undefined): void {
  const before = required.get(stack);
  if (versions !== undefined && before !== undefined && versions !== before) {
    throw new NetworkPolicyError({
      code: 'provider-version-conflict',
      at: stack.node.path,
      got: versions,
      problem: `another construct of this stack requires the azurerm provider ${before}`,
      fix: 'give both the same providerVersion, or put them into two stacks',
    });
  }
  if (versions !== undefined) {
    required.set(stack, versions);
  }
  stack.addOverride('terraform.required_providers.azurerm.version', versions ?? before ?? AZURERM_VERSIONS);
}
