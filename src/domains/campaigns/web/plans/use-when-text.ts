import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../../web/kit.ts';
import { useRhythmText } from '../../../insights/web/reporting/use-rhythm-text.ts';
import type { CampaignDefinition } from '../../contract.ts';

/** When a campaign goes, in words. */
export function useWhenText(): (schedule: CampaignDefinition['schedule']) => string {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const rhythmText = useRhythmText();
  return (schedule) => {
    if (schedule.when === 'recurring') return rhythmText(schedule.rhythm);
    return schedule.at === null ? t('plans.atOnce') : format.dateTime(schedule.at);
  };
}
