import { createContext, useContext } from 'react';
import type { Session } from '../../domains/access/sessions/session-contract.ts';

/** Nobody signed in yet, and the settings a brand starts with. */
export const noSession: Session = {
  actor: null,
  permissions: [],
  brand: { name: '', timeZone: 'Asia/Shanghai', currency: 'CNY', language: 'zh-CN' },
  locale: 'zh-CN',
};

export const SessionContext = createContext<Session>(noSession);

/** Who is signed in, their permissions and the brand's settings. */
export const useSession = (): Session => useContext(SessionContext);

/** True where the permission is held; no permission asked means everyone may. */
export const allows = (session: Session, permission: string | undefined): boolean =>
  permission === undefined || session.permissions.includes(permission);

/** Whether the person signed in holds a permission: to show or hide what needs it. */
export const useMay = (permission: string | undefined): boolean => allows(useSession(), permission);
