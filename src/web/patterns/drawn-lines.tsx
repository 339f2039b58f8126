import { Space, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DrawnLine } from '../../kernel/program.ts';
import { useFormat } from '../i18n/use-format.ts';
import { Link } from '../router/link.tsx';

/** The lines of the budget that a program draws on, with what is left of them; nothing where it draws on none. */
export function DrawnLines({ lines }: { lines: readonly DrawnLine[] }) {
  const { t } = useTranslation('web');
  const format = useFormat();
  if (lines.length === 0) return null;
  return (
    <Space wrap size={[16, 4]}>
      <Typography.Text type="secondary">{t('drawnLines.title')}</Typography.Text>
      {lines.map(({ lineNo, name, cap, free, reserved, overCap, isOver }) => (
        <span key={lineNo}>
          <Link to="/plan/budget">{name}</Link>{' '}
          <Typography.Text type={(!isOver && Number(free) > 0) || Number(reserved) > 0 ? 'secondary' : 'danger'}>
            {free.startsWith('-') ? t('drawnLines.over', { over: format.money(free.slice(1)), cap: format.money(cap) }) : t('drawnLines.left', { free: format.money(free), cap: format.money(cap) })}
            {isOver && t(overCap === 'stop' ? 'drawnLines.ended' : 'drawnLines.endedOpen')}
            {Number(reserved) > 0 && t('drawnLines.reserved', { reserved: format.money(reserved) })}
          </Typography.Text>
        </span>
      ))}
    </Space>
  );
}
