/** Moves the decimal point two places, in text: floats would leave their traces in what is kept. */
export function shifted(text: string, by: 2 | -2): string {
  const [whole, fraction = ''] = text.replace('-', '').split('.');
  const digits = by === 2 ? `${whole}${fraction.padEnd(2, '0').slice(0, 2)}.${fraction.slice(2)}` : `${whole.padStart(3, '0').slice(0, -2)}.${whole.padStart(3, '0').slice(-2)}${fraction}`;
  const [left, right = ''] = digits.split('.');
  const trimmed = right.replace(/0+$/, '');
  return `${text.startsWith('-') ? '-' : ''}${left.replace(/^0+(?=\d)/, '')}${trimmed ? `.${trimmed}` : ''}`;
}
