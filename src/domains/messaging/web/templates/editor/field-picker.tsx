import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Input, Popover, useEndpoint } from '../../../../../web/kit.ts';
import { PlusOutlined } from '../../../../../web/icons.tsx';
import { listTemplateFields } from '../../../contract.ts';
import styles from '../templates.module.css';
import { type Pick, picksOf, type TextKind } from './picks.ts';

/** Fields of people, and ready pieces of Liquid, to be put into a text. */
export function FieldPicker({ as, isProduct, onPick, label }: { as: TextKind; isProduct: boolean; onPick: (text: string) => void; label: string }) {
  const { t } = useTranslation('messaging');
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      trigger="click" placement="bottomRight" destroyOnHidden open={isOpen} onOpenChange={setOpen}
      content={<Picks as={as} isProduct={isProduct} onPick={(text) => { setOpen(false); onPick(text); }} />}
    >
      <Button type="text" size="small" icon={<PlusOutlined />} aria-label={label}>{t('templates.insert')}</Button>
    </Popover>
  );
}

function Picks({ as, isProduct, onPick }: { as: TextKind; isProduct: boolean; onPick: (text: string) => void }) {
  const { t } = useTranslation('messaging');
  const [typed, setTyped] = useState('');
  const fields = useEndpoint(listTemplateFields, {}, { freshForMs: 300_000 });
  const say = (key: string): string => t(`templates.pick.${key}`);
  const wanted = typed.trim().toLowerCase();
  const found = picksOf(fields.data?.fields ?? [], as, isProduct, say).filter(({ label, text }) => `${label} ${text}`.toLowerCase().includes(wanted));
  return (
    <>
      <Input autoFocus allowClear aria-label={t('templates.pick.search')} placeholder={t('templates.pick.search')} value={typed} onChange={(event) => setTyped(event.target.value)} />
      <div className={styles.picks}>
        {[...Map.groupBy(found, ({ group }) => group)].map(([group, of]: [string, Pick[]]) => (
          <div key={group} role="group" aria-label={say(`group.${group}`)}>
            <div className={styles.pickGroup}>{say(`group.${group}`)}</div>
            {of.map(({ label, text }) => (
              <button key={text} type="button" className={styles.pick} onClick={() => onPick(text)}>
                {label}
                <code>{text.length > 60 ? `${text.slice(0, 60)}…` : text}</code>
              </button>
            ))}
          </div>
        ))}
        {found.length === 0 && <div className={styles.pickGroup}>{t('templates.pick.none')}</div>}
      </div>
    </>
  );
}
