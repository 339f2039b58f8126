/** The only door through which pages reach the web: components, data, language, addresses. */
export {
  Alert,
  App,
  Avatar,
  Badge,
  Button,
  Card,
  Checkbox,
  Collapse,
  Descriptions,
  Divider,
  Drawer,
  Dropdown,
  Flex,
  Form,
  Grid,
  Input,
  InputNumber,
  Modal,
  Popconfirm,
  Popover,
  Progress,
  Radio,
  Result,
  Select,
  Skeleton,
  Slider,
  Space,
  Spin,
  Steps,
  Switch,
  Table,
  Tabs,
  Tag,
  Tooltip,
  Tree,
  TreeSelect,
  Typography,
  Upload,
} from 'antd';
export type { FormInstance, MenuProps, TableProps } from 'antd';

export { addressOf } from './api/address.ts';
export { ApiProblem } from './api/api-problem.ts';
export { call } from './api/call.ts';
export { sentenceOf } from './api/sentence.ts';
export { type ActionOptions, useAction } from './api/use-action.ts';
export { endpointKey, type ReadOptions, useEndpoint } from './api/use-endpoint.ts';
export { useRenew, useRenewBelow } from './api/use-renew.ts';
export { download, upload, type UploadOptions } from './api/upload.ts';

export type { Format, Numeric } from '../kernel/format.ts';
export { currentLocale, languageNames } from './i18n/language.ts';
export { useFormat } from './i18n/use-format.ts';

export { Link, type LinkProps } from './router/link.tsx';
export { type Navigate, useNavigateTo, usePathname, usePathParam } from './router/location.ts';
export { returnAddress, signInAddress } from './router/return-address.ts';
export { searchList } from './router/search-list.ts';
export { type ChangeSearch, useSearchState } from './router/use-search-state.ts';

export type { Session } from '../domains/access/sessions/session-contract.ts';
export { useMay, useSession } from './session/use-session.ts';
export { useSwitchLanguage } from './session/use-switch-language.ts';
export { useDocumentTitle } from './shell/document-title.ts';
export { Entrance, type EntranceProps } from './shell/entrance.tsx';

export { Columns, Remark, Section, Sentence, Stack } from './patterns/arrangement.tsx';
export { Branch, BranchPart, NarrowingFigure } from './patterns/branches/branches.tsx';
export { type DrawnNode, TreeDiagram } from './patterns/branches/tree-diagram.tsx';
export { type BranchDrag, useBranchDrag, useHandleFocus } from './patterns/branches/use-branch-drag.ts';
export { Chart, type ChartProps } from './patterns/chart/chart.tsx';
export type { ChartOption, ChartTable } from './patterns/chart/chart-option.ts';
export type { ChartSeries } from './patterns/chart/ready-options.ts';
export { RankChart, type RankChartProps, TrendChart, type TrendChartProps } from './patterns/chart/ready-charts.tsx';
export { MonthGrid, type MonthGridProps } from './patterns/calendar/month-grid.tsx';
export { monthDays } from './patterns/calendar/month-days.ts';
export { CardBoard, type CardBoardProps } from './patterns/cards/card-board.tsx';
export { ChoicePanel } from './patterns/choice/choice-panel.tsx';
export type { Choice, ChoiceGroup } from './patterns/choice/matching-choices.ts';
export { ComputedAt } from './patterns/computed-at.tsx';
export { ConfirmDanger, type ConfirmDangerProps } from './patterns/confirm-danger.tsx';
export { CopyOnce } from './patterns/copy-once.tsx';
export { DatePicker } from './patterns/date/date-picker.tsx';
export { DateRangePicker, type DateRangePickerProps } from './patterns/date/date-range-picker.tsx';
export { MonthField, type MonthFieldProps } from './patterns/date/month-field.tsx';
export { MomentField, type MomentFieldProps } from './patterns/date/moment-field.tsx';
export { RhythmFields } from './patterns/date/rhythm-fields.tsx';
export { weekdayName } from './patterns/date/weekday-name.ts';
export { TimeField, type TimeFieldProps } from './patterns/date/time-field.tsx';
export { addDays, type DayRange, presetRange, type RangePreset, todayIn } from './patterns/date/day-range.ts';
export { Delta, type DeltaProps } from './patterns/delta.tsx';
export { DescriptionList } from './patterns/description-list.tsx';
export { DrawnLines } from './patterns/drawn-lines.tsx';
export { DetailLayout, type DetailLayoutProps, type DetailTab } from './patterns/detail-layout.tsx';
export { EditorLayout, InlineControls, InlineDetail, InlineWord, LiveFigure } from './patterns/editor/editor-layout.tsx';
export { EmptyState, type EmptyStateProps } from './patterns/empty-state.tsx';
export { ErrorState } from './patterns/error-state.tsx';
export { FigureButton } from './patterns/figure-button.tsx';
export { FileDrop, type FileDropProps } from './patterns/file-drop.tsx';
export { FormDrawer, FormModal, type FormOverlayProps } from './patterns/form-overlay.tsx';
export { Gantt, type GanttProps } from './patterns/gantt/gantt.tsx';
export { GanttLegend } from './patterns/gantt/gantt-legend.tsx';
export type { GanttRow } from './patterns/gantt/gantt-row.ts';
export { type GanttZoom, ganttZooms } from './patterns/gantt/gantt-scale.ts';
export { Loaded } from './patterns/loaded.tsx';
export { Masked } from './patterns/masked.tsx';
export { OverlapDiagram } from './patterns/overlap/overlap-diagram.tsx';
export { type Crumb, PageHeader, type PageHeaderProps } from './patterns/page-header.tsx';
export { CheckMatrix, type CheckMatrixProps, type MatrixRow } from './patterns/matrix/check-matrix.tsx';
export { type HeatCell, HeatMatrix, type HeatMatrixProps } from './patterns/matrix/heat-matrix.tsx';
export { PageSkeleton } from './patterns/page-skeleton.tsx';
export { CheckedList, PersonList } from './patterns/person-list.tsx';
export { type Pickable, PickColumns, type PickColumnsProps } from './patterns/pick/pick-columns.tsx';
export { ProgressBar, type ProgressBarProps } from './patterns/progress-bar.tsx';
export { SegmentedControl, type SegmentedControlProps } from './patterns/segmented-control.tsx';
export { StageBoard, type StageBoardProps } from './patterns/stage-board/stage-board.tsx';
export { StatGrid, StatTile, type StatTileProps } from './patterns/stat-tile.tsx';
export { TagList, type TagItem } from './patterns/tag-list.tsx';
export type { Column, Filter } from './patterns/table/columns.ts';
export { FilterSelect } from './patterns/table/filter-select.tsx';
export { DataTable, type DataTableProps, type ListEndpoint, type RowOf } from './patterns/table/data-table.tsx';
export { Timeline, type TimelineItem } from './patterns/timeline.tsx';
export { type TriangleCell, type TriangleRow, TriangleTable, type TriangleTableProps } from './patterns/triangle-table/triangle-table.tsx';
export { type FormAction, type FormActionOptions, useFormAction } from './patterns/use-form-action.tsx';
export { useLeaveGuard } from './patterns/use-leave-guard.tsx';
