import { Typography, useFormat } from '../../../../web/kit.ts';

/** What is left of a line; red where more came than its cap. */
export function Free({ free, currency }: { free: string; currency: string }) {
  const format = useFormat();
  return free.startsWith('-') ? <Typography.Text type="danger">{format.money(free, currency)}</Typography.Text> : <>{format.money(free, currency)}</>;
}
