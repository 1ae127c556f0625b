/** Where a fact about AKS was read, and when: facts about a service age. */
export interface Source {
  /** A document and its path, or a repository and its file. */
  readonly from: string;
  /** The day it was read, `YYYY-MM-DD`. */
  readonly read: string;
}

/** A page of the AKS documentation, `articles/aks/` of MicrosoftDocs/azure-aks-docs. */
export function aksDocs(page: string, read = '2026-11-22'): Source {
  return { from: `MicrosoftDocs/azure-aks-docs, articles/aks/${page}`, read };
}
