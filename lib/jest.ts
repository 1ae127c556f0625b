import type { PolicyType } from './model/network-policy';
import { recordLines } from './model/record-lines';
import type { Question } from './reachability/verdict';
import { connectivityMatchers, type SnapshotExpect } from './testing/matchers';

export type { Question } from './reachability/verdict';
export { type Subject, type SubjectOnCluster, withProfile } from './testing/subject';

/**
 * What `expect` has once this module is imported. It takes a cdk8s `App` or `Chart`, manifests as objects, paths
 * of files and folders, several of these in a list, or what `readManifests` gave; with `withProfile` on a cluster
 * whose engine is known. What cannot be judged fails with `.not` as well as without, with the reason.
 */
export interface ConnectivityMatchers<R> {
  /**
   * All of `from` may talk to all of `to`, on all ports asked for.
   *
   * @param from `ns/workload`, `ns/pod`, an address, a CIDR, `node:NAME` or `internet`
   * @param to as `from`
   * @param port the pods' port as kubectl writes it: `5432`, `5432/TCP`, `8000-8100/TCP`, `http`; every port when
   *   left out
   */
  toAllow(from: string, to: string, port?: number | string): R;
  /** No part of `from` may talk to any part of `to`, on none of the ports asked for. Parameters as `toAllow`. */
  toDeny(from: string, to: string, port?: number | string): R;
  /** Some policy isolates the workload in this direction: only what a policy allows gets through. */
  toIsolate(workload: string, direction: PolicyType): R;
  /**
   * These connections are allowed and no other. Addresses bound what may be allowed: something among them has to
   * be. That a pod reaches itself, and traffic with nodes, is not looked at.
   */
  toAllowOnly(connections: readonly Question[]): R;
  /** The table of everything that is allowed is what it was. As Jest's own snapshots it has no `.not`. */
  toMatchConnectivitySnapshot(hint?: string): R;
}

declare global {
  // The parameters have to be written as @types/jest writes them.
  namespace jest {
    // biome-ignore lint/complexity/noBannedTypes: see above
    interface Matchers<R, T = {}> extends ConnectivityMatchers<R> {}
  }
}

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends ConnectivityMatchers<R> {}
}

/** Keeps the compiler aware of `expect`'s own types, which `@jest/globals` uses. */
export type ExpectMatchers = import('expect').Matchers<void>;

interface JestExpect extends SnapshotExpect {
  extend(matchers: object): void;
}

const expect =
  (globalThis as { expect?: unknown }).expect ?? (require('@jest/globals') as { expect: unknown }).expect;

// A failure names the line that created the policy.
recordLines();
(expect as JestExpect).extend(connectivityMatchers(expect as JestExpect));
