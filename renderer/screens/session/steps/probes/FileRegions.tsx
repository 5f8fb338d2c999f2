// The region of each file, in sessions that are a list of files.

import { Select } from '@mantine/core';
import { Empty } from '../../../../components/index.ts';
import styles from './ProbesStep.module.css';
import type { ListedFile } from './specs.ts';

interface FileRegionsProps {
  readonly files: readonly ListedFile[];
  readonly regions: readonly string[];
  readonly onRegion: (index: number, region: string) => void;
}

export function FileRegions({ files, regions, onRegion }: FileRegionsProps) {
  if (files.length === 0) return <Empty>The list holds no files yet. Add them in the step Runs.</Empty>;
  return (
    <div className={styles.left}>
      <table className={styles.table}>
        <thead><tr><th scope="col">File</th><th scope="col">Region</th></tr></thead>
        <tbody>
          {files.map(({ file, region }, index) => (
            <tr key={file}>
              <td><code>{file}</code></td>
              <td><Select aria-label={`Region of ${file}`} data={regions.includes(region) ? [...regions] : [...regions, region]} value={region} allowDeselect={false} searchable className={styles.region}
                error={regions.includes(region) ? undefined : `"${region}" is not in the region table.`} onChange={(chosen) => chosen !== null && onRegion(index, chosen)} /></td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="caption">Each file is a probe: all of its channels are used. A region that is missing is added in the step Sort.</p>
    </div>
  );
}
