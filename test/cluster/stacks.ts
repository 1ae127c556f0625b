import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import { NetworkPolicyError } from '../../lib/model/problem';

/** A stack with the azurerm provider and whatever `fill` adds, as Terraform reads it. */
// biome-ignore lint/suspicious/noExplicitAny: the JSON of Terraform has no type worth writing down.
export function synthesized(fill: (stack: TerraformStack) => unknown): any {
  const stack = emptyStack();
  fill(stack);
  return JSON.parse(Testing.synth(stack, true));
}

export function emptyStack(): TerraformStack {
  const stack = new TerraformStack(Testing.app(), 'shop');
  new AzurermProvider(stack, 'azurerm', { features: [{}] });
  return stack;
}

/** What a call is refused with. */
export function refusal(call: () => unknown): NetworkPolicyError {
  try {
    call();
  } catch (error) {
    if (error instanceof NetworkPolicyError) {
      return error;
    }
    throw error;
  }
  throw new Error('nothing was refused');
}

/** The one resource, data source or block of a kind. */
// biome-ignore lint/suspicious/noExplicitAny: as above.
export function only(blocks: any): any {
  const all = Object.values(blocks);
  expect(all).toHaveLength(1);
  return all[0];
}
