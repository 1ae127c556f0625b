/**
 * Import path `cdk8s-aks-network-policy/jest`: importing it adds the matchers to `expect`.
 *
 * @module
 */

import type { AskedRequest } from './model/asked-request';
import type { ExpectedWorkload } from './model/expected-end';
import type { PolicyType } from './model/network-policy';
import { recordLines } from './model/record-lines';
import type { AskedConnection, AskedEnd } from './testing/asked-ends';
import { connectivityMatchers, type SnapshotExpect } from './testing/matchers';

export type { AskedRequest } from './model/asked-request';
export type { ExpectedEnd, ExpectedWorkload } from './model/expected-end';
export type { Question } from './reachability/answers/verdict';
export type { AskedPods } from './reachability/judging/asked-pods';
export type { AskedConnection, AskedEnd } from './testing/asked-ends';
export { knownOnly, type Subject, type SubjectWithOptions, withProfile } from './testing/subject';

/**
 * What `expect` has once this module is imported. It takes a cdk8s `App` or `Chart`, manifests as objects, paths
 * of files and folders, several of these in a list, or what `readManifests` gave; with `withProfile` on a cluster
 * whose engine is known. What cannot be judged fails with `.not` as well as without, with the reason.
 *
 * Pods that no manifest tells of count: AKS's own, such as `kube-system/coredns`, and all that policies let in and out by
 * their labels and namespaces. `knownOnly` leaves them out.
 */
export interface ConnectivityMatchers<R> {
  /**
   * All of `from` may talk to all of `to`, on all ports asked for.
   *
   * @param from a workload of any cdk8s-plus or its `ApiObject`, `ns/workload`, `ns/pod`, an address, a CIDR, `node:NAME`
   *   or `internet`; or pods by their labels, whether or not a manifest tells of them: `any`, `ns/*`, `ns/app=web`,
   *   `*\/app=web` or selectors as Kubernetes writes them, `{ namespaces, pods }`
   * @param to as `from`, or a host name: `login.microsoftonline.com`
   * @param port the pods' port as kubectl writes it: `5432`, `5432/TCP`, `8000-8100/TCP`, `http`; every port when
   *   left out
   * @param http a request that has to pass, too, where policies of Cilium filter HTTP: `{ method: 'GET', path: '/orders' }`
   */
  toAllow(from: AskedEnd, to: AskedEnd, port?: number | string, http?: AskedRequest): R;
  /** No part of `from` may talk to any part of `to`, on none of the ports asked for. Parameters as `toAllow`. */
  toDeny(from: AskedEnd, to: AskedEnd, port?: number | string, http?: AskedRequest): R;
  /**
   * Some policy isolates the workload in this direction: only what a policy allows gets through.
   *
   * @param workload as an end of `toAllow`; `ns/workload` or `ns/pod`
   */
  toIsolate(workload: string | ExpectedWorkload, direction: PolicyType): R;
  /**
   * These connections are allowed and no other. Addresses and pods by their labels bound what may be allowed: something
   * among them has to be. That a pod reaches itself, traffic with nodes, and that names are asked of AKS's own CoreDNS is
   * not looked at.
   *
   * @param connections with ends as in `toAllow`
   */
  toAllowOnly(connections: readonly AskedConnection[]): R;
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
