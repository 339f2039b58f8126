import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ChoicePanel, Drawer, Flex, Grid, Popover } from '../../../../web/kit.ts';
import { GroupOutlined, PlusOutlined } from '../../../../web/icons.tsx';
import { type DraftPart, newGroup } from '../rule/draft.ts';
import { useChoices } from './use-choices.tsx';

/** Adds a condition, found by its name or in its group, or a group of conditions. */
export function AddPart({ isFirst, onAdd }: { isFirst: boolean; onAdd: (part: DraftPart) => void }) {
  const { t } = useTranslation('audiences');
  const [isOpen, setOpen] = useState(false);
  const { groups, make } = useChoices();
  const choose = (key: string): void => {
    const part = make(key);
    setOpen(false);
    if (part) onAdd(part);
  };
  const isNarrow = Grid.useBreakpoint().sm === false;
  const panel = <ChoicePanel label={t('web.builder.search')} groups={groups} noMatch={t('web.builder.noMatch')} onChoose={choose} />;
  const button = <Button type={isFirst ? 'primary' : 'dashed'} icon={<PlusOutlined />} aria-expanded={isOpen} onClick={() => isNarrow && setOpen(true)}>{t('web.builder.addCondition')}</Button>;
  return (
    <Flex gap="small" wrap>
      {isNarrow ? (
        <>
          {button}
          <Drawer open={isOpen} onClose={() => setOpen(false)} placement="bottom" size="large" title={t('web.builder.addCondition')} destroyOnHidden>{panel}</Drawer>
        </>
      ) : (
        <Popover trigger="click" placement="bottomLeft" open={isOpen} onOpenChange={setOpen} destroyOnHidden content={panel}>{button}</Popover>
      )}
      <Button type="text" icon={<GroupOutlined />} onClick={() => onAdd(newGroup('any'))}>{t('web.builder.addGroup')}</Button>
    </Flex>
  );
}
