import dayjs from 'dayjs';
import { describe, expect, it } from 'vitest';
import { campaignDefinition } from '../../contract.ts';
import { draftOf, newDraft, wantedOf } from './campaign-draft.ts';

const zone = 'Asia/Shanghai';

describe('what the form of a campaign asks for', () => {
  it('is a plan that can be kept, whatever a form leaves out of fields it does not show', () => {
    const draft = newDraft(dayjs('2026-06-18T10:00:00'));
    // One version has neither a name nor a weight to be filled in.
    const arms = [{ template: '3:1' }] as typeof draft.arms;
    const wanted = wantedOf({ ...draft, name: 'Spring', audience: 0, arms }, zone, null);
    expect(campaignDefinition.parse(wanted)).toMatchObject({ arms: [{ key: 'a', name: '', weight: 1, templateNo: 3, templateVersion: 1 }], holdout: { share: 1_000 } });
  });

  it('keeps versions apart after one of them was taken out, and comes back as it was', () => {
    const draft = { ...newDraft(dayjs('2026-06-18T10:00:00')), name: 'Spring', audience: 0 as const };
    const arm = (template: string) => ({ name: template, weight: 2, template });
    const wanted = wantedOf({ ...draft, arms: ['1:1', '2:1', '4:2'].map(arm) }, zone, null);
    const definition = campaignDefinition.parse(wanted);
    expect(definition.arms.map(({ key }) => key)).toEqual(['a', 'b', 'c']);
    expect(wantedOf(draftOf(definition, zone, dayjs), zone, null)).toEqual(definition);
  });

  it('is nothing while it says too little to be asked for', () => {
    const draft = newDraft(dayjs('2026-06-18T10:00:00'));
    expect(wantedOf(draft, zone, null)).toBeNull();
    expect(wantedOf({ ...draft, name: 'x', audience: 0, holdoutPercent: 0, arms: [{ name: '', weight: 1, template: '1:1' }] }, zone, null)).toBeNull();
  });
});
