import type { Parcel } from '../../part.ts';
import type { AdapterDoors, Provider } from './adapter.ts';
import { aliRefusal, callAli } from './ali.ts';
import { jsonOf } from './http.ts';

const version = '2017-05-25';
const host = 'dysmsapi.aliyuncs.com';
const dead: ReadonlySet<string> = new Set(['isv.MOBILE_NUMBER_ILLEGAL']);

/** Text messages by Alibaba Cloud: an approved template under an approved signature, filled with variables by their names. */
export const alisms: Provider = {
  key: 'alisms',
  open: (doors) => ({
    async send(parcel, go) {
      if (templateOf(parcel, doors.values) === '') return { outcome: 'refused', code: 'no_template' };
      await go();
      const reply = await callAli(doors, host, 'SendSms', version, queryOf(parcel, doors.values));
      const { Code, BizId } = jsonOf(reply);
      return Code === 'OK' && typeof BizId === 'string' ? { outcome: 'taken', providerId: BizId } : aliRefusal(reply, doors.clock, dead);
    },
    show: async (parcel) => JSON.stringify(queryOf(parcel, doors.values), null, 2),
    close: () => {},
  }),
};

/** Numbers of mainland China without their country, others with it and without the plus. */
const numberOf = (to: string): string => to.replace(/^\+86(?=1\d{10}$)/, '').replace(/^\+/, '');

/** What asks somebody to confirm goes by a template of the account's own, whose one variable is the end of the link. */
const templateOf = ({ message: { confirm, providerTemplate = '' } }: Parcel, { confirmTemplate }: AdapterDoors['values']): string => (confirm === undefined ? providerTemplate : confirmTemplate);

const queryOf = (parcel: Parcel, values: AdapterDoors['values']): Record<string, string> => {
  const { to, key, message: { confirm, variables = {} } } = parcel;
  return {
    RegionId: values.region, PhoneNumbers: numberOf(to), SignName: values.signName, TemplateCode: templateOf(parcel, values),
    TemplateParam: JSON.stringify(confirm === undefined ? variables : { code: confirm }), OutId: key,
  };
};
