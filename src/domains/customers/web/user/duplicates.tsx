import { useTranslation } from 'react-i18next';
import { Alert, Button, Flex, Link, Space, Stack, useAction, useMay } from '../../../../web/kit.ts';
import { dismissDuplicate, readCustomer, type ShownProfile } from '../../contract.ts';

/** People who may be the same one, for somebody to decide. */
export function Duplicates({ profile: { customerNo, possibleDuplicates } }: { profile: ShownProfile }) {
  const { t } = useTranslation('customers');
  const mayMerge = useMay('customers.merge');
  const dismiss = useAction(dismissDuplicate, { invalidates: [readCustomer] });
  if (possibleDuplicates.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t('duplicates.title')}
      description={
        <Stack>
          {possibleDuplicates.map(({ customerNo: otherNo, name, kind }) => (
            <Flex key={otherNo} wrap gap="small" align="center" justify="space-between">
              <span>
                <Link to={`/users/${otherNo}`}>{name === null ? t('people.unnamed', { no: otherNo }) : t('duplicates.who', { name, no: otherNo })}</Link>{' '}
                {kind ? t('duplicates.hint', { kind: t(`kind.${kind}`) }) : t('duplicates.hintOther')}
              </span>
              {mayMerge && (
                <Space>
                  <Link to={`/users/${customerNo}/merge?with=${otherNo}`}>{t('duplicates.compare')}</Link>
                  <Button size="small" disabled={dismiss.isPending} onClick={() => dismiss.mutate({ params: { customerNo, otherNo } })}>{t('duplicates.dismiss')}</Button>
                </Space>
              )}
            </Flex>
          ))}
        </Stack>
      }
    />
  );
}
