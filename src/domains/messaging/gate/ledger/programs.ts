import type { LedgerDecision } from '../../contract/gate.ts';
import type { ProgramSource } from '../../part.ts';

type Kind = LedgerDecision['program']['kind'];

/** What programs are called and where they are looked at, by the domains that they are of. */
export interface Programs {
  register(source: ProgramSource): void;
  namesOf(programs: readonly { kind: Kind; no: number }[]): Promise<(program: { kind: Kind; no: number }) => LedgerDecision['program']>;
}

export function createPrograms(): Programs {
  const sources = new Map<Kind, ProgramSource>();
  return {
    register: (source) => void sources.set(source.kind, source),
    async namesOf(programs) {
      const found = new Map<Kind, Awaited<ReturnType<ProgramSource['namesOf']>>>();
      for (const [kind, ofKind] of Map.groupBy(programs, (program) => program.kind)) {
        const source = sources.get(kind);
        if (source) found.set(kind, await source.namesOf([...new Set(ofKind.map((program) => program.no))]));
      }
      return ({ kind, no }) => ({ kind, no, name: null, path: null, ...found.get(kind)?.get(no) });
    },
  };
}
