import type { EngineName } from '../model/engine-profile';
import type { NetworkPlugin } from './engines';
import { aksDocs, type FactSource } from './fact-source';

/** A part of AKS networking with a last day of support. */
export interface EndOfSupport {
  /** The part, as the subject of a sentence. */
  readonly subject: string;
  /** The day support ends, `YYYY-MM-DD`. */
  readonly ends: string;
  /** What it concerns: an engine, with `windows` only on Windows node pools, or a network plugin. */
  readonly engine?: EngineName;
  readonly windows?: boolean;
  readonly networkPlugin?: NetworkPlugin;
  readonly successor: string;
  readonly source: FactSource;
}

export const ENDS_OF_SUPPORT: readonly EndOfSupport[] = [
  {
    subject: 'Azure Network Policy Manager on Windows node pools',
    ends: '2026-09-30',
    engine: 'azure',
    windows: true,
    successor: 'calico for Windows node pools',
    source: aksDocs('includes/azure-network-policy-manager-windows-retirement.md'),
  },
  {
    subject: 'Azure Network Policy Manager',
    ends: '2028-09-30',
    engine: 'azure',
    successor: 'cilium',
    source: aksDocs('includes/azure-network-policy-manager-linux-retirement.md'),
  },
  {
    subject: 'the network plugin kubenet',
    ends: '2028-03-31',
    networkPlugin: 'kubenet',
    successor: 'Azure CNI overlay',
    source: aksDocs('includes/kubenet-retirement.md'),
  },
];
