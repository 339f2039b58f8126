import { App, Button, Dropdown } from 'antd';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { DownloadOutlined } from '../../icons.tsx';
import { fileNameOf, svgFile } from './picture.ts';

const pixelsPerPoint = 2;

/** Lets a chart be taken along as a picture: PNG for slides, SVG to be printed at any size. */
export function SavePicture({ title, place }: { title: string; place: RefObject<HTMLElement | null> }) {
  const { t } = useTranslation('web');
  const { message } = App.useApp();
  const save = async (kind: 'png' | 'svg'): Promise<void> => {
    const drawn = place.current?.querySelector('svg');
    if (!drawn) return;
    const { width, height } = drawn.getBoundingClientRect();
    const file = svgFile({ title, content: new XMLSerializer().serializeToString(drawn), width, height });
    const blob = kind === 'svg' ? new Blob([file], { type: 'image/svg+xml' }) : await pngOf(file);
    saveBlob(blob, fileNameOf(title, kind));
  };
  const items = (['png', 'svg'] as const).map((key) => ({ key, label: t(`chart.${key}`), onClick: () => void save(key).catch(() => message.error(t('chart.notSaved'))) }));
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button type="text" size="small" icon={<DownloadOutlined />} aria-label={t('chart.save')} />
    </Dropdown>
  );
}

async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width * pixelsPerPoint;
  canvas.height = image.height * pixelsPerPoint;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('nothing was drawn'))), 'image/png'));
}

function saveBlob(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}
