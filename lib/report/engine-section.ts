import { ENGINES } from '../aks/engines';
import type { EngineName } from '../model/engine-profile';
import { Reachability } from '../reachability/reachability';
import { textElement } from '../render/xml';
import { changesTable, tellChanges } from './changes-section';
import { folded, section } from './html';
import type { Report } from './report-content';

/** Who may judge beside the engine that does: nobody but the specification, and the engines that AKS installs. */
const OTHERS = [undefined, 'azure', 'calico', 'cilium'] as const satisfies readonly (
  | EngineName
  | undefined
)[];

/** The same manifests elsewhere: what would be open, or closed, that is not here. */
export function engineSection(report: Report): string {
  const { engine, reachability } = report;
  const others = OTHERS.filter((other) => other !== engine).map((other) => {
    const { lines, table } = tellChanges({
      before: reachability,
      after: judgedOn(reachability, other),
      isComplete: report.lint.problems.length === 0,
      localDns: report.localDns,
    });
    const name = engineLabel(other);
    const heading = `${name}: ${table.rows.length === 0 ? 'the same' : lines[0]}`;
    return folded(heading, { class: 'engine' }, changesTable(`What differs: ${name}`, table));
  });
  return section(
    'engines',
    'On other engines',
    textElement(
      'p',
      { class: 'quiet' },
      `Compared with ${engineLabel(engine)}: + is open there and not here, − the other way round.`,
    ),
    ...others,
  );
}

function engineLabel(engine: EngineName | undefined): string {
  return engine === undefined ? 'the specification' : ENGINES[engine].label;
}

/** The same cluster as another engine judges it; AKS's own pods, which belong to the profile, are the same. */
export function judgedOn(reachability: Reachability, engine: EngineName | undefined): Reachability {
  const { knownOnly, judged } = reachability;
  const { engine: _, ...rest } = judged.world.engine.profile;
  const profile = engine === undefined ? rest : { ...rest, engine };
  return Reachability.of(judged.cluster, { profile, knownOnly });
}
