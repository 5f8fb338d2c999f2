// The region table as a session has it: the lab's, with the numbers the session holds of its own.

import { kilosortIds, type RegionRow, type RegionTable, type SessionContent } from '../../../../../core/service/contract/index.ts';
import { isSame, readPair } from '../../../../components/typedValues.ts';
import { sorterOfSession } from '../modules/lists.ts';

type Values = Readonly<Record<string, unknown>>;

const dictOf = (value: unknown): Values => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {});

/**
 * The numbers this session would be run with: its own, else those of the pipeline. Regions only the session has stand at
 * the end.
 */
export function rowsOfSession(session: SessionContent, { rows: table, standard }: RegionTable): RegionRow[] {
  const periods = dictOf(session.refPerMS_dict);
  const thresholds = dictOf(session.ksTh_dict);
  const sorter = kilosortIds.find((id) => id === sorterOfSession(session));
  const own = (row: RegionRow): RegionRow => {
    const usual = standard.find(({ name }) => name === row.name) ?? row;
    const given = thresholds[row.name] ?? thresholds.default;
    const pair = readPair('', Array.isArray(given) ? given.join(',') : String(given ?? ''));
    const period = periods[row.name];
    return {
      ...row,
      refractory_ms: typeof period === 'number' ? period : usual.refractory_ms,
      thresholds: sorter ? { ...row.thresholds, [sorter]: 'value' in pair ? pair.value : usual.thresholds[sorter] } : row.thresholds,
    };
  };
  const more = Object.keys(periods).filter((name) => !table.some((row) => row.name === name)).map((name) => ({ ...table[0], name }));
  return [...table, ...more].map(own);
}

/** Regions whose numbers in the session are not those of the lab's table. */
export function differing(session: SessionContent, table: RegionTable): string[] {
  return rowsOfSession(session, table).filter((row) => !isSame(row, table.rows.find(({ name }) => name === row.name))).map(({ name }) => name);
}
