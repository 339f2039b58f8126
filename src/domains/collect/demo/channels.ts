import { Categorical } from './samplers.ts';

export interface DemoChannel {
  code: string;
  /** As records carry it. */
  name: string;
  /** Our own front end: visits are tracked there. */
  tracked: boolean;
  /** Share of those who come, at the start and at the end of the history. */
  shareFrom: number;
  shareTo: number;
}

export const channels: readonly DemoChannel[] = [
  { code: 'TM', name: '天猫旗舰店', tracked: false, shareFrom: 0.42, shareTo: 0.28 },
  { code: 'WX', name: '微信小程序', tracked: true, shareFrom: 0.2, shareTo: 0.27 },
  { code: 'DY', name: '抖音商城', tracked: false, shareFrom: 0.12, shareTo: 0.25 },
  { code: 'ST', name: '线下门店', tracked: false, shareFrom: 0.16, shareTo: 0.1 },
  { code: 'WEB', name: '官网', tracked: true, shareFrom: 0.1, shareTo: 0.1 },
];

const [tmall, miniProgram, , store, web] = channels;
export { miniProgram, store, tmall, web };

/** The mix of channels drifts in ten steps from the first shares to the last. */
const mixes = Array.from(
  { length: 10 },
  (_, step) =>
    new Categorical(
      channels.map(({ shareFrom, shareTo }) => shareFrom + ((shareTo - shareFrom) * step) / 9),
    ),
);

/** The channel mix at a part (0 to 1) of the history. */
export const channelMix = (part: number): Categorical =>
  mixes[Math.min(Math.floor(part * mixes.length), mixes.length - 1)];
