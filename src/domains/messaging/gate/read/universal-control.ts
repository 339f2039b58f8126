import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import type { Platform } from '../../../../platform/platform.ts';
import type { Experiments } from '../../part.ts';
import type { GateSources } from './known.ts';

/** Who no program reaches: an experiment over everybody, in which each person is put once. */
export function universalControl(experiments: Experiments | undefined): GateSources['universalControl'] {
  return async (client, personNos, share) => {
    if (!experiments) return new Set();
    const experimentNo = await experiments.ensure(client, 'universal', [{ key: 'control', isControl: true, share }, { key: 'reached', isControl: false, share: 10_000 - share }]);
    const [control] = await experiments.assign(client, experimentNo, Bitmap.of(personNos));
    return new Set(control);
  };
}

/** How many people no program reaches, as far as anybody was looked at; null before. */
export async function countUniversalControl({ pg }: Platform, experiments: Experiments | undefined): Promise<number | null> {
  const { rows } = await pg.query<{ no: number }>("select experiment_no as no from experiment where subject = 'universal'");
  if (!experiments || rows.length === 0) return null;
  const { people: [control] } = await experiments.peopleOf(rows[0].no);
  return control.size;
}
