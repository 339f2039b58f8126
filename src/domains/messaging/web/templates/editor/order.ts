interface Keyed {
  key: string;
}

/** Blocks with one put before another, or at their end; one that is there already is moved. */
export function placedBlock<B extends Keyed>(blocks: readonly B[], block: B, before?: string): B[] {
  if (block.key === before) return [...blocks];
  const rest = blocks.filter(({ key }) => key !== block.key);
  const at = before === undefined ? rest.length : rest.findIndex(({ key }) => key === before);
  return at < 0 ? [...rest, block] : rest.toSpliced(at, 0, block);
}

/** Blocks with one moved by some places, as far as there are any. */
export function movedBlock<B extends Keyed>(blocks: readonly B[], key: string, by: number): B[] {
  const from = blocks.findIndex((block) => block.key === key);
  if (from < 0) return [...blocks];
  const to = Math.min(Math.max(from + by, 0), blocks.length - 1);
  return blocks.toSpliced(from, 1).toSpliced(to, 0, blocks[from]);
}

/** Where a new block goes that nobody gave a place: before the footer that a mail ends with. */
export function endOf(blocks: readonly (Keyed & { kind: string })[], kind: string): string | undefined {
  const last = blocks.at(-1);
  return last?.kind === 'footer' && kind !== 'footer' ? last.key : undefined;
}
