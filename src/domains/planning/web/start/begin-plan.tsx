import { useTranslation } from 'react-i18next';
import { useState } from 'react';
import { Button, Columns, Flex, Form, FormModal, Input, Loaded, Section, Stack, todayIn, useEndpoint, useNavigateTo, useSession } from '../../../../web/kit.ts';
import { createPlan, listPlans, listTemplates, startFromTemplate, type TemplateKey } from '../../contract.ts';
import { DayInput } from '../projects/forms/fields.tsx';

interface Said {
  name?: string;
  startsOn: string;
}

/** Which business a plan starts from, or none. */
export function BeginPlan() {
  const { t } = useTranslation('planning');
  const navigate = useNavigateTo();
  const { brand } = useSession();
  const templates = useEndpoint(listTemplates);
  const [chosen, setChosen] = useState<TemplateKey | 'empty'>();
  const initial: Said = { startsOn: `${todayIn(brand.timeZone).slice(0, 4)}-01-01` };
  const form = { open: chosen !== undefined, title: t('start.begin'), submitLabel: t('start.create'), initial, invalidates: [listPlans], onCancel: () => setChosen(undefined), onDone: ({ planNo }: { planNo: number }) => navigate(`/plan/start?plan=${planNo}&step=reasons`) };
  const fields = (usual?: string) => (
    <>
      <Form.Item name="name" label={t('start.name')} rules={usual === undefined ? [{ required: true, whitespace: true, message: t('projects.needed') }] : []}><Input maxLength={80} placeholder={usual} /></Form.Item>
      <Form.Item name="startsOn" label={t('start.startsOn')} rules={[{ required: true }]}><DayInput allowClear={false} /></Form.Item>
    </>
  );
  return (
    <Loaded from={templates}>
      {({ templates: all }) => {
        const of = all.find(({ key }) => key === chosen);
        return (
        <Stack>
          <p>{t('start.how')}</p>
          <Columns>
            {all.map(({ key, name, hint }) => (
              <Section key={key} title={name}>
                <Flex vertical gap={12} align="flex-start"><span>{hint}</span><Button type="primary" onClick={() => setChosen(key)}>{t('start.template')}</Button></Flex>
              </Section>
            ))}
            <Section title={t('start.empty')}>
              <Flex vertical gap={12} align="flex-start"><span>{t('start.emptyHint')}</span><Button onClick={() => setChosen('empty')}>{t('start.empty')}</Button></Flex>
            </Section>
          </Columns>
          {chosen === 'empty'
            ? <FormModal<typeof createPlan, Said> endpoint={createPlan} request={({ name = '', startsOn }) => ({ body: { name, startsOn } })} {...form}>{fields()}</FormModal>
            : <FormModal<typeof startFromTemplate, Said> endpoint={startFromTemplate} request={(body) => ({ params: { template: chosen ?? 'consumer' }, body })} {...form} title={of?.name ?? form.title}>{fields(of?.plan ?? '')}</FormModal>}
        </Stack>
        );
      }}
    </Loaded>
  );
}
