import type { FieldPath } from '../../model/field-path';
import type { Severity } from '../../model/finding';
import { isPlainObject } from '../../model/problem';
import { allRulesIn, type CiliumSpec, eachCiliumSpec, filtersIn, partsUnder } from '../cilium-specs';
import type { LintRule } from '../lint-rule';

export const ciliumFeatureOff: LintRule = {
  id: 'cilium-feature-off',
  severity: 'error',
  summary: 'on cilium, a policy uses what the configuration that AKS gives Cilium leaves off',
  engines: ['cilium'],
  fix: 'say it in another way: AKS lets nobody change these settings of Cilium',
  check: eachCiliumSpec(function* (spec) {
    const told = new Set<string>();
    for (const { message, ...more } of used(spec)) {
      if (!told.has(message)) {
        told.add(message);
        yield { message, ...more };
      }
    }
  }),
};

interface Used {
  readonly field: FieldPath;
  readonly message: string;
  readonly severity?: Severity;
}

/** Fields of rules, and what becomes of them. */
const FIELDS: Readonly<Record<string, string>> = {
  fromGroups: 'groups are security groups of AWS, and Cilium passes the whole policy over',
  toGroups: 'groups are security groups of AWS, and Cilium passes the whole policy over',
};

function* used(spec: CiliumSpec): Generator<Used> {
  if (isPlainObject(spec.fields.nodeSelector)) {
    yield {
      field: [...spec.at, 'nodeSelector'],
      message: 'a policy for nodes does nothing, because the host firewall is off',
    };
    return;
  }
  for (const rule of allRulesIn(spec)) {
    const { fields, at } = rule;
    if (isPlainObject(fields.authentication) && fields.authentication.mode !== 'disabled') {
      yield {
        field: [...at, 'authentication'],
        message:
          'mutual authentication is off (mesh-auth-enabled), and Cilium’s operator marks the policy as not valid',
      };
    }
    for (const [key, message] of Object.entries(FIELDS)) {
      if (Array.isArray(fields[key]) && fields[key].length > 0) {
        yield { field: [...at, key], message };
      }
    }
    for (const entry of partsUnder(rule, 'toPorts')) {
      if (isPlainObject(entry.fields.listener)) {
        yield {
          severity: 'warning',
          field: [...entry.at, 'listener'],
          message: 'no public configuration of AKS has CiliumEnvoyConfig, whose listener this names',
        };
      }
    }
    for (const { kind, at: field } of filtersIn(rule)) {
      if (kind === 'kafka' || kind === 'l7') {
        yield { severity: 'info', field, message: `Cilium 1.20 has no rules.${kind} any more` };
      }
    }
  }
}
