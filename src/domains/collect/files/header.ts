/** A column whose name in the file was empty or taken, and the name it goes by instead. */
export interface ColumnRenaming {
  /** From 0. */
  column: number;
  reason: 'name_empty' | 'name_repeated';
  name: string;
  renamedTo: string;
}

/** Longest column name kept; what is beyond tells no columns apart that a person could. */
const nameLength = 200;

/**
 * Distinct, non-empty column names: an empty one becomes `column 3`, a repeated one `amount (2)`.
 * Names are trimmed and in Unicode's composed form, so that a saved mapping finds them again.
 */
export function distinctColumns(names: readonly string[]): {
  columns: string[];
  renamings: ColumnRenaming[];
} {
  const cleaned = names.map((name) => name.replaceAll('\0', '').normalize('NFC').trim().slice(0, nameLength));
  const taken = new Set(cleaned.filter((name) => name !== ''));
  const used = new Set<string>();
  const renamings: ColumnRenaming[] = [];
  const columns = cleaned.map((name, column) => {
    const reason = name === '' ? 'name_empty' : used.has(name) ? 'name_repeated' : null;
    const base = name === '' ? `column ${column + 1}` : name;
    let renamedTo = base;
    for (let n = 2; reason !== null && taken.has(renamedTo); n++) renamedTo = `${base} (${n})`;
    taken.add(renamedTo);
    used.add(renamedTo);
    if (reason !== null) renamings.push({ column, reason, name, renamedTo });
    return renamedTo;
  });
  return { columns, renamings };
}
