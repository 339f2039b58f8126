import { useTranslation } from 'react-i18next';
import { addressOf, Button, currentLocale, download, Dropdown } from '../../../../web/kit.ts';
import { DownloadOutlined } from '../../../../web/icons.tsx';
import { documentFormats, exportJobs } from '../../contract.ts';

const words = { docx: 'document.word', pdf: 'document.pdf', html: 'document.mail' } as const;

/** Job descriptions to take along or to print: of one position, or of all. */
export function TakeJobs({ planNo, positionNo }: { planNo: number; positionNo?: number }) {
  const { t } = useTranslation('planning');
  const items = documentFormats.map((format) => ({ key: format, label: t(words[format]), onClick: () => download(addressOf(exportJobs, { params: { planNo }, query: { format, locale: currentLocale(), ...(positionNo === undefined ? {} : { position: positionNo }) } })) }));
  return <Dropdown menu={{ items }} trigger={['click']}><Button icon={<DownloadOutlined />}>{t(positionNo === undefined ? 'positions.takeAll' : 'positions.take')}</Button></Dropdown>;
}
