import type { ImportDeps } from '../run/import-deps.ts';

export async function undoImport(deps: ImportDeps, importId: number): Promise<void> {
  void deps; void importId;
}
