import type { ReactNode } from 'react';
import { Link, useEndpoint } from '../../../../web/kit.ts';
import { listPrograms } from '../../contract.ts';

/** What programs are called, as links to their pages; a key that nobody knows stands for itself. */
export function useProgramNames(): (key: string) => ReactNode {
  const { data } = useEndpoint(listPrograms);
  const known = new Map(data?.programs.map((program) => [program.key, program]));
  return (key) => {
    const program = known.get(key);
    return program ? <Link to={program.path}>{program.name}</Link> : key;
  };
}
