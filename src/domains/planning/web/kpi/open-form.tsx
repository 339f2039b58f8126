import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Checkbox, Form, FormDrawer, Input, todayIn, useFormat, useSession } from '../../../../web/kit.ts';
import { daysOf, type Doer, listCards, openCards, periodOf, type PlanPeriod } from '../../contract.ts';
import { sorted, useItems } from '../frame/use-items.tsx';
import { PeriodInput } from '../goals/period-input.tsx';
import { DayInput, ParticipantsSelect } from '../projects/forms/fields.tsx';
import type { TemplateItem } from './template-form.tsx';

interface Values {
  period: PlanPeriod;
  people: Doer[];
  team: string;
  from?: string | null;
  until?: string | null;
  endsOthers?: boolean;
}

/** Opens cards of a template: for whom its position has in the period, each for their days, or for people one names. */
export function OpenForm({ planNo, template, onClose, onOpened }: { planNo: number; template: TemplateItem; onClose: () => void; onOpened: (period: PlanPeriod) => void }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const year = periodOf(todayIn(useSession().brand.timeZone), 'year');
  const asked = useRef<PlanPeriod>(year);
  const { data } = useItems(planNo, ['position', 'assignment']);
  const read = data && sorted<'position' | 'assignment'>(data);
  const position = read?.of('position').find(({ itemNo }) => itemNo === template.body.positionNo);
  const assignedIn = (period: PlanPeriod) => {
    const days = daysOf(period);
    return (position && read ? read.of('assignment', position.itemNo) : []).filter(({ body: { from, to } }) => from <= days.to && (to ?? days.to) >= days.from)
      .map(({ body: { person, from, to } }) => ({ staffId: person.staffId, name: person.name, from: from > days.from ? from : days.from, until: to !== null && to < days.to ? to : days.to }));
  };
  // What the form begins with is known when the position is.
  if (!read) return null;
  return (
    <FormDrawer<typeof openCards, Values>
      open endpoint={openCards} title={t('kpi.openOf', { name: template.body.name })} submitLabel={t('kpi.open')} onCancel={onClose} onDone={() => onOpened(asked.current)} invalidates={[listCards]} done={t('kpi.opened')}
      initial={{ period: year, people: [], team: position?.body.department ?? '' }}
      request={({ period, people, team, from, until, endsOthers = false }) => {
        asked.current = period;
        return { params: { planNo }, body: { templateNo: template.itemNo, period, team: team ?? '', endsOthers, people: (people.length > 0 ? people.map(({ staffId, name }) => ({ staffId, name })) : assignedIn(period)).map((each) => ({ ...each, ...(from ? { from } : {}), ...(until ? { until } : {}) })) } };
      }}
    >
      <Form.Item name="period" label={t('kpi.period')} extra={t('kpi.periodHint')} rules={[{ required: true, message: t('projects.needed') }]}><PeriodInput /></Form.Item>
      <Form.Item noStyle shouldUpdate>
        {({ getFieldValue }) => {
          const period = getFieldValue('period') as PlanPeriod | null;
          const assigned = period ? assignedIn(period) : [];
          return (
            <>
              {position && <Alert type="info" title={assigned.length === 0 ? t('kpi.nobodyAssigned') : t('kpi.assigned', { people: assigned.map(({ name, from, until }) => t('reports.line.of', { name, more: `${format.date(from)} – ${format.date(until)}` })).join(t('document.comma')) })} style={{ marginBottom: 16 }} />}
              <Form.Item name="people" label={t('kpi.people')} extra={t(position ? 'kpi.peopleHintOfPosition' : 'kpi.peopleHint')} rules={assigned.length > 0 ? [] : [{ required: true, message: t('projects.needed') }]}><ParticipantsSelect /></Form.Item>
            </>
          );
        }}
      </Form.Item>
      <Form.Item name="team" label={t('kpi.team')} extra={t('kpi.teamHint')}><Input maxLength={60} /></Form.Item>
      <Form.Item name="from" label={t('kpi.from')} extra={t('kpi.daysHint')}><DayInput /></Form.Item>
      <Form.Item name="until" label={t('kpi.until')}><DayInput /></Form.Item>
      <Form.Item name="endsOthers" valuePropName="checked" extra={t('kpi.endsOthersHint')}><Checkbox>{t('kpi.endsOthers')}</Checkbox></Form.Item>
    </FormDrawer>
  );
}
