import { theme, type ThemeConfig } from 'antd';

/** The colours of Perennial: the deep green of a leaf that stays, on warm paper. */
const light = {
  colorPrimary: '#1f6a4d',
  colorPrimaryBg: '#e8f1ec',
  colorPrimaryBgHover: '#d7e8de',
  colorLink: '#1f6a4d',
  colorInfo: '#2f6f9f',
  colorSuccess: '#2c7642',
  colorWarning: '#8f5c10',
  colorError: '#b3382c',
  colorInfoBg: '#eaf2f8',
  colorInfoBorder: '#bcd5e8',
  colorSuccessBg: '#e9f4ec',
  colorSuccessBorder: '#b8dcc2',
  colorWarningBg: '#fbf3e1',
  colorWarningBorder: '#ecd49e',
  colorErrorBg: '#fbecea',
  colorErrorBorder: '#eebeb8',
  colorBgLayout: '#f6f5f1',
  colorBgContainer: '#ffffff',
  colorBgElevated: '#ffffff',
  colorTextBase: '#1e2420',
  colorBorder: '#d8d5cb',
  colorBorderSecondary: '#e8e5dc',
  colorTextSecondary: '#5b605a',
  colorTextTertiary: '#686d66',
  colorTextPlaceholder: '#6b7069',
};

const dark = {
  colorPrimary: '#6ac69c',
  colorPrimaryBg: '#20362b',
  colorPrimaryBgHover: '#284638',
  colorLink: '#74c8a1',
  colorInfo: '#72b3e3',
  colorSuccess: '#66b87c',
  colorWarning: '#d9a441',
  colorError: '#f58b7f',
  colorBgLayout: '#131512',
  colorBgContainer: '#1b1e1a',
  colorBgElevated: '#242822',
  colorTextBase: '#ecebe4',
  colorBorder: '#3a3f38',
  colorBorderSecondary: '#2c302a',
  colorTextSecondary: '#b3b5ab',
  colorTextTertiary: '#9b9e94',
  colorTextPlaceholder: '#94978d',
};

/** Told apart by most colour-blind readers in this order, on both backgrounds. */
export const chartColors = {
  light: ['#1f6a4d', '#d08a1e', '#3d6fb4', '#b4533a', '#4aa5a0', '#7b5a96', '#8c9640', '#8a8577'],
  dark: ['#57b48a', '#e0ad4f', '#7ba6e0', '#dd8468', '#74c9c3', '#b093cc', '#b7c06a', '#aaa596'],
} as const;

/** The device's own fonts, the Chinese ones by name: what is drawn must be what is measured. */
export const fontFamily = [
  '-apple-system',
  'BlinkMacSystemFont',
  '"Segoe UI"',
  '"PingFang SC"',
  '"PingFang TC"',
  '"Hiragino Sans GB"',
  '"Microsoft YaHei"',
  '"Microsoft JhengHei"',
  '"Noto Sans CJK SC"',
  '"Noto Sans SC"',
  'sans-serif',
].join(', ');

/** The only place where colours, sizes and fonts are chosen; pages use components and nothing else. `isStill`: for who wants no movement. */
export const themeFor = (isDark: boolean, isStill = false): ThemeConfig => ({
  algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
  cssVar: { key: 'perennial' },
  hashed: false,
  token: {
    ...(isDark ? dark : light),
    fontFamily,
    motion: !isStill,
    fontSize: 14,
    borderRadius: 8,
    borderRadiusSM: 4,
    wireframe: false,
  },
  components: {
    Layout: {
      headerBg: 'var(--ant-color-bg-container)',
      siderBg: 'var(--ant-color-bg-container)',
      bodyBg: 'var(--ant-color-bg-layout)',
      headerHeight: 56,
      headerPadding: '0 16px',
    },
    Menu: { itemBg: 'transparent', subMenuItemBg: 'transparent', activeBarBorderWidth: 0, itemHeight: 36 },
    Table: {
      headerBg: 'transparent',
      headerSplitColor: 'transparent',
      cellPaddingInlineMD: 14,
      cellPaddingInlineSM: 12,
    },
    Progress: { defaultColor: 'var(--ant-color-primary)' },
    Card: { bodyPadding: 20 },
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', contentFontSizeSM: 12, ...(isDark ? { primaryColor: '#0d1f17' } : {}) },
  },
});
