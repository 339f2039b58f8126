import { useTranslation } from 'react-i18next';
import { Checkbox, Flex, InputNumber, SegmentedControl } from '../../../../../web/kit.ts';
import { type Block, picturePath, type SimpleBlock, type TemplateFinding } from '../../../contract.ts';
import styles from '../templates.module.css';
import { PictureChoice } from './picture-choice.tsx';
import { LiquidInput, type LiquidInputProps } from './liquid-input.tsx';

type Any = Block | SimpleBlock;
interface Props {
  block: Any;
  path: string;
  findings: readonly TemplateFinding[];
  onChange: (block: Any) => void;
  /** The blocks of a column, to be worked on in their turn. */
  column: (label: string, blocks: readonly SimpleBlock[], path: string, onChange: (blocks: SimpleBlock[]) => void) => React.ReactNode;
}

/** What one block says, by its kind. */
export function BlockFields(props: Props) {
  const { block, path, findings, onChange } = props;
  const { t } = useTranslation('messaging');
  const at = (field: string): readonly TemplateFinding[] => findings.filter((finding) => finding.path === `${path}.${field}`);
  const input = (field: string, value: string, as: LiquidInputProps['as'], more: Partial<LiquidInputProps> = {}) => (
    <LiquidInput key={field} label={t(`templates.fields.${field}`)} value={value} as={as} findings={at(field)} onChange={(next) => onChange({ ...block, [field]: next } as Any)} {...more} />
  );
  return (
    <div className={styles.blockBody}>
      <KindFields {...props} input={input} />
      {input('when', block.when, 'condition', { placeholder: t('templates.whenHint'), most: 300 })}
    </div>
  );
}

function KindFields({ block, path, onChange, column, input }: Props & { input: (field: string, value: string, as: LiquidInputProps['as'], more?: Partial<LiquidInputProps>) => React.ReactNode }) {
  const { t } = useTranslation('messaging');
  const align = (value: 'left' | 'center') => (
    <SegmentedControl<'left' | 'center'> label={t('templates.fields.align')} value={value} options={(['left', 'center'] as const).map((one) => ({ value: one, label: t(`templates.align.${one}`) }))} onChange={(next) => onChange({ ...block, align: next } as Any)} />
  );
  switch (block.kind) {
    case 'title': return <>{input('text', block.text, 'words', { most: 500 })}{align(block.align)}</>;
    case 'text': return <>{input('text', block.text, 'words', { most: 8_000 })}<div className={styles.hint}>{t('templates.markHint')}</div>{align(block.align)}</>;
    case 'footer': return <>{input('text', block.text, 'words', { most: 2_000 })}<div className={styles.hint}>{t('templates.footerHint')}</div></>;
    case 'button': return <>{input('text', block.text, 'line', { most: 200 })}{input('link', block.link, 'address', { most: 2_000 })}{align(block.align)}</>;
    case 'image': return (
      <>
        <Flex gap="small" align="center" wrap>
          {block.address.startsWith(picturePath) && <img className={styles.chosen} src={block.address} alt={block.alt} />}
          <PictureChoice onChoose={({ address, width }) => onChange({ ...block, address, width: Math.max(40, Math.min(600, width)) })} />
        </Flex>
        {input('address', block.address, 'address', { placeholder: 'https://', most: 2_000 })}
        {input('alt', block.alt, 'line', { most: 300 })}
        {input('link', block.link, 'address', { placeholder: 'https://', most: 2_000 })}
        <Flex gap="small" align="center">{t('templates.fields.width')}<InputNumber aria-label={t('templates.fields.width')} min={40} max={600} step={20} value={block.width} onChange={(width) => onChange({ ...block, width: width ?? 600 })} /></Flex>
      </>
    );
    case 'products': return (
      <>
        <SegmentedControl<'recommendations' | 'last_order'> label={t('templates.fields.from')} value={block.from} options={(['recommendations', 'last_order'] as const).map((value) => ({ value, label: t(`field.${value}`) }))} onChange={(from) => onChange({ ...block, from })} />
        <Flex gap="small" align="center" wrap>
          {t('templates.fields.most')}<InputNumber aria-label={t('templates.fields.most')} min={1} max={6} precision={0} value={block.most} onChange={(most) => onChange({ ...block, most: most ?? 1 })} />
          <Checkbox checked={block.showPrice} onChange={({ target }) => onChange({ ...block, showPrice: target.checked })}>{t('templates.fields.showPrice')}</Checkbox>
        </Flex>
        {input('link', block.link, 'address', { placeholder: 'https://shop.example.com/p/{{ product.id }}', isProduct: true, most: 2_000 })}
        {input('picture', block.picture, 'address', { placeholder: 'https://cdn.example.com/{{ product.id }}.jpg', isProduct: true, most: 2_000 })}
        {input('buttonText', block.buttonText, 'line', { most: 60 })}
      </>
    );
    case 'columns': return (
      <>
        <SegmentedControl<'2' | '3'> label={t('templates.fields.columns')} value={block.columns.length === 3 ? '3' : '2'} options={(['2', '3'] as const).map((value) => ({ value, label: t('templates.columnCount', { count: Number(value) }) }))} onChange={(value) => onChange({ ...block, columns: value === '3' ? [...block.columns, []].slice(0, 3) : [block.columns[0], [...block.columns[1], ...(block.columns[2] ?? [])].slice(0, 10)] })} />
        {block.columns.map((blocks, c) => (
          <div key={c}>
            <div className={styles.fieldHead}>{t('templates.column', { n: c + 1 })}</div>
            {column(t('templates.column', { n: c + 1 }), blocks, `${path}.columns.${c}`, (next) => onChange({ ...block, columns: block.columns.map((one, at) => (at === c ? next : one)) }))}
          </div>
        ))}
      </>
    );
    case 'divider': return null;
  }
}
