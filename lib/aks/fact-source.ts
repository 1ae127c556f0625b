/** Where and when a fact about AKS was read. */
export interface FactSource {
  /** A document and its path, or a repository and its file. */
  readonly from: string;
  /** The day it was read, `YYYY-MM-DD`. */
  readonly read: string;
}

/** A page of the AKS documentation, `articles/aks/` of MicrosoftDocs/azure-aks-docs. */
export function aksDocs(page: string, read = '2026-11-22'): FactSource {
  return { from: `MicrosoftDocs/azure-aks-docs, articles/aks/${page}`, read };
}
