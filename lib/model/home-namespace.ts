/** The namespace that a pod or workload is in; `undefined` for anything that is not an object of the cluster. */
export function homeNamespace(value: object): string | undefined {
  const { metadata } = value as { metadata?: { namespace?: string } };
  // kubectl's own default, and the one that policies of this package have.
  return metadata === undefined ? undefined : (metadata.namespace ?? 'default');
}
