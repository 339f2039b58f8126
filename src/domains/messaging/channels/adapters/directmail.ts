import type { Parcel } from '../../part.ts';
import type { AdapterDoors, Provider } from './adapter.ts';
import { aliRefusal, callAli } from './ali.ts';
import { readReports } from './directmail-reports.ts';
import { jsonOf } from './http.ts';
import { messageIdOf, unsubscribeHeaders } from './mime.ts';

const version = '2015-11-23';
const hostOf = ({ region }: AdapterDoors['values']): string => (region === 'cn-hangzhou' ? 'dm.aliyuncs.com' : `dm.${region}.aliyuncs.com`);
const dead: ReadonlySet<string> = new Set(['InvalidToAddress']);
const mostOfAlias = 15;

/** Mail by Alibaba Cloud's DirectMail. */
export const directmail: Provider = {
  key: 'directmail',
  open: (doors) => ({
    async send(parcel, go) {
      await go();
      const reply = await callAli(doors, hostOf(doors.values), 'SingleSendMail', version, queryOf(parcel, doors.values));
      const { EnvId, Code } = jsonOf(reply);
      return reply.status === 200 && Code === undefined && typeof EnvId === 'string' ? { outcome: 'taken', providerId: EnvId } : aliRefusal(reply, doors.clock, dead);
    },
    reports: (period) => readReports((query) => callAli(doors, hostOf(doors.values), 'SenderStatisticsDetailByParam', version, query), doors.values.fromAddress, period, doors.clock.now()),
    show: async (parcel) => JSON.stringify(queryOf(parcel, doors.values), null, 2),
    close: () => {},
  }),
};

const queryOf = (parcel: Parcel, { fromAddress, fromName, replyTo, tag }: AdapterDoors['values']): Record<string, string> => ({
  AccountName: fromAddress, AddressType: '1', ReplyToAddress: 'false', ToAddress: parcel.to, FromAlias: [...fromName].slice(0, mostOfAlias).join(''), Subject: parcel.message.subject ?? '',
  TextBody: parcel.message.text, ClickTrace: '0', Headers: JSON.stringify({ 'Message-ID': messageIdOf(parcel, { fromAddress }), ...unsubscribeHeaders(parcel) }),
  ...(parcel.message.html === undefined ? {} : { HtmlBody: parcel.message.html }), ...(replyTo === '' ? {} : { ReplyAddress: replyTo }), ...(tag === '' ? {} : { TagName: tag }),
});
