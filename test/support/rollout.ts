import { deployment } from './shop';

/** An Argo Rollout in namespace `shop` whose pods carry `app: name`. */
export function rollout(name: string, ports: readonly number[] = []) {
  return { ...deployment(name, ports), apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout' };
}

/** The same of a kind of which nobody knows which labels its controller adds. */
export function widget(name: string, ports: readonly number[] = []) {
  return { ...deployment(name, ports), apiVersion: 'example.com/v1', kind: 'Widget' };
}
