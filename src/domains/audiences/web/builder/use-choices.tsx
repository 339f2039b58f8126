import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { BranchesOutlined, ClockCircleOutlined, ExperimentOutlined, FileTextOutlined, GiftOutlined, IdcardOutlined, SafetyOutlined, ScheduleOutlined, ShoppingOutlined, TagsOutlined, TeamOutlined, ThunderboltOutlined, UserOutlined } from '../../../../web/icons.tsx';
import { type Choice, type ChoiceGroup, type Format, useFormat } from '../../../../web/kit.ts';
import { type FieldList, useFieldList } from '../inputs/use-field-list.ts';
import type { DraftPart } from '../rule/draft.ts';
import { newBought, newEventMeasure, newField, newHeld, newMoment, newOrderMeasure, newOther, newSequence, newTag, orderChoices, orderFields } from './new-parts.ts';

/** Something to add to a rule, and how it begins. */
interface PartChoice extends Choice {
  make: () => DraftPart;
}

type Say = (key: string, values?: Record<string, unknown>) => string;

/** Everything that can be added to a rule, grouped as an operator thinks. */
export function useChoices(): { groups: ChoiceGroup[]; make: (key: string) => DraftPart | undefined } {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const { data } = useFieldList();
  return useMemo(() => {
    const groups = choiceGroups(data, t, format);
    const all = groups.flatMap(({ choices }) => choices);
    return { groups: groups.filter(({ choices }) => choices.length > 0), make: (key) => all.find((choice) => choice.key === key)?.make() };
  }, [data, t, format]);
}

function choiceGroups(data: FieldList | undefined, t: Say, format: Format): (ChoiceGroup & { choices: PartChoice[] })[] {
  const fields = data?.fields ?? [];
  const field = (one: FieldList['fields'][number]): PartChoice => ({ key: `field.${one.name}`, label: one.label, words: one.name, make: () => newField(one) });
  const other = (key: keyof typeof newOther): PartChoice => ({ key, label: t(`web.pick.${key}`), hint: t(`web.pick.${key}Hint`), make: newOther[key] });
  const group = (key: string, icon: ChoiceGroup['icon'], choices: PartChoice[]) => ({ key, icon, label: t(`web.pick.group.${key}`), choices });
  return [
    group('profile', <UserOutlined />, [
      ...fields.filter(({ name }) => !orderFields.includes(name)).map(field),
      ...(data?.attributes ?? []).map((name): PartChoice => ({ key: `attribute.${name}`, label: name, hint: t('web.pick.attributeHint'), make: () => newField({ name: `attribute.${name}`, type: 'text' }) })),
    ]),
    group('tags', <TagsOutlined />, [
      { key: 'tag', label: t('web.pick.tag'), hint: t('web.pick.tagHint'), make: () => newTag() },
      ...(data?.tags ?? []).map(({ tagId, name }): PartChoice => ({ key: `tag.${tagId}`, label: name, make: () => newTag(tagId) })),
    ]),
    group('orders', <ShoppingOutlined />, [
      { key: 'bought', label: t('web.pick.bought'), hint: t('web.pick.boughtHint'), make: () => newBought(true) },
      { key: 'notBought', label: t('web.pick.notBought'), hint: t('web.pick.notBoughtHint'), make: () => newBought(false) },
      ...orderChoices.filter(({ of }) => of === 'sale').map((choice) => orderChoice(choice, t)),
      ...(['first', 'last'] as const).map((which): PartChoice => ({ key: `moment.${which}`, label: t(`web.pick.moment_${which}`), make: () => newMoment(which) })),
      ...orderChoices.filter(({ of }) => of !== 'sale').map((choice) => orderChoice(choice, t)),
      ...fields.filter(({ name }) => orderFields.includes(name)).map(field),
    ]),
    group('events', <ThunderboltOutlined />, (data?.events ?? []).map(({ name, label, events }): PartChoice => ({
      key: `event.${name}`, label, words: name, hint: t('web.pick.eventHint', { shown: format.number(events) }), make: () => newEventMeasure(name),
    }))),
    group('sequence', <BranchesOutlined />, [{ key: 'sequence', label: t('web.pick.sequence'), hint: t('web.pick.sequenceHint'), make: () => newSequence(data?.events[0]?.name) }]),
    group('habit', <ScheduleOutlined />, [other('recurring')]),
    group('anniversary', <GiftOutlined />, fields.filter(({ type }) => type === 'day' || type === 'moment').map((one): PartChoice => ({
      key: `anniversary.${one.name}`, label: t('web.pick.anniversary', { of: one.label }), hint: t('web.pick.anniversaryHint'), make: () => newField(one, true),
    }))),
    group('consent', <SafetyOutlined />, [other('consent')]),
    group('identifiers', <IdcardOutlined />, [other('identifier')]),
    group('audiences', <TeamOutlined />, [other('audience')]),
    group('lists', <FileTextOutlined />, [other('list')]),
    group('sample', <ExperimentOutlined />, [other('sample')]),
    group('held', <ClockCircleOutlined />, [{ key: 'held', label: t('web.pick.held'), hint: t('web.pick.heldHint'), make: newHeld }]),
  ];
}

const orderChoice = ({ key, of, measure }: (typeof orderChoices)[number], t: Say): PartChoice => ({
  key: `order.${key}`,
  label: of === 'sale' ? t(`web.measure.${measure}`) : t('web.pick.ofFacts', { facts: t(`web.facts.${of}`), measure: t(`web.measure.${measure}`) }),
  make: () => newOrderMeasure(of, measure),
});
