import type { Platform } from '../../../platform/platform.ts';
import type { Figure, FigureSource } from '../../customers/public.ts';

interface Row { category: string; channel: string; hour: string; tier: number }

/** What a person prefers, for the head of their page: as the newest run that is done computed it. */
export const preferenceFigures = ({ reader }: Platform, currentId: () => number): FigureSource => ({
  async read(customerNos) {
    const [row] = (await reader.rows(
      `select toString(category) as category, toString(channel) as channel, toString(hour) as hour, tier from preference
        where model_id = {modelId:UInt32} and customer_no in {customerNos:Array(UInt32)} order by orders desc, customer_no desc limit 1`, { modelId: currentId(), customerNos })) as Row[];
    if (!row) return [];
    const figures: Figure[] = [
      { label: 'insights:preference.field.category', value: row.category, unit: 'text' },
      { label: 'insights:preference.field.channel', value: row.channel, unit: 'text' },
      { label: 'insights:preference.field.hour', value: row.hour && `insights:preference.value.hour.${row.hour}`, unit: 'message' },
      { label: 'insights:preference.field.tier', value: row.tier === 0 ? '' : `insights:preference.value.tier.tier${row.tier}`, unit: 'message' },
    ];
    return figures.filter(({ value }) => value !== '');
  },
});
