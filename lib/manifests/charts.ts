import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isPlainObject } from '../model/problem';
import { firstValueIn } from './files';

/** The folders of a chart from which Helm builds manifests: templates and dependent charts. */
export const TEMPLATE_FOLDERS: ReadonlySet<string> = new Set(['templates', 'charts']);

const TEMPLATE = /(^|[/\\])templates[/\\].*\.(ya?ml|json)$/;

/**
 * Whether a folder is a Helm chart.
 *
 * @see helm.sh/docs/topics/charts, "The Chart.yaml File" (read 2026-11-30)
 */
export function isChart(folder: string, entries: readonly Dirent[]): boolean {
  const chart = entries.some(({ name }) => name === 'Chart.yaml')
    ? firstValueIn(join(folder, 'Chart.yaml'))
    : undefined;
  return (
    isPlainObject(chart) &&
    !('kind' in chart) &&
    (chart.apiVersion === 'v1' || chart.apiVersion === 'v2') &&
    typeof chart.name === 'string'
  );
}

/** The number of templates of a chart and the charts in it. */
export function countTemplates(folder: string): number {
  let count = 0;
  for (const part of TEMPLATE_FOLDERS) {
    try {
      const names = readdirSync(join(folder, part), { recursive: true, encoding: 'utf8' });
      count += names.filter((name) => TEMPLATE.test(join(part, name))).length;
    } catch {
      // A chart need not have the folder.
    }
  }
  return count;
}
