import { transformSync } from '@swc/core';
import { App, type Chart, Testing } from 'cdk8s';
import type { Construct } from 'constructs';

/**
 * Runs the text of a module of policies, and gives what it exports.
 *
 * @param modules what it imports beside what is installed here
 * @param globals what it finds beside what everything does
 */
export function runModule(
  text: string,
  modules: Readonly<Record<string, unknown>> = {},
  globals: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const { code } = transformSync(text, {
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
    sourceMaps: false,
    // The project's own configuration is for its files.
    swcrc: false,
  });
  const exported: Record<string, unknown> = {};
  const load = (name: string) => (Object.hasOwn(modules, name) ? modules[name] : require(name));
  new Function('require', 'exports', ...Object.keys(globals), code)(
    load,
    exported,
    ...Object.values(globals),
  );
  return exported;
}

/** What the charts of a module write, chart by chart, in order. */
export function synthesizeModule(text: string): Record<string, unknown>[] {
  const app = new App();
  const { addNetworkPolicies, ...exported } = runModule(text);
  if (typeof addNetworkPolicies === 'function') {
    addNetworkPolicies(app);
  } else {
    for (const ChartClass of Object.values(exported).filter(isChartClass)) {
      new ChartClass(app);
    }
  }
  return app.charts.flatMap((chart: Chart) => Testing.synth(chart) as Record<string, unknown>[]);
}

function isChartClass(exported: unknown): exported is new (scope: Construct) => Chart {
  return typeof exported === 'function' && /^class /.test(String(exported));
}
