import { readFileSync } from 'node:fs';
import { NetworkPolicyError, show } from '../model/problem';

/**
 * What `--az-aks-show` names.
 *
 * @throws NetworkPolicyError `file-unreadable`
 */
export function azAksShowText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new NetworkPolicyError({
      code: 'file-unreadable',
      at: '--az-aks-show',
      got: show(file),
      problem: (error as Error).message,
      fix: 'give the output of: az aks show --resource-group GROUP --name NAME --output json',
    });
  }
}
